use super::{
    new_secret::NewSecret,
    role_copy::{role_copies, role_options},
};
use crate::{
    api::{CreateApiKey, GetNewKeyStart},
    components::{
        Drawer, Field, FieldBinding, FormState, Glyph, Icon, PermissionTree, PostForm, Submit, ToggleForm, Waiting,
    },
    runtime::{Fetched, FormAction, Here, check, t},
};
use leptos::prelude::*;
use model::{ApiKeyForm, KEY_DAYS, NewApiKey, NewKeyStart, NewKeyText, Node, PermissionSet, Role, Topic};
use std::sync::Arc;

/// Makes a key: what it is for, how long it lasts, and what it may do.
#[component]
pub fn NewKey() -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<CreateApiKey>().answered();
    let start = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        GetNewKeyStart { account: here.account.get() }
    });
    // A post that fails, and a policy that changes, leave what was chosen.
    let minted = Memo::new(move |_| posting.answer::<NewApiKey>());
    let start_known = Memo::new(move |_| start.get());
    let chosen = RwSignal::new(None);
    view! {
        <Drawer label=t(NewKeyText::Title) back=Signal::derive(move || here.path_with_query("api-keys"))>
            <h2 class="mb-6 pe-10 text-base font-semibold">{t(NewKeyText::Title)}</h2>
            <Waiting on=start.progress rows=3/>
            {move || match minted.get() {
                Some(key) => view! { <NewSecret key account=here.account.get_untracked()/> }.into_any(),
                None => start_known.get().map(|start| view! { <Choices posting start chosen/> }).into_any(),
            }}
        </Drawer>
    }
    .into_any()
}

#[component]
fn Choices(
    posting: FormAction,
    start: NewKeyStart,
    /// What was chosen, once something was.
    chosen: RwSignal<Option<PermissionSet>>,
) -> impl IntoView {
    let here = Here::expect();
    let held = Signal::derive(move || chosen.get().unwrap_or(start.permissions));
    let own = Signal::derive(move || here.permissions.get().intersection(PermissionSet::reach(here.is_root())));
    let summary = move || {
        t(match held.get() {
            PermissionSet::EMPTY => NewKeyText::StartsEmpty,
            all if all == own.get() => NewKeyText::StartsWithAll { all: all.len() },
            some => NewKeyText::StartsWithSome { some: some.len(), all: own.get().len() },
        })
    };
    let is_all = move || !own.get().is_empty() && held.get() == own.get();
    let option = |days: u16| view! { <option value=days.to_string()>{t(NewKeyText::ExpiresIn { days })}</option> };
    view! {
        <PostForm posting id="new-key" check={check::<ApiKeyForm>}>
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <input type="hidden" name="form[permissions]" value=move || held.get().to_string()/>
            <Field name="name" label=t(NewKeyText::Name) required=true hint=t(NewKeyText::NameHint)/>
            <label class="field">
                <span class="field-label">{t(NewKeyText::Expires)}</span>
                <select class="select w-full" name="form[days]">{KEY_DAYS.map(option).collect_view()}</select>
            </label>
            <StartWith start chosen own/>
            <div role="status" class="notice" class:notice-warning=is_all>
                <Glyph icon=Icon::KeyRound class="size-5 text-muted"/>
                <p class="grow">
                    {summary}
                    <span class="text-muted" class:hidden=move || !is_all()>" " {t(NewKeyText::MostNeedFewer)}</span>
                </p>
            </div>
            <Submit posting label=t(NewKeyText::Create) class="btn btn-primary"/>
        </PostForm>
        <Permissions held chosen own/>
    }
    .into_any()
}

/// Fills the toggles. Without the page's code there are none, and what is chosen here is posted itself.
#[component]
fn StartWith(start: NewKeyStart, chosen: RwSignal<Option<PermissionSet>>, own: Signal<PermissionSet>) -> impl IntoView {
    let by_policy = if start.is_all { Role::Owner } else { Role::Custom };
    let FieldBinding { id, posted, value } = expect_context::<FormState>().named("like", by_policy.to_value());
    let (copies, picked, has_code) = (role_copies(), RwSignal::new(value), RwSignal::new(false));
    Effect::new(move |_| has_code.set(true));
    let name = move || (!has_code.get()).then(|| posted.clone());
    let pick = move |value: String| {
        let copy = copies.with_untracked(|copies| copies.iter().find(|copy| copy.role.to_value() == value).cloned());
        if let Some(copy) = copy {
            chosen.set(Some(copy.permissions.intersection(own.get_untracked())));
        }
        picked.set(value);
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{t(NewKeyText::StartWith)}</label>
            <select id=id name=name class="select w-full" on:change:target=move |event| pick(event.target().value())>
                {move || role_options(copies, &picked.get_untracked())}
            </select>
        </div>
    }
    .into_any()
}

/// The permission tree; what is chosen goes with the form.
#[component]
fn Permissions(
    held: Signal<PermissionSet>,
    chosen: RwSignal<Option<PermissionSet>>,
    own: Signal<PermissionSet>,
) -> impl IntoView {
    let (search, latest) = (RwSignal::new(String::new()), RwSignal::new(None));
    let toggle: ToggleForm = Arc::new(move |node: &'static Node, whole: Signal<bool>, button: AnyView| {
        let flip = move |_| {
            let touched = node.leaves().intersection(own.get_untracked());
            let on = !whole.get_untracked();
            latest.set(Some(node.path));
            let before = held.get_untracked();
            chosen.set(Some(if on { before.union(touched) } else { before.without(touched) }));
        };
        view! { <span on:click=flip>{button}</span> }.into_any()
    });
    view! {
        <section class="needs-code mt-6" aria-labelledby="key-permissions">
            <div class="mb-2 flex items-center gap-3">
                <h3 id="key-permissions" class="grow font-medium">{t(NewKeyText::Permissions)}</h3>
                <input class="input input-sm w-36" type="search" placeholder=t(NewKeyText::Find) aria-label=t(NewKeyText::FindPermission) on:input:target=move |event| search.set(event.target().value())/>
            </div>
            <PermissionTree held ceiling=own locked=Signal::derive(|| None) search=search.into() latest=latest.into() toggle/>
        </section>
    }
    .into_any()
}
