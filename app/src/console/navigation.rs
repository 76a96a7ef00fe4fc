use leptos::prelude::*;

/// Lets redirects of server functions within the console change the page without loading it anew.
#[component]
pub fn Navigation() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        crate::runtime::browser::keep_navigate(leptos_router::hooks::use_navigate());
        let location = leptos_router::hooks::use_location();
        Effect::new(move |_| {
            let query = location.query.with(leptos_router::params::ParamsMap::to_query_string);
            crate::runtime::browser::note_address(location.pathname.get() + &query);
        });
    }
}
