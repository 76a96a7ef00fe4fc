use super::{FieldBinding, FormState};
use leptos::prelude::*;
use std::borrow::Cow;

/// A labelled choice of one, with what is wrong with it below.
#[component]
pub fn SelectField(
    /// As in the form's type: `depth`, `billing_address[country]`.
    name: &'static str,
    #[prop(into)] label: Cow<'static, str>,
    /// What each sends, and what it is called.
    options: Vec<(String, String)>,
    #[prop(into)] value: String,
    #[prop(optional, into)] hint: Cow<'static, str>,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let form = expect_context::<FormState>();
    let FieldBinding { id, posted, value } = form.named(name, value);
    let (error_id, hint_id) = (format!("{id}-error"), format!("{id}-hint"));
    let error = Memo::new(move |_| form.error_of(name));
    let is_wrong = move || error.with(Option::is_some);
    let invalid = move || is_wrong().then_some("true");
    // What is wrong takes the place of the hint.
    let (wrong, hinted) = (error_id.clone(), (!hint.is_empty()).then(|| hint_id.clone()));
    let described = move || if is_wrong() { Some(wrong.clone()) } else { hinted.clone() };
    let option = |(sent, called): (String, String)| {
        let selected = sent == value;
        // The property too: what was chosen by hand does not follow the attribute.
        view! { <option value=sent selected=selected prop:selected=selected>{called}</option> }
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <select id=id name=posted class="select w-full" aria-invalid=invalid aria-describedby=described disabled=disabled>
                {options.into_iter().map(option).collect_view()}
            </select>
            <p id=error_id class="field-error" class:hidden=move || !is_wrong()>{move || error.get()}</p>
            {(!hint.is_empty()).then(|| view! { <p id=hint_id class="field-hint" class:hidden=is_wrong>{hint}</p> })}
        </div>
    }
    .into_any()
}
