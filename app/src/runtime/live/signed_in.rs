//! Whether the page is still that of whoever is signed in. When it is not, nothing of it stays on the screen.

use super::{leader, tabs};
use crate::runtime::{
    browser::{self, sleep},
    ended_session_path, page_user, remote,
};
use leptos::{mount::mount_to_body, prelude::*};
use model::Problem;
use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

/// Who is signed in now, as seen from this page.
pub enum Signed {
    /// Whoever it was rendered for.
    Same {
        as_of: u64,
    },
    Another {
        first_name: String,
    },
    Nobody,
}

/// What people take for at once.
const MOMENT: Duration = Duration::from_millis(200);

type Unmount = Box<dyn FnOnce()>;
type View = fn(Problem) -> AnyView;

thread_local! {
    static IS_OVER: Cell<bool> = const { Cell::new(false) };
    static UNMOUNT: RefCell<Option<Unmount>> = const { RefCell::new(None) };
    static ANOTHER: Cell<Option<View>> = const { Cell::new(None) };
}

/// What takes the page off the screen, and what is shown when it is no longer that of whoever is signed in.
pub fn keep_unmount(unmount: impl FnOnce() + 'static, another: View) {
    UNMOUNT.set(Some(Box::new(unmount)));
    ANOTHER.set(Some(another));
}

/// Whether this page has been left, or has ended.
pub fn is_over() -> bool {
    IS_OVER.get()
}

/// The page is left for another: what becomes of its session is no longer its own affair.
pub fn leave() {
    IS_OVER.set(true);
    leader::stop();
    tabs::leave();
}

/// # Errors
/// As of any call, [`Problem::SignedOut`] aside.
pub async fn ask() -> Result<Signed, Problem> {
    // What the page itself is sending may be what signs in or out; the answer says where to go then.
    while remote::is_sending() {
        sleep(MOMENT / 4).await;
    }
    if is_over() {
        return Err(Problem::Offline);
    }
    match remote::now().await {
        Ok(now) if page_user() == Some(now.user.to_string()) => Ok(Signed::Same { as_of: now.as_of }),
        Ok(now) => Ok(Signed::Another { first_name: now.first_name }),
        Err(Problem::SignedOut) => Ok(Signed::Nobody),
        Err(problem) => Err(problem),
    }
}

/// Asks, and ends the page if it is somebody else's. Without an answer, who is signed in is as unknown as before.
pub fn look() {
    leptos::task::spawn_local(async {
        let mut signed = ask().await;
        if matches!(signed, Ok(Signed::Nobody)) {
            // A sign-in ends the session from before; the cookie of the next may still be on its way.
            sleep(MOMENT).await;
            signed = ask().await;
        }
        if let Ok(signed) = signed {
            end(signed);
        }
    });
}

/// As [`look`], and hears how things stand, as from the channel.
pub fn look_and_greet() {
    leptos::task::spawn_local(async {
        match ask().await {
            Ok(Signed::Same { as_of }) => tabs::hear(&tabs::Message::Hello(as_of)),
            Ok(signed) => end(signed),
            Err(_) => {}
        }
    });
}

/// Ends the page, unless it is that of whoever is signed in.
pub fn end(signed: Signed) {
    if is_over() {
        return;
    }
    match signed {
        Signed::Same { .. } => {}
        Signed::Nobody => {
            clear();
            let query = window().location().search().unwrap_or_default();
            // It is a path of this very server.
            let _ = window().location().replace(&ended_session_path(&browser::path(), &query));
        }
        Signed::Another { first_name } => {
            clear();
            let problem = Problem::AnotherUser { first_name };
            if let Some(view) = ANOTHER.get() {
                mount_to_body(move || view(problem));
            }
        }
    }
}

fn clear() {
    leave();
    if let Some(unmount) = UNMOUNT.take() {
        unmount();
    }
    if let Some(body) = document().body() {
        body.set_text_content(None);
    }
    document().set_title("Tenantry");
}
