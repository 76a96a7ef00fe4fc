use super::{bulk_dialog::Question, role_picker::RolePicker};
use crate::{
    api::{
        GetMember, RemoveMember, ResetSecondFactor, RestoreMember, SetRole, SuspendMember, SwitchPermission,
        switch_permission,
    },
    components::{
        Avatar, Confirm, Drawer, Editor, EndingInvitations, Flipped, PermissionEditor, PostForm, Sender, Submit,
        Waiting, leave_drawer, toggle_form,
    },
    runtime::{Fetched, FormAction, Here, PostedBack, post_to, route_param, t},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    InvitationSender, MemberAct, MemberDetails, MemberId, MemberSelection, MemberText, MemberUpdated, Node, Permission,
    PermissionSet, Problem, Refusal, Role, Topic, UserId,
};

/// What is posted from the drawer without the page's code.
const POSTED: [&str; 5] =
    [SwitchPermission::PATH, SetRole::PATH, SuspendMember::PATH, RestoreMember::PATH, RemoveMember::PATH];

/// One member: their role, and every permission as a toggle that is saved as it flips.
#[component]
pub fn MemberDrawer() -> impl IntoView {
    let here = Here::expect();
    let id = route_param("member");
    let known = Fetched::when(move || {
        here.live.follow(&[Topic::Members, Topic::Roles, Topic::Organisation, Topic::Rights]);
        Some(GetMember { account: here.account.get(), member: id.get()? })
    });
    // Another member's drawer is another editor.
    let shown = Memo::new(move |_| known.with(|known| known.map(|known| known.member.id)));
    let back = Signal::derive(move || here.path_with_query("members"));
    let returned = PostedBack::of_page();
    let fault = StoredValue::new(
        returned.filter(|returned| POSTED.contains(&&*returned.path)).and_then(|returned| returned.outcome.err()),
    );
    view! {
        <Drawer label=t(MemberText::Label) back>
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
    /// Why what was posted without the page's code did not happen.
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
    let sign_in = move || {
        let now = known.with(|known| known.map(|known| (known.open_sessions, known.member.second_factor)));
        let (sessions, two_factor) = now.unwrap_or_default();
        t(MemberText::SignIn { sessions, two_factor })
    };
    let locked = Signal::derive(move || locked.get().map(t));
    let account = here.account.get_untracked();
    // What was done is shown as soon as it is known, also where the live channel is late.
    let done = Callback::new(move |()| known.progress.again.notify());
    let flip = move |node: &'static Node, on| {
        let answer = switch_permission(account, id, node.path.to_owned(), on);
        editor.switch(node, on, Role::Custom, async { flipped(answer.await) });
    };
    let why = move || here.path(&format!("access/{id}"));
    let user = first.member.user;
    let log = move || here.path(&format!("access-log?user={user}"));
    let fields = [("account", account.to_string()), ("member", id.to_string())];
    view! {
        <header class="mb-6 flex items-center gap-4 pe-10">
            <Avatar name=name.clone()/>
            <div class="min-w-0">
                <h2 class="truncate text-base font-semibold">{name.clone()}</h2>
                <p class="text-muted truncate">{first.member.email.clone()}</p>
                <p class="text-muted text-xs">{sign_in}</p>
            </div>
        </header>
        <RolePicker known first=first.clone() current=editor.role done/>
        <p class="mt-3 flex flex-wrap gap-x-4">
            <a class="link" href=why>{t(MemberText::EffectiveAccess)}</a>
            <a class="link" class:hidden=move || !here.may(Permission::AccessLogRead).get() href=log>{t(MemberText::LogEntries)}</a>
        </p>
        <PermissionEditor editor hint=|| t(MemberText::Hint) locked toggle=toggle_form(SwitchPermission::url(), fields, flip)/>
        <SecondFactor known id name=name.clone() done/>
        <Acts known id user=first.member.user name done/>
    }
    .into_any()
}

fn flipped(answer: Result<MemberUpdated, Problem>) -> Result<Flipped, Problem> {
    let MemberUpdated { role, permissions, change, open_sessions, .. } = answer?;
    let sentence = t(change);
    let more = t(MemberText::AppliedTo { sessions: open_sessions });
    Ok(Flipped { role, permissions, sentence, more })
}

