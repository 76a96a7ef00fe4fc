//! The list of the pages: in the sidebar, in the search and in the bar above each.

use crate::{
    components::Icon,
    runtime::{Here, t},
};
use leptos::prelude::*;
use model::{ConsolePage, ConsoleSection, Permission};
use std::borrow::Cow;

/// A page, shown to those who may open it.
#[derive(Clone, Copy)]
pub struct PageLink {
    /// What its address has behind the account.
    pub page: &'static str,
    pub icon: Icon,
    label: Label,
    needs: Option<Permission>,
}

#[derive(Clone, Copy)]
enum Label {
    /// That of the resource in the permission tree.
    Resource(Permission),
    Page(ConsolePage),
}

impl PageLink {
    /// The page of a resource, called as in the permission tree.
    pub const fn of_resource(page: &'static str, icon: Icon, needs: Permission) -> Self {
        Self { page, icon, label: Label::Resource(needs), needs: Some(needs) }
    }

    pub const fn new(page: &'static str, icon: Icon, label: ConsolePage, needs: Option<Permission>) -> Self {
        Self { page, icon, label: Label::Page(label), needs }
    }

    pub fn label(&self) -> Cow<'static, str> {
        match self.label {
            Label::Resource(permission) => t(permission.resource()),
            Label::Page(page) => t(page),
        }
    }

    pub fn is_open(&self, here: Here) -> bool {
        self.needs.is_none_or(|permission| here.permissions.with(|held| held.contains(permission)))
    }
}

/// The pages by section, as whoever knows them provides them.
#[derive(Clone, Copy)]
pub struct Sidebar(pub &'static [(Option<ConsoleSection>, &'static [PageLink])]);

/// What is the reader's own stands in their menu.
pub(super) static SETTINGS: PageLink = PageLink::new("settings", Icon::SlidersHorizontal, ConsolePage::Settings, None);

impl Sidebar {
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// All pages, with the reader's own.
    pub(super) fn pages(self) -> impl Iterator<Item = &'static PageLink> {
        self.0.iter().flat_map(|(_, pages)| pages.iter()).chain([&SETTINGS])
    }
}
