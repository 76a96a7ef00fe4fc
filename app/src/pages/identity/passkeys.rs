//! One's own passkeys. They are made and shown by the page's code alone.

use crate::{
    api::{AddPasskey, BeginPasskey, GetPasskeys, RemovePasskey, RenamePasskey},
    components::{
        Failure, Field, NewRecoveryCodes, PostForm, SecondProof, SendOwnCode, Submit, Time, Waiting, lazy_section,
    },
    pages::{OwnSection, own_page},
    runtime::{Fetched, FormAction, check, t, t_with},
};
use leptos::prelude::*;
use model::{
    ButtonText, ConfirmIdentity, Conflict, Device, FactorMethods, Passkey, PasskeyAdded, PasskeyAnswer, PasskeyId,
    PasskeyOptions, Passkeys, PasskeysText,
};

/// What signs in by itself.
pub const PASSKEYS: OwnSection = OwnSection {
    id: "passkeys",
    title: &PasskeysText::Title,
    content: lazy_section!(security, own_passkeys, OwnPasskeys),
};

#[component]
pub fn PasskeysPage() -> impl IntoView {
    own_page(PASSKEYS)
}

/// What is being done to one of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Rename(PasskeyId),
    Remove(PasskeyId),
}

/// The ways of the forms. They outlive what is shown, which is drawn anew as soon as something was done.
#[derive(Clone, Copy)]
struct Posts {
    begin: FormAction,
    add: FormAction,
    rename: FormAction,
    remove: FormAction,
    open: RwSignal<Option<Act>>,
}

#[component]
fn OwnPasskeys() -> impl IntoView {
    let posts = Posts {
        begin: FormAction::to::<BeginPasskey>(),
        add: FormAction::to::<AddPasskey>().success_message(&PasskeysText::Added),
        rename: FormAction::to::<RenamePasskey>().success_message(&PasskeysText::Renamed),
        remove: FormAction::to::<RemovePasskey>().success_message(&PasskeysText::Removed),
        open: RwSignal::new(None),
    };
    let known = Fetched::of(move || {
        for posting in [posts.add, posts.rename, posts.remove] {
            posting.succeeded();
        }
        GetPasskeys {}
    });
    Effect::new(move |_| {
        if posts.rename.succeeded() || posts.remove.succeeded() {
            posts.open.set(None);
        }
    });
    let shown = move || {
        let Passkeys { passkeys, methods, device, possible, last_required_by } = known.get()?;
        let add = if possible {
            view! { <Add posts methods=methods.clone() device/> }.into_any()
        } else {
            view! { <p class="text-muted">{t(Conflict::PasskeysNeedName)}</p> }.into_any()
        };
        Some(view! { <List passkeys methods posts last_required_by/> {add} })
    };
    let codes = move || {
        let PasskeyAdded { recovery_codes } = posts.add.answer()?;
        (!recovery_codes.is_empty()).then(|| view! { <NewRecoveryCodes codes=recovery_codes/> })
    };
    view! {
        <p class="text-muted mb-6 mt-1">{t(PasskeysText::Purpose)}</p>
        <p class="without-code notice mb-6" role="note">{t(PasskeysText::NeedsCode)}</p>
        <Waiting on=known.progress rows=2/>
        <div class="flex flex-col gap-6">{codes} {shown}</div>
    }
    .into_any()
}

#[component]
fn List(passkeys: Vec<Passkey>, methods: FactorMethods, posts: Posts, last_required_by: Vec<String>) -> impl IntoView {
    if passkeys.is_empty() {
        return view! { <p>{t(PasskeysText::NoPasskeys)}</p> }.into_any();
    }
    let rows = passkeys.into_iter().map(|passkey| {
        view! { <Row passkey methods=methods.clone() posts last_required_by=last_required_by.clone()/> }
    });
    view! { <ul class="flex flex-col divide-y divide-base-300" aria-label=t(PasskeysText::Passkeys)>{rows.collect_view()}</ul> }
        .into_any()
}