/// Takes away what the member signs in with besides the password, where the reader may.
#[component]
fn SecondFactor(known: Fetched<MemberDetails>, id: MemberId, name: String, done: Callback<()>) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<ResetSecondFactor>().success_message(&MemberText::SecondFactorWasReset);
    Effect::new(move |_| {
        if posting.succeeded() {
            done.run(());
        }
    });
    let reset = Memo::new(move |_| {
        known.with(|known| {
            known.filter(|known| known.member.second_factor == Some(true)).map(|it| it.reset_second_factor)
        })
    });
    let may_reset = move || reset.get() == Some(Ok(()));
    // Who may not otherwise sees it at the role.
    let elsewhere = Err(Refusal::InAnotherOrganisation);
    let why_not = move || (reset.get() == Some(elsewhere)).then(|| t(Refusal::InAnotherOrganisation));
    let title = move || t(MemberText::ResetQuestion { name: name.clone() });
    view! {
        <section class="mt-6">
            <div class:hidden=move || !may_reset()>
                <Confirm id="reset-second-factor" ask=t(MemberText::ResetSecondFactor) class="btn btn-sm" title=title
                    consequence=|| t(MemberText::ResetConsequence) closes_after=posting>
                    <PostForm posting id="reset" class="contents">
                        <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                        <input type="hidden" name="member" value=id.to_string()/>
                        <Submit posting label=t(MemberText::Reset) class="btn btn-error btn-sm"/>
                    </PostForm>
                </Confirm>
            </div>
            <p class="text-muted text-xs" class:hidden=move || why_not().is_none()>{why_not}</p>
        </section>
    }
    .into_any()
}

/// Suspending, restoring, removing: as far as the reader may.
#[component]
fn Acts(known: Fetched<MemberDetails>, id: MemberId, user: UserId, name: String, done: Callback<()>) -> impl IntoView {
    let (here, question) = (Here::expect(), Question::expect());
    let leave = leave_drawer(Signal::derive(move || here.path_with_query("members")));
    let ask = move |act: MemberAct| {
        let done = if act == MemberAct::Remove { leave } else { done };
        question.ask(MemberSelection::Members(vec![id]), act, done);
    };
    let fields = move || {
        view! {
            <input type="hidden" name="account" value=here.account.get().to_string()/>
            <input type="hidden" name="member" value=id.to_string()/>
        }
    };
    let form = move |url: &'static str, act: MemberAct, class: &'static str| {
        view! {
            <form method="post" action=post_to(url) on:submit=move |event| {
                event.prevent_default();
                ask(act);
            }>
                {fields()}
                <button type="submit" class=class>{t(act)}</button>
            </form>
        }
    };
    let is = move |test: fn(&MemberDetails) -> bool| move || known.with(|known| known.is_some_and(test));
    let may_suspend = is(|known| known.suspend.is_ok() && !known.member.suspended);
    let may_restore = is(|known| known.suspend.is_ok() && known.member.suspended);
    let may_remove = is(|known| known.remove.is_ok());
    let title = move || t(MemberText::RemoveQuestion { name: name.clone() });
    let ending = Memo::new(move |_| known.with(|known| known.map_or(0, |known| known.invitations)));
    let shown = move || if may_suspend() || may_remove() { ending.get() } else { 0 };
    let consequence = move || {
        let ending = model::EndingInvitations { count: ending.get(), sent: InvitationSender::ByThem };
        t(MemberText::RemoveConsequence(ending))
    };
    view! {
        <EndingInvitations count=Signal::derive(shown) sent=InvitationSender::ByThem sender=Sender::User(user) when=&MemberText::Ending/>
        <footer class="drawer-foot">
            <div class:hidden=move || !may_suspend()>
                {form(SuspendMember::url(), MemberAct::Suspend, "btn btn-ghost btn-sm text-error")}
            </div>
            <div class:hidden=move || !may_restore()>{form(RestoreMember::url(), MemberAct::Restore, "btn btn-sm")}</div>
            <div class:hidden=move || !may_remove()>
                <Confirm id="remove-member" ask=t(MemberAct::Remove) title=title consequence=consequence
                    ask_instead=Callback::new(move |()| ask(MemberAct::Remove))>
                    {form(RemoveMember::url(), MemberAct::Remove, "btn btn-error btn-sm")}
                </Confirm>
            </div>
        </footer>
    }
    .into_any()
}
