use super::{Failure, Refused, Skeleton};
use crate::runtime::{Here, Progress};
use leptos::prelude::*;
use model::{Problem, Refusal};

/// In the place of data that is not there: its shape, or what went wrong and a way to try again.
#[component]
pub fn Waiting(on: Progress, #[prop(default = 6)] rows: usize) -> impl IntoView {
    let retry = move |()| on.again.notify();
    let problem = Memo::new(move |_| on.problem.get());
    let is_in_account = use_context::<Here>().is_some();
    move || match problem.get() {
        Some(Problem::Refused(Refusal::Permission(permission))) if is_in_account => {
            view! { <Refused permission/> }.into_any()
        }
        Some(problem) => view! { <Failure problem retry/> }.into_any(),
        None if on.is_there() => ().into_any(),
        None => view! { <Skeleton rows/> }.into_any(),
    }
}
