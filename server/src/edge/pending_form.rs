//! A plain form that takes a recent proof of who posts it. It waits in the page that asks for one, and is carried out with
//! the answer to that.

use axum::{body::Bytes, http::Uri};
use std::collections::BTreeMap;

/// In which fields of the asking page it waits.
const PATH: &str = "then[path]";
const PAGE: &str = "then[page]";
const BODY: &str = "then[body]";

pub struct PendingForm {
    /// The address of the server function that it was posted to.
    pub path: String,
    /// The page that it stands on.
    pub page: String,
    /// What stood in its fields, secrets aside.
    pub body: String,
}

impl PendingForm {
    pub fn new(function: &Uri, page: &Uri, typed: impl IntoIterator<Item = (String, String)>) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
        Self { path: function.to_string(), page: page.to_string(), body }
    }

    /// Takes it out of a body, and gives what is left of that; `None` where nothing waits.
    pub fn take(body: &Bytes) -> (Option<Self>, Bytes) {
        let (waiting, rest): (BTreeMap<String, String>, Vec<(String, String)>) = {
            let fields = form_urlencoded::parse(body).into_owned();
            let (waiting, rest): (Vec<_>, Vec<_>) = fields.partition(|(name, _)| [PATH, PAGE, BODY].contains(&&**name));
            (waiting.into_iter().collect(), rest)
        };
        if waiting.is_empty() {
            return (None, body.clone());
        }
        let field = |name| waiting.get(name).cloned().unwrap_or_default();
        let rest = form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).finish();
        (Some(Self { path: field(PATH), page: field(PAGE), body: field(BODY) }), rest.into())
    }

    /// The fields of the asking page.
    pub fn into_fields(self) -> BTreeMap<String, String> {
        let Self { path, page, body } = self;
        [(PATH, path), (PAGE, page), (BODY, body)].map(|(name, value)| (name.to_owned(), value)).into()
    }
}
