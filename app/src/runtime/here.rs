use super::{Fetched, Live, query_with};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{AccountId, Permission, PermissionSet, Profile, Standing};

/// What in the address is a drawer's own, and no filter of the list beside it.
const DRAWER_QUERY: [&str; 4] = ["a", "b", "below", "like"];

/// Where the reader is, and what they may do there now.
#[derive(Clone, Copy)]
pub struct Here {
    pub account: Memo<AccountId>,
    pub standing: Fetched<Standing>,
    pub profile: Fetched<Profile>,
    pub permissions: Memo<PermissionSet>,
    /// Whether the reader has gone on to another account, and what they may do there is not known yet.
    pub is_switching: Memo<bool>,
    /// What stands behind the question mark in the address.
    pub query: Memo<ParamsMap>,
    pub live: Live,
}

impl Here {
    pub fn expect() -> Self {
        expect_context()
    }

    /// Whether the reader may do this, as a signal that follows every toggle.
    pub fn may(self, permission: Permission) -> Signal<bool> {
        Signal::derive(move || self.permissions.with(|held| held.contains(permission)))
    }

    /// The address of a page of this account.
    pub fn path(self, page: &str) -> String {
        let account = self.account.get();
        if page.is_empty() { format!("/accounts/{account}") } else { format!("/accounts/{account}/{page}") }
    }

    /// As [`Here::path`], under the filters that stand in the address now: the way from a list to a drawer beside it, and
    /// back.
    pub fn path_with_query(self, page: &str) -> String {
        let (page, own) = page.split_once('?').unwrap_or((page, ""));
        let mut filters = self.query.get();
        for name in DRAWER_QUERY {
            filters.remove(name);
        }
        let filters = filters.to_query_string();
        let query: Vec<&str> =
            [filters.trim_start_matches('?'), own].into_iter().filter(|part| !part.is_empty()).collect();
        if query.is_empty() { self.path(page) } else { format!("{}?{}", self.path(page), query.join("&")) }
    }

    /// The name of this account.
    pub fn place(self) -> String {
        self.standing.with(|standing| standing.and_then(|standing| standing.trail.last().cloned()).unwrap_or_default())
    }

    /// Whether this is the account that all others of the organisation lie below.
    pub fn is_root(self) -> bool {
        self.standing.with(|standing| standing.is_none_or(|standing| standing.trail.len() == 1))
    }

    /// Whether the policy leaves changes of roles to somebody else.
    pub fn roles_closed(self) -> bool {
        self.standing.with(|standing| standing.is_some_and(|standing| standing.roles_closed))
    }

    /// The addresses of a list's other pages, under the filters that stand in the address now.
    pub fn list_page(self, page: &'static str) -> Callback<String, String> {
        Callback::new(move |cursor: String| {
            format!("{}{}", self.path(page), self.query.with(|query| query_with(query, "at", &cursor)))
        })
    }
}
