use super::{
    State,
    new_secret::NewSecret,
    role_copy::{role_copies, role_options},
};
use crate::{
    api::{
        CopyRoleToApiKey, GetApiKey, RevokeApiKey, RotateApiKey, SwitchApiKeyPermission, SwitchOffApiKey,
        switch_api_key_permission,
    },
    components::{
        Confirm, Drawer, Editor, EndingInvitations, Flipped, PermissionEditor, PostForm, Sender, Submit, Time, Waiting,
        toggle_form, with_ending,
    },
    runtime::{Fetched, FormAction, Here, PostedBack, route_param, t, t_with},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    ApiKey, ApiKeyDetails, ApiKeyId, ApiKeyText, ApiKeyUpdated, InvitationSender, KeyState, Moment, NewApiKey, Node,
    Permission, PermissionSet, Problem, Role, Topic,
};

/// One key: every permission as a toggle that is saved as it flips, a new secret, its end.
#[component]
pub fn KeyDrawer() -> impl IntoView {
    let here = Here::expect();
    let id = route_param("key");
    let known = Fetched::when(move || {
        here.live.follow(&[Topic::ApiKeys, Topic::Members, Topic::Roles, Topic::Rights]);
        Some(GetApiKey { account: here.account.get(), key: id.get()? })
    });
    // Another key's drawer is another editor.
    let shown = Memo::new(move |_| known.with(|known| known.map(|known| known.key.id)));
    let returned = PostedBack::of_page();
    let fault = returned.filter(|returned| returned.path == SwitchApiKeyPermission::PATH);
    let fault = StoredValue::new(fault.and_then(|returned| returned.outcome.err()));
    let rotating = FormAction::to::<RotateApiKey>().answered();
    view! {
        <Drawer label=t(ApiKeyText::Label) back=Signal::derive(move || here.path_with_query("api-keys"))>
            <div class="pe-10"><Waiting on=known.progress rows=3/></div>
            {move || shown.get().and_then(|_| untrack(|| known.get())).map(|first| view! { <Details known first fault=fault.get_value() rotating/> })}
        </Drawer>
    }
    .into_any()
}

#[component]
fn Details(
    known: Fetched<ApiKeyDetails>,
    first: ApiKeyDetails,
    /// Why a flip that was posted without the page's code did not happen.
    fault: Option<Problem>,
    rotating: FormAction,
) -> impl IntoView {
    let here = Here::expect();
    let (id, account) = (first.key.id, here.account.get_untracked());
    let ceiling = Signal::derive(move || {
        known.with(|known| known.map_or(PermissionSet::EMPTY, |known| known.ceiling.intersection(known.reach)))
    });
    let editor = Editor::of(Role::Custom, first.permissions, ceiling, fault);
    editor.follow(move || known.with(|known| known.map(|known| (Role::Custom, known.permissions))));
    let locked = Signal::derive(move || known.with(|known| known.and_then(|known| known.update.err()).map(t)));
    let flip = move |node: &'static Node, on| {
        let answer = switch_api_key_permission(account, id, node.path.to_owned(), on);
        editor.switch(node, on, Role::Custom, async { flipped(answer.await) });
    };
    let fields = [("account", account.to_string()), ("key", id.to_string())];
    let name = first.key.name.clone();
    // The drawer of another key may have followed in its place.
    let is_revoked = Memo::new(move |_| {
        known.with(|known| known.as_ref().is_some_and(|known| known.key.state == KeyState::Revoked))
    });
    let minted = move || rotating.answer::<NewApiKey>().filter(|minted| minted.id == id && !is_revoked.get());
    view! {
        {move || known.get().map(|known| view! { <Head key=known.key/> })}
        <Effective known/>
        {move || minted().map(|key| view! { <div class="mt-4"><NewSecret key account=first.key.account/></div> })}
        <PermissionEditor editor hint=|| t(ApiKeyText::Hint) locked toggle=toggle_form(SwitchApiKeyPermission::url(), fields, flip)/>
        <Acts known id name rotating/>
    }
    .into_any()
}

fn flipped(answer: Result<ApiKeyUpdated, Problem>) -> Result<Flipped, Problem> {
    let ApiKeyUpdated { permissions, change } = answer?;
    let sentence = t(change);
    Ok(Flipped { role: Role::Custom, permissions, sentence, more: t(ApiKeyText::AppliesNext) })
}

#[component]
fn Head(key: ApiKey) -> impl IntoView {
    let ApiKey {
        id: _,
        name,
        begins,
        account: _,
        account_name,
        creator,
        creator_id: _,
        permissions: _,
        state,
        created,
        last_used,
        expires,
    } = key;
    let time = |at: Moment| view! { <Time moment=at/> }.into_any();
    let begins = view! { <span class="font-mono">{begins} "…"</span> }.into_any();
    let created = match last_used {
        Some(used) => t_with(ApiKeyText::CreatedUsed, [creator.into_any(), time(created), time(used)]),
        None => t_with(ApiKeyText::CreatedUnused, [creator.into_any(), time(created)]),
    };
    let end = if state == KeyState::Expired { ApiKeyText::Expired } else { ApiKeyText::Expires };
    view! {
        <header class="pe-10">
            <h2 class="flex items-center gap-2 text-base font-semibold"><span class="truncate">{name}</span> <State state/></h2>
            <p class="text-muted">{t_with(ApiKeyText::Place, [begins, account_name.into_any()])}</p>
            <p class="text-muted text-xs">{created}</p>
            {expires.map(|at| view! { <p class="text-muted text-xs">{t_with(end, [time(at)])}</p> })}
        </header>
    }
    .into_any()
}

