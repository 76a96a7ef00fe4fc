use super::{Progress, Toasts, page_user, remote, t};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{Conflict, FieldErrors, Form, Problem, Text};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{borrow::Cow, collections::BTreeMap};

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

/// That of the page, as the server passes it on to the browser.
#[cfg(not(feature = "ssr"))]
#[derive(Clone, Copy)]
struct PostedBackOfPage(StoredValue<Option<PostedBack>>);

impl PostedBack {
    /// Passes it on to the browser, for the whole page.
    pub fn provide() {
        let returned = SharedValue::new(Self::of_request).into_inner();
        #[cfg(not(feature = "ssr"))]
        provide_context(PostedBackOfPage(StoredValue::new(returned)));
        #[cfg(feature = "ssr")]
        let _ = returned;
    }

    /// What came back with the page that is made now. What is made later in the browser is new.
    #[cfg(not(feature = "ssr"))]
    pub fn of_page() -> Option<Self> {
        super::is_hydrating().then(use_context::<PostedBackOfPage>)??.0.get_value()
    }

    /// What came back with the page that is made now.
    #[cfg(feature = "ssr")]
    pub fn of_page() -> Option<Self> {
        Self::of_request()
    }

    #[cfg(feature = "ssr")]
    fn of_request() -> Option<Self> {
        use_context::<http::request::Parts>()?.extensions.get().cloned()
    }

    #[cfg(not(feature = "ssr"))]
    fn of_request() -> Option<Self> {
        None
    }
}

/// The section of a long page that a form stands in, by its id: where the reader comes back to.
#[derive(Clone, Copy)]
pub struct PageSection(pub &'static str);

/// Where a form is posted to without the page's code. It says whose page it stands on, and in which section. A page that came back has the
/// address of the server function; its forms say where they stand, too.
pub fn post_to(function: &str) -> String {
    let user = page_user().map(|user| format!("user={user}"));
    let section = use_context::<PageSection>().map(|PageSection(id)| format!("section={id}"));
    let page = PostedBack::of_page().map(|returned| format!("page={}", returned.page));
    match [user, section, page].into_iter().flatten().collect::<Vec<_>>().join("&") {
        query if query.is_empty() => function.to_owned(),
        query => format!("{function}?{query}"),
    }
}

/// A form's way to its server function, and what came back.
#[derive(Clone, Copy)]
pub struct FormAction {
    pub path: &'static str,
    pub url: &'static str,
    pub pending: RwSignal<bool>,
    /// What to say at the foot of the page when a post went well.
    success: Option<(Toasts, &'static (dyn Text + Sync))>,
    /// The JSON that was answered.
    pub answer: RwSignal<Option<String>>,
    pub problem: RwSignal<Option<Problem>>,
    /// What was posted last.
    pub sent: RwSignal<String>,
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
            sent: RwSignal::new(String::new()),
        }
    }

    /// Says at the foot of the page what a post was answered.
    pub fn on_success<S: ServerFn, A: DeserializeOwned + 'static>(sentence: fn(A) -> Cow<'static, str>) -> Self {
        let toasts = Toasts::expect();
        let posting = Self::to::<S>();
        Effect::new(move |_| {
            if let Some(answer) = posting.answer::<A>() {
                toasts.say(sentence(answer));
            }
        });
        posting
    }

    /// Posts a call that no form makes.
    pub fn call<S: ServerFn + Serialize>(self, call: &S) {
        match serde_qs::to_string(call) {
            Ok(body) => self.send(body),
            Err(_) => self.problem.set(Some(Problem::Malformed)),
        }
    }

    pub fn send(self, body: String) {
        self.problem.set(None);
        self.answer.set(None);
        self.pending.set(true);
        self.sent.set(body.clone());
        leptos::task::spawn(async move {
            let answered = remote::post(self.url, body).await;
            // The form may have gone with its page, or with its row when the live channel was quicker.
            self.pending.try_set(false);
            if let (Ok(_), Some((toasts, sentence))) = (&answered, self.success) {
                toasts.say(t(sentence));
            }
            match answered {
                Ok(json) => self.answer.try_set(Some(json)).map(drop),
                Err(problem) => self.problem.try_set(Some(problem)).map(drop),
            };
        });
    }

    /// Says this at the foot of the page whenever a post went well.
    #[must_use]
    pub fn success_message(self, sentence: &'static (dyn Text + Sync)) -> Self {
        Self { success: Some((Toasts::expect(), sentence)), ..self }
    }

    /// Takes the answer that came with the page, if the form was posted without the page's code: for an answer that is shown in its place, or
    /// before it. What else the form brings back, it takes up itself.
    #[must_use]
    pub fn answered(self) -> Self {
        let returned = PostedBack::of_page();
        if let Some(PostedBack { outcome: Ok(json), .. }) = returned.filter(|returned| returned.path == self.path) {
            self.answer.set(Some(json));
        }
        self
    }

    /// Forgets what was wrong with the last post as soon as another form has succeeded, which made that beside the point.
    pub fn forget_problem_after(self, other: Self) {
        Effect::new(move |_| {
            if other.succeeded() {
                self.problem.set(None);
            }
        });
    }

    /// Whether somebody else saved the same after the form was opened.
    pub fn is_outdated(self) -> bool {
        self.problem.with(|problem| *problem == Some(Problem::Conflict(Conflict::ChangedMeanwhile)))
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

/// What a form is made from: what it was when the form was opened, however often it is fetched anew, and when that fails for
/// a moment, so that nothing that is typed is lost. `again` makes the form anew, and so does a value for
/// which `is_same` is false.
pub fn form_source<T>(
    progress: Progress,
    now: impl Fn() -> Option<T> + Send + Sync + 'static,
    is_same: fn(&T, &T) -> bool,
    again: RwSignal<u32>,
) -> Memo<Option<(u32, T)>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&Option<(u32, T)>>| {
        let (turn, before) = (again.get(), before.and_then(Option::as_ref));
        let Some(now) = now() else {
            let is_passing = progress.problem.with(|problem| problem.as_ref().is_some_and(Problem::is_passing));
            return before.filter(|_| is_passing).cloned();
        };
        match before {
            Some(kept) if kept.0 == turn && is_same(&kept.1, &now) => Some(kept.clone()),
            _ => Some((turn, now)),
        }
    })
}

/// The form within a posted body.
pub fn posted<F: DeserializeOwned>(body: &str) -> Option<F> {
    #[derive(Deserialize)]
    struct Posted<F> {
        form: F,
    }
    serde_qs::Config::new(5, false).deserialize_str(body).ok().map(|posted: Posted<F>| posted.form)
}
