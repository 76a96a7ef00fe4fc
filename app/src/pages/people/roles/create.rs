use super::roles_of;
use crate::{
    api::CreateRole,
    components::{Drawer, Field, PostForm, Submit},
    runtime::{FormAction, Here, check, t},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{NewRoleText, Role, RoleEntry, RoleForm};

/// Makes a role, which begins with what another one holds.
#[component]
pub fn NewRole() -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<CreateRole>();
    let roles = roles_of(here);
    let like = use_query_map().with_untracked(|query| query.get("like").unwrap_or_default());
    let options = move || {
        let option = |RoleEntry { role, name, permissions, .. }: RoleEntry| {
            let reach = permissions.is_subset(here.permissions.get());
            let value = role.to_value();
            let selected = value == like;
            view! { <option value=value selected=selected disabled=!reach>{t(name)}</option> }
        };
        let others = roles.get().unwrap_or_default().into_iter().filter(|entry| entry.role != Role::Owner);
        others.map(option).collect_view()
    };
    view! {
        <Drawer label=t(NewRoleText::Title) back=Signal::derive(move || here.path_with_query("roles"))>
            <h2 class="mb-6 pe-10 text-base font-semibold">{t(NewRoleText::Title)}</h2>
            <PostForm posting id="new-role" check={check::<RoleForm>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Field name="name" label=t(NewRoleText::Name) required=true hint=t(NewRoleText::NameHint)/>
                <label class="field">
                    <span class="field-label">{t(NewRoleText::CopyFrom)}</span>
                    <select class="select w-full" name="form[like]">
                        <option value="custom">{t(NewRoleText::CopyNothing)}</option>
                        {options}
                    </select>
                </label>
                <Submit posting label=t(NewRoleText::Create) class="btn btn-primary mt-2"/>
            </PostForm>
        </Drawer>
    }
    .into_any()
}