/// What of its permissions counts: no more than its creator holds.
#[component]
fn Effective(known: Fetched<ApiKeyDetails>) -> impl IntoView {
    let here = Here::expect();
    let sentence = move || {
        known.with(|known| {
            let known = known?;
            let lost = known.permissions.intersection(known.reach).without(known.effective?).len();
            let creator = known.key.creator.clone();
            (lost > 0).then(|| t(ApiKeyText::Ineffective { permissions: lost, creator }))
        })
    };
    let may_explain = move || here.may(Permission::MemberRead).get() && known.with(|known| known.is_some());
    let why = move || known.with(|known| known.map(|known| here.path(&format!("access/keys/{}", known.key.id))));
    view! {
        <p class="mt-3" class:hidden=move || sentence().is_none()>{sentence}</p>
        <p class="mt-3" class:hidden=move || !may_explain()><a class="link" href=why>{t(ApiKeyText::EffectiveAccess)}</a></p>
    }
    .into_any()
}

/// Taking everything away, a new secret, the end: as far as the reader may.
#[component]
fn Acts(known: Fetched<ApiKeyDetails>, id: ApiKeyId, name: String, rotating: FormAction) -> impl IntoView {
    let here = Here::expect();
    let name = StoredValue::new(name);
    let clearing = FormAction::on_success::<SwitchOffApiKey, _>(|done: ApiKeyUpdated| t(done.change));
    let revoking = FormAction::to::<RevokeApiKey>().success_message(&ApiKeyText::KeyRevoked);
    let ids = move || {
        view! {
            <input type="hidden" name="account" value=here.account.get().to_string()/>
            <input type="hidden" name="key" value=id.to_string()/>
        }
    };
    let is = move |test: fn(&ApiKeyDetails) -> bool| move || known.with(|known| known.is_some_and(test));
    let may_update = is(|known| known.update.is_ok());
    let may_clear = is(|known| known.update.is_ok() && !known.permissions.intersection(known.ceiling).is_empty());
    let may_rotate = is(|known| known.rotate.is_ok());
    let may_revoke = is(|known| known.revoke.is_ok());
    let ending = Memo::new(move |_| known.with(|known| known.map_or(0, |known| known.invitations)));
    let shown = move || if may_revoke() { ending.get() } else { 0 };
    let consequence =
        Signal::derive(move || with_ending(&t(ApiKeyText::RevokeConsequence), ending.get(), InvitationSender::ByKey));
    view! {
        <EndingInvitations count=Signal::derive(shown) sent=InvitationSender::ByKey sender=Sender::Key(id) when=&ApiKeyText::IfRevoked/>
        <footer class="drawer-foot">
            <div class:hidden=move || !may_update()><CopyRole id/></div>
            <div class:hidden=move || !may_clear()>
                <PostForm posting=clearing id="switch-off" class="">
                    {ids()}
                    <Submit posting=clearing label=t(ApiKeyText::SwitchAllOff) class="btn btn-ghost btn-sm"/>
                </PostForm>
            </div>
            <div class:hidden=move || !may_rotate()>
                <Confirm id="rotate-key" closes_after=rotating ask=t(ApiKeyText::NewSecret) class="btn btn-sm" title=move || t(ApiKeyText::NewSecretQuestion { name: name.get_value() })
                    consequence=|| t(ApiKeyText::NewSecretConsequence)>
                    <PostForm posting=rotating id="rotate" class="">
                        {ids()}
                        <Submit posting=rotating label=t(ApiKeyText::CreateSecret) class="btn btn-primary btn-sm"/>
                    </PostForm>
                </Confirm>
            </div>
            <div class:hidden=move || !may_revoke()>
                <Confirm id="revoke-key" closes_after=revoking ask=t(ApiKeyText::Revoke) title=move || t(ApiKeyText::RevokeQuestion { name: name.get_value() })
                    consequence=consequence>
                    <PostForm posting=revoking id="revoke" class="">
                        {ids()}
                        <Submit posting=revoking label=t(ApiKeyText::RevokeKey) class="btn btn-error btn-sm"/>
                    </PostForm>
                </Confirm>
            </div>
        </footer>
    }
    .into_any()
}

/// Gives the key a copy of a role, which is asked for first: it takes the place of all toggles.
#[component]
fn CopyRole(id: ApiKeyId) -> impl IntoView {
    let here = Here::expect();
    let (posting, copies) =
        (FormAction::on_success::<CopyRoleToApiKey, _>(|done: ApiKeyUpdated| t(done.change)), role_copies());
    view! {
        <Confirm id="copy-role" closes_after=posting ask=t(ApiKeyText::CopyRole) class="btn btn-ghost btn-sm" title=|| t(ApiKeyText::CopyRole)
            consequence=|| t(ApiKeyText::CopyRoleConsequence)>
            <PostForm posting id="copy" class="flex flex-wrap items-center gap-2">
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <input type="hidden" name="key" value=id.to_string()/>
                <select class="select select-sm w-40" name="role" aria-label=t(ApiKeyText::CopyRoleFrom)>
                    {move || role_options(copies, "")}
                </select>
                <Submit posting label=t(ApiKeyText::SetPermissions) class="btn btn-primary btn-sm"/>
            </PostForm>
        </Confirm>
    }
    .into_any()
}
