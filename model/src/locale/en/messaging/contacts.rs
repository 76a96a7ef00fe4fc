use crate::{
    ContactAct, ContactText, ContactsBulkText, ContactsChanged, ContactsText, Total,
    locale::en::{English, count, number},
};
use std::borrow::Cow;

impl English for ContactsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Contacts",
            Self::Purpose => "People you send messages to.",
            Self::Add => "Add contact",
            Self::DetailsHidden => "Personal details are hidden because you don't have permission to see them.",
            Self::NoMatch => "No contacts match.",
            Self::Empty => "No contacts in this account yet.",
            Self::AddFirst => "Add one",
            Self::Name => "Name",
            Self::NameHidden => "Name hidden",
            Self::Mobile => "Mobile",
            Self::MobileHidden => "Mobile hidden",
            Self::Email => "E-mail",
            Self::EmailHidden => "E-mail hidden",
            Self::Tags => "Tags",
            Self::Added => "Added",
            Self::SearchHint => "Name, mobile or e-mail",
            Self::Tag => "Tag",
            Self::TagExample => "vip",
        }
        .into()
    }
}

impl English for ContactText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::NewTitle | Self::Add => "Add contact",
            Self::Added => "Contact added.",
            Self::Title => "Contact",
            Self::Name => "Name",
            Self::Mobile => "Mobile",
            Self::MobileHint => "Include the country code, for example +27 82 555 0100.",
            Self::Email => "E-mail",
            Self::Tags => "Tags",
            Self::TagsHint => "Separate tags with commas, for example vip, cape town.",
            Self::Saved => "Contact saved.",
            Self::SaveTags => "Save tags",
            Self::TagsSaved => "Tags saved.",
            Self::ReadOnly => "You can't change this contact.",
            Self::DeleteAsk => "Delete",
            Self::DeleteQuestion => "Delete this contact?",
            Self::DeleteConsequence => "The contact and its tags will be deleted for everyone. This can't be undone.",
            Self::Delete => "Delete contact",
            Self::Deleted => "Contact deleted.",
        }
        .into()
    }
}

/// What the button says that does it.
impl English for ContactAct {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Tag(_) => "Tag",
            Self::Untag(_) => "Untag",
            Self::Delete => "Delete",
        }
        .into()
    }
}

impl English for ContactsBulkText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Select { name: Some(name) } => format!("Select {name}").into(),
            Self::Select { name: None } => "Select contact".into(),
            Self::Bar => "Selected contacts".into(),
            Self::Question { act, contacts } => format!("{} {}?", act.en(), contacts_of(*contacts)).into(),
            Self::DeleteConsequence => "They and their tags will be deleted for everyone. This can't be undone.".into(),
            Self::Done { act, changed } => result(act, *changed).into(),
        }
    }
}

fn contacts_of(total: Total) -> String {
    match total.rows() {
        Some(contacts) => count(contacts, "contact", "contacts"),
        None => format!("{} contacts", total.en()),
    }
}

fn result(act: &ContactAct, ContactsChanged { changed, unchanged, full }: ContactsChanged) -> String {
    let contacts = count(changed, "contact", "contacts");
    let mut sentences = vec![match act {
        ContactAct::Tag(_) => format!("{contacts} tagged."),
        ContactAct::Untag(_) => format!("{contacts} untagged."),
        ContactAct::Delete => format!("{contacts} deleted."),
    }];
    match act {
        ContactAct::Tag(_) if unchanged > 0 => sentences.push(format!("{} already tagged.", number(unchanged))),
        ContactAct::Untag(_) if unchanged > 0 => sentences.push(format!("{} not tagged.", number(unchanged))),
        _ => {}
    }
    if full > 0 {
        sentences.push(format!("{} no room for more tags.", count(full, "contact has", "contacts have")));
    }
    sentences.join(" ")
}
