//! What the messaging platform reported.

use crate::{
    api::ListPlatformEvents,
    components::{Column, Empty, Filter, FilterKind, Filters, Icon, List, PageHead, Time, no_match},
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{PlatformEventFilter, PlatformEventKind, PlatformEventsText, ReportedEvent, Topic};

#[component]
pub fn PlatformEventsPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| PlatformEventFilter {
            kind: query.get("kind").and_then(|kind| kind.parse().ok()),
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::PlatformEvents, Topic::Rights]);
        ListPlatformEvents { account: here.account.get(), filter: filter.get() }
    });
    let kinds = PlatformEventKind::ALL.iter().map(|kind| (kind.name(), t(*kind))).collect();
    view! {
        <Title text=|| t(PlatformEventsText::Title)/>
        <PageHead title=|| t(PlatformEventsText::Title) purpose=|| t(PlatformEventsText::Purpose)/>
        <Filters filters=vec![Filter { name: "kind", label: t(PlatformEventsText::Kind), by: FilterKind::Choice(kinds) }]/>
        <List page name="platform-events-list" columns=&COLUMNS empty=no_events href=here.list_page("platform-events")/>
    }
    .into_any()
}

static COLUMNS: [Column<ReportedEvent>; 4] = [
    Column::new(&PlatformEventsText::Event, "name max-w-none", event),
    Column::new(&PlatformEventsText::Account, "from-md", |event| event.account_name.clone().into_any()),
    Column::new(&PlatformEventsText::Id, "from-xl code", |event| event.reported_id.clone().into_any()),
    Column::new(&PlatformEventsText::Time, "from-sm text-muted", |event| {
        view! { <Time moment=event.time.clone()/> }.into_any()
    }),
];

fn event(ReportedEvent { event, time, .. }: &ReportedEvent) -> AnyView {
    view! {
        <p class="font-medium">{t(event.kind())}</p>
        <p class="text-muted text-xs">{t(event)}</p>
        <p class="text-muted text-xs sm:hidden"><Time moment=time.clone()/></p>
    }
    .into_any()
}

fn no_events() -> AnyView {
    let here = Here::expect();
    no_match(PlatformEventsText::NoMatch, &["kind", "at"], move || here.path("platform-events"))
        .unwrap_or_else(|| view! { <Empty icon=Icon::Activity sentence=t(PlatformEventsText::Empty)/> }.into_any())
}
