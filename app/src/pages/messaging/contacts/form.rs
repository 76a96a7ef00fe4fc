use crate::{
    NO_CONTACT,
    api::{CreateContact, DeleteContact, GetContact, TagContact, UpdateContact},
    components::{Confirm, Drawer, Field, PostForm, Submit, Waiting},
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{Contact, ContactForm, ContactId, Permission, PermissionSet, PersonalDetails, TagForm, Topic};

fn back() -> Signal<String> {
    let here = Here::expect();
    Signal::derive(move || here.path("contacts"))
}

#[component]
fn DrawerTitle(#[prop(into)] title: String) -> impl IntoView {
    view! { <h2 class="mb-6 pe-10 text-base font-semibold">{title}</h2> }
}

#[component]
pub fn NewContact() -> impl IntoView {
    let here = Here::expect();
    // The redirect of the server function closes the drawer.
    let posting = FormAction::to::<CreateContact>().success_message("The contact is added.");
    view! {
        <Drawer label="Add a contact" back=back()>
            <DrawerTitle title="Add a contact"/>
            <PostForm posting id="new-contact" check={check::<ContactForm>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <PersonalFields name=String::new() mobile=String::new() email=String::new()/>
                <TagsField tags=Vec::new()/>
                <Submit posting label="Add the contact" class="btn btn-primary mt-2"/>
            </PostForm>
        </Drawer>
    }
    .into_any()
}

#[component]
fn PersonalFields(name: String, mobile: String, email: String) -> impl IntoView {
    view! {
        <Field name="name" label="Name" value=name required=true/>
        <Field name="mobile" label="Mobile" kind="tel" value=mobile hint="With the country code, such as +27 82 555 0100."/>
        <Field name="email" label="E-mail" kind="email" value=email/>
    }
    .into_any()
}

#[component]
fn TagsField(tags: Vec<String>) -> impl IntoView {
    view! { <Field name="tags" label="Tags" value=tags.join(", ") hint="With commas between, such as vip, cape town."/> }
}

#[component]
pub fn EditContact() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("contact").and_then(|id| id.parse().ok()).unwrap_or(NO_CONTACT))
    });
    let contact = Fetched::of(move || {
        here.live.follow(&[Topic::Rights]);
        GetContact { account: here.account.get(), contact: id.get() }
    });
    // What is typed stays as long as nothing of this is another.
    let shown = Memo::new(move |_| {
        let Contact { id: _, personal, tags, created: _ } = contact.get()?;
        Some((personal, tags))
    });
    let held = Memo::new(move |_| here.permissions.get().intersection("contact.update contact.delete".into()));
    view! {
        <Drawer label="Contact" back=back()>
            <div class="pe-10"><Waiting on=contact.progress rows=3/></div>
            {move || shown.get().map(|(personal, tags)| view! { <Edit id=id.get_untracked() personal tags held=held.get()/> })}
        </Drawer>
    }
    .into_any()
}

#[component]
fn Edit(id: ContactId, personal: Option<PersonalDetails>, tags: Vec<String>, held: PermissionSet) -> impl IntoView {
    let here = Here::expect();
    let hidden = move || {
        view! {
            <input type="hidden" name="account" value=here.account.get().to_string()/>
            <input type="hidden" name="contact" value=id.to_string()/>
        }
    };
    let title = personal.as_ref().map_or_else(|| "Contact".to_owned(), |personal| personal.name.clone());
    let form = match personal {
        Some(personal) if held.contains(Permission::ContactUpdateDetails) => {
            // The redirect of the server function closes the drawer.
            let posting = FormAction::to::<UpdateContact>().success_message("The contact is saved.");
            view! {
                <PostForm posting id="contact" check={check::<ContactForm>}>
                    {hidden()}
                    <PersonalFields name=personal.name mobile=personal.mobile email=personal.email/>
                    <TagsField tags/>
                    <Submit posting label="Save" class="btn btn-primary mt-2"/>
                </PostForm>
            }
            .into_any()
        }
        _ if held.contains(Permission::ContactUpdateTags) => {
            // The redirect of the server function closes the drawer.
            let posting = FormAction::to::<TagContact>().success_message("The tags are saved.");
            view! {
                <PostForm posting id="contact" check={check::<TagForm>}>
                    {hidden()}
                    <TagsField tags/>
                    <Submit posting label="Save the tags" class="btn btn-primary mt-2"/>
                </PostForm>
            }
            .into_any()
        }
        _ => view! { <p class="text-muted">"You may not change this contact."</p> }.into_any(),
    };
    let delete = held.contains(Permission::ContactDelete).then(|| {
        // The redirect of the server function closes the drawer.
        let posting = FormAction::to::<DeleteContact>().success_message("The contact is deleted.");
        view! {
            <footer class="drawer-foot">
                <Confirm id="delete-contact" ask="Delete" title="Delete this contact?".to_owned().into()
                    consequence="The contact and its tags are gone for everyone. This cannot be undone.".to_owned().into()>
                    <PostForm posting id="delete" class="">
                        {hidden()}
                        <Submit posting label="Delete the contact" class="btn btn-error btn-sm"/>
                    </PostForm>
                </Confirm>
            </footer>
        }
    });
    view! {
        <DrawerTitle title/>
        {form}
        {delete}
    }
    .into_any()
}
