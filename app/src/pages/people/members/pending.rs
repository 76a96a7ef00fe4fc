use crate::{
    api::{ListInvitations, ResendInvitation, RevokeInvitation, set_invitation_role},
    components::{Empty, Filter, FilterKind, Filters, Icon, Pager, PostForm, Time, Waiting, keyed, no_match},
    pages::people::roles::roles_of,
    runtime::{Fetched, FormAction, Here, Toasts},
};
use leptos::{html::Select, prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use model::{Invitation, InvitationFilter, InvitationId, Page, Role, RoleEntry, Topic};

/// The invitations that wait for an answer. No `List`: its rows are kept as HTML, and these hold forms.
#[component]
pub fn PendingInvitations() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| InvitationFilter {
            search: query.get("search").unwrap_or_default(),
            sender: query.get("sender").and_then(|user| user.parse().ok()),
            key: query.get("key").and_then(|key| key.parse().ok()),
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::Invitations, Topic::Members, Topic::Roles, Topic::Organisation, Topic::Rights]);
        ListInvitations { account: here.account.get(), filter: filter.get() }
    });
    provide_context(roles_of(here));
    let rows = move || page.with(|page| page.map(|page| page.rows.to_vec()).unwrap_or_default());
    let edges = Signal::derive(move || page.with(|page| page.map(Page::edges)));
    let is_empty = Memo::new(move |_| page.with(|page| page.is_some_and(|page| page.rows.is_empty())));
    let narrowed = Memo::new(move |_| {
        filter.with(|filter| match filter {
            InvitationFilter { key: Some(_), .. } => Some("Sent through one API key."),
            InvitationFilter { sender: Some(_), .. } => Some("Sent by one person."),
            _ => None,
        })
    });
    view! {
        <Filters filters=vec![Filter { name: "search", label: "Search", by: FilterKind::Search("E-mail") }] keep=&["status", "sender", "key"]/>
        {move || narrowed.get().map(|of| view! { <OfOne of/> })}
        <Waiting on=page.progress rows=3/>
        <div class="card" class:hidden=move || !page.progress.is_there()>
            <ul class="divide-y divide-base-300">{keyed(rows, row)}</ul>
            {move || is_empty.get().then(nobody)}
            <Pager edges href=here.list_page("members")/>
        </div>
    }
    .into_any()
}

fn nobody() -> AnyView {
    let here = Here::expect();
    let all = move || here.path("members?status=pending");
    if let Some(none) = no_match("No invitation matches.", &["search", "sender", "key", "at"], all) {
        return none;
    }
    view! {
        <Empty icon=Icon::Mail sentence="No invitation is waiting for an answer.">
            <a class="btn btn-sm" href=move || here.path("members/invite")>"Invite people"</a>
        </Empty>
    }
    .into_any()
}

/// That the list shows those of one sender alone, and the way to all.
#[component]
fn OfOne(of: &'static str) -> impl IntoView {
    let here = Here::expect();
    view! {
        <p class="text-muted mb-3">{of} " " <a class="link" href=move || here.path("members?status=pending")>"Show all"</a></p>
    }
    .into_any()
}

fn row(invitation: Invitation) -> AnyView {
    let resend = FormAction::to::<ResendInvitation>()
        .success_message("The invitation goes out again. Earlier links no longer work.");
    let revoke = FormAction::to::<RevokeInvitation>();
    let Invitation { id, email, role, role_name, account_name, invited_by, sent, expires, undeliverable, void } =
        invitation;
    let role_of = format!("Role of {email}");
    let (send_again, withdraw) = (format!("Send again to {email}"), format!("Withdraw the invitation of {email}"));
    view! {
        <li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div class="min-w-0 flex-1 basis-72">
                <p class="wrap-anywhere font-medium">{email}</p>
                <p class="text-muted text-xs">
                    {account_name} " · by " {invited_by} ", " <Time moment=sent/> " · until " <Time moment=expires/>
                </p>
                {void.then(|| view! { <p class="text-error text-xs">{Invitation::VOID}</p> })}
                {undeliverable.then(|| view! { <p class="text-error text-xs">{Invitation::UNDELIVERABLE}</p> })}
            </div>
            <div class="flex flex-wrap items-center gap-2 sm:gap-3">
                <RoleSelect id role role_name label=role_of/>
                <PostForm posting=resend id="resend" class="">
                    <Ids id/>
                    <button type="submit" class="btn btn-sm text-nowrap" aria-label=send_again>"Send again"</button>
                </PostForm>
                <PostForm posting=revoke id="revoke" class="">
                    <Ids id/>
                    <button type="submit" class="btn btn-ghost btn-sm text-error" aria-label=withdraw>"Withdraw"</button>
                </PostForm>
            </div>
        </li>
    }
    .into_any()
}

/// The role of an invitation, which can be changed until it is accepted.
#[component]
fn RoleSelect(id: InvitationId, role: Role, role_name: String, label: String) -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let roles: Fetched<Vec<RoleEntry>> = expect_context();
    let chosen = NodeRef::<Select>::new();
    let choose = move |_| {
        let Some(select) = chosen.get_untracked() else { return };
        let Ok(wanted) = select.value().parse() else { return };
        let account = here.account.get_untracked();
        spawn_local(async move {
            toasts.say(match set_invitation_role(account, id, wanted).await {
                Ok(()) => "The invitation has its new role.".to_owned(),
                Err(problem) => {
                    select.set_value(&role.to_value());
                    problem.to_string()
                }
            });
        });
    };
    let options = move || {
        let others = roles.get().unwrap_or_default().into_iter();
        let others = others.filter(move |entry| entry.role != Role::Owner && entry.role != role);
        let option = |entry: RoleEntry| view! { <option value=entry.role.to_value()>{entry.name}</option> };
        others.map(option).collect_view()
    };
    view! {
        <select class="select select-sm w-36" node_ref=chosen aria-label=label on:change=choose>
            <option value=role.to_value() selected=true>{role_name.clone()}</option>
            {options}
        </select>
    }
    .into_any()
}

#[component]
fn Ids(id: InvitationId) -> impl IntoView {
    let here = Here::expect();
    view! {
        <input type="hidden" name="account" value=move || here.account.get().to_string()/>
        <input type="hidden" name="invitation" value=id.to_string()/>
    }
    .into_any()
}
