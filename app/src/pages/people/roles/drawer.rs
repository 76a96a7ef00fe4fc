use super::roles_of;
use crate::{
    NO_ROLE,
    api::{DeleteRole, GetRole, RenameRole, SwitchRolePermission, switch_role_permission},
    components::{Confirm, Drawer, Editor, Field, Flipped, PermissionEditor, PostForm, Submit, Waiting, toggle_form},
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{
    InvitationSender, Node, Permission, PermissionSet, Problem, Role, RoleDetails, RoleEntry, RoleForm, RoleId,
    RoleUpdated, Topic, ending_invitations, sentences,
};

/// One role: its name, what it holds, and whom a change touches.
#[component]
pub fn RoleDrawer() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("role").and_then(|id| id.parse().ok()).unwrap_or(NO_ROLE)));
    let known = Fetched::of(move || {
        here.live.follow(&[Topic::Roles, Topic::Members, Topic::Rights]);
        GetRole { account: here.account.get(), role: id.get() }
    });
    // Another role's drawer is another editor.
    let shown = Memo::new(move |_| known.with(|known| known.map(|known| known.entry.role)));
    view! {
        <Drawer label="Role" back=Signal::derive(move || here.path("roles"))>
            <div class="pe-10"><Waiting on=known.progress rows=3/></div>
            {move || shown.get().and_then(|_| untrack(|| known.get())).map(|first| view! { <Details known first id=id.get_untracked()/> })}
        </Drawer>
    }
    .into_any()
}

#[component]
fn Details(known: Fetched<RoleDetails>, first: RoleDetails, id: RoleId) -> impl IntoView {
    let here = Here::expect();
    let ceiling = Signal::derive(move || known.with(|known| known.map_or(PermissionSet::EMPTY, |known| known.ceiling)));
    let editor = Editor::of(first.entry.role, first.entry.permissions, ceiling, None);
    editor.follow(move || known.with(|known| known.map(|known| (known.entry.role, known.entry.permissions))));
    let locked = Signal::derive(move || {
        known.with(|known| known.and_then(|known| known.manage.err()).map(|refusal| refusal.sentence().to_owned()))
    });
    let name = Memo::new(move |_| known.with(|known| known.map_or_else(String::new, |known| known.entry.name.clone())));
    let account = here.account.get_untracked();
    let flip = move |node: &'static Node, on| {
        let (role, answer) = (Role::Named(id), switch_role_permission(account, id, node.path.to_owned(), on));
        editor.switch(node, on, role, async move { flipped(role, answer.await) });
    };
    let fields = [("account", account.to_string()), ("role", id.to_string())];
    view! {
        <header class="mb-4 pe-10">
            <h2 class="truncate text-base font-semibold">{name}</h2>
            <Holders known/>
        </header>
        <PermissionEditor editor hint="Every flip reaches everyone with this role at once.".to_owned() locked toggle=toggle_form(SwitchRolePermission::url(), fields, flip)/>
        <div class:hidden=move || locked.with(Option::is_some)>
            <Rename id name=first.entry.name/>
            <Delete known id name/>
        </div>
    }
    .into_any()
}

/// Whom a change of the role touches.
#[component]
fn Holders(known: Fetched<RoleDetails>) -> impl IntoView {
    let here = Here::expect();
    let count = move || {
        // Who manages roles is told of everyone, wherever they are.
        let here_alone = !here.is_root() && !here.may(Permission::RoleManage).get();
        let place = if here_alone { " here or below" } else { "" };
        match known.with(|known| known.map_or(0, |known| known.entry.members)) {
            0 => format!("Nobody{place} has this role"),
            1 => format!("1 person{place} has this role"),
            many => format!("{many} people{place} have this role"),
        }
    };
    let names = move || {
        let holders = known.with(|known| known.map(|known| known.holders.clone())).unwrap_or_default();
        let link = |(id, name)| view! { <li><a class="link" href=here.path(&format!("members/{id}"))>{name}</a></li> };
        holders.into_iter().map(link).collect_view()
    };
    let rest = move || {
        let more =
            known.with(|known| known.map_or(0, |known| known.entry.members.saturating_sub(known.holders.len() as u64)));
        match more {
            0 => None,
            _ if !here.may(Permission::MemberRead).get() => {
                Some("Their names are for those who may see members.".to_owned())
            }
            more => Some(format!("and {more} more")),
        }
    };
    view! {
        <details class="text-muted text-xs">
            <summary>{count}</summary>
            <ul class="mt-1 max-h-40 overflow-y-auto ps-3">{names}</ul>
            <p class="ps-3">{rest}</p>
        </details>
    }
    .into_any()
}

fn flipped(role: Role, answer: Result<RoleUpdated, Problem>) -> Result<Flipped, Problem> {
    let RoleUpdated { permissions, sentence, members } = answer?;
    let more = match members {
        0 => "Nobody has the role yet.".to_owned(),
        1 => "In force for 1 person.".to_owned(),
        many => format!("In force for {many} people."),
    };
    Ok(Flipped { role, permissions, sentence, more })
}

#[component]
fn Rename(id: RoleId, name: String) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<RenameRole>().success_message("The role has its new name.");
    view! {
        <PostForm posting id="rename-role" check={check::<RoleForm>} class="mb-6 flex items-end gap-2">
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <input type="hidden" name="role" value=id.to_string()/>
            <div class="grow"><Field name="name" label="Name" value=name required=true/></div>
            <Submit posting label="Rename" class="btn"/>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Delete(known: Fetched<RoleDetails>, id: RoleId, name: Memo<String>) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<DeleteRole>();
    let roles = roles_of(here);
    let instead = RwSignal::new(Role::Viewer);
    let consequence = Signal::derive(move || {
        let at_once = "Everyone who has it, or is invited with it, gets the role below instead, at once.".to_owned();
        let ending = known.with(|known| known.and_then(|known| known.ending_with(instead.get())));
        sentences(at_once, ending_invitations(ending.unwrap_or(0), InvitationSender::BySeveral))
    });
    let options = move || {
        let others = roles.get().unwrap_or_default().into_iter();
        let others = others.filter(|entry| entry.role != Role::Owner && entry.role != Role::Named(id));
        let option = |RoleEntry { role, name, .. }: RoleEntry| {
            view! { <option value=role.to_value() selected=role == Role::Viewer>{name}</option> }
        };
        others.map(option).collect_view()
    };
    view! {
        <footer class="drawer-foot">
            <a class="btn btn-sm" href=move || here.path(&format!("roles/new?like={id}"))>"Clone"</a>
            <a class="btn btn-sm" href=move || here.path(&format!("roles/compare?a={id}"))>"Compare"</a>
            <Confirm id="delete-role" ask="Delete" title=Signal::derive(move || format!("Delete the role {}?", name.get()))
                consequence=consequence>
                <PostForm posting id="delete" class="flex items-center gap-2">
                    <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                    <input type="hidden" name="role" value=id.to_string()/>
                    <select class="select select-sm w-40" name="instead" aria-label="Role instead"
                        on:change:target=move |event| if let Ok(role) = event.target().value().parse() { instead.set(role) }>{options}</select>
                    <Submit posting label="Delete the role" class="btn btn-error btn-sm"/>
                </PostForm>
            </Confirm>
        </footer>
    }
    .into_any()
}
