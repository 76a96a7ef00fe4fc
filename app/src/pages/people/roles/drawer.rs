use super::{built_in::BuiltInRole, roles_of};
use crate::{
    api::{DeleteRole, GetRole, RenameRole, SwitchRolePermission, switch_role_permission},
    components::{Confirm, Drawer, Editor, Field, Flipped, PermissionEditor, PostForm, Submit, Waiting, toggle_form},
    runtime::{Fetched, FormAction, Here, check, route_param, t},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    EndingInvitations, InvitationSender, Node, Permission, PermissionSet, Problem, Role, RoleDetails, RoleEntry,
    RoleForm, RoleId, RoleText, RoleUpdated, Topic,
};

/// One role: one of the organisation's own, or one that every organisation has.
#[component]
pub fn RoleDrawer() -> impl IntoView {
    let here = Here::expect();
    let role = route_param::<Role>("role");
    let built_in = Memo::new(move |_| role.get().filter(|role| !matches!(role, Role::Named(_))));
    view! {
        <Drawer label=t(RoleText::Label) back=Signal::derive(move || here.path_with_query("roles"))>
            {move || match built_in.get() {
                Some(role) => view! { <BuiltInRole role/> }.into_any(),
                None => view! { <OwnRole/> }.into_any(),
            }}
        </Drawer>
    }
    .into_any()
}

/// Its name, what it holds, and whom a change touches.
#[component]
fn OwnRole() -> impl IntoView {
    let here = Here::expect();
    let id = route_param("role");
    let known = Fetched::when(move || {
        here.live.follow(&[Topic::Roles, Topic::Members, Topic::Rights]);
        Some(GetRole { account: here.account.get(), role: id.get()? })
    });
    // Another role's drawer is another editor.
    let shown = Memo::new(move |_| match known.with(|known| known.map(|known| known.entry.role)) {
        Some(Role::Named(id)) => Some(id),
        _ => None,
    });
    view! {
        <div class="pe-10"><Waiting on=known.progress rows=3/></div>
        {move || shown.get().zip(untrack(|| known.get())).map(|(id, first)| view! { <Details known first id/> })}
    }
    .into_any()
}

#[component]
fn Details(known: Fetched<RoleDetails>, first: RoleDetails, id: RoleId) -> impl IntoView {
    let here = Here::expect();
    let ceiling = Signal::derive(move || known.with(|known| known.map_or(PermissionSet::EMPTY, |known| known.ceiling)));
    let editor = Editor::of(first.entry.role, first.entry.permissions, ceiling, None);
    editor.follow(move || known.with(|known| known.map(|known| (known.entry.role, known.entry.permissions))));
    let locked = Signal::derive(move || known.with(|known| known.and_then(|known| known.manage.err()).map(t)));
    let name = Memo::new(move |_| {
        known.with(|known| known.map_or_else(String::new, |known| t(&known.entry.name).into_owned()))
    });
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
        <PermissionEditor editor hint=|| t(RoleText::Hint) locked toggle=toggle_form(SwitchRolePermission::url(), fields, flip)/>
        <div class:hidden=move || locked.with(Option::is_some)>
            <Rename id name=t(first.entry.name).into_owned()/>
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
        let within = !here.is_root() && !here.may(Permission::RoleManage).get();
        t(RoleText::Holders { people: known.with(|known| known.map_or(0, |known| known.entry.members)), within })
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
            _ if !here.may(Permission::MemberRead).get() => Some(t(RoleText::NamesHidden)),
            more => Some(t(RoleText::MoreHolders(more))),
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
    let RoleUpdated { permissions, change, members } = answer?;
    let sentence = t(change);
    let more = t(RoleText::AppliedTo { people: members });
    Ok(Flipped { role, permissions, sentence, more })
}

#[component]
fn Rename(id: RoleId, name: String) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<RenameRole>().success_message(&RoleText::Renamed);
    view! {
        <PostForm posting id="rename-role" check={check::<RoleForm>} class="mb-6 flex items-end gap-2">
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <input type="hidden" name="role" value=id.to_string()/>
            <div class="grow"><Field name="name" label=t(RoleText::Name) value=name required=true/></div>
            <Submit posting label=t(RoleText::Rename) class="btn"/>
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
    let consequence = move || {
        let count = known.with(|known| known.and_then(|known| known.ending_with(instead.get()))).unwrap_or(0);
        t(RoleText::DeleteConsequence(EndingInvitations { count, sent: InvitationSender::BySeveral }))
    };
    let options = move || {
        let others = roles.get().unwrap_or_default().into_iter();
        let others = others.filter(|entry| entry.role != Role::Owner && entry.role != Role::Named(id));
        let option = |RoleEntry { role, name, .. }: RoleEntry| {
            view! { <option value=role.to_value() selected=role == Role::Viewer>{t(name)}</option> }
        };
        others.map(option).collect_view()
    };
    view! {
        <footer class="drawer-foot">
            <CloneAndCompare role=Role::Named(id)/>
            <Confirm id="delete-role" ask=t(RoleText::Delete) title=move || t(RoleText::DeleteQuestion { name: name.get() })
                consequence=consequence>
                <PostForm posting id="delete" class="flex items-center gap-2">
                    <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                    <input type="hidden" name="role" value=id.to_string()/>
                    <select class="select select-sm w-40" name="instead" aria-label=t(RoleText::Instead)
                        on:change:target=move |event| if let Ok(role) = event.target().value().parse() { instead.set(role) }>{options}</select>
                    <Submit posting label=t(RoleText::DeleteRole) class="btn btn-error btn-sm"/>
                </PostForm>
            </Confirm>
        </footer>
    }
    .into_any()
}

/// What begins with a role.
#[component]
pub fn CloneAndCompare(role: Role) -> impl IntoView {
    let here = Here::expect();
    let link = move |page: String, label: RoleText| {
        view! { <a class="btn btn-sm" href=move || here.path_with_query(&page) data-noscroll="">{t(label)}</a> }
    };
    let value = role.to_value();
    // Nothing begins as the owner's, of which there is one.
    let may_clone = move || role != Role::Owner && here.may(Permission::RoleManage).get();
    view! {
        <span class:hidden=move || !may_clone()>{link(format!("roles/new?like={value}"), RoleText::Clone)}</span>
        {link(format!("roles/compare?a={value}"), RoleText::Compare)}
    }
    .into_any()
}
