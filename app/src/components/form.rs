use super::Failure;
use crate::runtime::{Check, FormAction, PostedBack, post_to, t};
use leptos::{ev::SubmitEvent, html, prelude::*};
use model::Problem;
use std::borrow::Cow;

fn posted_name(field: &str) -> String {
    match field.split_once('[') {
        Some((first, rest)) => format!("form[{first}][{rest}"),
        None => format!("form[{field}]"),
    }
}

/// A field of a form.
pub struct FieldBinding {
    pub id: String,
    pub posted: String,
    pub value: String,
}

/// What the fields of a form need to know of it.
#[derive(Clone, Copy)]
pub struct FormState {
    pub problem: RwSignal<Option<Problem>>,
    pub returned: StoredValue<Option<PostedBack>>,
    /// Distinguishes the fields of two forms on one page.
    pub id: &'static str,
}

impl FormState {
    /// A field as it is found in the page, posted, and filled in: with what was typed, in a form that
    /// came back, and otherwise with `value`.
    pub fn named(self, name: &'static str, value: String) -> FieldBinding {
        let id = format!("{}-{}", self.id, name.replace(['[', ']'], "-"));
        let posted = posted_name(name);
        let typed = self
            .returned
            .with_value(|returned| returned.as_ref().and_then(|returned| returned.values.get(&posted).cloned()));
        FieldBinding { id, posted, value: typed.unwrap_or(value) }
    }

    /// What is wrong with a field.
    pub fn error_of(self, field: &str) -> Option<Cow<'static, str>> {
        self.problem.with(|problem| problem.as_ref()?.fields()?.get(field).map(t))
    }
}

/// A form for a server function: posted by the page's code when it is there, by the browser when
/// it is not. `check` speaks before anything is sent.
#[component]
pub fn PostForm(
    posting: FormAction,
    /// Distinguishes the fields of two forms on one page.
    id: &'static str,
    /// The one field that tells this form from others to the same function, where there are any.
    #[prop(optional)]
    only: &'static str,
    /// A field of another form to the same function that this one does not have.
    #[prop(optional)]
    without: &'static str,
    #[prop(optional)] check: Option<Check>,
    #[prop(default = "flex flex-col gap-4")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let own = |returned: &PostedBack| {
        let has = |field: &str| returned.values.contains_key(&posted_name(field));
        returned.path == posting.path && (only.is_empty() || has(only)) && (without.is_empty() || !has(without))
    };
    let returned = PostedBack::of_page().filter(own);
    let problem = posting.problem;
    match returned.as_ref().map(|returned| returned.outcome.clone()) {
        Some(Ok(json)) => posting.answer.set(Some(json)),
        Some(Err(fault)) => {
            let values = returned.as_ref().map(|returned| serde_qs::to_string(&returned.values).unwrap_or_default());
            posting.sent.set(values.unwrap_or_default());
            problem.set(Some(fault));
        }
        None => {}
    }
    // What came back is not saved.
    let is_unsaved = returned.as_ref().is_some_and(|returned| returned.outcome.is_err());
    provide_context(FormState { problem, returned: StoredValue::new(returned), id });

    let form = NodeRef::<html::Form>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let (Some(form), true) = (form.get(), posting.succeeded()) {
            crate::runtime::browser::mark_saved(&form);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(body) = body_of(&event) else { return };
        match check.map_or(Ok(()), |check| check(&body)) {
            Ok(()) => posting.send(body),
            Err(errors) => problem.set(Some(errors.into())),
        }
    };
    // What is wrong with single fields stands beside them.
    let whole =
        move || problem.get().filter(|problem| problem.fields().is_none()).map(|problem| view! { <Failure problem/> });
    view! {
        <form node_ref=form data-draft="" data-unsaved=is_unsaved.then_some("") class=class method="post" action=post_to(posting.url) on:submit=submit novalidate aria-busy=move || posting.pending.get().to_string()>
            {whole}
            {children()}
        </form>
    }
    .into_any()
}

/// The form as the browser would post it.
#[cfg(feature = "hydrate")]
fn body_of(event: &SubmitEvent) -> Option<String> {
    let data = form_data_from_event(event).ok()?;
    // The button, which has no name.
    data.delete("");
    let parameters = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    parameters.to_string().as_string()
}

#[cfg(not(feature = "hydrate"))]
fn body_of(_: &SubmitEvent) -> Option<String> {
    None
}

/// The button that sends a form; says so while it does.
#[component]
pub fn Submit(
    posting: FormAction,
    #[prop(into)] label: Cow<'static, str>,
    #[prop(default = "btn btn-primary")] class: &'static str,
) -> impl IntoView {
    let pending = posting.pending;
    view! {
        <button type="submit" class=class aria-disabled=move || pending.get().then_some("true")>
            <span class="loading loading-spinner loading-xs" class:hidden=move || !pending.get()></span>
            {label}
        </button>
    }
    .into_any()
}
