use crate::{
    NO_ACCOUNT,
    api::{
        CreateAccount, DeleteAccount, GetAccount, ListAccountChoices, MoveAccount, PreviewAccountDelete,
        PreviewAccountMove, RenameAccount,
    },
    components::{Drawer, Field, PostForm, Submit, Waiting},
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    AccountChoice, AccountContents, AccountForm, AccountId, AccountMove, AccountMoveResult, AccountNode,
    InvitationSender, Permission, Topic, ending_invitations,
};

fn back() -> Signal<String> {
    let here = Here::expect();
    Signal::derive(move || here.path("accounts"))
}

/// The accounts here and below, for those who choose one.
fn options(here: Here, chosen: AccountId) -> impl Fn() -> AnyView + Send + Clone {
    let places = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        ListAccountChoices { account: here.account.get() }
    });
    move || {
        let option = |AccountChoice { id, name, depth }: AccountChoice| {
            let name = format!("{}{name}", "– ".repeat(usize::from(depth)));
            view! { <option value=id.to_string() selected=id == chosen>{name}</option> }
        };
        places.get().unwrap_or_default().into_iter().map(option).collect_view().into_any()
    }
}

/// The way of a form that says so when its act went well, and goes back to the list.
fn to_act<S: ServerFn>(sentence: &'static str) -> FormAction {
    let (navigate, back) = (leptos_router::hooks::use_navigate(), back());
    let posting = FormAction::to::<S>().success_message(sentence);
    Effect::new(move |_| {
        if posting.succeeded() {
            navigate(&back.get_untracked(), leptos_router::NavigateOptions::default());
        }
    });
    posting
}

/// Makes an account below another.
#[component]
pub fn NewAccount() -> impl IntoView {
    let here = Here::expect();
    let posting = to_act::<CreateAccount>("The account is there.");
    let below = use_query_map().with_untracked(|query| query.get("below").and_then(|id| id.parse().ok()));
    let below = below.unwrap_or_else(|| here.account.get_untracked());
    view! {
        <Drawer label="New account" back=back()>
            <h2 class="mb-6 pe-10 text-base font-semibold">"New account"</h2>
            <PostForm posting id="new-account" check={check::<AccountForm>}>
                <Field name="name" label="Name" required=true hint="Such as a region, a shop or a brand."/>
                <label class="field">
                    <span class="field-label">"Below"</span>
                    <select class="select w-full" name="account">{options(here, below)}</select>
                    <span class="field-hint">"Members of the account above may work in the new one too."</span>
                </label>
                <Submit posting label="Create the account" class="btn btn-primary mt-2"/>
            </PostForm>
        </Drawer>
    }
    .into_any()
}

/// One account: its name, its place, and what goes with it.
#[component]
pub fn AccountDrawer() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("place").and_then(|id| id.parse().ok()).unwrap_or(NO_ACCOUNT))
    });
    let node = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        GetAccount { account: here.account.get(), place: id.get() }
    });
    let may = move |permission| here.permissions.with(|held| held.contains(permission));
    view! {
        <Drawer label="Account" back=back()>
            <Waiting on=node.progress rows=3/>
            {move || node.get().map(|node| {
                let root = node.parent.is_none();
                // Nowhere below the account one is in is a place for that account itself.
                let stays = root || node.id == here.account.get();
                let node_id = node.id;
                view! {
                    <h2 class="mb-2 truncate pe-10 text-base font-semibold">{node.name.clone()}</h2>
                    <p class="mb-6 flex gap-2">
                        <a class="btn btn-sm" href=format!("/accounts/{node_id}")>"Enter"</a>
                        <a class="btn btn-sm" class:hidden=!may(Permission::AccountCreate) href=here.path(&format!("accounts/new?below={node_id}"))>"New account below"</a>
                    </p>
                    {may(Permission::AccountUpdate).then(|| view! { <Rename node=node.clone()/> })}
                    {(may(Permission::AccountUpdate) && !stays).then(|| view! { <Move node=node.clone()/> })}
                    {(may(Permission::AccountDelete) && !root).then(|| view! { <Delete node=node.clone()/> })}
                }
            })}
        </Drawer>
    }
    .into_any()
}

