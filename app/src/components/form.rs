use super::Failure;
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, form::FromFormData, server_fn::ServerFn};
use model::{FieldErrors, Problem};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// A form that came back: it was posted without the page's code, and could not be carried out.
/// The edge puts it into the request's extensions and renders the form's page anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Returned {
    /// The server function it was posted to.
    pub path: String,
    /// The page it stands on.
    pub page: String,
    pub problem: Problem,
    /// What was typed, secrets aside, by the name of the field.
    pub values: BTreeMap<String, String>,
}

impl Returned {
    #[cfg(feature = "ssr")]
    pub fn of_request() -> Option<Self> {
        use_context::<http::request::Parts>()?.extensions.get().cloned()
    }

    #[cfg(not(feature = "ssr"))]
    pub fn of_request() -> Option<Self> {
        None
    }
}

/// Where a form is posted to without the page's code. A page that came back has the address of the
/// server function; its forms say where they stand.
pub fn post_to(function: &str) -> String {
    match Returned::of_request() {
        Some(returned) => format!("{function}?page={}", returned.page),
        None => function.to_owned(),
    }
}

/// What the fields of a form need to know of it.
#[derive(Clone, Copy)]
pub struct FormState {
    pub problem: Signal<Option<Problem>>,
    pub returned: StoredValue<Option<Returned>>,
    /// Distinguishes the fields of two forms on one page.
    pub id: &'static str,
}

impl FormState {
    /// What is wrong with a field.
    pub fn error_of(self, field: &str) -> Option<String> {
        self.problem.with(|problem| problem.as_ref()?.fields()?.get(field).map(ToOwned::to_owned))
    }
}

/// A form for a server function: posted by the page's code when it is there, by the browser when
/// it is not. `check` speaks before anything is sent.
#[component]
pub fn ActionForm<S>(
    action: ServerAction<S>,
    /// Distinguishes the fields of two forms on one page.
    id: &'static str,
    #[prop(optional)] check: Option<fn(&S) -> Result<(), FieldErrors>>,
    #[prop(default = "flex flex-col gap-4")] class: &'static str,
    children: Children,
) -> impl IntoView
where
    S: ServerFn<Error = Problem> + DeserializeOwned + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let returned = SharedValue::new(Returned::of_request).into_inner().filter(|returned| returned.path == S::PATH);
    let faults = RwSignal::new(returned.as_ref().map(|returned| returned.problem.clone()));
    let problem = Signal::derive(move || {
        faults
            .get()
            .or_else(|| action.value().with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned())))
    });
    provide_context(FormState { problem, returned: StoredValue::new(returned), id });

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = match S::from_event(&event) {
            Ok(form) => form,
            Err(_) => return faults.set(Some(Problem::Malformed)),
        };
        match check.map_or(Ok(()), |check| check(&form)) {
            Ok(()) => {
                faults.set(None);
                action.value().set(None);
                action.dispatch(form);
            }
            Err(errors) => faults.set(Some(errors.into())),
        }
    };
    // What is wrong with single fields stands beside them.
    let whole =
        move || problem.get().filter(|problem| problem.fields().is_none()).map(|problem| view! { <Failure problem/> });
    view! {
        <form class=class method="post" action=post_to(S::url()) on:submit=submit novalidate aria-busy=move || action.pending().get().to_string()>
            {whole}
            {children()}
        </form>
    }
    .into_any()
}

/// The button that sends a form; says so while it does.
#[component]
pub fn Submit<S>(
    action: ServerAction<S>,
    label: &'static str,
    #[prop(default = "btn btn-primary")] class: &'static str,
) -> impl IntoView
where
    S: ServerFn + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
    S::Error: Send + Sync + 'static,
{
    let pending = action.pending();
    view! {
        <button type="submit" class=class aria-disabled=move || pending.get().then_some("true")>
            <span class="loading loading-spinner loading-xs" class:hidden=move || !pending.get()></span>
            {label}
        </button>
    }
}
