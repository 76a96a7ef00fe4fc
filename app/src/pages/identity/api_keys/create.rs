use super::new_secret::NewSecret;
use crate::{
    api::{CreateApiKey, GetNewKeyStart},
    components::{Drawer, Field, Glyph, Icon, PermissionTree, PostForm, Submit, ToggleForm, Waiting},
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::prelude::*;
use model::{ApiKeyForm, KEY_DAYS, NewApiKey, NewKeyStart, Node, PermissionSet, Topic, days};
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
        <Drawer label="New key" back=Signal::derive(move || here.path("api-keys"))>
            <h2 class="mb-6 pe-10 text-base font-semibold">"New API key"</h2>
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
    let summary = move || match held.get() {
        PermissionSet::EMPTY => "It begins with nothing: switch on what the work needs.".to_owned(),
        all if all == own.get() => format!("It begins with all that you may: {} permissions.", all.len()),
        some => format!("It begins with {} of the {} permissions that you hold.", some.len(), own.get().len()),
    };
    let is_all = move || !own.get().is_empty() && held.get() == own.get();
    let option = |number: u16| {
        let label = if number == 0 { "Until it is revoked".to_owned() } else { days(number) };
        view! { <option value=number.to_string()>{label}</option> }
    };
    view! {
        <PostForm posting id="new-key" check={check::<ApiKeyForm>}>
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <input type="hidden" name="form[permissions]" value=move || held.get().to_string()/>
            <Field name="name" label="Name" required=true hint="Which program uses it, such as Web shop."/>
            <label class="field">
                <span class="field-label">"How long it lasts"</span>
                <select class="select w-full" name="form[days]">{KEY_DAYS.map(option).collect_view()}</select>
            </label>
            <div role="status" class="notice" class:notice-warning=is_all>
                <Glyph icon=Icon::KeyRound class="size-5 text-muted"/>
                <p class="grow">
                    {summary}
                    <span class="text-muted" class:hidden=move || !is_all()>" Most programs need far less."</span>
                </p>
            </div>
            <div class="needs-code flex gap-2">
                <button type="button" class="btn btn-sm" on:click=move |_| chosen.set(Some(PermissionSet::EMPTY))>"Nothing"</button>
                <button type="button" class="btn btn-sm" on:click=move |_| chosen.set(Some(own.get_untracked()))>"All that I may"</button>
            </div>
            <Submit posting label="Make the key" class="btn btn-primary"/>
        </PostForm>
        <Permissions held chosen own/>
    }
    .into_any()
}

/// The permission tree; what is chosen goes with the form. Without the page's code a key begins as the policy says.
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
                <h3 id="key-permissions" class="grow font-medium">"What it may do"</h3>
                <input class="input input-sm w-36" type="search" placeholder="Find" aria-label="Find a permission" on:input:target=move |event| search.set(event.target().value())/>
            </div>
            <PermissionTree held ceiling=own locked=Signal::derive(|| None::<String>) search=search.into() latest=latest.into() toggle/>
        </section>
    }
    .into_any()
}
