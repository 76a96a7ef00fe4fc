//! What another role would change, before it is given.

use crate::{
    api::PreviewRole,
    components::{EndingInvitations, Sender, Waiting},
    pages::people::roles::roles_of,
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use model::{
    ExplorerText, InvitationSender, MemberId, PermissionNames, PermissionSet, Role, RoleEntry, RolePreview, Topic,
    WhatIfText,
};

/// A choice of roles, and what the chosen one would change.
#[component]
pub fn WhatIf(member: MemberId) -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let roles = roles_of(here);
    let role = Memo::new(move |_| query.with(|query| query.get("role").and_then(|role| role.parse::<Role>().ok())));
    let options = move || {
        let option = move |RoleEntry { role: entry, name, .. }: RoleEntry| {
            view! { <option value=entry.to_value() selected=move || role.get() == Some(entry)>{t(name)}</option> }
        };
        roles.get().unwrap_or_default().into_iter().filter(|entry| entry.role != Role::Owner).map(option).collect_view()
    };
    view! {
        <section class="mt-6" aria-labelledby="what-if">
            <h3 id="what-if" class="mb-2 font-medium">{t(WhatIfText::Title)}</h3>
            <Form method="GET" action="" attr:class="flex items-center gap-2">
                <select class="select select-sm min-w-0 grow" name="role" aria-label=t(WhatIfText::AnotherRole)>{options}</select>
                <button type="submit" class="btn btn-sm">{t(ExplorerText::Show)}</button>
            </Form>
            {move || role.get().map(|role| view! { <Preview member role/> })}
        </section>
    }
    .into_any()
}

#[component]
fn Preview(member: MemberId, role: Role) -> impl IntoView {
    let here = Here::expect();
    let preview = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Roles, Topic::Rights]);
        PreviewRole { account: here.account.get(), member, role }
    });
    let told = move |RolePreview { role_name, gained, lost, user, invitations, allowed }: RolePreview| {
        let nothing = gained.is_empty() && lost.is_empty();
        let line = |label: WhatIfText, permissions: PermissionSet| {
            view! { <p><span class="font-medium">{t(label)} " "</span>{t(PermissionNames(permissions))}</p> }
        };
        let drawer = here.path(&format!("members/{member}"));
        view! {
            <div class="mt-2 flex flex-col gap-1" role="status">
                {nothing.then(|| view! { <p>{t(WhatIfText::Same { role: role_name })}</p> })}
                {(!gained.is_empty()).then(|| line(WhatIfText::Gained, gained))}
                {(!lost.is_empty()).then(|| line(WhatIfText::Lost, lost))}
                <EndingInvitations count=invitations sent=InvitationSender::ByThem sender=Sender::User(user)/>
                {match allowed {
                    Ok(()) => view! { <p><a class="link" href=drawer>{t(WhatIfText::Assign)}</a></p> }.into_any(),
                    Err(refusal) => view! { <p class="text-error">{t(refusal)}</p> }.into_any(),
                }}
            </div>
        }
    };
    view! {
        <Waiting on=preview.progress rows=1/>
        {move || preview.get().map(told)}
    }
    .into_any()
}
