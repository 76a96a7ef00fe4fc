use crate::{
    NO_MEMBER,
    api::{
        GetMember, RemoveMember, RestoreMember, SetRole, SuspendMember, SwitchPermission, set_role, switch_permission,
    },
    components::{
        Avatar, Confirm, Drawer, Editor, EndingInvitations, Flipped, PermissionEditor, PostForm, Sender, Submit,
        Waiting, toggle_form,
    },
    pages::people::roles::roles_of,
    runtime::{Fetched, FormAction, Here, PostedBack, post_to},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{
    AccountId, InvitationSender, MemberDetails, MemberId, MemberUpdated, Node, PermissionSet, Problem, Refusal, Role,
    RoleEntry, Topic, UserId, ending_invitations,
};

/// One member: their role, and every permission as a toggle that is saved as it flips.
#[component]
pub fn MemberDrawer() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("member").and_then(|id| id.parse().ok()).unwrap_or(NO_MEMBER))
    });
    let known = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Roles, Topic::Organisation, Topic::Rights]);
        GetMember { account: here.account.get(), member: id.get() }
    });
    // Another member's drawer is another editor.
    let shown = Memo::new(move |_| known.with(|known| known.map(|known| known.member.id)));
    let back = Signal::derive(move || here.path("members"));
    let returned = SharedValue::new(PostedBack::of_request).into_inner();
    let fault = StoredValue::new(
        returned
            .filter(|returned| [SwitchPermission::PATH, SetRole::PATH].contains(&&*returned.path))
            .and_then(|returned| returned.outcome.err()),
    );
    view! {
        <Drawer label="Member" back>
            <div class="pe-10"><Waiting on=known.progress rows=3/></div>
            {move || {
                shown.get().and_then(|_| untrack(|| known.get())).map(|first| view! { <Details known first fault=fault.get_value()/> })
            }}
        </Drawer>
    }
    .into_any()
}

#[component]
fn Details(
    known: Fetched<MemberDetails>,
    first: MemberDetails,
    /// Why a flip that was posted without the page's code did not happen.
    fault: Option<Problem>,
) -> impl IntoView {
    let here = Here::expect();
    let id = first.member.id;
    // What is not held, and what has no effect in this account, cannot be switched.
    let ceiling = Signal::derive(move || {
        known.with(|known| known.map_or(PermissionSet::EMPTY, |known| known.ceiling.intersection(known.reach)))
    });
    let editor = Editor::of(first.member.role, first.permissions, ceiling, fault);
    editor.follow(move || known.with(|known| known.map(|known| (known.member.role, known.permissions))));
    let locked = Memo::new(move |_| known.with(|known| known.and_then(|known| known.update.err())));
    let name = first.member.name.clone();
    let sessions = move || match known.with(|known| known.map_or(0, |known| known.open_sessions)) {
        0 => "Not signed in".to_owned(),
        1 => "1 open session".to_owned(),
        sessions => format!("{sessions} open sessions"),
    };
    let second_factor = move || {
        let has_one = known.with(|known| known.is_some_and(|known| known.member.second_factor));
        if has_one { "with a second factor" } else { "no second factor" }
    };
    let locked = Signal::derive(move || locked.get().map(|refusal| refusal.sentence().to_owned()));
    let whom = Whom { account: here.account.get_untracked(), member: id };
    let flip = move |node: &'static Node, on| {
        let answer = switch_permission(whom.account, id, node.path.to_owned(), on);
        editor.switch(node, on, Role::Custom, async { flipped(answer.await) });
    };
    let why = move || here.path(&format!("access/{id}"));
    let fields = [("account", whom.account.to_string()), ("member", id.to_string())];
    view! {
        <header class="mb-6 flex items-center gap-4 pe-10">
            <Avatar name=name.clone()/>
            <div class="min-w-0">
                <h2 class="truncate text-base font-semibold">{name.clone()}</h2>
                <p class="text-muted truncate">{first.member.email.clone()}</p>
                <p class="text-muted text-xs">{sessions} " · " {second_factor}</p>
            </div>
        </header>
        <RolePicker editor whom known account_name=first.member.account_name.clone()/>
        <p class="mt-3"><a class="link" href=why>"What they may do, and why"</a></p>
        <PermissionEditor editor hint="Every flip is saved at once, and stands in the data access log.".to_owned() locked toggle=toggle_form(SwitchPermission::url(), fields, flip)/>
        <Acts known id user=first.member.user name/>
    }
    .into_any()
}

