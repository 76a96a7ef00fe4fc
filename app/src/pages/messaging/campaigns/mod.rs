//! Campaigns: the list, and beside it the drawer of a new or changed one.

mod form;

pub use form::{CampaignDrawer, NewCampaign};

use crate::{
    api::ListCampaigns,
    components::{Column, Empty, Filter, FilterKind, Filters, Glyph, Icon, List, PageHead, Time, no_match},
    runtime::{Fetched, Here, t, t_with},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{ButtonText, Campaign, CampaignFilter, CampaignsText, Permission, Segments, Topic};
use std::borrow::Cow;

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
        <Title text=|| t(CampaignsText::Title)/>
        <PageHead title=|| t(CampaignsText::Title) purpose=|| t(CampaignsText::Purpose)>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::CampaignCreate).get() href=move || here.path_with_query("campaigns/new") data-noscroll="">
                <Glyph icon=Icon::Plus/>
                {t(CampaignsText::New)}
            </a>
        </PageHead>
        <Filters filters=vec![Filter { name: "search", label: t(ButtonText::Search), by: FilterKind::Search(t(CampaignsText::SearchHint)) }]/>
        <List page name="campaigns-list" columns=&COLUMNS empty=no_campaigns href=here.list_page("campaigns")/>
        <Outlet/>
    }
    .into_any()
}

static COLUMNS: [Column<Campaign>; 5] = [
    Column::new(&CampaignsText::Campaign, "name", name),
    Column::new(&CampaignsText::Recipients, "from-md", |campaign| recipients(&campaign.tag).into_any()),
    Column::new(&CampaignsText::Messages, "from-lg", messages),
    Column::new(&CampaignsText::ChangedBy, "from-md", |campaign| campaign.updated_by.clone().into_any()),
    Column::new(&CampaignsText::Changed, "from-sm text-muted", |campaign| {
        view! { <Time moment=campaign.updated.clone()/> }.into_any()
    }),
];

fn no_campaigns() -> AnyView {
    let here = Here::expect();
    if let Some(none) = no_match(CampaignsText::NoMatch, &["search", "at"], move || here.path("campaigns")) {
        return none;
    }
    view! {
        <Empty icon=Icon::Megaphone sentence=t(CampaignsText::Empty)>
            <a class="btn btn-sm" class:hidden=move || !here.may(Permission::CampaignCreate).get() href=move || here.path_with_query("campaigns/new") data-noscroll="">{t(CampaignsText::CreateFirst)}</a>
        </Empty>
    }
    .into_any()
}

fn name(campaign: &Campaign) -> AnyView {
    let here = Here::expect();
    let Campaign { id, name, text, tag, updated_by, .. } = campaign.clone();
    view! {
        <a class="row-link" href=move || here.path_with_query(&format!("campaigns/{id}")) data-noscroll="">{name}</a>
        <p class="text-muted line-clamp-2 max-w-md text-xs">{text}</p>
        <p class="text-muted text-xs md:hidden">{t_with(CampaignsText::Summary, [recipients(&tag).into_any(), updated_by.into_any()])}</p>
    }
    .into_any()
}

fn messages(campaign: &Campaign) -> AnyView {
    t(CampaignsText::PerContact { messages: Segments::of(&campaign.text).count as u64 }).into_any()
}

fn recipients(tag: &str) -> Cow<'static, str> {
    t(if tag.is_empty() { CampaignsText::AllContacts } else { CampaignsText::Tagged { tag: tag.to_owned() } })
}
