use super::{Failure, Skeleton};
use crate::runtime::Progress;
use leptos::prelude::*;

/// In the place of data that is not there: its shape, or what went wrong and a way to try again.
#[component]
pub fn Waiting(on: Progress, #[prop(default = 6)] rows: usize) -> impl IntoView {
    let retry = move |()| on.again.notify();
    move || match on.problem.get() {
        Some(problem) => view! { <Failure problem retry/> }.into_any(),
        None if on.is_there() => ().into_any(),
        None => view! { <Skeleton rows/> }.into_any(),
    }
}
