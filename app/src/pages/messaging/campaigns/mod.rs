//! Campaigns: the list, and beside it the drawer of a new or changed one.

mod form;

pub use form::{CampaignDrawer, NewCampaign};

use crate::{
    api::ListCampaigns,
    components::{Empty, Filter, FilterKind, Filters, Glyph, Icon, List, PageHead, Time, no_match},
    runtime::{Fetched, Here},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{Campaign, CampaignFilter, Permission, Segments, Topic};

#[component]
pub fn CampaignsPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| CampaignFilter {
            search: query.get("search").unwrap_or_default(),
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::Campaigns, Topic::Rights]);
        ListCampaigns { account: here.account.get(), filter: filter.get() }
    });
    view! {
        <Title text="Campaigns"/>
        <PageHead title="Campaigns" purpose="Messages that this account writes to many of its contacts.">
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::CampaignCreate).get() href=move || here.path("campaigns/new")>
                <Glyph icon=Icon::Plus/>
                "Write a campaign"
            </a>
        </PageHead>
        <Filters filters=vec![Filter { name: "search", label: "Search", by: FilterKind::Search("Name of the campaign") }]/>
        <List page name="campaigns-list" columns=COLUMNS row=row empty=no_campaigns href=here.list_page("campaigns")/>
        <Outlet/>
    }
    .into_any()
}

const COLUMNS: &[&str] = &["Campaign", "Goes to", "Messages", "Changed by", "Changed"];

fn no_campaigns() -> AnyView {
    let here = Here::expect();
    if let Some(none) = no_match("No campaign matches.", &["search", "at"], move || here.path("campaigns")) {
        return none;
    }
    view! {
        <Empty icon=Icon::Megaphone sentence="There are no campaigns in this account yet.">
            <a class="btn btn-sm" class:hidden=move || !here.may(Permission::CampaignCreate).get() href=move || here.path("campaigns/new")>"Write the first one"</a>
        </Empty>
    }
    .into_any()
}

fn row(campaign: Campaign) -> AnyView {
    let here = Here::expect();
    let Campaign { id, name, text, tag, updated_by, updated } = campaign;
    let messages = match Segments::of(&text).count {
        1 => "1 each".to_owned(),
        count => format!("{count} each"),
    };
    let goes_to = goes_to(&tag);
    view! {
        <tr>
            <td>
                <a class="row-link" href=move || here.path(&format!("campaigns/{id}"))>{name}</a>
                <p class="text-muted line-clamp-2 max-w-md text-xs">{text}</p>
                <p class="text-muted text-xs md:hidden">{goes_to.clone()} ", changed by " {updated_by.clone()}</p>
            </td>
            <td>{goes_to}</td>
            <td>{messages}</td>
            <td>{updated_by}</td>
            <td><Time moment=updated/></td>
        </tr>
    }
    .into_any()
}

fn goes_to(tag: &str) -> String {
    if tag.is_empty() { "All contacts".to_owned() } else { format!("Those tagged {tag}") }
}
