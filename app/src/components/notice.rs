use super::{Glyph, Icon};
use crate::runtime::t;
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::{ButtonText, PagerText, Problem, Text};
use std::borrow::Cow;

/// What happened and what to do, in the place of what could not be shown.
#[component]
pub fn Failure(problem: Problem, #[prop(optional, into)] retry: Option<Callback<()>>) -> impl IntoView {
    let retry = retry.map(|retry| {
        view! {
            <button type="button" class="btn btn-sm" on:click=move |_| retry.run(())>
                <Glyph icon=Icon::RotateCcw/>
                {t(ButtonText::TryAgain)}
            </button>
        }
    });
    view! {
        <div role="alert" class="notice notice-error">
            <Glyph icon=Icon::CircleAlert class="size-5 text-error"/>
            <p class="grow">{t(&problem)}</p>
            {retry}
        </div>
    }
    .into_any()
}

/// Something that went well, said where it happened.
#[component]
pub fn Done(
    #[prop(into)] sentence: Cow<'static, str>,
    #[prop(optional, into)] more: Cow<'static, str>,
) -> impl IntoView {
    view! {
        <div role="status" class="notice notice-success">
            <Glyph icon=Icon::Check class="size-5 text-success"/>
            <p>{sentence} " " <span class="text-muted">{more}</span></p>
        </div>
    }
    .into_any()
}

/// An empty list: one sentence, and what fills it.
#[component]
pub fn Empty(
    icon: Icon,
    #[prop(into)] sentence: Cow<'static, str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center gap-3 px-4 py-14 text-center text-muted">
            <Glyph icon=icon class="size-8"/>
            <p class="max-w-sm">{sentence}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}

/// What stands in the place of a list's rows when its filters let none through, with the way back to all of
/// them; `None` when no filter holds.
pub fn no_match(
    sentence: impl Text + Send + 'static,
    filters: &[&str],
    all: impl Fn() -> String + Send + Sync + 'static,
) -> Option<AnyView> {
    let holds =
        |query: &ParamsMap| filters.iter().any(|name| query.get_str(name).is_some_and(|value| !value.is_empty()));
    use_query_map().with(holds).then(|| {
        view! {
            <Empty icon=Icon::Search sentence=t(sentence)>
                <a class="btn btn-sm" href=all>{t(ButtonText::ShowAll)}</a>
            </Empty>
        }
        .into_any()
    })
}

/// The shape of a list that is being fetched; appears after a moment (see the style sheet).
#[component]
pub fn Skeleton(#[prop(default = 6)] rows: usize) -> impl IntoView {
    let row = || {
        view! {
            <div class="flex items-center gap-3 px-4 py-3">
                <span class="skeleton size-8 rounded-full"></span>
                <span class="skeleton h-4 w-1/3"></span>
                <span class="skeleton ms-auto h-4 w-1/5"></span>
            </div>
        }
    };
    view! { <div class="skeleton-late" aria-busy="true" aria-label=t(PagerText::Loading)>{(0..rows).map(|_| row()).collect_view()}</div> }
}
