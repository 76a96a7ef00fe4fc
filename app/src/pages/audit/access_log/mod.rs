mod details;
mod download;

use crate::{
    api::ListAccessEntries,
    components::{Column, Empty, Filter, FilterKind, Filters, Icon, List, PageHead},
    runtime::{Fetched, Here, t},
};
use details::entry_details;
use download::Download;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{AccessEntry, AccessFilter, AccessLogText, Number, Outcome, Page, Period, Permission, Topic};

/// Who did what, from which address, by which action path, when, with which result.
#[component]
pub fn AccessLog() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(|query| AccessFilter::of_query(|name| query.get(name))));
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::AccessLog, Topic::Rights]);
        ListAccessEntries { account: here.account.get(), filter: filter.get() }
    });
    view! {
        <Title text=|| t(AccessLogText::Title)/>
        <PageHead title=|| t(AccessLogText::Title) purpose=|| t(AccessLogText::Purpose)>
            <Download filter/>
        </PageHead>
        <Filters filters=filters(page) keep=&["user", "key"]/>
        <List page name="access-list" columns=&COLUMNS empty=nothing href=here.list_page("access-log")/>
    }
    .into_any()
}

static COLUMNS: [Column<AccessEntry>; 7] = [
    Column::new(&AccessLogText::Time, "from-sm text-muted max-w-none", time),
    Column::new(&AccessLogText::Who, "name max-w-none", entry_details),
    Column::new(&AccessLogText::IpAddress, "from-xl tabular-nums", |entry| entry.ip.clone().into_any()),
    Column::new(&AccessLogText::ActionPath, "from-xl code", path),
    Column::new(&AccessLogText::Permission, "from-xl code text-muted", |entry| {
        entry.permission.map(Permission::path).into_any()
    }),
    Column::new(&AccessLogText::Records, "from-xl number", |entry| t(Number(entry.records)).into_any()),
    Column::new(&AccessLogText::Result, "", |entry| result(entry.outcome)),
];

fn nothing() -> AnyView {
    view! { <Empty icon=Icon::ScrollText sentence=t(AccessLogText::NoMatch)/> }.into_any()
}

/// An auditor compares instants: with the second and the zone, on two lines.
fn time(entry: &AccessEntry) -> AnyView {
    let (date, time) = entry.at.date_and_time();
    view! {
        <time datetime=entry.at.at.clone() title=entry.at.text.clone() class="block whitespace-nowrap tabular-nums">
            {date.to_owned()}
            <span class="block text-xs">{time.to_owned()}</span>
        </time>
    }
    .into_any()
}

fn path(entry: &AccessEntry) -> AnyView {
    if let Some(job) = entry.job() {
        return t(job).into_any();
    }
    view! { <span class="text-muted">{entry.method.clone()}</span> " " {entry.path.clone()} }.into_any()
}

fn result(outcome: Outcome) -> AnyView {
    let class = match outcome {
        Outcome::Allowed => "text-muted",
        Outcome::Refused => "badge badge-soft badge-error",
    };
    view! { <span class=class>{t(outcome)}</span> }.into_any()
}

fn filters(page: Fetched<Page<AccessEntry>>) -> Vec<Filter> {
    let outcomes = Outcome::ALL.map(|outcome| (outcome.name(), t(outcome)));
    let periods = Period::ALL.map(|period| (period.name(), t(period)));
    let permissions = Permission::ALL.iter().map(|permission| (permission.path(), t(*permission)));
    // Whom a link chose is named by the entries themselves.
    let first = move |name: fn(&AccessEntry) -> Option<String>, otherwise: AccessLogText| {
        Signal::derive(move || {
            let named = page.with(|page| page.and_then(|page| name(page.rows.first()?)));
            named.unwrap_or_else(|| t(otherwise).into_owned())
        })
    };
    let person = first(|entry| Some(t(&entry.who.name).into_owned()), AccessLogText::OnePerson);
    let key = first(|entry| entry.key.as_ref().map(|key| key.name.clone()), AccessLogText::OneKey);
    let filter = |name, label: AccessLogText, by| Filter { name, label: t(label), by };
    vec![
        filter("who", AccessLogText::Who, FilterKind::Search(t(AccessLogText::WhoHint))),
        filter("user", AccessLogText::Person, FilterKind::Given(person)),
        filter("key", AccessLogText::ApiKey, FilterKind::Given(key)),
        filter("period", AccessLogText::Period, FilterKind::Choice(periods.into())),
        filter("from", AccessLogText::From, FilterKind::Day),
        filter("to", AccessLogText::To, FilterKind::Day),
        filter("outcome", AccessLogText::Result, FilterKind::Choice(outcomes.into())),
        filter("permission", AccessLogText::Permission, FilterKind::Choice(permissions.collect())),
        filter("ips", AccessLogText::IpAddresses, FilterKind::Text(t(AccessLogText::IpAddressesHint))),
        filter("path", AccessLogText::ActionPath, FilterKind::Text(t(AccessLogText::ActionPathHint))),
    ]
}
