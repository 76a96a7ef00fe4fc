use crate::{
    api::ListAccessEntries,
    components::{Empty, Fetched, Icon, List, PageHead, Time},
    console::Here,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Form, hooks::use_query_map};
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
        <Filters filter/>
        <List page name="access-list" columns=COLUMNS row=row empty=nothing href=here.list_page("access-log")/>
    }
    .into_any()
}

const COLUMNS: &[&str] = &["Time", "Who", "IP address", "Action path", "Permission", "Records", "Result"];

fn nothing() -> AnyView {
    view! { <Empty icon=Icon::ScrollText sentence="No entry matches. Change the filters to see more."/> }.into_any()
}

fn row(entry: AccessEntry) -> AnyView {
    let AccessEntry { id: _, at, who, user: _, ip, method, path, permission, what, records, outcome } = entry;
    let result = match outcome {
        Outcome::Allowed => view! { <span class="text-muted">"Allowed"</span> }.into_any(),
        Outcome::Refused => view! { <span class="badge badge-soft badge-error">"Refused"</span> }.into_any(),
    };
    view! {
        <tr>
            <td><Time moment=at/></td>
            <td>
                <p><span class="font-medium">{who}</span> " " <span class="text-muted">{what}</span></p>
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

/// The filters live in the address, so that a view can be kept and shared.
#[component]
fn Filters(filter: Memo<AccessFilter>) -> impl IntoView {
    let now = filter.get_untracked();
    let outcome = now.outcome;
    let outcome = move |name: &'static str| outcome.is_some_and(|outcome| outcome.name() == name);
    view! {
        <Form method="GET" action="" attr:class="mb-4 flex flex-wrap items-end gap-2" attr:role="search">
            <label class="filter"><span>"IP addresses"</span><input class="input input-sm" name="ips" value=now.ips.clone() placeholder="196.25.1.14, 41.13.8.90"/></label>
            <label class="filter"><span>"Action path"</span><input class="input input-sm" name="path" value=now.path.clone() placeholder="/contacts"/></label>
            <label class="filter">
                <span>"Result"</span>
                <select class="select select-sm" name="outcome">
                    <option value="">"All"</option>
                    <option value="allowed" selected=outcome("allowed")>"Allowed"</option>
                    <option value="refused" selected=outcome("refused")>"Refused"</option>
                </select>
            </label>
            <button type="submit" class="btn btn-sm">"Filter"</button>
        </Form>
    }
    .into_any()
}