/// Whose drawer it is.
#[derive(Clone, Copy)]
struct Whom {
    account: AccountId,
    member: MemberId,
}

fn flipped(answer: Result<MemberUpdated, Problem>) -> Result<Flipped, Problem> {
    let MemberUpdated { role, role_name: _, permissions, sentence, open_sessions } = answer?;
    let more = match open_sessions {
        0 => "In force from the next sign-in.".to_owned(),
        1 => "In force for 1 session.".to_owned(),
        sessions => format!("In force for {sessions} sessions."),
    };
    Ok(Flipped { role, permissions, sentence, more })
}

#[component]
fn RolePicker(editor: Editor, whom: Whom, known: Fetched<MemberDetails>, account_name: String) -> impl IntoView {
    let Whom { account, member } = whom;
    let give = move |role: Role| {
        // A named role's permissions are not known here: the answer brings them.
        let held = editor.held.get_untracked();
        let reach = known.with_untracked(|known| known.map_or(PermissionSet::ALL, |known| known.reach));
        let answer = set_role(account, member, role);
        editor.become_role(role, role.permissions(held).intersection(reach), async { flipped(answer.await) });
    };
    let may_update = Memo::new(move |_| known.with(|known| known.is_some_and(|known| known.update.is_ok())));
    let choice = move |role: Role| {
        let refusal = Memo::new(move |_| known.with(|known| known.and_then(|known| known.may_become(role).err())));
        let current = move || editor.role.get() == role;
        view! {
            <form method="post" action=post_to(SetRole::url()) on:submit=move |event| {
                event.prevent_default();
                if !current() {
                    give(role);
                }
            }>
                <input type="hidden" name="account" value=account.to_string()/>
                <input type="hidden" name="member" value=member.to_string()/>
                <input type="hidden" name="role" value=role.name()/>
                <button type="submit" class="segment" aria-pressed=move || current().to_string() title=role.meaning()
                    disabled=move || refusal.with(Option::is_some) && !current()>{role.label()}</button>
            </form>
        }
    };
    let beyond = move || {
        known.with(|known| {
            let known = known?;
            let out_of_reach =
                Role::ASSIGNABLE.into_iter().any(|role| known.may_become(role) == Err(Refusal::AboveOwnPermissions));
            (known.update.is_ok() && out_of_reach).then_some("Roles that hold more than you do cannot be given by you.")
        })
    };
    view! {
        <p class="text-muted mb-1.5 text-xs" id="role-label">"Role in " {account_name}</p>
        <Show when=move || editor.role.get() == Role::Owner fallback=move || view! {
            <div class="segments" role="group" aria-labelledby="role-label">{Role::ASSIGNABLE.map(choice).collect_view()}</div>
        }>
            <p class="font-medium">{Role::Owner.label()}</p>
        </Show>
        {move || may_update.get().then(|| view! { <NamedRoles editor whom known give=Callback::new(give)/> })}
        <p class="text-muted mt-1 text-xs">{beyond}</p>
    }
    .into_any()
}

