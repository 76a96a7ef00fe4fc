use crate::{
    api::ListMembersAbove,
    components::{Column, Empty, Icon, List, RoleBadge, Time},
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{MemberAbove, MemberStatus, MembersAboveText, Topic, initials};

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
        <p class="text-muted mb-3">{t(MembersAboveText::Purpose)}</p>
        <List page name="above-list" columns=&COLUMNS empty=nobody href=here.list_page("members")/>
    }
    .into_any()
}

static COLUMNS: [Column<MemberAbove>; 4] = [
    Column::new(&MembersAboveText::Person, "", person),
    Column::new(&MembersAboveText::Role, "", |member| {
        view! { <RoleBadge role=member.role name=member.role_name.clone()/> }.into_any()
    }),
    Column::new(&MembersAboveText::From, "", from),
    Column::new(&MembersAboveText::Joined, "from-sm", |member| {
        view! { <Time moment=member.joined.clone()/> }.into_any()
    }),
];

fn nobody() -> AnyView {
    view! { <Empty icon=Icon::Users sentence=t(MembersAboveText::Empty)/> }.into_any()
}

fn person(member: &MemberAbove) -> AnyView {
    let here = Here::expect();
    let MemberAbove { id, name, suspended, .. } = member;
    view! {
        <a class="person" data-initials=initials(name) href=here.path(&format!("access/{id}"))>
            <b>{name.clone()}</b>
            <small>{suspended.then(|| t(MemberStatus::Suspended))}</small>
        </a>
    }
    .into_any()
}

fn from(member: &MemberAbove) -> AnyView {
    match member.from.clone() {
        Some(account) => account.into_any(),
        None => t(MembersAboveText::FromParent).into_any(),
    }
}
