//! The question before anything is done to members from the list, and the answer.

use super::bulk::{Selection, verb};
use crate::{
    api::{PreviewMembersChange, change_members, undo_members_change},
    components::{Failure, Waiting},
    runtime::{Fetched, Here, Toasts, UNDONE_WITHIN, Undo},
};
use leptos::{ev, html::Dialog, prelude::*, task::spawn_local};
use model::{
    ActOutcome, InvitationSender, MemberAct, MemberLine, MemberSelection, MembersChanged, Problem, RequestId, Role,
    ending_invitations,
};

/// Asks before anything is done, with what it would do to whom; afterwards says what it did.
#[component]
pub fn BulkDialog() -> impl IntoView {
    let chosen: Selection = expect_context();
    let dialog = NodeRef::<Dialog>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let (Some(dialog), true) = (dialog.get(), chosen.asking.with(Option::is_some))
            && !dialog.open()
        {
            // It is in the document and closed: nothing to fail.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        #[cfg(feature = "hydrate")]
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog node_ref=dialog class="modal" aria-labelledby="question" on:close=move |_: ev::Event| chosen.asking.set(None)>
            <div class="modal-box max-w-md">
                {move || chosen.asking.get().map(|(selection, act)| view! { <Preview selection act close=Callback::new(move |()| close())/> })}
            </div>
        </dialog>
    }
    .into_any()
}

#[component]
fn Preview(selection: MemberSelection, act: MemberAct, close: Callback<()>) -> impl IntoView {
    let here = Here::expect();
    let (toasts, chosen): (_, Selection) = (Toasts::expect(), expect_context());
    let selection = StoredValue::new(selection);
    let effect = Fetched::of(move || PreviewMembersChange {
        account: here.account.get(),
        selection: selection.get_value(),
        act,
    });
    let (pending, fault) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let (result, taken_back) = (RwSignal::new(None::<MembersChanged>), RwSignal::new(None::<Undo>));
    let go = move |_| {
        pending.set(true);
        let account = here.account.get_untracked();
        spawn_local(async move {
            let answer = change_members(account, selection.get_value(), act).await;
            match answer {
                Ok(changed) => {
                    let undo = changed.undo.map(|request| undo(here, toasts, request));
                    chosen.clear();
                    let is_whole = changed.unchanged + changed.refused == 0;
                    // The question may be closed already.
                    if is_whole || result.try_set(Some(changed.clone())).is_some() {
                        toasts.offer(done(act, &changed), undo);
                        close.try_run(());
                    } else {
                        taken_back.set(undo);
                        let over = move || {
                            taken_back.try_set(None);
                        };
                        set_timeout(over, UNDONE_WITHIN);
                    }
                }
                Err(problem) => {
                    pending.try_set(false);
                    fault.try_set(Some(problem));
                }
            }
        });
    };
    let is_done = move || result.with(Option::is_some);
    let settled = move || is_done() || effect.with(|effect| effect.is_none_or(|effect| effect.changed == 0));
    let heading = move || match result.with(|result| result.as_ref().map(|result| done(act, result))) {
        Some(done) => done,
        None => effect.with(|effect| effect.map_or_else(|| "One moment".to_owned(), |effect| title(act, effect))),
    };
    let lines = move || match result.get() {
        Some(result) => Some(list(result.lines, ": done")),
        None => effect.get().map(|effect| view! { <Effects effect act/> }.into_any()),
    };
    view! {
        <h2 id="question" class="text-base font-semibold" aria-live="polite">{heading}</h2>
        <Waiting on=effect.progress rows=2/>
        {lines}
        {move || fault.get().map(|problem| view! { <Failure problem/> })}
        <div class="modal-action">
            {move || taken_back.get().map(|undo| view! { <UndoForm undo close/> })}
            <button type="button" class="btn btn-sm" on:click=move |_| close.run(())>{move || if is_done() { "Close" } else { "Keep" }}</button>
            <button type="button" class="btn btn-sm" class:btn-error=act == MemberAct::Remove class:btn-primary=act != MemberAct::Remove
                class:hidden=settled disabled=pending on:click=go>{verb(act)}</button>
        </div>
    }
    .into_any()
}

