//! A page whose part of the program may still have to come.

use super::{Failure, Skeleton};
use futures::FutureExt;
use leptos::{prelude::*, wasm_split::SplitLoaderError};
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
    let came = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        came.try_set(Some(load().await.is_ok()));
    });
    let again = |()| drop(window().location().reload());
    let shaped = move |waiting: AnyView| match shape {
        Shape::Page => waiting,
        Shape::Drawer => view! { <div class="drawer-panel"><div class="drawer-inner">{waiting}</div></div> }.into_any(),
    };
    (move || match came.get() {
        None => shaped(view! { <Skeleton rows=6/> }.into_any()),
        Some(true) => now().into_any(),
        Some(false) => shaped(view! { <Failure problem=Problem::Offline retry=again/> }.into_any()),
    })
    .into_any()
}