#[component]
fn Rename(node: AccountNode) -> impl IntoView {
    let posting = to_act::<RenameAccount>("The account has its new name.");
    view! {
        <PostForm posting id="rename-account" check={check::<AccountForm>} class="mb-8 flex items-end gap-2">
            <input type="hidden" name="account" value=node.id.to_string()/>
            <div class="grow"><Field name="name" label="Name" value=node.name required=true/></div>
            <Submit posting label="Rename" class="btn"/>
        </PostForm>
    }
    .into_any()
}

/// Moves the account; first says who gains and who loses what.
#[component]
fn Move(node: AccountNode) -> impl IntoView {
    let here = Here::expect();
    let posting = to_act::<MoveAccount>("The account has moved.");
    let to = RwSignal::new(node.parent.unwrap_or(node.id));
    let account = node.id;
    let changes = move || node.parent != Some(to.get());
    view! {
        <PostForm posting id="move-account" class="mb-8 flex flex-col gap-3">
            <input type="hidden" name="account" value=account.to_string()/>
            <label class="field">
                <span class="field-label">"Lies below"</span>
                <select class="select w-full" name="parent" on:change:target=move |event| if let Ok(place) = event.target().value().parse() { to.set(place) }>
                    {options(here, node.parent.unwrap_or(account))}
                </select>
            </label>
            {move || changes().then(|| view! { <MovePreview account to/> })}
            <Submit posting label="Move" class="btn self-start"/>
        </PostForm>
    }
    .into_any()
}

#[component]
fn MovePreview(account: AccountId, to: RwSignal<AccountId>) -> impl IntoView {
    let effect = Fetched::of(move || PreviewAccountMove { account, parent: to.get() });
    let lines = |title: &'static str, people: Vec<AccountMoveResult>| {
        let line = |AccountMoveResult { name, ways, change }: AccountMoveResult| view! { <li>{format!("{name}: {}. {change}", ways.join(" and "))}</li> };
        (!people.is_empty()).then(|| view! {
            <p class="mt-2 font-medium">{title}</p>
            <ul class="text-muted max-h-40 overflow-y-auto text-xs">{people.into_iter().map(line).collect_view()}</ul>
        })
    };
    view! {
        <div role="status">
            <Waiting on=effect.progress rows=1/>
            {move || effect.get().map(|AccountMove { gain, lose, invitations }| {
                let nobody = (gain.is_empty() && lose.is_empty()).then_some("Nobody gains or loses anything.");
                view! { <p class="text-muted">{nobody}</p> {lines("Who gains", gain)} {lines("Who loses", lose)} <p class="mt-2">{ending_invitations(invitations, InvitationSender::BySeveral)}</p> }
            })}
        </div>
    }
    .into_any()
}

/// Deletes the account; first says what goes with it.
#[component]
fn Delete(node: AccountNode) -> impl IntoView {
    let posting = to_act::<DeleteAccount>("The account is deleted.");
    let account = node.id;
    let contents = Fetched::of(move || PreviewAccountDelete { account });
    let count = |count: u64, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let goes = move || {
        let AccountContents { accounts, members, invitations, contacts, api_keys, campaigns } =
            contents.get().unwrap_or_default();
        let parts = [
            count(accounts, "account below it", "accounts below it"),
            count(members, "person loses access", "people lose access"),
            count(invitations, "open invitation", "open invitations"),
            count(contacts, "contact", "contacts"),
            count(campaigns, "campaign", "campaigns"),
            count(api_keys, "API key", "API keys"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            "It is empty.".to_owned()
        } else {
            format!("With it go: {}. This cannot be undone.", parts.join(", "))
        }
    };
    let full = move || contents.with(|contents| contents.is_some_and(|contents| !contents.is_empty()));
    view! {
        <section class="mt-auto border-t border-base-300 pt-4" aria-labelledby="delete-account">
            <h3 id="delete-account" class="font-medium">{format!("Delete {}", node.name)}</h3>
            <Waiting on=contents.progress rows=1/>
            <p class="text-muted mb-3 mt-1">{goes}</p>
            <PostForm posting id="delete-account-form" class="flex items-end gap-2">
                <input type="hidden" name="account" value=account.to_string()/>
                <div class="grow" class:hidden=move || !full()><Field name="name" label="Type its name to delete it"/></div>
                <Submit posting label="Delete" class="btn btn-error"/>
            </PostForm>
        </section>
    }
    .into_any()
}
