use crate::{
    api::ListMembersAbove,
    components::{Empty, Icon, List, RoleBadge, Time},
    runtime::{Fetched, Here},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{MemberAbove, Topic, initials};

/// Those whose membership is in an account above, and reaches here.
#[component]
pub fn MembersAbove() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Organisation, Topic::Rights]);
        let cursor = query.with(|query| query.get("at").and_then(|cursor| cursor.parse().ok()));
        ListMembersAbove { account: here.account.get(), cursor }
    });
    view! {
        <p class="text-muted mb-3">"They may work here by their place in an account above. It is changed there."</p>
        <List page name="above-list" columns=COLUMNS row=row empty=nobody href=here.list_page("members")/>
    }
    .into_any()
}

const COLUMNS: &[&str] = &["Person", "Role", "From", "Joined"];

fn nobody() -> AnyView {
    view! { <Empty icon=Icon::Users sentence="Nobody reaches this account from above."/> }.into_any()
}

fn row(member: MemberAbove) -> AnyView {
    let here = Here::expect();
    let MemberAbove { id, name, role, role_name, from, suspended, joined } = member;
    let initials = initials(&name);
    let from = from.map_or_else(|| "from an account above".to_owned(), |account| format!("from {account}"));
    view! {
        <tr>
            <td>
                <a class="person" data-initials=initials href=here.path(&format!("access/{id}"))>
                    <b>{name}</b>
                    <small>{suspended.then_some("Suspended")}</small>
                </a>
            </td>
            <td><RoleBadge role name=role_name/></td>
            <td>{from}</td>
            <td><Time moment=joined/></td>
        </tr>
    }
    .into_any()
}
