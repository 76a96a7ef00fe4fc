//! What one person may do, and why.

use super::{
    permissions::WhyList,
    unused::{NotUsed, Whose},
    what_if::WhatIf,
};
use crate::{
    NO_MEMBER,
    api::{GetMemberAccess, TakeUnused},
    components::{Avatar, Drawer, Waiting},
    pages::people::roles::may_see_roles,
    runtime::{Fetched, FormAction, Here},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{GrantPath, MemberAccess, MemberUpdated, Permission, Topic};

/// One member: every permission with the ways that give it, what is not used, and what another role
/// would change.
#[component]
pub fn ExplainMember() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("member").and_then(|id| id.parse().ok()).unwrap_or(NO_MEMBER))
    });
    let known = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Roles, Topic::Rights]);
        GetMemberAccess { account: here.account.get(), member: id.get() }
    });
    let taking = FormAction::on_success::<TakeUnused, _>(|done: MemberUpdated| done.sentence);
    let may_see_roles = may_see_roles(here);
    let is_changed_here = Memo::new(move |_| known.with(|known| known.is_some_and(|known| !known.is_above)));
    view! {
        <Drawer label="What somebody may do, and why" back=Signal::derive(move || here.path("access"))>
            <div class="pe-10"><Waiting on=known.progress rows=3/></div>
            {move || known.get().map(head)}
            {move || (may_see_roles.get() && is_changed_here.get()).then(|| view! { <WhatIf member=id.get()/> })}
            {move || known.get().and_then(|mut known| Some(view! { <NotUsed unused=known.unused.take()? whose=whose(&known) posting=taking/> }))}
            {move || known.get().map(permissions)}
        </Drawer>
    }
    .into_any()
}

fn head(known: MemberAccess) -> AnyView {
    let here = Here::expect();
    let MemberAccess { member, name, role_name, account_name, is_above, .. } = known;
    let drawer = (!is_above).then(|| {
        view! { <a class="link text-xs" href=here.path(&format!("members/{member}"))>"Change what they may do"</a> }
    });
    let role = if is_above { format!("{role_name}, from an account above") } else { role_name };
    view! {
        <header class="flex items-center gap-4 pe-10">
            <Avatar name=name.clone()/>
            <div class="min-w-0">
                <h2 class="wrap-anywhere text-base font-semibold">{format!("What {name} may do in {account_name}")}</h2>
                <p class="text-muted">{role}</p>
                {drawer}
            </div>
        </header>
    }
    .into_any()
}

fn whose(known: &MemberAccess) -> Whose {
    Whose {
        name: known.name.clone(),
        field: ("member", known.member.to_string()),
        since: format!("{} has been here since", known.first_name),
        besides: " Their role is their own from then on.",
        why_not: match known.update {
            _ if known.is_above => Some("Their membership is in an account above. It is changed there."),
            Err(refusal) => Some(refusal.sentence()),
            Ok(()) => None,
        },
    }
}

fn permissions(known: MemberAccess) -> AnyView {
    let why = |permission: Permission| {
        if known.held.contains(permission) {
            known.paths_to(permission).map(GrantPath::sentence).collect()
        } else {
            vec![known.lack(permission)]
        }
    };
    view! { <WhyList held=known.held why=Permission::ALL.iter().map(|permission| why(*permission)).collect()/> }
        .into_any()
}
