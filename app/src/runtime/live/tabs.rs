//! The tabs of a browser share one live channel: whichever holds a lock has it and passes on to the others what it
//! hears. When that tab closes, the lock goes to the next one, which opens a channel of its own. A browser keeps six
//! connections to a host under HTTP/1.1, so a channel for each tab would leave the seventh without any.

use super::{leader, signed_in};
use crate::runtime::page_user;
use model::{OrganisationId, Topic};
use std::{cell::RefCell, fmt, str::FromStr};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "tenantry";

/// What tabs tell each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The channel is open; how things stand, as the server counts.
    Hello(u64),
    /// The channel is closed, and will be opened again.
    Lost,
    /// Something changed.
    Hint(OrganisationId, Topic),
    /// Who is signed in, as far as a tab knows.
    SignedIn(Option<String>),
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello(as_of) => write!(f, "hello {as_of}"),
            Self::Lost => f.write_str("lost"),
            Self::Hint(organisation, topic) => write!(f, "hint {organisation} {}", topic.name()),
            Self::SignedIn(user) => write!(f, "signed-in {}", user.as_deref().unwrap_or_default()),
        }
    }
}

/// It is no message of ours.
pub struct Unknown;

impl FromStr for Message {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
        match kind {
            "hello" => rest.parse().map(Self::Hello).map_err(|_| Unknown),
            "lost" => Ok(Self::Lost),
            "hint" => hint(rest).ok_or(Unknown),
            "signed-in" => Ok(Self::SignedIn(Some(rest.to_owned()).filter(|user| !user.is_empty()))),
            _ => Err(Unknown),
        }
    }
}

/// As the server sends it.
pub fn hint(data: &str) -> Option<Message> {
    let (organisation, topic) = data.split_once(' ')?;
    Some(Message::Hint(organisation.parse().ok()?, topic.parse().ok()?))
}

type Listener = Box<dyn Fn(&Message)>;

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// From now on the page listens, with what the console does about it.
pub fn listen(listener: impl Fn(&Message) + 'static) {
    LISTENER.set(Some(Box::new(listener)));
}

pub fn stop_listening() {
    LISTENER.set(None);
}

/// Joins the other tabs.
pub fn start() {
    let channel = open();
    let is_shared = channel.is_some();
    CHANNEL.set(channel);
    tell(&Message::SignedIn(page_user()));
    if let Some(user) = page_user() {
        leader::start(&user, is_shared);
    }
}

fn open() -> Option<BroadcastChannel> {
    let channel = BroadcastChannel::new(NAME).ok()?;
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(Ok(message)) = event.data().as_string().map(|text| text.parse::<Message>()) {
            hear(&message);
        }
    });
    channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // As long as the page.
    on_message.forget();
    Some(channel)
}

/// Leaves the other tabs.
pub fn leave() {
    if let Some(channel) = CHANNEL.take() {
        channel.close();
    }
    stop_listening();
}

/// Tells the other tabs.
pub fn tell(message: &Message) {
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            // It fails only for a channel that is closed, where nobody listens.
            let _ = channel.post_message(&JsValue::from_str(&message.to_string()));
        }
    });
}

/// What this tab does about it.
pub fn hear(message: &Message) {
    match message {
        // Only the server knows: the page that says so may be an old one.
        Message::SignedIn(user) => {
            if page_user().is_some() && *user != page_user() {
                signed_in::look();
            }
        }
        message => LISTENER.with_borrow(|listener| {
            if let Some(listener) = listener {
                listener(message);
            }
        }),
    }
}
