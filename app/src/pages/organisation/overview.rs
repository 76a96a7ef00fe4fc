use crate::{
    api::GetOverview,
    components::{Empty, Glyph, Icon, PageHead, Time, Waiting, grouped, keyed},
    runtime::{Fetched, Here},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{AccessEntry, Outcome, Overview, Permission, Topic};

/// The dashboard one lands on; every figure follows what happens.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let here = Here::expect();
    let shown = Fetched::of(move || {
        here.live.follow(&[Topic::Rights, Topic::Members, Topic::Invitations, Topic::Contacts, Topic::AccessLog]);
        GetOverview { account: here.account.get() }
    });
    let first_name =
        move || here.profile.with(|profile| profile.map(|profile| profile.first_name.clone()).unwrap_or_default());
    let greeting = Signal::derive(move || {
        shown.with(|shown| shown.map_or_else(String::new, |o| format!("{}, {}", o.greeting, first_name())))
    });
    let now = Signal::derive(move || {
        let place = here.standing.with(|standing| standing.and_then(|s| s.trail.last().cloned()).unwrap_or_default());
        shown.with(|shown| shown.map_or_else(String::new, |o| format!("{place}, {}", o.now)))
    });
    view! {
        <Title text="Overview"/>
        <Waiting on=shown.progress/>
        <div class:hidden=move || !shown.progress.is_there()>
            <PageHead title=greeting purpose=now>
                <a class="btn btn-primary" class:hidden=move || !here.may(Permission::MemberInvite).get() href=move || here.path("members/invite")>
                    <Glyph icon=Icon::UserPlus/>
                    "Invite people"
                </a>
            </PageHead>
            <div class="grid grid-cols-2 gap-4 lg:grid-cols-4">
                <Figure label="Members" page="members" shown value=|o| o.members
                    note=|o| o.suspended.map(|n| if n == 0 { "none suspended".to_owned() } else { format!("{n} suspended") })/>
                <Figure label="Pending invitations" page="members?status=pending" shown value=|o| o.pending_invitations
                    note=|_| Some("each works for 7 days".to_owned())/>
                <Figure label="Contacts" page="contacts" shown value=|o| o.contacts note=|_| Some("in this account".to_owned())/>
                <Figure label="New contacts, last 24\u{a0}h" page="contacts" shown value=|o| o.new_contacts note=|_| None/>
            </div>
            <LastAccesses shown/>
        </div>
    }
    .into_any()
}

#[component]
fn Figure(
    label: &'static str,
    page: &'static str,
    shown: Fetched<Overview>,
    value: fn(&Overview) -> Option<u64>,
    note: fn(&Overview) -> Option<String>,
) -> impl IntoView {
    let here = Here::expect();
    let number = Memo::new(move |_| shown.with(|shown| shown.and_then(value)));
    let note = move || shown.with(|shown| shown.and_then(note));
    view! {
        <a class="card-link" class:hidden=move || number.get().is_none() href=move || here.path(page)>
            <span class="text-muted text-xs">{label}</span>
            <span class="block text-2xl font-semibold tabular-nums">{move || number.get().map(grouped)}</span>
            <span class="text-muted block text-xs">{note}</span>
        </a>
    }
    .into_any()
}

#[component]
fn LastAccesses(shown: Fetched<Overview>) -> impl IntoView {
    let here = Here::expect();
    let entries = Memo::new(move |_| shown.with(|shown| shown.and_then(|o| o.accesses.clone())));
    view! {
        <section class="card mt-6" class:hidden=move || entries.with(Option::is_none) aria-label="Just now">
            <header class="flex items-center px-4 pt-4">
                <h2 class="grow text-sm font-medium">"Just now"</h2>
                <a class="link-quiet text-xs" href=move || here.path("access-log")>"Whole log"</a>
            </header>
            <ul class="divide-y divide-base-300 px-4 pb-2">
                {keyed(move || entries.get().unwrap_or_default(), last_access)}
            </ul>
            {move || entries.with(|entries| entries.as_ref().is_some_and(Vec::is_empty)).then(|| view! { <Empty icon=Icon::ScrollText sentence="Nothing has happened yet."/> })}
        </section>
    }
    .into_any()
}

fn last_access(entry: AccessEntry) -> AnyView {
    let repetition = entry.repetition().map(|text| format!(", {text}"));
    view! {
        <li class="flex items-baseline gap-3 py-2.5">
            <p class="min-w-0 grow">
                <span class="font-medium">{entry.actor()}</span>
                " "
                <span class=if entry.outcome == Outcome::Refused { "text-error" } else { "text-muted" }>{entry.what}{repetition}</span>
            </p>
            <span class="text-muted text-xs"><Time moment=entry.at/></span>
        </li>
    }
    .into_any()
}
