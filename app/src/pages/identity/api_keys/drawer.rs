use super::{State, new_secret::NewSecret};
use crate::{
    NO_KEY,
    api::{GetApiKey, RevokeApiKey, RotateApiKey, SwitchApiKeyPermission, SwitchOffApiKey, switch_api_key_permission},
    components::{
        Confirm, Drawer, Editor, EndingInvitations, Flipped, PermissionEditor, PostForm, Sender, Submit, Time, Waiting,
        toggle_form,
    },
    runtime::{Fetched, FormAction, Here, PostedBack},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{
    ApiKey, ApiKeyDetails, ApiKeyId, ApiKeyUpdated, InvitationSender, NewApiKey, Node, Permission, PermissionSet,
    Problem, Role, Topic, ending_invitations, sentences,
};

/// One key: every permission as a toggle that is saved as it flips, a new secret, its end.
#[component]
pub fn KeyDrawer() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("key").and_then(|id| id.parse().ok()).unwrap_or(NO_KEY)));
    let known = Fetched::of(move || {
        here.live.follow(&[Topic::ApiKeys, Topic::Members, Topic::Roles, Topic::Rights]);
        GetApiKey { account: here.account.get(), key: id.get() }
    });
    // Another key's drawer is another editor.
    let shown = Memo::new(move |_| known.with(|known| known.map(|known| known.key.id)));
    let returned = SharedValue::new(PostedBack::of_request).into_inner();
    let fault = returned.filter(|returned| returned.path == SwitchApiKeyPermission::PATH);
    let fault = StoredValue::new(fault.and_then(|returned| returned.outcome.err()));
    let rotating = FormAction::to::<RotateApiKey>().answered();
    view! {
        <Drawer label="API key" back=Signal::derive(move || here.path("api-keys"))>
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
    let locked = Signal::derive(move || {
        known.with(|known| known.and_then(|known| known.update.err()).map(|refusal| refusal.sentence().to_owned()))
    });
    let flip = move |node: &'static Node, on| {
        let answer = switch_api_key_permission(account, id, node.path.to_owned(), on);
        editor.switch(node, on, Role::Custom, async { flipped(answer.await) });
    };
    let fields = [("account", account.to_string()), ("key", id.to_string())];
    let name = first.key.name.clone();
    // The drawer of another key may have followed in its place.
    let minted = move || rotating.answer::<NewApiKey>().filter(|minted| minted.id == id);
    view! {
        {move || known.get().map(|known| view! { <Head key=known.key/> })}
        <Effective known/>
        {move || minted().map(|key| view! { <div class="mt-4"><NewSecret key account=first.key.account/></div> })}
        <PermissionEditor editor hint="Every flip is saved at once, and counts from the key's next request on.".to_owned() locked toggle=toggle_form(SwitchApiKeyPermission::url(), fields, flip)/>
        <Acts known id name rotating/>
    }
    .into_any()
}

fn flipped(answer: Result<ApiKeyUpdated, Problem>) -> Result<Flipped, Problem> {
    let ApiKeyUpdated { permissions, sentence } = answer?;
    Ok(Flipped { role: Role::Custom, permissions, sentence, more: "In force from its next request on.".to_owned() })
}

#[component]
fn Head(key: ApiKey) -> impl IntoView {
    let ApiKey {
        id: _,
        name,
        begins,
        account: _,
        account_name,
        maker,
        permissions: _,
        state,
        created,
        last_used,
        expires,
    } = key;
    let used = match last_used {
        Some(at) => view! { "used " <Time moment=at/> }.into_any(),
        None => "not used yet".into_any(),
    };
    view! {
        <header class="pe-10">
            <h2 class="flex items-center gap-2 text-base font-semibold"><span class="truncate">{name}</span> <State state/></h2>
            <p class="text-muted"><span class="font-mono">{begins} "…"</span> " in " {account_name}</p>
            <p class="text-muted text-xs">"Made by " {maker} " " <Time moment=created/> ", " {used}</p>
            {expires.map(|at| view! { <p class="text-muted text-xs">"Ends " <Time moment=at/></p> })}
        </header>
    }
    .into_any()
}