#[component]
fn Row(passkey: Passkey, methods: FactorMethods, posts: Posts, last_required_by: Vec<String>) -> impl IntoView {
    let Passkey { id, name, created, last_used } = passkey;
    let created = view! { <Time moment=created/> }.into_any();
    let times = match last_used {
        None => t_with(PasskeysText::AddedAt, [created]),
        Some(at) => t_with(PasskeysText::AddedAndUsedAt, [created, view! { <Time moment=at/> }.into_any()]),
    };
    let is_last_required = !last_required_by.is_empty();
    let open = move |act| move |_| posts.open.set(Some(act));
    let form = {
        let name = name.clone();
        move || match posts.open.get()? {
            Act::Rename(one) if one == id => Some(view! { <Rename id name=name.clone() posts/> }.into_any()),
            Act::Remove(one) if one == id => {
                Some(view! { <Remove id name=name.clone() methods=methods.clone() posts/> }.into_any())
            }
            Act::Rename(_) | Act::Remove(_) => None,
        }
    };
    let required = is_last_required.then(|| {
        let text = t(PasskeysText::LastRequired { organisations: last_required_by });
        view! { <p class="text-muted text-xs">{text}</p> }
    });
    view! {
        <li class="flex flex-col gap-3 py-3">
            <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                <div class="min-w-0 grow">
                    <p class="truncate font-medium">{name}</p>
                    <p class="text-muted text-xs">{times}</p>
                </div>
                <button type="button" class="btn btn-sm needs-code" on:click=open(Act::Rename(id))>{t(PasskeysText::Rename)}</button>
                <button type="button" class="btn btn-ghost btn-sm text-error needs-code" class:hidden=is_last_required on:click=open(Act::Remove(id))>
                    {t(PasskeysText::Remove)}
                </button>
            </div>
            {required}
            {form}
        </li>
    }
    .into_any()
}

#[component]
fn Rename(id: PasskeyId, name: String, posts: Posts) -> impl IntoView {
    view! {
        <PostForm posting=posts.rename id="rename-passkey" check={check::<model::RenamePasskey>}>
            <input type="hidden" name="form[id]" value=id.to_string()/>
            <Field name="name" label=t(PasskeysText::Name) value=name required=true/>
            <p class="flex gap-2">
                <Submit posting=posts.rename label=t(ButtonText::Save) class="btn btn-primary btn-sm"/>
                <Cancel posts/>
            </p>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Remove(id: PasskeyId, name: String, methods: FactorMethods, posts: Posts) -> impl IntoView {
    view! {
        <section>
            <h3 class="mb-3 font-medium">{t(PasskeysText::RemoveQuestion { name })}</h3>
            <SendOwnCode id="remove-passkey-send-code" methods=methods.clone()/>
            <PostForm posting=posts.remove id="remove-passkey" check={check::<ConfirmIdentity>}>
                <input type="hidden" name="form[id]" value=id.to_string()/>
                <SecondProof methods/>
                <p class="flex gap-2">
                    <Submit posting=posts.remove label=t(PasskeysText::Remove) class="btn btn-error btn-sm"/>
                    <Cancel posts/>
                </p>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Cancel(posts: Posts) -> impl IntoView {
    view! { <button type="button" class="btn btn-sm" on:click=move |_| posts.open.set(None)>{t(ButtonText::Cancel)}</button> }
}

/// The reader shows who they are, the browser makes a passkey, and it is kept under a name that can be changed.
#[component]
fn Add(posts: Posts, methods: FactorMethods, device: Device) -> impl IntoView {
    let is_possible = RwSignal::new(None::<bool>);
    let is_not_made = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| is_possible.set(Some(crate::runtime::browser::has_passkeys())));
    let name = t(PasskeysText::SuggestedName(device)).into_owned();
    Effect::new(move |_| {
        let Some(options) = posts.begin.answer::<PasskeyOptions>() else { return };
        // It serves once.
        posts.begin.answer.set(None);
        is_not_made.set(false);
        let name = name.clone();
        leptos::task::spawn_local(async move {
            match make(options).await {
                Some(passkey) => posts.add.call(&AddPasskey { form: model::AddPasskey { name, passkey } }),
                None => {
                    is_not_made.try_set(true);
                }
            }
        });
    });
    let failed = move || posts.add.problem.get().map(|problem| view! { <Failure problem/> });
    view! {
        <section class="needs-code">
            <h3 class="mb-3 font-medium">{t(PasskeysText::Add)}</h3>
            <p class="text-muted" class:hidden=move || is_possible.get() != Some(false)>{t(PasskeysText::NeedsBrowser)}</p>
            <div class:hidden=move || is_possible.get() != Some(true)>
                <SendOwnCode id="add-passkey-send-code" methods=methods.clone()/>
                <PostForm posting=posts.begin id="add-passkey" check={check::<ConfirmIdentity>}>
                    <SecondProof methods/>
                    <p role="status" class="field-hint" class:hidden=move || !is_not_made.get()>
                        {move || is_not_made.get().then(|| t(PasskeysText::NotMade))}
                    </p>
                    {failed}
                    <Submit posting=posts.begin label=t(PasskeysText::Add) class="btn btn-primary self-start"/>
                </PostForm>
            </div>
        </section>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
async fn make(options: PasskeyOptions) -> Option<PasskeyAnswer> {
    crate::runtime::browser::make_passkey(options).await
}

#[cfg(not(feature = "hydrate"))]
fn make(_: PasskeyOptions) -> std::future::Ready<Option<PasskeyAnswer>> {
    std::future::ready(None)
}
