use crate::{
    api::{DismissFirstRun, GetFirstRun},
    components::{Glyph, Icon, OutboxLink, PostForm},
    runtime::{Fetched, FormAction, Here, t},
};
use leptos::prelude::*;
use model::{FirstRun as Steps, FirstRunStep, FirstRunText, OutboxNotice, Permission, Role, Topic};

/// What a new organisation needs first, for its owner and Admins until all of it is done, or they dismiss it.
#[component]
pub fn FirstRun() -> impl IntoView {
    let here = Here::expect();
    let may_update = here.may(Permission::OrganisationUpdate);
    let leads = Memo::new(move |_| {
        let role = here.standing.with(|standing| standing.map(|standing| standing.role));
        may_update.get() && matches!(role, Some(Role::Owner | Role::Admin))
    });
    (move || leads.get().then(|| view! { <Checklist/> })).into_any()
}

#[component]
fn Checklist() -> impl IntoView {
    let here = Here::expect();
    let steps = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Invitations, Topic::ApiKeys, Topic::Rights]);
        GetFirstRun { account: here.account.get() }
    });
    let dismiss = FormAction::to::<DismissFirstRun>().success_message(&FirstRunText::Dismissed);
    let list = move |steps: Steps| {
        let (done, all) = (steps.done_count(), FirstRunStep::ALL.len());
        (done < all).then(|| {
            view! {
                <section class="card mb-6 p-4" aria-labelledby="first-run">
                    <header class="flex items-baseline gap-3">
                        <h2 id="first-run" class="grow text-sm font-medium">{t(FirstRunText::Title)}</h2>
                        <span class="text-muted text-xs">{t(FirstRunText::Progress { done, all })}</span>
                        <PostForm posting=dismiss id="dismiss-first-run" class="">
                            <input type="hidden" name="account" value=here.account.get_untracked().to_string()/>
                            <button type="submit" class="btn btn-ghost btn-sm">{t(FirstRunText::Dismiss)}</button>
                        </PostForm>
                    </header>
                    <ol class="mt-2 grid gap-x-6 sm:grid-cols-2">
                        {FirstRunStep::ALL.map(|step| view! { <Step step done=steps.is_done(step)/> }).collect_view()}
                    </ol>
                </section>
            }
        })
    };
    let shown = move || steps.get().flatten().filter(|_| !dismiss.succeeded());
    (move || shown().map(list)).into_any()
}

#[component]
fn Step(step: FirstRunStep, done: bool) -> impl IntoView {
    let here = Here::expect();
    let href = move || match step {
        FirstRunStep::Details => here.path("organisation"),
        FirstRunStep::Invitation => here.path("members/invite"),
        FirstRunStep::SecondFactor => "/second-factor".to_owned(),
        FirstRunStep::ApiKey => here.path("api-keys/new"),
    };
    let (icon, class, state) = if done {
        (Icon::CircleCheck, "size-4 text-success", FirstRunText::Done)
    } else {
        (Icon::Circle, "size-4 text-muted", FirstRunText::ToDo)
    };
    view! {
        <li class="flex items-center gap-2 py-1.5">
            <Glyph icon=icon class=class/>
            <span class="sr-only">{t(state)}</span>
            <a class="link-quiet" href=href>{t(step)}</a>
        </li>
    }
    .into_any()
}

/// That letters do not go out, for those whose invitations wait for them.
#[component]
pub fn NoMailServer() -> impl IntoView {
    let may_invite = Here::expect().may(Permission::MemberInvite);
    let notice = || view! { <div class="mb-6 empty:hidden"><OutboxLink sentence=OutboxNotice::NoMailServer/></div> };
    (move || may_invite.get().then(notice)).into_any()
}
