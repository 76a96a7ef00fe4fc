mod charts;
mod first_run;

use crate::{
    api::GetOverview,
    components::{Empty, Glyph, Icon, NoPermissions, PageHead, Time, Waiting, keyed},
    runtime::{Fetched, Here, t, t_with},
};
use charts::Charts;
use first_run::{FirstRun, NoMailServer};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    AccessEntry, EntryActor, EntryRepetition, Greeting, Number, Outcome, Overview, OverviewText, Permission, Topic,
};

/// The dashboard one lands on; every figure follows what happens.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let here = Here::expect();
    let shown = Fetched::of(move || {
        here.live.follow(&[
            Topic::Rights,
            Topic::Members,
            Topic::Invitations,
            Topic::Contacts,
            Topic::Organisation,
            Topic::AccessLog,
        ]);
        GetOverview { account: here.account.get() }
    });
    let first_name =
        move || here.profile.with(|profile| profile.map(|profile| profile.first_name.clone()).unwrap_or_default());
    let greeting = move || t(Greeting { first_name: first_name() });
    let now = move || {
        let text = |o: &Overview| t(OverviewText::PlaceAndTime { place: here.place(), now: o.now.clone() });
        shown.with(|shown| shown.map(text).unwrap_or_default())
    };
    let may_nothing = Memo::new(move |_| here.permissions.get().is_empty());
    let nothing = Memo::new(move |_| {
        shown.with(|shown| shown.is_none_or(|o| o.members.or(o.pending_invitations).or(o.contacts).is_none()))
    });
    view! {
        <Title text=|| t(OverviewText::Title)/>
        <Waiting on=shown.progress/>
        <div class:hidden=move || !shown.progress.is_there()>
            <PageHead title=greeting purpose=now>
                <a class="btn btn-primary" class:hidden=move || !here.may(Permission::MemberInvite).get() href=move || here.path("members/invite")>
                    <Glyph icon=Icon::UserPlus/>
                    {t(OverviewText::Invite)}
                </a>
            </PageHead>
            {move || may_nothing.get().then(|| view! { <NoPermissions/> })}
            <NoMailServer/>
            <FirstRun/>
            <section class:hidden=move || nothing.get() aria-labelledby="figures">
                <h2 id="figures" class="text-sm font-medium">{t(OverviewText::PeopleAndContacts)}</h2>
                <p class="text-muted mb-3 text-xs">{t(OverviewText::HereAndBelow)}</p>
                <div class="grid grid-cols-2 gap-4 lg:grid-cols-4">
                    <Figure label=OverviewText::Members page="members" shown value=|o| o.members
                        note=|o| o.suspended.map(|people| OverviewText::Suspended { people })/>
                    <Figure label=OverviewText::PendingInvitations page="members?status=pending" shown value=|o| o.pending_invitations
                        note=|o| o.invitation_days.map(|days| OverviewText::PendingNote { days })/>
                    <Figure label=OverviewText::Contacts page="contacts" shown value=|o| o.contacts note=|_| None/>
                    <Figure label=OverviewText::NewContacts page="contacts" shown value=|o| o.new_contacts note=|_| None/>
                </div>
            </section>
            <Charts/>
            <LastAccesses shown/>
        </div>
    }
    .into_any()
}

#[component]
fn Figure(
    label: OverviewText,
    page: &'static str,
    shown: Fetched<Overview>,
    value: fn(&Overview) -> Option<u64>,
    note: fn(&Overview) -> Option<OverviewText>,
) -> impl IntoView {
    let here = Here::expect();
    let number = Memo::new(move |_| shown.with(|shown| shown.and_then(value)));
    let note = move || shown.with(|shown| shown.and_then(note)).map(t);
    view! {
        <a class="card-link" class:hidden=move || number.get().is_none() href=move || here.path(page)>
            <span class="text-muted text-xs">{t(label)}</span>
            <span class="block text-2xl font-semibold tabular-nums">{move || number.get().map(|number| t(Number(number)))}</span>
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
        <section class="card mt-8" class:hidden=move || entries.with(Option::is_none) aria-label=t(OverviewText::RecentActivity)>
            <header class="flex items-center px-4 pt-4">
                <h2 class="grow text-sm font-medium">{t(OverviewText::RecentActivity)}</h2>
                <a class="link-quiet text-xs" href=move || here.path("access-log")>{t(OverviewText::FullLog)}</a>
            </header>
            <ul class="divide-y divide-base-300 px-4 pb-2">
                {keyed(move || entries.get().unwrap_or_default(), last_access)}
            </ul>
            {move || entries.with(|entries| entries.as_ref().is_some_and(Vec::is_empty)).then(|| view! { <Empty icon=Icon::ScrollText sentence=t(OverviewText::NoActivity)/> })}
        </section>
    }
    .into_any()
}

fn last_access(entry: AccessEntry) -> AnyView {
    let actor = view! { <span class="font-medium">{t(EntryActor(&entry))}</span> };
    let class = if entry.outcome == Outcome::Refused { "text-error" } else { "text-muted" };
    let repetition = (entry.repeats > 1).then(|| t(EntryRepetition(&entry)));
    let what = match repetition {
        Some(repetition) => t_with(OverviewText::Repeated, [entry.what.into_any(), repetition.into_any()]),
        None => entry.what.into_any(),
    };
    let what = view! { <span class=class>{what}</span> };
    view! {
        <li class="flex items-baseline gap-3 py-2.5">
            <p class="min-w-0 grow">{t_with(OverviewText::Entry, [actor.into_any(), what.into_any()])}</p>
            <span class="text-muted text-xs"><Time moment=entry.at/></span>
        </li>
    }
    .into_any()
}