/// The roles of the organisation's own, where there are any.
#[component]
fn NamedRoles(editor: Editor, whom: Whom, known: Fetched<MemberDetails>, give: Callback<Role>) -> impl IntoView {
    let roles = roles_of(Here::expect());
    let named = move || {
        let is_named = |entry: &RoleEntry| matches!(entry.role, Role::Named(_));
        roles
            .with(|roles| roles.map(|roles| roles.iter().filter(|entry| is_named(entry)).cloned().collect::<Vec<_>>()))
            .unwrap_or_default()
    };
    let shown = move || editor.role.get() != Role::Owner && !named().is_empty();
    let options = move || {
        let option = move |entry: RoleEntry| {
            let out_of_reach =
                move || known.with(|known| known.is_none_or(|known| known.may_hold(entry.permissions).is_err()));
            view! { <option value=entry.role.to_value() selected=move || editor.role.get() == entry.role disabled=out_of_reach>{entry.name}</option> }
        };
        named().into_iter().map(option).collect_view()
    };
    let chosen = NodeRef::<leptos::html::Select>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(Ok(role)) = chosen.get_untracked().map(|select| select.value().parse()) {
            give.run(role);
        }
    };
    view! {
        <form method="post" action=post_to(SetRole::url()) class="mt-2 flex items-center gap-2" class:hidden=move || !shown() on:submit=submit>
            <input type="hidden" name="account" value=whom.account.to_string()/>
            <input type="hidden" name="member" value=whom.member.to_string()/>
            <select node_ref=chosen class="select select-sm grow" name="role" aria-label="Role of your own">{options}</select>
            <button type="submit" class="btn btn-sm">"Give this role"</button>
        </form>
    }
    .into_any()
}

/// Suspending, restoring, removing: as far as the reader may.
#[component]
fn Acts(known: Fetched<MemberDetails>, id: MemberId, user: UserId, name: String) -> impl IntoView {
    let here = Here::expect();
    let (suspend, restore, remove) =
        (FormAction::to::<SuspendMember>(), FormAction::to::<RestoreMember>(), FormAction::to::<RemoveMember>());
    let ids = move || {
        view! {
            <input type="hidden" name="account" value=here.account.get().to_string()/>
            <input type="hidden" name="member" value=id.to_string()/>
        }
    };
    let is = move |test: fn(&MemberDetails) -> bool| move || known.with(|known| known.is_some_and(test));
    let may_suspend = is(|known| known.suspend.is_ok() && !known.member.suspended);
    let may_restore = is(|known| known.suspend.is_ok() && known.member.suspended);
    let may_remove = is(|known| known.remove.is_ok());
    let title = format!("Remove {name}?");
    let ending = Memo::new(move |_| known.with(|known| known.map_or(0, |known| known.invitations)));
    let shown = move || if may_suspend() || may_remove() { ending.get() } else { 0 };
    let consequence = Signal::derive(move || {
        let access = "They and the API keys they made lose access with the next request.";
        let more = ending_invitations(ending.get(), InvitationSender::ByThem).unwrap_or_default();
        format!("{access} {more} Inviting them again brings them back.").replace("  ", " ")
    });
    view! {
        <EndingInvitations count=Signal::derive(shown) sent=InvitationSender::ByThem sender=Sender::User(user) when="Suspended or removed: "/>
        <footer class="drawer-foot">
            <div class:hidden=move || !may_suspend()>
                <PostForm posting=suspend id="suspend" class="">
                    {ids()}
                    <Submit posting=suspend label="Suspend" class="btn btn-ghost btn-sm text-error"/>
                </PostForm>
            </div>
            <div class:hidden=move || !may_restore()>
                <PostForm posting=restore id="restore" class="">
                    {ids()}
                    <Submit posting=restore label="Restore" class="btn btn-sm"/>
                </PostForm>
            </div>
            <div class:hidden=move || !may_remove()>
                <Confirm id="remove-member" ask="Remove" title=title.into()
                    consequence=consequence>
                    <PostForm posting=remove id="remove" class="">
                        {ids()}
                        <Submit posting=remove label="Remove" class="btn btn-error btn-sm"/>
                    </PostForm>
                </Confirm>
            </div>
        </footer>
    }
    .into_any()
}
