use leptos::prelude::*;
use model::Moment;

/// An instant in the reader's zone, with the exact one on hover and focus.
#[component]
pub fn Time(moment: Moment) -> impl IntoView {
    view! { <time datetime=moment.at title=moment.exact tabindex="0">{moment.text}</time> }
}
