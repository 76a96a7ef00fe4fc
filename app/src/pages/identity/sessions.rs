//! The browsers in which one is signed in, and their end.

use crate::{
    api::{CloseOtherSessions, CloseSession, ListOwnSessions},
    components::{Column, Confirm, PostForm, Submit, Time, Waiting, lazy_section, table},
    pages::{OwnSection, own_page},
    runtime::{Fetched, FormAction, t},
};
use leptos::prelude::*;
use model::{OpenSession, SessionsText};

pub const SESSIONS: OwnSection = OwnSection {
    id: "sessions",
    title: &SessionsText::Title,
    content: lazy_section!(own_data, own_sessions, OwnSessions),
};

#[component]
pub fn SessionsPage() -> impl IntoView {
    own_page(SESSIONS)
}

const COLUMNS: [Column<OpenSession>; 4] = [
    Column::new(&SessionsText::Device, "name", device),
    Column::new(&SessionsText::SignedIn, "from-sm", |session| time(&session.signed_in)),
    Column::new(&SessionsText::LastUsed, "", |session| time(&session.last_used)),
    Column::new(&SessionsText::Close, "", close),
];

/// Has the list read anew.
#[derive(Clone, Copy)]
struct Again(RwSignal<u32>);

#[component]
fn OwnSessions() -> impl IntoView {
    let again = Again(RwSignal::new(0));
    provide_context(again);
    let others = FormAction::to::<CloseOtherSessions>().success_message(&SessionsText::OthersClosed);
    let sessions = Fetched::of(move || {
        again.0.track();
        others.succeeded();
        ListOwnSessions {}
    });
    let has_others =
        Memo::new(move |_| sessions.with(|list| list.is_some_and(|list| list.iter().any(|one| !one.is_current))));
    view! {
        <p class="text-muted mb-4 mt-1">{t(SessionsText::Purpose)}</p>
        <Waiting on=sessions.progress rows=2/>
        {table("sessions", &COLUMNS, move || sessions.get().unwrap_or_default())}
        <div class="mt-4" class:hidden=move || !has_others.get()>
            <Confirm id="close-other-sessions" closes_after=others ask=t(SessionsText::CloseOthers) class="btn btn-sm text-error"
                title=|| t(SessionsText::CloseOthersQuestion) consequence=|| t(SessionsText::CloseOthersConsequence)>
                <PostForm posting=others id="close-others" class="">
                    <Submit posting=others label=t(SessionsText::CloseOthers) class="btn btn-error btn-sm"/>
                </PostForm>
            </Confirm>
        </div>
    }
    .into_any()
}

fn time(moment: &model::Moment) -> AnyView {
    view! { <Time moment=moment.clone()/> }.into_any()
}

fn device(session: &OpenSession) -> AnyView {
    let current =
        session.is_current.then(|| view! { " " <span class="badge badge-sm">{t(SessionsText::Current)}</span> });
    view! {
        <span class="font-medium">{t(session.device)}</span>
        {current}
        <span class="text-muted block text-xs"><span class="sr-only">{t(SessionsText::Ip)} " "</span>{session.ip.clone()}</span>
    }
    .into_any()
}

fn close(session: &OpenSession) -> AnyView {
    if session.is_current {
        return ().into_any();
    }
    let (id, Again(again)) = (session.id, expect_context());
    let posting = FormAction::to::<CloseSession>().success_message(&SessionsText::Closed);
    Effect::new(move |_| {
        if posting.succeeded() {
            again.update(|count| *count += 1);
        }
    });
    view! {
        <PostForm posting id="close-session" class="">
            <input type="hidden" name="session" value=id.to_string()/>
            <Submit posting label=t(SessionsText::Close) class="btn btn-ghost btn-xs text-error whitespace-nowrap"/>
        </PostForm>
    }
    .into_any()
}
