//! Which tab has the live channel, and what it does with it.

use super::{
    signed_in::{self, Signed},
    tabs::{self, Message},
};
use crate::runtime::{browser::sleep, page_user};
use futures::{
    StreamExt,
    future::{AbortHandle, Either, abortable, select},
};
use gloo_net::eventsource::{State, futures::EventSource};
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::VisibilityState;

/// The server says something more than twice in this time (`server/src/edge/live/listener.rs`). Within three seconds a
/// page is to know that it no longer does.
const SILENCE: Duration = Duration::from_millis(2_750);

/// How long the channel stays closed after an answer that is none, such as a proxy's own; from try to try twice as long.
const PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Where tabs cannot share a channel, each asks so often how things stand. That number does not move with everything:
/// after so many times a page fetches anew whatever it shows.
const POLL: Duration = Duration::from_secs(10);
const POLLS: u32 = 6;

thread_local! {
    static TASK: RefCell<Option<AbortHandle>> = const { RefCell::new(None) };
    /// Gives back the lock.
    static RELEASE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Has the channel, or waits until it is this tab's turn.
pub fn start(user: &str, is_shared: bool) {
    let lock = format!("live {user}");
    match locks().filter(|_| is_shared) {
        Some(locks) => if_free(&locks, &lock),
        None => run(poll()),
    }
}

/// Gives up the channel, or waiting for it.
pub fn stop() {
    if let Some(task) = TASK.take() {
        task.abort();
    }
    if let Some(release) = RELEASE.take() {
        // It is a promise's own function.
        let _ = release.call0(&JsValue::NULL);
    }
}

fn run(task: impl Future<Output = ()> + 'static) {
    let (task, handle) = abortable(task);
    if let Some(before) = TASK.replace(Some(handle)) {
        before.abort();
    }
    leptos::task::spawn_local(async move {
        let _ = task.await;
    });
}

/// There are none in old browsers, nor where the connection is not safe.
fn locks() -> Option<JsValue> {
    let locks = Reflect::get(&window().navigator(), &JsValue::from_str("locks")).ok()?;
    locks.is_object().then_some(locks)
}

/// Takes the lock if nobody has it. Others have heard how things stand then; this page asks.
fn if_free(locks: &JsValue, name: &str) {
    let (again, lock_name) = (locks.clone(), name.to_owned());
    let callback = Closure::once_into_js(move |lock: JsValue| {
        if lock.is_null() {
            signed_in::look_and_greet();
            in_turn(&again, &lock_name);
            JsValue::UNDEFINED
        } else {
            lead()
        }
    });
    let options = Object::new();
    // It is an object of this page's own.
    let _ = Reflect::set(&options, &JsValue::from_str("ifAvailable"), &JsValue::TRUE);
    request(locks, &[&JsValue::from_str(name), &options, &callback]);
}

/// Takes the lock when whoever has it now is gone.
fn in_turn(locks: &JsValue, name: &str) {
    let callback = Closure::once_into_js(|_: JsValue| lead());
    request(locks, &[&JsValue::from_str(name), &callback]);
}

fn request(locks: &JsValue, arguments: &[&JsValue]) {
    let request = Reflect::get(locks, &JsValue::from_str("request")).ok();
    let Some(request) = request.and_then(|request| request.dyn_into::<Function>().ok()) else { return };
    let arguments = arguments.iter().copied().collect::<js_sys::Array>();
    // What it promises is over when the lock is given back, which nothing waits for.
    if let Ok(promise) = request.apply(locks, &arguments)
        && let Ok(promise) = promise.dyn_into::<Promise>()
    {
        leptos::task::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

/// Opens the channel. The lock is held until the promise is kept, or the tab closes.
fn lead() -> JsValue {
    if signed_in::is_over() {
        return JsValue::UNDEFINED;
    }
    run(channel());
    Promise::new(&mut |resolve, _| RELEASE.set(Some(resolve))).into()
}

/// What this tab hears, it passes on.
fn pass_on(message: &Message) {
    tabs::tell(message);
    tabs::hear(message);
}

async fn channel() {
    let mut pause = PAUSE;
    loop {
        if listen().await {
            pause = PAUSE;
        }
        pass_on(&Message::Lost);
        signed_in::look();
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Listens until the server gives an answer that is none, or says nothing for too long; whether there was another
/// before. Of a connection that breaks, the browser opens the next by itself.
async fn listen() -> bool {
    let mut greeted = false;
    // Dropping it closes it.
    let Ok(mut source) = EventSource::new("/live") else { return greeted };
    let kinds = ["hello", "hint", "beat", "ended"].map(|kind| source.subscribe(kind));
    let Ok(kinds) = kinds.into_iter().collect::<Result<Vec<_>, _>>() else { return greeted };
    let mut events = futures::stream::select_all(kinds);
    loop {
        let event = match select(events.next(), Box::pin(sleep(SILENCE))).await {
            Either::Left((Some(event), _)) => event,
            Either::Left((None, _)) => return greeted,
            // A browser lets a page that nobody looks at sleep.
            Either::Right(_) if document().visibility_state() == VisibilityState::Hidden => continue,
            Either::Right(_) if source.state() == State::Open => return greeted,
            Either::Right(_) => {
                pass_on(&Message::Lost);
                continue;
            }
        };
        match event {
            Ok((kind, message)) => {
                let data = message.data().as_string().unwrap_or_default();
                match kind.as_str() {
                    "hello" => {
                        greeted = true;
                        greet(&data);
                    }
                    "hint" => {
                        if let Some(hint) = tabs::hint(&data) {
                            pass_on(&hint);
                        }
                    }
                    "beat" => {}
                    // Of the session. Who is signed in now, if anybody, each tab asks.
                    _ => {
                        pass_on(&Message::SignedIn(None));
                        return greeted;
                    }
                }
            }
            Err(_) if source.state() == State::Closed => return greeted,
            Err(_) => pass_on(&Message::Lost),
        }
    }
}

fn greet(data: &str) {
    let Some((as_of, user)) = data.split_once(' ') else { return };
    if page_user().as_deref() != Some(user) {
        signed_in::look();
    } else if let Ok(as_of) = as_of.parse() {
        pass_on(&Message::Hello(as_of));
    }
}

async fn poll() {
    let mut before = None;
    let mut since = 0;
    loop {
        match signed_in::ask().await {
            Ok(Signed::Same { as_of }) => {
                since += 1;
                if before != Some(as_of) || since >= POLLS {
                    tabs::hear(&Message::Hello(as_of));
                    (before, since) = (Some(as_of), 0);
                }
            }
            Ok(signed) => signed_in::end(signed),
            Err(_) => {
                tabs::hear(&Message::Lost);
                before = None;
            }
        }
        sleep(POLL).await;
    }
}
