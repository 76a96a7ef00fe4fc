use super::roles_of;
use crate::{
    api::CreateRole,
    components::{Drawer, Field, PostForm, Submit},
    runtime::{FormAction, Here, check},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Role, RoleEntry, RoleForm};

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
            view! { <option value=value selected=selected disabled=!reach>{name}</option> }
        };
        let others = roles.get().unwrap_or_default().into_iter().filter(|entry| entry.role != Role::Owner);
        others.map(option).collect_view()
    };
    view! {
        <Drawer label="New role" back=Signal::derive(move || here.path("roles"))>
            <h2 class="mb-6 pe-10 text-base font-semibold">"New role"</h2>
            <PostForm posting id="new-role" check={check::<RoleForm>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Field name="name" label="Name" required=true hint="What people with it do, such as Marketing manager."/>
                <label class="field">
                    <span class="field-label">"Begins with what this role holds"</span>
                    <select class="select w-full" name="form[like]">
                        <option value="custom">"Nothing"</option>
                        {options}
                    </select>
                </label>
                <Submit posting label="Create the role" class="btn btn-primary mt-2"/>
            </PostForm>
        </Drawer>
    }
    .into_any()
}