/// What of its permissions counts: no more than its maker holds.
#[component]
fn Effective(known: Fetched<ApiKeyDetails>) -> impl IntoView {
    let here = Here::expect();
    let sentence = move || {
        known.with(|known| {
            let known = known?;
            let lost = known.permissions.intersection(known.reach).without(known.effective?).len();
            let who = &known.key.maker;
            (lost > 0).then(|| match lost {
                1 => format!("1 of them opens nothing now, since {who} does not hold it."),
                many => format!("{many} of them open nothing now, since {who} does not hold them."),
            })
        })
    };
    let may_explain = move || here.may(Permission::MemberRead).get() && known.with(|known| known.is_some());
    let why = move || known.with(|known| known.map(|known| here.path(&format!("access/keys/{}", known.key.id))));
    view! {
        <p class="mt-3" class:hidden=move || sentence().is_none()>{sentence}</p>
        <p class="mt-3" class:hidden=move || !may_explain()><a class="link" href=why>"What it may do, and why"</a></p>
    }
    .into_any()
}

/// Taking everything away, a new secret, the end: as far as the reader may.
#[component]
fn Acts(known: Fetched<ApiKeyDetails>, id: ApiKeyId, name: String, rotating: FormAction) -> impl IntoView {
    let here = Here::expect();
    let clearing = FormAction::on_success::<SwitchOffApiKey, _>(|done: ApiKeyUpdated| done.sentence);
    let revoking = FormAction::to::<RevokeApiKey>().success_message("The key is revoked.");
    let ids = move || {
        view! {
            <input type="hidden" name="account" value=here.account.get().to_string()/>
            <input type="hidden" name="key" value=id.to_string()/>
        }
    };
    let is = move |test: fn(&ApiKeyDetails) -> bool| move || known.with(|known| known.is_some_and(test));
    let may_clear = is(|known| known.update.is_ok() && !known.permissions.intersection(known.ceiling).is_empty());
    let may_rotate = is(|known| known.rotate.is_ok());
    let may_revoke = is(|known| known.revoke.is_ok());
    let ending = Memo::new(move |_| known.with(|known| known.map_or(0, |known| known.invitations)));
    let shown = move || if may_revoke() { ending.get() } else { 0 };
    let consequence = Signal::derive(move || {
        let program = "The program that uses it is refused from its next request on. This cannot be undone.";
        sentences(program.to_owned(), ending_invitations(ending.get(), InvitationSender::ByKey))
    });
    view! {
        <EndingInvitations count=Signal::derive(shown) sent=InvitationSender::ByKey sender=Sender::Key(id) when="Revoked: "/>
        <footer class="drawer-foot">
            <div class:hidden=move || !may_clear()>
                <PostForm posting=clearing id="switch-off" class="">
                    {ids()}
                    <Submit posting=clearing label="Switch all off" class="btn btn-ghost btn-sm"/>
                </PostForm>
            </div>
            <div class:hidden=move || !may_rotate()>
                <Confirm id="rotate-key" closes_after=rotating ask="New secret" class="btn btn-sm" title=format!("A new secret for {name}?").into()
                    consequence="The one in use opens nothing any more from its next request on. The new one is shown once.".to_owned().into()>
                    <PostForm posting=rotating id="rotate" class="">
                        {ids()}
                        <Submit posting=rotating label="Make a new secret" class="btn btn-primary btn-sm"/>
                    </PostForm>
                </Confirm>
            </div>
            <div class:hidden=move || !may_revoke()>
                <Confirm id="revoke-key" closes_after=revoking ask="Revoke" title=format!("Revoke {name}?").into()
                    consequence=consequence>
                    <PostForm posting=revoking id="revoke" class="">
                        {ids()}
                        <Submit posting=revoking label="Revoke the key" class="btn btn-error btn-sm"/>
                    </PostForm>
                </Confirm>
            </div>
        </footer>
    }
    .into_any()
}
