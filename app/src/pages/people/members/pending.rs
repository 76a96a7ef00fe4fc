use super::copy_link::{CopyLink, LinkDialog};
use crate::{
    api::{
        ListInvitations, ResendInvitation, RevokeInvitation, revoke_invitation, set_invitation_role,
        undo_invitation_revoke,
    },
    components::{
        Empty, Failure, Filter, FilterKind, Filters, Icon, Modal, Pager, PostForm, Time, Waiting, keyed, no_match,
    },
    pages::people::roles::roles_of,
    runtime::{Fetched, FormAction, Here, PostedBack, Toasts, Undo, post_to, t, t_with},
};
use leptos::{html::Select, prelude::*, server_fn::ServerFn, task::spawn_local};
use leptos_router::hooks::use_query_map;
use model::{
    AccountId, BulkText, ButtonText, Invitation, InvitationFilter, InvitationId, LetterState, MembersText, Moment,
    Page, PendingText, Problem, RequestId, Role, RoleEntry, Topic,
};
use std::borrow::Cow;

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
    let withdrawing = Withdrawing(RwSignal::new(None));
    provide_context(withdrawing);
    let link = LinkDialog::provide();
    let rows = move || page.with(|page| page.map(|page| page.rows.to_vec()).unwrap_or_default());
    let edges = Signal::derive(move || page.with(|page| page.map(Page::edges)));
    let is_empty = Memo::new(move |_| page.with(|page| page.is_some_and(|page| page.rows.is_empty())));
    let narrowed = Memo::new(move |_| {
        filter.with(|filter| match filter {
            InvitationFilter { key: Some(_), .. } => Some(PendingText::ByOneKey),
            InvitationFilter { sender: Some(_), .. } => Some(PendingText::ByOnePerson),
            _ => None,
        })
    });
    // Of an invitation that was withdrawn without the page's code.
    let returned = PostedBack::of_page();
    let fault =
        returned.filter(|returned| returned.path == RevokeInvitation::PATH).and_then(|returned| returned.outcome.err());
    let fault = fault.map(|problem| view! { <Failure problem/> });
    let search =
        Filter { name: "search", label: t(ButtonText::Search), by: FilterKind::Search(t(PendingText::SearchHint)) };
    view! {
        <Filters filters=vec![search] keep=&["status", "sender", "key"]/>
        {fault}
        {move || narrowed.get().map(|of| view! { <OfOne of/> })}
        <Waiting on=page.progress rows=3/>
        <div class="card" class:hidden=move || !page.progress.is_there()>
            <ul class="divide-y divide-base-300">{keyed(rows, row)}</ul>
            {move || is_empty.get().then(nobody)}
            <Pager edges href=here.list_page("members")/>
        </div>
        <WithdrawDialog withdrawing/>
        <CopyLink link/>
    }
    .into_any()
}

fn nobody() -> AnyView {
    let here = Here::expect();
    let all = move || here.path("members?status=pending");
    if let Some(none) = no_match(PendingText::NoMatch, &["search", "sender", "key", "at"], all) {
        return none;
    }
    view! {
        <Empty icon=Icon::Mail sentence=t(PendingText::Empty)>
            <a class="btn btn-sm" href=move || here.path_with_query("members/invite") data-noscroll="">{t(MembersText::Invite)}</a>
        </Empty>
    }
    .into_any()
}

/// That the list shows those of one sender alone, and the way to all.
#[component]
fn OfOne(of: PendingText) -> impl IntoView {
    let here = Here::expect();
    view! {
        <p class="text-muted mb-3">{t(of)} " " <a class="link" href=move || here.path("members?status=pending")>{t(ButtonText::ShowAll)}</a></p>
    }
    .into_any()
}

fn row(invitation: Invitation) -> AnyView {
    let resend = FormAction::to::<ResendInvitation>().success_message(&PendingText::Resent);
    let withdrawing: Withdrawing = expect_context();
    let link: LinkDialog = expect_context();
    let fault = invitation.fault();
    let Invitation { id, email, role, role_name, permissions, account_name, invited_by, sent, letter, expires, .. } =
        invitation;
    let role_name = match role {
        Role::Custom => t(PendingText::CustomRole { permissions: permissions.len() }),
        _ => t(role_name),
    };
    let role_for = t(PendingText::RoleFor { email: email.clone() });
    let resend_to = t(PendingText::ResendTo { email: email.clone() });
    let asked = (id, email.clone());
    let withdraw_from = t(PendingText::WithdrawFrom { email: email.clone() });
    let (letter, expires) = (letter_view(letter, sent), view! { <Time moment=expires/> }.into_any());
    let details = t_with(PendingText::Details, [account_name.into_any(), invited_by.into_any(), letter, expires]);
    let copy_for = t(PendingText::CopyLinkFor { email: email.clone() });
    let to = email.clone();
    view! {
        <li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div class="min-w-0 flex-1 basis-72">
                <p class="wrap-anywhere font-medium">{email}</p>
                <p class="text-muted text-xs">{details}</p>
                {fault.map(|fault| view! { <p class="text-error text-xs">{t(fault)}</p> })}
            </div>
            <div class="flex flex-wrap items-center gap-2 sm:gap-3">
                <RoleSelect id role role_name label=role_for/>
                <PostForm posting=resend id="resend" class="">
                    <Ids id/>
                    <button type="submit" class="btn btn-sm text-nowrap" aria-label=resend_to>{t(PendingText::Resend)}</button>
                </PostForm>
                <div class="needs-code">
                    <button type="button" class="btn btn-sm text-nowrap" aria-label=copy_for on:click=move |_| link.open(id, to.clone())>{t(PendingText::CopyLink)}</button>
                </div>
                <form method="post" action=post_to(RevokeInvitation::url()) on:submit=move |event| {
                    event.prevent_default();
                    withdrawing.0.set(Some(asked.clone()));
                }>
                    <Ids id/>
                    <button type="submit" class="btn btn-ghost btn-sm text-error" aria-label=withdraw_from>{t(PendingText::Withdraw)}</button>
                </form>
            </div>
        </li>
    }
    .into_any()
}

