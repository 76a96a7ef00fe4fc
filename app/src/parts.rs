//! The parts of the program that travel to the browser when one of their pages is first opened. The
//! bundle's build splits the program at the functions that are made here; on the server they are plain calls. Which page
//! is in which part stands beside the routes.

/// Parts, each with what it shows: the name that its pages have in the address, and where they are. Drawers that are a
/// part of their own have a name, and the list that they lie `beside`: opened by its address, a drawer needs both parts.
macro_rules! parts {
    ($($part:ident { $($area:ident $(beside $list:ident)? in $of:ident::$module:ident { $($page:ident),+ $(,)? })+ })+) => {
        $($(pub mod $area {
            use crate::components::{Shape, show};
            use leptos::prelude::*;

            /// The list that all of this lies beside.
            pub(super) fn list() -> Option<&'static str> {
                [$(stringify!($list))?].into_iter().next()
            }

            $(#[expect(non_snake_case, reason = "it is named as the component is")]
            pub(super) mod $page {
                use leptos::{prelude::*, wasm_split::{SplitLoaderError, wasm_split}};

                #[wasm_split($part, wasm_split_path = leptos::wasm_split, fallible, preload(load))]
                pub fn $page() -> Result<AnyView, SplitLoaderError> {
                    Ok(crate::pages::$of::$module::$page().into_any())
                }
            }

            #[component]
            pub fn $page() -> impl IntoView {
                let shape = if list().is_some() { Shape::Drawer } else { Shape::Page };
                show($page::$page, || Box::pin($page::load()), shape)
            })+
        })+)+

        /// The parts that the page of a path is in, besides the main one.
        #[cfg(feature = "ssr")]
        pub fn parts_of(path: &str) -> Vec<&'static str> {
            let place = $crate::parts::Place::of(path);
            let parts = [$($(($area::list(), stringify!($area), stringify!($part)),)+)+];
            parts.into_iter().filter(|(list, area, _)| place.shows(*list, area)).map(|(_, _, part)| part).collect()
        }

        /// Fetches the parts that the page of a path is in, side by side. False if one does not come.
        #[cfg(feature = "hydrate")]
        pub async fn load(path: &str) -> bool {
            let place = $crate::parts::Place::of(path);
            let mut parts: Vec<$crate::components::Loading> = Vec::new();
            $($(if place.shows($area::list(), stringify!($area)) {
                $(parts.push(Box::pin($area::$page::load()));)+
            })+)+
            futures::future::join_all(parts).await.iter().all(Result::is_ok)
        }
    };
}

pub(crate) use parts;

/// Where a path leads.
pub(crate) struct Place {
    /// `access_log` of `/accounts/…/access-log`.
    area: String,
    is_drawer: bool,
}

impl Place {
    pub fn of(path: &str) -> Self {
        let mut names = path.split('/').filter(|name| !name.is_empty());
        let area = match names.next() {
            Some("accounts") => names.nth(1),
            area => area,
        };
        Self { area: area.unwrap_or_default().replace('-', "_"), is_drawer: names.next().is_some() }
    }

    /// Whether this is shown there: an area, or the drawers beside a list.
    pub fn shows(&self, list: Option<&str>, area: &str) -> bool {
        match list {
            Some(list) => self.is_drawer && self.area == list,
            None => self.area == area,
        }
    }
}
