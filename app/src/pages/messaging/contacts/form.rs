use crate::{
    api::{CreateContact, DeleteContact, GetContact, TagContact, UpdateContact},
    components::{Confirm, Drawer, EditConflict, Field, FieldConflict, PostForm, Submit, Waiting, differences},
    runtime::{Fetched, FormAction, Here, check, form_source, posted, route_param, t},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{ButtonText, Contact, ContactForm, ContactText, Form, Permission, PermissionSet, TagForm, Topic, tag_list};
use std::borrow::Cow;

fn back() -> Signal<String> {
    let here = Here::expect();
    Signal::derive(move || here.path_with_query("contacts"))
}

#[component]
fn DrawerTitle(title: Cow<'static, str>) -> impl IntoView {
    view! { <h2 class="mb-6 pe-10 text-base font-semibold">{title}</h2> }
}

#[component]
pub fn NewContact() -> impl IntoView {
    let here = Here::expect();
    // The redirect of the server function closes the drawer.
    let posting = FormAction::to::<CreateContact>().success_message(&ContactText::Added);
    view! {
        <Drawer label=t(ContactText::NewTitle) back=back()>
            <DrawerTitle title=t(ContactText::NewTitle)/>
            <PostForm posting id="new-contact" check={check::<ContactForm>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <PersonalFields name=String::new() mobile=String::new() email=String::new()/>
                <TagsField tags=Vec::new()/>
                <Submit posting label=t(ContactText::Add) class="btn btn-primary mt-2"/>
            </PostForm>
        </Drawer>
    }
    .into_any()
}

#[component]
fn PersonalFields(name: String, mobile: String, email: String) -> impl IntoView {
    view! {
        <Field name="name" label=t(ContactText::Name) value=name required=true/>
        <Field name="mobile" label=t(ContactText::Mobile) kind="tel" value=mobile hint=t(ContactText::MobileHint)/>
        <Field name="email" label=t(ContactText::Email) kind="email" value=email/>
    }
    .into_any()
}

#[component]
fn TagsField(tags: Vec<String>) -> impl IntoView {
    view! { <Field name="tags" label=t(ContactText::Tags) value=tags.join(", ") hint=t(ContactText::TagsHint)/> }
}

#[component]
pub fn EditContact() -> impl IntoView {
    let here = Here::expect();
    let id = route_param("contact");
    let contact = Fetched::when(move || {
        here.live.follow(&[Topic::Rights]);
        Some(GetContact { account: here.account.get(), contact: id.get()? })
    });
    let again = RwSignal::new(0);
    let shown = form_source(contact.progress, move || contact.get(), is_same_form, again);
    let held = Memo::new(move |_| here.permissions.get().intersection("contact.update contact.delete".into()));
    view! {
        <Drawer label=t(ContactText::Title) back=back()>
            <div class="pe-10"><Waiting on=contact.progress rows=3/></div>
            {move || shown.get().map(|(_, shown)| view! { <Edit shown contact again held=held.get()/> })}
        </Drawer>
    }
    .into_any()
}

fn is_same_form(one: &Contact, other: &Contact) -> bool {
    one.id == other.id && one.personal.is_some() == other.personal.is_some()
}

#[component]
fn Edit(
    /// What the form is made from.
    shown: Contact,
    /// As it is now.
    contact: Fetched<Contact>,
    again: RwSignal<u32>,
    held: PermissionSet,
) -> impl IntoView {
    let here = Here::expect();
    let Contact { id, personal, tags, created: _, version } = shown;
    let hidden = move || {
        view! {
            <input type="hidden" name="account" value=here.account.get().to_string()/>
            <input type="hidden" name="contact" value=id.to_string()/>
        }
    };
    let now = Signal::derive(move || contact.with(|contact| contact.map(|contact| contact.version)));
    let conflict = move |posting: FormAction| {
        let fields = Signal::derive(move || contact.get().map(|now| conflicts(now, posting)).unwrap_or_default());
        let use_theirs = Callback::new(move |()| again.update(|again| *again += 1));
        view! { <EditConflict posting shown=version now progress=contact.progress fields use_theirs/> }
    };
    let save = move |posting: FormAction, label: Cow<'static, str>| {
        view! { <div class:hidden=move || posting.is_outdated()><Submit posting label class="btn btn-primary mt-2"/></div> }
    };
    let title = personal.as_ref().map_or_else(|| t(ContactText::Title), |personal| personal.name.clone().into());
    let form = match personal {
        Some(personal) if held.contains(Permission::ContactUpdateDetails) => {
            // The redirect of the server function closes the drawer.
            let posting = FormAction::to::<UpdateContact>().success_message(&ContactText::Saved);
            view! {
                <PostForm posting id="contact" check={check::<ContactForm>}>
                    {hidden()}
                    {conflict(posting)}
                    <PersonalFields name=personal.name mobile=personal.mobile email=personal.email/>
                    <TagsField tags/>
                    {save(posting, t(ButtonText::Save))}
                </PostForm>
            }
            .into_any()
        }
        _ if held.contains(Permission::ContactUpdateTags) => {
            // The redirect of the server function closes the drawer.
            let posting = FormAction::to::<TagContact>().success_message(&ContactText::TagsSaved);
            view! {
                <PostForm posting id="contact" check={check::<TagForm>}>
                    {hidden()}
                    {conflict(posting)}
                    <TagsField tags/>
                    {save(posting, t(ContactText::SaveTags))}
                </PostForm>
            }
            .into_any()
        }
        _ => view! { <p class="text-muted">{t(ContactText::ReadOnly)}</p> }.into_any(),
    };
    let delete = held.contains(Permission::ContactDelete).then(|| {
        // The redirect of the server function closes the drawer.
        let posting = FormAction::to::<DeleteContact>().success_message(&ContactText::Deleted);
        view! {
            <footer class="drawer-foot">
                <Confirm id="delete-contact" ask=t(ContactText::DeleteAsk) title=|| t(ContactText::DeleteQuestion)
                    consequence=|| t(ContactText::DeleteConsequence)>
                    <PostForm posting id="delete" class="">
                        {hidden()}
                        <Submit posting label=t(ContactText::Delete) class="btn btn-error btn-sm"/>
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

/// The fields that differ between what was saved meanwhile and what was posted last, by either of the two forms.
fn conflicts(now: Contact, posting: FormAction) -> Vec<FieldConflict> {
    let sent = posting.sent.get();
    let theirs = now.personal.clone().unwrap_or_default();
    let yours = posted::<ContactForm>(&sent).unwrap_or_default();
    let yours = yours.clone().validated().unwrap_or(yours);
    let tags = (now.tags.join(", "), tag_list(&yours.tags).join(", "));
    if posting.path == TagContact::PATH {
        return differences([(t(ContactText::Tags), tags.0, tags.1)]);
    }
    differences([
        (t(ContactText::Name), theirs.name, yours.name),
        (t(ContactText::Mobile), theirs.mobile, yours.mobile),
        (t(ContactText::Email), theirs.email, yours.email),
        (t(ContactText::Tags), tags.0, tags.1),
    ])
}