/// The invitation that is about to be withdrawn, with its address.
#[derive(Clone, Copy)]
struct Withdrawing(RwSignal<Option<(InvitationId, String)>>);

/// Asks before an invitation is withdrawn.
#[component]
fn WithdrawDialog(withdrawing: Withdrawing) -> impl IntoView {
    let Withdrawing(asked) = withdrawing;
    view! {
        <Modal heading="withdraw" open=Signal::derive(move || asked.with(Option::is_some)) on_close=Callback::new(move |()| asked.set(None))>
            {move || asked.get().map(|(id, email)| view! { <Withdraw id email withdrawing/> })}
        </Modal>
    }
    .into_any()
}

#[component]
fn Withdraw(id: InvitationId, email: String, withdrawing: Withdrawing) -> impl IntoView {
    let (here, toasts, Withdrawing(asked)) = (Here::expect(), Toasts::expect(), withdrawing);
    let (pending, fault) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let go = move |_| {
        pending.set(true);
        let account = here.account.get_untracked();
        spawn_local(async move {
            match revoke_invitation(account, id).await {
                Ok(request) => {
                    toasts.offer(t(PendingText::Withdrawn), Some(undo(account, toasts, request)));
                    asked.try_set(None);
                }
                Err(problem) => {
                    pending.try_set(false);
                    fault.try_set(Some(problem));
                }
            }
        });
    };
    view! {
        <h2 id="withdraw" class="text-base font-semibold">{t(PendingText::WithdrawQuestion { email })}</h2>
        <p class="text-muted mt-2">{t(PendingText::WithdrawConsequence)}</p>
        {move || fault.get().map(|problem| view! { <Failure problem/> })}
        <div class="modal-action">
            <button type="button" class="btn btn-sm" on:click=move |_| asked.set(None)>{t(ButtonText::Cancel)}</button>
            <button type="button" class="btn btn-error btn-sm" disabled=pending on:click=go>{t(PendingText::Withdraw)}</button>
        </div>
    }
    .into_any()
}

/// Takes a withdrawal back, and says so.
fn undo(account: AccountId, toasts: Toasts, request: RequestId) -> Undo {
    Undo::new(move |()| {
        spawn_local(async move {
            toasts.say(match undo_invitation_revoke(account, request).await {
                Ok(()) => t(BulkText::Undone),
                Err(problem) => t(&problem),
            });
        });
    })
}

/// How far the letter is. Once nobody knows any more, it is as it was when the invitation was sent last.
fn letter_view(letter: Option<LetterState>, sent: Moment) -> AnyView {
    match letter {
        Some(LetterState::Waiting) => t(PendingText::Waiting).into_any(),
        Some(LetterState::Failed) => t(PendingText::Failed).into_any(),
        Some(LetterState::Sent(moment)) => t_with(PendingText::Sent, [view! { <Time moment/> }.into_any()]),
        None => t_with(PendingText::Sent, [view! { <Time moment=sent/> }.into_any()]),
    }
}

/// The role of an invitation, which can be changed until it is accepted.
#[component]
fn RoleSelect(id: InvitationId, role: Role, role_name: Cow<'static, str>, label: Cow<'static, str>) -> impl IntoView {
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
                Ok(()) => t(PendingText::RoleChanged),
                Err(problem) => {
                    select.set_value(&role.to_value());
                    t(&problem)
                }
            });
        });
    };
    let options = move || {
        let others = roles.get().unwrap_or_default().into_iter();
        let others = others.filter(move |entry| entry.role != Role::Owner && entry.role != role);
        let option = |entry: RoleEntry| view! { <option value=entry.role.to_value()>{t(entry.name)}</option> };
        others.map(option).collect_view()
    };
    let class = if role == Role::Custom { "select select-sm w-52" } else { "select select-sm w-36" };
    view! {
        <select class=class node_ref=chosen aria-label=label on:change=choose>
            <option value=role.to_value() selected=true>{role_name}</option>
            {options}
        </select>
    }
    .into_any()
}

#[component]
pub fn Ids(id: InvitationId) -> impl IntoView {
    let here = Here::expect();
    view! {
        <input type="hidden" name="account" value=move || here.account.get().to_string()/>
        <input type="hidden" name="invitation" value=id.to_string()/>
    }
    .into_any()
}
