use super::{Failure, Toasts};
use crate::api::{page_user, remote};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};
use model::{FieldErrors, Form, Problem};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// A form that came back: it was posted without the page's code, and could not be carried out, or its answer
/// is told where it was asked for. The edge puts it into the request's extensions and renders the form's page anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostedBack {
    /// The server function it was posted to.
    pub path: String,
    /// The page it stands on.
    pub page: String,
    /// The JSON that was answered.
    pub outcome: Result<String, Problem>,
    /// What was typed, secrets aside, by the name of the field.
    pub values: BTreeMap<String, String>,
}

impl PostedBack {
    #[cfg(feature = "ssr")]
    pub fn of_request() -> Option<Self> {
        use_context::<http::request::Parts>()?.extensions.get().cloned()
    }

    #[cfg(not(feature = "ssr"))]
    pub fn of_request() -> Option<Self> {
        None
    }
}

/// Where a form is posted to without the page's code. It says whose page it stands on. A page that came back has the
/// address of the server function; its forms say where they stand, too.
pub fn post_to(function: &str) -> String {
    let user = page_user().map(|user| format!("user={user}"));
    let page = PostedBack::of_request().map(|returned| format!("page={}", returned.page));
    match [user, page].into_iter().flatten().collect::<Vec<_>>().join("&") {
        query if query.is_empty() => function.to_owned(),
        query => format!("{function}?{query}"),
    }
}

/// A form's way to its server function, and what came back.
#[derive(Clone, Copy)]
pub struct FormAction {
    path: &'static str,
    url: &'static str,
    pub pending: RwSignal<bool>,
    /// What to say at the foot of the page when a post went well.
    success: Option<(Toasts, &'static str)>,
    /// The JSON that was answered.
    answer: RwSignal<Option<String>>,
    problem: RwSignal<Option<Problem>>,
}

impl FormAction {
    pub fn to<S: ServerFn>() -> Self {
        Self {
            path: S::PATH,
            url: S::url(),
            pending: RwSignal::new(false),
            success: None,
            answer: RwSignal::new(None),
            problem: RwSignal::new(None),
        }
    }

    /// Says at the foot of the page what a post was answered.
    pub fn on_success<S: ServerFn, A: DeserializeOwned + 'static>(sentence: fn(A) -> String) -> Self {
        let toasts = Toasts::expect();
        let posting = Self::to::<S>();
        Effect::new(move |_| {
            if let Some(answer) = posting.answer::<A>() {
                toasts.say(sentence(answer));
            }
        });
        posting
    }

    fn send(self, body: String) {
        self.problem.set(None);
        self.answer.set(None);
        self.pending.set(true);
        leptos::task::spawn(async move {
            let answered = remote::post(self.url, body).await;
            // The form may have gone with its page, or with its row when the live channel was quicker.
            self.pending.try_set(false);
            if let (Ok(_), Some((toasts, sentence))) = (&answered, self.success) {
                toasts.say(sentence);
            }
            match answered {
                Ok(json) => self.answer.try_set(Some(json)).map(drop),
                Err(problem) => self.problem.try_set(Some(problem)).map(drop),
            };
        });
    }

    /// Says this at the foot of the page whenever a post went well.
    #[must_use]
    pub fn success_message(self, sentence: &'static str) -> Self {
        Self { success: Some((Toasts::expect(), sentence)), ..self }
    }

    /// Takes up what the form was answered without the page's code: for an answer that stands in its place, or
    /// before it. What else the form brings back, it takes up itself.
    #[must_use]
    pub fn answered(self) -> Self {
        let returned = SharedValue::new(PostedBack::of_request).into_inner();
        if let Some(PostedBack { outcome: Ok(json), .. }) = returned.filter(|returned| returned.path == self.path) {
            self.answer.set(Some(json));
        }
        self
    }

    /// Whether the last post went well.
    pub fn succeeded(self) -> bool {
        self.answer.with(Option::is_some)
    }

    /// What the last post was answered.
    pub fn answer<T: DeserializeOwned>(self) -> Option<T> {
        self.answer.with(|json| json.as_ref().and_then(|json| serde_json::from_str(json).ok()))
    }
}

/// Says what is wrong with a posted form before it is sent.
pub type Check = fn(&str) -> Result<(), FieldErrors>;

/// The form's own check.
pub fn check<F: Form + DeserializeOwned>(body: &str) -> Result<(), FieldErrors> {
    // What does not read here is for the server to refuse.
    posted::<F>(body).map_or(Ok(()), |form| form.validated().map(drop))
}

/// The form within a posted body.
pub fn posted<F: DeserializeOwned>(body: &str) -> Option<F> {
    #[derive(Deserialize)]
    struct Posted<F> {
        form: F,
    }
    serde_qs::Config::new(5, false).deserialize_str(body).ok().map(|posted: Posted<F>| posted.form)
}

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
    pub fn error_of(self, field: &str) -> Option<String> {
        self.problem.with(|problem| problem.as_ref()?.fields()?.get(field).map(ToOwned::to_owned))
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
    let returned = SharedValue::new(PostedBack::of_request).into_inner().filter(own);
    let problem = posting.problem;
    match returned.as_ref().map(|returned| returned.outcome.clone()) {
        Some(Ok(json)) => posting.answer.set(Some(json)),
        Some(Err(fault)) => problem.set(Some(fault)),
        None => {}
    }
    provide_context(FormState { problem, returned: StoredValue::new(returned), id });

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
        <form class=class method="post" action=post_to(posting.url) on:submit=submit novalidate aria-busy=move || posting.pending.get().to_string()>
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
    label: &'static str,
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
