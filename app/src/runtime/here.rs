use super::{Fetched, Live};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{AccountId, Permission, PermissionSet, Profile, Standing};

/// Where the reader is, and what they may do there now.
#[derive(Clone, Copy)]
pub struct Here {
    pub account: Memo<AccountId>,
    pub standing: Fetched<Standing>,
    pub profile: Fetched<Profile>,
    pub permissions: Memo<PermissionSet>,
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
        let query = use_query_map();
        Callback::new(move |cursor: String| {
            let mut query = query.get();
            query.replace("at", cursor);
            format!("{}{}", self.path(page), query.to_query_string())
        })
    }
}
