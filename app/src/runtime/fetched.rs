use super::{Here, Read};
use crate::runtime::Answer;
use leptos::{prelude::*, server_fn::ServerFn};
#[cfg(feature = "hydrate")]
use model::Topic;
use model::{Problem, Refusal};
use serde::{Serialize, de::DeserializeOwned};

/// Data of the server on a page. It comes with the page; the browser fetches it anew whenever
/// something changed that the call is made of.
pub struct Fetched<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    pub progress: Progress,
}

/// What a page asks for now.
enum Ask<C> {
    Call(C),
    /// There is nothing to ask for: its address is malformed.
    Nothing,
    NotYet,
}

impl<C> Ask<C> {
    fn of(call: Option<C>) -> Self {
        call.map_or(Self::Nothing, Self::Call)
    }
}

impl<T: Send + Sync> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Fetched<T> {}

/// How far a fetch is, whatever it fetches.
#[derive(Clone, Copy)]
pub struct Progress {
    there: RwSignal<bool>,
    pub problem: RwSignal<Option<Problem>>,
    pub again: Trigger,
    /// Each answer, also one that is the same as before.
    #[cfg(feature = "hydrate")]
    pub answered: Trigger,
}

impl<T> Fetched<T>
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync,
{
    /// What a server function answers. `call` makes its arguments, and follows the signals it reads. What the reader
    /// would be refused is not asked for.
    pub fn of<C>(call: impl Fn() -> C + Send + Sync + 'static) -> Self
    where
        C: ServerFn<Output = T, Error = Problem> + Read + Clone + Serialize + Send + Sync + 'static,
    {
        Self::when(move || Some(call()))
    }

    /// As [`Self::of`]; where `call` gives `None`, nothing is asked for, and it is as if nothing had been found.
    pub fn when<C>(call: impl Fn() -> Option<C> + Send + Sync + 'static) -> Self
    where
        C: ServerFn<Output = T, Error = Problem> + Read + Clone + Serialize + Send + Sync + 'static,
    {
        Self::made_of(move || Ask::of(call()))
    }

    /// As [`Self::of`], but nothing is asked for before `ready` is true.
    pub fn once<C>(ready: Memo<bool>, call: impl Fn() -> C + Send + Sync + 'static) -> Self
    where
        C: ServerFn<Output = T, Error = Problem> + Read + Clone + Serialize + Send + Sync + 'static,
    {
        Self::made_of(move || if ready.get() { Ask::Call(call()) } else { Ask::NotYet })
    }

    fn made_of<C>(call: impl Fn() -> Ask<C> + Send + Sync + 'static) -> Self
    where
        C: ServerFn<Output = T, Error = Problem> + Read + Clone + Serialize + Send + Sync + 'static,
    {
        let fetched = Self {
            value: RwSignal::new(None),
            progress: Progress {
                there: RwSignal::new(false),
                problem: RwSignal::new(None),
                again: Trigger::new(),
                #[cfg(feature = "hydrate")]
                answered: Trigger::new(),
            },
        };
        let refusal = refusal::<C>();
        let came = match refusal.get_untracked() {
            Some(refusal) => Some(Err(Problem::Refused(refusal))),
            None => match untrack(&call) {
                Ask::Call(call) => came_with_page(call),
                Ask::Nothing => Some(Err(Problem::NotFound)),
                Ask::NotYet => None,
            },
        };
        let is_there = came.is_some();
        if let Some(answer) = came {
            fetched.apply(answer);
        }
        #[cfg(feature = "hydrate")]
        fetched.follow(call, refusal, is_there);
        #[cfg(not(feature = "hydrate"))]
        let _ = is_there;
        fetched
    }

    fn apply(self, answer: Answer<T>) {
        let Progress { there, problem, .. } = self.progress;
        match answer {
            Ok(value) => {
                if self.value.with_untracked(|old| old.as_ref() != Some(&value)) {
                    self.value.set(Some(value));
                }
                there.set(true);
                problem.set(None);
            }
            Err(fault) => {
                // Without a network, what is shown is as true as it was.
                if fault != Problem::Offline {
                    self.value.set(None);
                    there.set(false);
                }
                problem.set(Some(fault));
            }
        }
    }

    #[cfg(feature = "hydrate")]
    fn follow<C>(self, call: impl Fn() -> Ask<C> + Send + Sync + 'static, refusal: Memo<Option<Refusal>>, came: bool)
    where
        C: ServerFn<Output = T, Error = Problem> + Serialize + 'static,
    {
        let body = move || match refusal.get() {
            Some(refusal) => Some(Err(Problem::Refused(refusal))),
            None => match call() {
                Ask::Call(call) => Some(Ok(serde_qs::to_string(&call).unwrap_or_default())),
                Ask::Nothing => Some(Err(Problem::NotFound)),
                Ask::NotYet => None,
            },
        };
        let apply = move |json: Answer<String>| {
            self.apply(json.and_then(|json| serde_json::from_str(&json).map_err(|_| Problem::Offline)));
            self.progress.answered.notify();
        };
        follow(C::url(), Box::new(body), self.progress, came, std::rc::Rc::new(apply));
    }
}

impl<T: Clone + Send + Sync> Fetched<T> {
    pub fn get(self) -> Option<T> {
        self.value.get()
    }

    pub fn with<U>(self, read: impl FnOnce(Option<&T>) -> U) -> U {
        self.value.with(|value| read(value.as_ref()))
    }

    pub fn with_untracked<U>(self, read: impl FnOnce(Option<&T>) -> U) -> U {
        self.value.with_untracked(|value| read(value.as_ref()))
    }

    /// Why there is nothing, if it was refused or failed.
    pub fn problem(self) -> Option<Problem> {
        self.progress.problem.get()
    }
}

impl Progress {
    pub fn is_there(self) -> bool {
        self.there.get()
    }
}

/// Why the reader of this page would be refused a call, as a signal that follows what they may do.
fn refusal<C: Read>() -> Memo<Option<Refusal>> {
    let here = use_context::<Here>();
    Memo::new(move |_| here?.standing.with(|standing| C::NEEDS.refusal(standing?.role, standing?.permissions)))
}

/// The answer that the server fetched before it rendered this page.
#[cfg(feature = "ssr")]
fn came_with_page<C>(call: C) -> Option<Answer<C::Output>>
where
    C: ServerFn<Error = Problem> + Clone + Serialize + Send + Sync + 'static,
    C::Output: Clone + PartialEq + Serialize + Send + Sync,
{
    use_context::<super::Prefetch>()?.ask(call)
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn came_with_page<C>(call: C) -> Option<Answer<C::Output>>
where
    C: ServerFn<Error = Problem> + Serialize,
    C::Output: DeserializeOwned,
{
    let json = super::browser::answer_of(&super::name_of(&call).ok()?)?;
    serde_json::from_str(&json).ok()
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
fn came_with_page<C: ServerFn>(_: C) -> Option<Answer<C::Output>> {
    None
}

/// Posts to `url` whenever what `body` reads has changed, and applies the newest answer; or why it is not posted. While
/// the reader's rights are about to be heard, it waits for them: what they no longer may is not asked for. Not generic,
/// so that the code for it travels to the browser once.
#[cfg(feature = "hydrate")]
fn follow(
    url: &'static str,
    body: Box<dyn Fn() -> Option<Answer<String>> + Send + Sync>,
    progress: Progress,
    came: bool,
    apply: std::rc::Rc<dyn Fn(Answer<String>)>,
) {
    let Progress { again, problem, .. } = progress;
    let newest = StoredValue::new(0_u32);
    let apply = send_wrapper::SendWrapper::new(apply);
    let here = use_context::<Here>();
    let live = here.map(|here| here.live);
    let rights_pending = live.map(super::Live::rights_pending);
    // What came with the page long ago is shown, and asked for anew.
    let is_current = came && !super::is_lazily_hydrating();
    // What failed without a network is asked for again once the channel is open again.
    Effect::new(move |before: Option<bool>| {
        let connected = live.is_none_or(|live| live.connected().get());
        let is_back = connected && before == Some(false);
        if is_back && problem.with_untracked(|problem| *problem == Some(Problem::Offline)) {
            again.notify();
        }
        connected
    });
    Effect::new(move |before: Option<()>| {
        again.track();
        // Whatever is asked for has dates in it, or may have.
        if let Some(live) = live {
            live.follow(&[Topic::Region]);
        }
        let is_switching = here.is_some_and(|here| here.is_switching.get());
        let Some(body) = body() else { return };
        if (before.is_none() && is_current) || is_switching {
            return;
        }
        if let Some(pending) = rights_pending.filter(|pending| pending.get_untracked()) {
            return pending.track();
        }
        let turn = newest.get_value() + 1;
        newest.set_value(turn);
        let apply = apply.clone();
        let body = match body {
            Ok(body) => body,
            Err(problem) => return apply(Err(problem)),
        };
        leptos::task::spawn_local(async move {
            let answer = super::remote::post(url, body).await;
            // A later one may be on its way, or the page may be gone.
            if newest.try_get_value() == Some(turn) {
                apply(answer);
            }
        });
    });
}