#[component]
fn UndoForm(undo: Undo, close: Callback<()>) -> impl IntoView {
    let take_back = move |_| {
        close.run(());
        undo.run(());
    };
    view! { <button type="button" class="btn btn-sm" on:click=take_back>"Undo"</button> }
}

/// Takes a change back, and says so.
fn undo(here: Here, toasts: Toasts, request: RequestId) -> Undo {
    let account = here.account.get_untracked();
    Undo::new(move |()| {
        spawn_local(async move {
            toasts.say(match undo_members_change(account, request).await {
                Ok(MembersChanged { changed: 1, .. }) => "Taken back: 1 person is as before.".to_owned(),
                Ok(back) => format!("Taken back: {} people are as before.", back.changed),
                Err(problem) => problem.to_string(),
            });
        });
    })
}

fn people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

fn title(act: MemberAct, effect: &MembersChanged) -> String {
    match effect.changed {
        0 => "Nobody would change".to_owned(),
        changed => match act {
            MemberAct::Suspend | MemberAct::Restore | MemberAct::Remove => {
                format!("{} {}?", verb(act), people(changed))
            }
            MemberAct::SetRole(Role::Named(_)) => format!("Change the role of {}?", people(changed)),
            MemberAct::SetRole(role) => format!("Give {} the role {role}?", people(changed)),
        },
    }
}

fn done(act: MemberAct, changed: &MembersChanged) -> String {
    let who = people(changed.changed);
    match act {
        MemberAct::Suspend => format!("Suspended: {who}."),
        MemberAct::Restore => format!("Restored: {who}."),
        MemberAct::Remove => format!("Removed: {who}."),
        MemberAct::SetRole(Role::Named(_)) => format!("Another role now: {who}."),
        MemberAct::SetRole(role) => format!("{role} now: {who}."),
    }
}

/// What an act would do, with a line for each.
#[component]
fn Effects(effect: MembersChanged, act: MemberAct) -> impl IntoView {
    let MembersChanged { changed, unchanged, refused: _, invitations, lines, undo: _ } = effect;
    let consequence = match act {
        MemberAct::Suspend => {
            "They and the API keys they made lose access with the next request, until they are restored."
        }
        MemberAct::Restore => "They can do again what they could before.",
        MemberAct::Remove => "They and the API keys they made lose access with the next request.",
        MemberAct::SetRole(_) => "What they may do changes with their next request.",
    };
    view! {
        <p class="text-muted mt-2" class:hidden=changed == 0>{consequence}</p>
        {ending_invitations(invitations, InvitationSender::ByThem).map(|sentence| view! { <p class="mt-2">{sentence}</p> })}
        <p class="text-muted mt-2" class:hidden=unchanged == 0>{format!("{} would not change: they are so already.", people(unchanged))}</p>
        {list(lines, "")}
    }
    .into_any()
}

/// A line for each, those first who stay as they are; `changed` follows the names of the others.
fn list(mut lines: Vec<MemberLine>, changed: &'static str) -> AnyView {
    lines.sort_by_key(|line| match line.outcome {
        ActOutcome::Refused(_) => 0,
        ActOutcome::Unchanged => 1,
        ActOutcome::Changed => 2,
    });
    let line = |MemberLine { member: _, name, outcome }: MemberLine| match outcome {
        ActOutcome::Changed => view! { <li class="py-1">{name} {changed}</li> }.into_any(),
        ActOutcome::Unchanged => view! { <li class="text-muted py-1">{name} ": is so already"</li> }.into_any(),
        ActOutcome::Refused(refusal) => {
            view! { <li class="py-1">{name} ": " <span class="text-error">{refusal.sentence()}</span></li> }.into_any()
        }
    };
    view! { <ul class="mt-3 max-h-60 overflow-y-auto text-sm">{lines.into_iter().map(line).collect_view()}</ul> }
        .into_any()
}
