use leptos::prelude::*;

/// Lets redirects of server functions within the console change the page without loading it anew.
#[component]
pub fn Navigation() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    crate::runtime::browser::keep_navigate(leptos_router::hooks::use_navigate());
}
