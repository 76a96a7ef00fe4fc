use super::Here;
use leptos::prelude::*;
use model::{Problem, Profile, Standing};
use serde::{Deserialize, Serialize};

/// What the server finds out before it renders a page of an account: it goes with the page, so that
/// the frame stands at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entrance {
    pub standing: Result<Standing, Problem>,
    pub profile: Option<Profile>,
}

impl Entrance {
    #[cfg(feature = "ssr")]
    fn of_request() -> Option<Self> {
        use_context::<http::request::Parts>()?.extensions.get().cloned()
    }

    #[cfg(not(feature = "ssr"))]
    fn of_request() -> Option<Self> {
        None
    }

    fn apply(self, here: Here, problem: RwSignal<Option<Problem>>) {
        match self.standing {
            Ok(standing) => {
                here.standing.set(Some(standing));
                problem.set(None);
            }
            Err(fault) => problem.set(Some(fault)),
        }
        if self.profile.is_some() {
            here.profile.set(self.profile);
        }
    }
}

/// Keeps `here` true: as the page came, and from then on as the live channel tells. Gives what
/// stands in the way of being here, if anything does.
pub fn follow(here: Here) -> Memo<Option<Problem>> {
    let problem = RwSignal::new(None);
    let entrance = SharedValue::new(Entrance::of_request).into_inner();
    let came_with_page = entrance.is_some();
    if let Some(entrance) = entrance {
        entrance.apply(here, problem);
    }
    refetch(here, problem, came_with_page);
    Memo::new(move |_| problem.get())
}

#[cfg(feature = "hydrate")]
fn refetch(here: Here, problem: RwSignal<Option<Problem>>, came_with_page: bool) {
    use crate::api::{get_profile, get_standing};
    use model::Topic;
    Effect::new(move |before: Option<()>| {
        let account = here.account.get();
        here.live.opened.track();
        here.live.version(Topic::Rights);
        here.live.version(Topic::Organisation);
        if before.is_none() && came_with_page {
            return;
        }
        leptos::task::spawn_local(async move {
            let standing = get_standing(account).await;
            // Somebody without a network is still who they were.
            if standing == Err(Problem::Offline) || here.account.get_untracked() != account {
                return;
            }
            let profile = if standing.is_ok() { get_profile().await.ok() } else { None };
            Entrance { standing, profile }.apply(here, problem);
        });
    });
}

#[cfg(not(feature = "hydrate"))]
fn refetch(_: Here, _: RwSignal<Option<Problem>>, _: bool) {}
