//! What one person may do, and why.

use super::{
    permissions::WhyList,
    unused::{NotUsed, Whose},
    what_if::WhatIf,
};
use crate::{
    api::{GetMemberAccess, TakeUnused},
    components::{Avatar, Drawer, Waiting},
    pages::people::roles::may_see_roles,
    runtime::{Fetched, FormAction, Here, route_param, t},
};
use leptos::prelude::*;
use model::{ExplainText, MemberAccess, MemberUpdated, Permission, Topic};

/// One member: every permission with the ways that give it, what is not used, and what another role
/// would change.
#[component]
pub fn ExplainMember() -> impl IntoView {
    let here = Here::expect();
    let id = route_param("member");
    let known = Fetched::when(move || {
        here.live.follow(&[Topic::Members, Topic::Roles, Topic::Rights]);
        Some(GetMemberAccess { account: here.account.get(), member: id.get()? })
    });
    let taking = FormAction::on_success::<TakeUnused, _>(|done: MemberUpdated| t(done.change));
    let may_see_roles = may_see_roles(here);
    let changed_here =
        Memo::new(move |_| known.with(|known| known.filter(|known| !known.is_above).map(|known| known.member)));
    view! {
        <Drawer label=t(ExplainText::Label) back=Signal::derive(move || here.path_with_query("access"))>
            <div class="pe-10"><Waiting on=known.progress rows=3/></div>
            {move || known.get().map(head)}
            {move || changed_here.get().filter(|_| may_see_roles.get()).map(|member| view! { <WhatIf member/> })}
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
        view! { <a class="link text-xs" href=here.path(&format!("members/{member}"))>{t(ExplainText::ChangePermissions)}</a> }
    });
    let role = t(ExplainText::Role { role: role_name, inherited: is_above });
    let title = t(ExplainText::Title { name: name.clone(), account: account_name });
    view! {
        <header class="flex items-center gap-4 pe-10">
            <Avatar name/>
            <div class="min-w-0">
                <h2 class="wrap-anywhere text-base font-semibold">{title}</h2>
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
        first_name: Some(known.first_name.clone()),
        why_not: match known.update {
            _ if known.is_above => Some(t(ExplainText::MemberInherited)),
            Err(refusal) => Some(t(refusal)),
            Ok(()) => None,
        },
    }
}

fn permissions(known: MemberAccess) -> AnyView {
    let why = |permission: Permission| {
        if known.held.contains(permission) {
            known.paths_to(permission).map(|path| t(path).into_owned()).collect()
        } else {
            vec![t(known.lack(permission)).into_owned()]
        }
    };
    view! { <WhyList held=known.held why=Permission::ALL.iter().map(|permission| why(*permission)).collect()/> }
        .into_any()
}
