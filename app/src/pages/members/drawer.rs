use crate::{
    api::{
        GetMember, RemoveMember, RestoreMember, SetRole, SuspendMember, SwitchPermission, set_role, switch_permission,
    },
    components::{
        Avatar, Confirm, Done, Drawer, Failure, Fetched, PermissionTree, PostForm, Posting, Returned, Submit,
        ToggleForm, Waiting, post_to,
    },
    console::Here,
};
use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};
use leptos_router::hooks::use_params_map;
use model::{
    AccountId, MemberDetails, MemberId, MemberUpdated, Node, Permission, PermissionSet, Problem, Refusal, Role, Topic,
};
use std::sync::Arc;

/// No member has this id: what a malformed address leads to.
const NO_MEMBER: MemberId = MemberId(uuid::Uuid::nil());

/// One member: their role, and every permission as a toggle that is saved as it flips.
#[component]
pub fn MemberDrawer() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("member").and_then(|id| id.parse().ok()).unwrap_or(NO_MEMBER))
    });
    let known = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Rights]);
        GetMember { account: here.account.get(), member: id.get() }
    });
    // Another member's drawer is another editor.
    let shown = Memo::new(move |_| known.with(|known| known.map(|known| known.member.id)));
    let back = Signal::derive(move || here.path("members"));
    let returned = SharedValue::new(Returned::of_request).into_inner();
    let fault = StoredValue::new(
        returned
            .filter(|returned| [SwitchPermission::PATH, SetRole::PATH].contains(&&*returned.path))
            .map(|returned| returned.problem),
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

/// What a flip did, or why it did not.
#[derive(Clone)]
enum Said {
    Nothing,
    Done { sentence: String, sessions: u64 },
    Failed(Problem),
}

/// The member as the drawer shows them: what the server said last, with the flips that are on
/// their way already in it.
#[derive(Clone, Copy)]
struct Editor {
    account: AccountId,
    member: MemberId,
    role: RwSignal<Role>,
    held: RwSignal<PermissionSet>,
    ceiling: Signal<PermissionSet>,
    on_their_way: RwSignal<u32>,
    said: RwSignal<Said>,
    latest: RwSignal<Option<&'static str>>,
}

impl Editor {
    fn switch(self, node: &'static Node, on: bool) {
        let touched = node.leaves().intersection(self.ceiling.get_untracked());
        let held = self.held.get_untracked();
        let guess = if on { held.union(touched) } else { held.without(touched) };
        self.latest.set(Some(node.path));
        self.change(Role::Custom, guess, switch_permission(self.account, self.member, node.path.to_owned(), on));
    }

    fn become_role(self, role: Role) {
        let held = self.held.get_untracked();
        self.latest.set(None);
        self.change(role, role.permissions(held), set_role(self.account, self.member, role));
    }

    /// Shows the change at once, and takes it back when the server refuses it.
    fn change(
        self,
        role: Role,
        held: PermissionSet,
        answer: impl Future<Output = Result<MemberUpdated, Problem>> + 'static,
    ) {
        let before = (self.role.get_untracked(), self.held.get_untracked());
        self.role.set(role);
        self.held.set(held);
        self.on_their_way.update(|flips| *flips += 1);
        spawn_local(async move {
            let answer = answer.await;
            self.on_their_way.update(|flips| *flips -= 1);
            match answer {
                Ok(MemberUpdated { role, permissions, sentence, open_sessions }) => {
                    // A later flip is on its way: its own answer will say how things stand.
                    if self.on_their_way.get_untracked() == 0 {
                        self.role.set(role);
                        self.held.set(permissions);
                    }
                    self.said.set(Said::Done { sentence, sessions: open_sessions });
                }
                Err(problem) => {
                    self.role.set(before.0);
                    self.held.set(before.1);
                    self.said.set(Said::Failed(problem));
                }
            }
        });
    }
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
    let editor = Editor {
        account: here.account.get_untracked(),
        member: id,
        role: RwSignal::new(first.member.role),
        held: RwSignal::new(first.permissions),
        ceiling: Signal::derive(move || known.with(|known| known.map_or(PermissionSet::EMPTY, |known| known.ceiling))),
        on_their_way: RwSignal::new(0),
        said: RwSignal::new(fault.map_or(Said::Nothing, Said::Failed)),
        latest: RwSignal::new(None),
    };
    // What somebody else changed meanwhile.
    Effect::new(move |_| {
        if let Some(known) = known.get()
            && editor.on_their_way.get_untracked() == 0
        {
            editor.role.set(known.member.role);
            editor.held.set(known.permissions);
        }
    });
    let locked = Memo::new(move |_| known.with(|known| known.and_then(|known| known.update.err())));
    let name = first.member.name.clone();
    let sessions = move || match known.with(|known| known.map_or(0, |known| known.open_sessions)) {
        0 => "Not signed in".to_owned(),
        1 => "1 open session".to_owned(),
        sessions => format!("{sessions} open sessions"),
    };
    let search = RwSignal::new(String::new());
    let count = move || format!("{} of {}", editor.held.get().len(), Permission::ALL.len());
    let locked_sentence = Signal::derive(move || locked.get().map(|refusal| refusal.sentence().to_owned()));
    view! {
        <header class="mb-6 flex items-center gap-4 pe-10">
            <Avatar name=name.clone()/>
            <div class="min-w-0">
                <h2 class="truncate text-base font-semibold">{name.clone()}</h2>
                <p class="text-muted truncate">{first.member.email.clone()}</p>
                <p class="text-muted text-xs">{sessions}</p>
            </div>
        </header>
        <RolePicker editor known account_name=first.member.account_name.clone()/>
        <div class="drawer-answer" aria-live="polite">{move || match editor.said.get() {
            Said::Nothing => view! { <p class="text-muted">{locked_sentence.get().unwrap_or_else(|| "Every flip is saved at once, and stands in the data access log.".to_owned())}</p> }.into_any(),
            Said::Done { sentence, sessions } => view! { <Done sentence more=in_force(sessions)/> }.into_any(),
            Said::Failed(problem) => view! { <Failure problem/> }.into_any(),
        }}</div>
        <div class="mb-2 flex items-center gap-3">
            <h3 class="grow font-medium">"Permissions " <span class="text-muted tabular-nums">{count}</span></h3>
            <input class="input input-sm w-36" type="search" placeholder="Find" aria-label="Find a permission" on:input:target=move |event| search.set(event.target().value())/>
        </div>
        <PermissionTree held=editor.held.into() ceiling=editor.ceiling locked=locked_sentence search=search.into() latest=editor.latest.into() toggle=toggle_form(editor)/>
        <Acts known id name/>
    }
    .into_any()
}

fn in_force(sessions: u64) -> String {
    match sessions {
        0 => "In force from the next sign-in.".to_owned(),
        1 => "In force for 1 session.".to_owned(),
        sessions => format!("In force for {sessions} sessions."),
    }
}

/// Each toggle is a form of its own, so that it flips without the page's code too.
fn toggle_form(editor: Editor) -> ToggleForm {
    Arc::new(move |node, whole, button| {
        view! {
            <form method="post" action=post_to(SwitchPermission::url()) on:submit=move |event| {
                event.prevent_default();
                editor.switch(node, !whole.get_untracked());
            }>
                <input type="hidden" name="account" value=editor.account.to_string()/>
                <input type="hidden" name="member" value=editor.member.to_string()/>
                <input type="hidden" name="path" value=node.path/>
                <input type="hidden" name="on" value=move || (!whole.get()).to_string()/>
                {button}
            </form>
        }
        .into_any()
    })
}

#[component]
fn RolePicker(editor: Editor, known: Fetched<MemberDetails>, account_name: String) -> impl IntoView {
    let choice = move |role: Role| {
        let refusal = Memo::new(move |_| known.with(|known| known.and_then(|known| known.may_become(role).err())));
        let current = move || editor.role.get() == role;
        view! {
            <form method="post" action=post_to(SetRole::url()) on:submit=move |event| {
                event.prevent_default();
                if !current() {
                    editor.become_role(role);
                }
            }>
                <input type="hidden" name="account" value=editor.account.to_string()/>
                <input type="hidden" name="member" value=editor.member.to_string()/>
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
        <p class="text-muted mt-1 text-xs">{beyond}</p>
    }
    .into_any()
}

/// Suspending, restoring, removing: as far as the reader may.
#[component]
fn Acts(known: Fetched<MemberDetails>, id: MemberId, name: String) -> impl IntoView {
    let here = Here::expect();
    let (suspend, restore, remove) =
        (Posting::to::<SuspendMember>(), Posting::to::<RestoreMember>(), Posting::to::<RemoveMember>());
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
    view! {
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
                    consequence="They lose access on every tab and device with their next request. Inviting them again brings them back.".to_owned().into()>
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
