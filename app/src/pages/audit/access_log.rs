use crate::{
    api::ListAccessEntries,
    components::{Empty, Filter, FilterKind, Filters, Icon, List, PageHead, Time},
    runtime::{Fetched, Here},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{AccessEntry, AccessFilter, Outcome, Permission, Topic};

/// Who did what, from which address, by which action path, when, with which result.
#[component]
pub fn AccessLog() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| AccessFilter {
            user: query.get("user").and_then(|id| id.parse().ok()),
            ips: query.get("ips").unwrap_or_default(),
            path: query.get("path").unwrap_or_default(),
            outcome: query.get("outcome").and_then(|name| name.parse().ok()),
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::AccessLog, Topic::Rights]);
        ListAccessEntries { account: here.account.get(), filter: filter.get() }
    });
    view! {
        <Title text="Data access log"/>
        <PageHead title="Data access log" purpose="Who touched which data, from where, and whether they were allowed to."/>
        <Filters filters=filters()/>
        <List page name="access-list" columns=COLUMNS row=row empty=nothing href=here.list_page("access-log")/>
    }
    .into_any()
}

const COLUMNS: &[&str] = &["Time", "Who", "IP address", "Action path", "Permission", "Records", "Result"];

fn nothing() -> AnyView {
    view! { <Empty icon=Icon::ScrollText sentence="No entry matches. Change the filters to see more."/> }.into_any()
}

fn row(entry: AccessEntry) -> AnyView {
    let actor = entry.actor();
    let repetition = entry.repetition();
    let AccessEntry {
        id: _,
        at,
        repeats: _,
        last: _,
        who: _,
        user: _,
        key: _,
        key_begins: _,
        ip,
        method,
        path,
        permission,
        what,
        records,
        outcome,
    } = entry;
    let result = match outcome {
        Outcome::Allowed => view! { <span class="text-muted">{outcome.label()}</span> }.into_any(),
        Outcome::Refused => view! { <span class="badge badge-soft badge-error">{outcome.label()}</span> }.into_any(),
    };
    view! {
        <tr>
            <td><Time moment=at/></td>
            <td>
                <p><span class="font-medium">{actor}</span> " " <span class="text-muted">{what}</span></p>
                {repetition.map(|text| view! { <p class="text-muted text-xs">{text}</p> })}
                <p class="text-muted text-xs xl:hidden"><span class="font-mono">{format!("{method} {path}")}</span> " from " {ip.clone()}</p>
            </td>
            <td>{ip}</td>
            <td><span class="text-muted">{method}</span> " " {path}</td>
            <td>{permission.map(Permission::path)}</td>
            <td>{records}</td>
            <td>{result}</td>
        </tr>
    }
    .into_any()
}

fn filters() -> Vec<Filter> {
    let outcomes = Outcome::ALL.map(|outcome| (outcome.name(), outcome.label()));
    vec![
        Filter { name: "path", label: "Action path", by: FilterKind::Search("Action path, such as /contacts") },
        Filter { name: "ips", label: "IP addresses", by: FilterKind::Text("196.25.1.14, 41.13.8.90") },
        Filter { name: "outcome", label: "Result", by: FilterKind::Choice(outcomes.into()) },
    ]
}
