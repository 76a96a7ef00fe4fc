use crate::{
    api::{
        CreateAccount, DeleteAccount, GetAccount, ListAccountChoices, MoveAccount, PreviewAccountDelete,
        PreviewAccountMove, RenameAccount,
    },
    components::{Drawer, Field, PostForm, Submit, Waiting},
    runtime::{Fetched, FormAction, Here, check, route_param, t, t_with},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;
use model::{
    AccountChoice, AccountForm, AccountId, AccountMove, AccountMoveResult, AccountNode, AccountText, EndingInvitations,
    InvitationSender, NewAccountText, Permission, Text, Topic,
};

fn back() -> Signal<String> {
    let here = Here::expect();
    Signal::derive(move || here.path_with_query("accounts"))
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
fn to_act<S: ServerFn>(sentence: &'static (dyn Text + Sync)) -> FormAction {
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
    let posting = to_act::<CreateAccount>(&NewAccountText::Created);
    let below = use_query_map().with_untracked(|query| query.get("below").and_then(|id| id.parse().ok()));
    let below = below.unwrap_or_else(|| here.account.get_untracked());
    view! {
        <Drawer label=t(NewAccountText::Title) back=back()>
            <h2 class="mb-6 pe-10 text-base font-semibold">{t(NewAccountText::Title)}</h2>
            <PostForm posting id="new-account" check={check::<AccountForm>}>
                <Field name="name" label=t(NewAccountText::Name) required=true hint=t(NewAccountText::NameHint)/>
                <label class="field">
                    <span class="field-label">{t(NewAccountText::Parent)}</span>
                    <select class="select w-full" name="account">{options(here, below)}</select>
                    <span class="field-hint">{t(NewAccountText::ParentHint)}</span>
                </label>
                <Submit posting label=t(NewAccountText::Create) class="btn btn-primary mt-2"/>
            </PostForm>
        </Drawer>
    }
    .into_any()
}

/// One account: its name, its place, and what goes with it.
#[component]
pub fn AccountDrawer() -> impl IntoView {
    let here = Here::expect();
    let id = route_param("child");
    let node = Fetched::when(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        Some(GetAccount { account: here.account.get(), place: id.get()? })
    });
    let may = move |permission| here.permissions.with(|held| held.contains(permission));
    view! {
        <Drawer label=t(AccountText::Title) back=back()>
            <Waiting on=node.progress rows=3/>
            {move || node.get().map(|node| {
                let root = node.parent.is_none();
                // Nowhere below the account one is in is a place for that account itself.
                let stays = root || node.id == here.account.get();
                let node_id = node.id;
                view! {
                    <h2 class="mb-2 truncate pe-10 text-base font-semibold">{node.name.clone()}</h2>
                    <p class="mb-6 flex gap-2">
                        <a class="btn btn-sm" href=format!("/accounts/{node_id}")>{t(AccountText::Open)}</a>
                        <a class="btn btn-sm" class:hidden=!may(Permission::AccountCreate) href=move || here.path_with_query(&format!("accounts/new?below={node_id}")) data-noscroll="">{t(AccountText::AddBelow)}</a>
                    </p>
                    {(may(Permission::AccountUpdate) && !root).then(|| view! { <Rename node=node.clone()/> })}
                    {root.then(|| view! { <NamedAsOrganisation/> })}
                    {(may(Permission::AccountUpdate) && !stays).then(|| view! { <Move node=node.clone()/> })}
                    {(may(Permission::AccountDelete) && !root).then(|| view! { <Delete node=node.clone()/> })}
                }
            })}
        </Drawer>
    }
    .into_any()
}

#[component]
fn NamedAsOrganisation() -> impl IntoView {
    let here = Here::expect();
    let link = view! { <a class="link" href=move || here.path("organisation")>{t(AccountText::OrganisationPage)}</a> };
    view! { <p class="text-muted mb-8">{t_with(AccountText::NamedAsOrganisation, [link.into_any()])}</p> }.into_any()
}

#[component]
fn Rename(node: AccountNode) -> impl IntoView {
    let posting = to_act::<RenameAccount>(&AccountText::Renamed);
    view! {
        <PostForm posting id="rename-account" check={check::<AccountForm>} class="mb-8 flex items-end gap-2">
            <input type="hidden" name="account" value=node.id.to_string()/>
            <div class="grow"><Field name="name" label=t(AccountText::Name) value=node.name required=true/></div>
            <Submit posting label=t(AccountText::Rename) class="btn"/>
        </PostForm>
    }
    .into_any()
}

/// Moves the account; first says who gains and who loses what.
#[component]
fn Move(node: AccountNode) -> impl IntoView {
    let here = Here::expect();
    let posting = to_act::<MoveAccount>(&AccountText::Moved);
    let to = RwSignal::new(node.parent.unwrap_or(node.id));
    let account = node.id;
    let changes = move || node.parent != Some(to.get());
    view! {
        <PostForm posting id="move-account" class="mb-8 flex flex-col gap-3">
            <input type="hidden" name="account" value=account.to_string()/>
            <label class="field">
                <span class="field-label">{t(AccountText::Parent)}</span>
                <select class="select w-full" name="parent" on:change:target=move |event| if let Ok(place) = event.target().value().parse() { to.set(place) }>
                    {options(here, node.parent.unwrap_or(account))}
                </select>
            </label>
            {move || changes().then(|| view! { <MovePreview account to/> })}
            <Submit posting label=t(AccountText::Move) class="btn self-start"/>
        </PostForm>
    }
    .into_any()
}

#[component]
fn MovePreview(account: AccountId, to: RwSignal<AccountId>) -> impl IntoView {
    let effect = Fetched::of(move || PreviewAccountMove { account, parent: to.get() });
    let lines = |title: AccountText, people: Vec<AccountMoveResult>| {
        let line = |result: AccountMoveResult| view! { <li>{t(result)}</li> };
        (!people.is_empty()).then(|| view! {
            <p class="mt-2 font-medium">{t(title)}</p>
            <ul class="text-muted max-h-40 overflow-y-auto text-xs">{people.into_iter().map(line).collect_view()}</ul>
        })
    };
    view! {
        <div role="status">
            <Waiting on=effect.progress rows=1/>
            {move || effect.get().map(|AccountMove { gain, lose, invitations }| {
                let nobody = (gain.is_empty() && lose.is_empty()).then(|| t(AccountText::NobodyAffected));
                view! { <p class="text-muted">{nobody}</p> {lines(AccountText::WhoGains, gain)} {lines(AccountText::WhoLoses, lose)} <p class="mt-2">{t(EndingInvitations { count: invitations, sent: InvitationSender::BySeveral })}</p> }
            })}
        </div>
    }
    .into_any()
}

/// Deletes the account; first says what goes with it.
#[component]
fn Delete(node: AccountNode) -> impl IntoView {
    let posting = to_act::<DeleteAccount>(&AccountText::Deleted);
    let account = node.id;
    let contents = Fetched::of(move || PreviewAccountDelete { account });
    let goes = move || t(AccountText::DeleteConsequence { contents: contents.get().unwrap_or_default() });
    let full = move || contents.with(|contents| contents.is_some_and(|contents| !contents.is_empty()));
    view! {
        <section class="mt-auto border-t border-base-300 pt-4" aria-labelledby="delete-account">
            <h3 id="delete-account" class="font-medium">{t(AccountText::DeleteTitle { name: node.name.clone() })}</h3>
            <Waiting on=contents.progress rows=1/>
            <p class="text-muted mb-3 mt-1">{goes}</p>
            <PostForm posting id="delete-account-form" class="flex items-end gap-2">
                <input type="hidden" name="account" value=account.to_string()/>
                <div class="grow" class:hidden=move || !full()><Field name="name" label=t(AccountText::DeleteName { name: node.name })/></div>
                <Submit posting label=t(AccountText::Delete) class="btn btn-error"/>
            </PostForm>
        </section>
    }
    .into_any()
}
