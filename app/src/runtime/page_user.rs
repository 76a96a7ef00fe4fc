//! Whose page it is. Everything that a page sends says so, so that nothing is done in the name of somebody who has
//! signed in since in the same browser.

/// The header by which the page's code says it; a form that is posted without it says it in its address.
pub const PAGE_USER: &str = "x-page-user";

/// The id of whoever was signed in when the page was rendered.
#[cfg(feature = "ssr")]
pub fn page_user() -> Option<String> {
    crate::runtime::context().ok()?.user().ok().map(|user| user.to_string())
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub fn page_user() -> Option<String> {
    super::browser::attribute("data-user")
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
pub fn page_user() -> Option<String> {
    None
}
