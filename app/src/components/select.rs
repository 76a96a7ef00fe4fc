use super::{FieldBinding, FormState};
use leptos::prelude::*;

/// A labelled choice of one, with what is wrong with it below.
#[component]
pub fn SelectField(
    /// As in the form's type: `depth`, `billing_address[country]`.
    name: &'static str,
    label: &'static str,
    /// What each sends, and what it is called.
    options: Vec<(String, String)>,
    #[prop(into)] value: String,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let form = expect_context::<FormState>();
    let FieldBinding { id, posted, value } = form.named(name, value);
    let (error_id, hint_id) = (format!("{id}-error"), format!("{id}-hint"));
    let described = if hint.is_empty() { error_id.clone() } else { format!("{error_id} {hint_id}") };
    let error = Memo::new(move |_| form.error_of(name));
    let invalid = move || error.with(Option::is_some).then_some("true");
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
            <p id=error_id class="field-error" class:hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
            {(!hint.is_empty()).then(|| view! { <p id=hint_id class="field-hint">{hint}</p> })}
        </div>
    }
    .into_any()
}
