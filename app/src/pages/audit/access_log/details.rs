use crate::runtime::{Here, t, t_with};
use leptos::prelude::*;
use model::{AccessEntry, AccessEntryText, AccessLogText, EntryActor, EntryKey, EntryPerson, EntryRepetition, Number};

/// What happened, which opens to all that the log knows of it.
pub fn entry_details(entry: &AccessEntry) -> AnyView {
    let AccessEntry { at, method, path, ip, what, .. } = entry;
    let request = view! { <span class="font-mono">{format!("{method} {path}")}</span> }.into_any();
    // A job of the server comes from nowhere.
    let from =
        if ip.is_empty() { request } else { t_with(AccessLogText::RequestFrom, [request, ip.clone().into_any()]) };
    let repetition = (entry.repeats > 1).then(|| t(EntryRepetition(entry)));
    view! {
        <details class="entry">
            <summary>
                <span class="font-medium">{t(EntryActor(entry))}</span> " " <span class="text-muted">{what.clone()}</span>
                {repetition.map(|text| view! { <span class="text-muted block text-xs">{text}</span> })}
                <span class="text-muted block text-xs xl:hidden">{from}</span>
                <span class="text-muted block text-xs tabular-nums sm:hidden">{at.exact.clone()}</span>
            </summary>
            <dl>{lines(entry)}</dl>
        </details>
    }
    .into_any()
}

fn lines(entry: &AccessEntry) -> AnyView {
    let here = Here::expect();
    let line = |name: AccessEntryText, value: AnyView| view! { <dt>{t(name)}</dt><dd>{value}</dd> }.into_any();
    let last = (entry.repeats > 1).then(|| line(AccessEntryText::LastTime, entry.last.exact.clone().into_any()));
    let refusal = entry.refusal.map(|refusal| line(AccessEntryText::Reason, t(refusal).into_any()));
    let request = entry.job().map_or_else(|| format!("{} {}", entry.method, entry.path).into(), t);
    let permission = entry.permission.map(|leaf| {
        let path = view! { <code>{leaf.path()}</code> }.into_any();
        line(AccessEntryText::Permission, t_with(AccessEntryText::PermissionPath, [t(leaf).into_any(), path]))
    });
    let contact = entry.contact.map(|contact| {
        let href = here.path(&format!("contacts/{contact}"));
        let view = view! { <a class="link" href=href>{t(AccessEntryText::ViewContact)}</a> };
        line(AccessEntryText::Contact, view.into_any())
    });
    vec![
        Some(line(AccessEntryText::Time, entry.at.exact.clone().into_any())),
        last,
        Some(line(AccessEntryText::Person, person(here, &entry.who))),
        entry.key.as_ref().map(|key| line(AccessEntryText::ApiKey, api_key(here, key))),
        entry.subject.as_ref().map(|subject| line(AccessEntryText::Concerns, person(here, subject))),
        contact,
        Some(line(AccessEntryText::Request, request.into_any())),
        Some(line(AccessEntryText::IpAddress, entry.ip.clone().into_any())),
        permission,
        Some(line(AccessEntryText::Action, entry.action.clone().into_any())),
        Some(line(AccessEntryText::Records, t(Number(entry.records)).into_any())),
        Some(line(AccessEntryText::Result, t(entry.outcome).into_any())),
        refusal,
        Some(line(AccessEntryText::RequestId, entry.request.to_string().into_any())),
    ]
    .into_any()
}

/// Their name, as a link to them where the reader may see them, and to all that they did.
fn person(here: Here, person: &EntryPerson) -> AnyView {
    let name = t(&person.name);
    let name = match person.member {
        Some(member) => {
            let href = here.path(&format!("members/{member}"));
            view! { <a class="link" href=href>{name}</a> }.into_any()
        }
        None => name.into_any(),
    };
    let all = person.user.map(|user| all_entries(here, &format!("user={user}")));
    view! { {name} {all} }.into_any()
}

fn api_key(here: Here, key: &EntryKey) -> AnyView {
    let href = here.path(&format!("api-keys/{}", key.id));
    view! { <a class="link" href=href>{key.name.clone()}</a> {all_entries(here, &format!("key={}", key.id))} }
        .into_any()
}

fn all_entries(here: Here, filter: &str) -> AnyView {
    let href = here.path(&format!("access-log?{filter}"));
    view! { " · " <a class="link" href=href>{t(AccessEntryText::AllEntries)}</a> }.into_any()
}
