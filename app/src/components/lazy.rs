//! A page whose part of the program may still have to come.

use super::{Failure, Skeleton};
use futures::FutureExt;
#[cfg(feature = "hydrate")]
use leptos::tachys::view::any_view::AnyViewState;
use leptos::{html, prelude::*, wasm_split::SplitLoaderError};
use model::Problem;
use std::pin::Pin;

pub type Loading = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

/// What is seen until a page is there.
#[derive(Clone, Copy)]
pub enum Shape {
    Page,
    /// Beside a list, which stays as it is.
    Drawer,
}

/// A page at once if its part is here, as it is on the server and when the browser takes over a page; else
/// its shape until the part has come.
pub fn show<P>(page: fn() -> P, load: fn() -> Loading, shape: Shape) -> AnyView
where
    P: Future<Output = Result<AnyView, SplitLoaderError>> + 'static,
{
    let now = move || page().now_or_never()?.ok();
    if let Some(view) = now() {
        return view;
    }
    when_loaded(Box::new(now), load, shape)
}

fn when_loaded(now: Box<dyn Fn() -> Option<AnyView> + Send>, load: fn() -> Loading, shape: Shape) -> AnyView {
    let is_loaded = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        is_loaded.try_set(Some(load().await.is_ok()));
    });
    let in_shape = move |waiting: AnyView| match shape {
        Shape::Page => waiting,
        Shape::Drawer => view! { <div class="drawer-panel"><div class="drawer-inner">{waiting}</div></div> }.into_any(),
    };
    (move || match is_loaded.get() {
        None => in_shape(view! { <Skeleton rows=6/> }.into_any()),
        Some(true) => now().into_any(),
        Some(false) => in_shape(failure()),
    })
    .into_any()
}

fn failure() -> AnyView {
    let again = |()| drop(window().location().reload());
    view! { <Failure problem=Problem::Offline retry=again/> }.into_any()
}

/// A section of a page that is hydrated when it is about to be seen, by a part of the program that comes then. Until then
/// it is as the server wrote it: it reads, and the browser posts its forms.
pub fn hydrate_when_near<P>(section: fn() -> P, load: fn() -> Loading) -> AnyView
where
    P: Future<Output = Result<AnyView, SplitLoaderError>> + 'static,
{
    let now = move || section().now_or_never()?.ok();
    let place = NodeRef::<html::Div>::new();
    #[cfg(feature = "hydrate")]
    {
        load_when_near(place, Box::new(now), load);
        // What the server wrote stays in it.
        view! { <div node_ref=place class="lazy-section"></div> }.into_any()
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = load;
        view! { <div node_ref=place class="lazy-section" data-lazy="">{now()}</div> }.into_any()
    }
}

/// How long after a failure the code of a section is asked for again.
#[cfg(feature = "hydrate")]
const RETRY_AFTER: std::time::Duration = std::time::Duration::from_secs(5);

#[cfg(feature = "hydrate")]
fn load_when_near(place: NodeRef<html::Div>, now: Box<dyn Fn() -> Option<AnyView>>, load: fn() -> Loading) {
    use crate::runtime::{LazyHydration, browser, is_hydrating};
    let is_server_rendered = is_hydrating();
    let owner = Owner::new();
    let shown = StoredValue::new_local(None::<AnyViewState>);
    let now = send_wrapper::SendWrapper::new(std::rc::Rc::new(now));
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        let (owner, now, section) = (owner.clone(), std::rc::Rc::clone(&now), place.clone());
        let hydrate = move || {
            leptos::task::spawn_local(async move {
                let mut is_loaded = load().await.is_ok();
                // Until the code comes, the HTML of the server works without it: the browser posts its forms.
                while !is_loaded && is_server_rendered && place.is_connected() {
                    browser::wait(RETRY_AFTER).await;
                    is_loaded = load().await.is_ok();
                }
                // The page may be gone, and with it what the section would look for in its context.
                if !place.is_connected() {
                    return;
                }
                let state = owner.with(|| {
                    let content = || is_loaded.then(|| now()).flatten().unwrap_or_else(failure);
                    if is_server_rendered {
                        return LazyHydration::run(|| content().hydrate_from::<true>(&place));
                    }
                    let mut state = content().build();
                    state.mount(&place, None);
                    state
                });
                shown.try_set_value(Some(state));
                browser::mark_section_hydrated(&place);
            });
        };
        // What the browser makes itself there is nothing to see of before.
        if is_server_rendered { browser::when_near(&section, hydrate) } else { hydrate() }
    });
}

/// The content of a section as [`hydrate_when_near`] takes it: a component without properties, in a part of the program.
macro_rules! lazy_section {
    ($part:ident, $name:ident, $component:ident) => {{
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, fallible, preload(load))]
        fn $name() -> Result<leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
            Ok(leptos::prelude::IntoAny::into_any($component()))
        }
        || $crate::components::hydrate_when_near($name, || Box::pin(load()))
    }};
}

pub(crate) use lazy_section;
