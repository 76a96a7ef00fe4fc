//! The question before anything is done to members, wherever it is asked, and the answer.

use crate::{
    api::{PreviewMembersChange, change_members, undo_members_change},
    components::{Failure, Modal, Waiting},
    runtime::{Fetched, Here, Toasts, UNDONE_WITHIN, Undo, t, t_with},
};
use leptos::{prelude::*, task::spawn_local};
use model::{
    ActOutcome, BulkText, ButtonText, EndingInvitations, InvitationSender, MemberAct, MemberLine, MemberSelection,
    MembersChanged, Problem, RequestId,
};

/// What is about to be done to members: by the list, or by the drawer of one.
#[derive(Clone, Copy)]
pub struct Question(RwSignal<Option<Asked>>);

#[derive(Clone)]
struct Asked {
    selection: MemberSelection,
    act: MemberAct,
    /// What follows when it was done.
    done: Callback<()>,
}

impl Question {
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    pub fn expect() -> Self {
        expect_context()
    }

    pub fn ask(self, selection: MemberSelection, act: MemberAct, done: Callback<()>) {
        self.0.set(Some(Asked { selection, act, done }));
    }

    fn close(self) {
        self.0.try_set(None);
    }
}

/// Asks before anything is done, with what it would do to whom; afterwards says what it did.
#[component]
pub fn BulkDialog() -> impl IntoView {
    let question = Question::expect();
    let open = Signal::derive(move || question.0.with(Option::is_some));
    view! {
        <Modal heading="question" open on_close=Callback::new(move |()| question.close())>
            {move || question.0.get().map(|asked| view! { <Preview asked/> })}
        </Modal>
    }
    .into_any()
}

#[component]
fn Preview(asked: Asked) -> impl IntoView {
    let (here, toasts, question) = (Here::expect(), Toasts::expect(), Question::expect());
    let Asked { selection, act, done } = asked;
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
                    let has_changed = changed.changed > 0;
                    let undo = changed.undo.map(|request| undo(here, toasts, request));
                    let is_whole = changed.unchanged + changed.refused == 0;
                    // The question may be closed already.
                    if is_whole || result.try_set(Some(changed.clone())).is_some() {
                        toasts.offer(t(done_text(act, &changed)), undo);
                        question.close();
                    } else {
                        taken_back.set(undo);
                        let over = move || {
                            taken_back.try_set(None);
                        };
                        set_timeout(over, UNDONE_WITHIN);
                    }
                    // The list or the drawer that asked may be gone.
                    if has_changed {
                        done.try_run(());
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
    let heading = move || match result.with(|result| result.as_ref().map(|result| done_text(act, result))) {
        Some(done) => t(done),
        None => t(effect.with(|effect| match effect {
            None => BulkText::Working,
            Some(MembersChanged { changed: 0, .. }) => BulkText::NothingToChange,
            Some(effect) => BulkText::Question { act, role: effect.role_name.clone(), who: effect.who_changes() },
        })),
    };
    let button = move || match effect.with(|effect| effect.and_then(|effect| effect.role_name.clone())) {
        Some(role) => t(BulkText::Make(role)),
        None => t(act),
    };
    let lines = move || match result.get() {
        Some(result) => Some(list(result.lines, true)),
        None => effect.get().map(|effect| view! { <Effects effect act/> }.into_any()),
    };
    view! {
        <h2 id="question" class="text-base font-semibold" aria-live="polite">{heading}</h2>
        <Waiting on=effect.progress rows=2/>
        {lines}
        {move || fault.get().map(|problem| view! { <Failure problem/> })}
        <div class="modal-action">
            {move || taken_back.get().map(|undo| view! { <UndoForm undo/> })}
            <button type="button" class="btn btn-sm" on:click=move |_| question.close()>{move || t(if is_done() { ButtonText::Close } else { ButtonText::Cancel })}</button>
            <button type="button" class="btn btn-sm" class:btn-error=act == MemberAct::Remove class:btn-primary=act != MemberAct::Remove
                class:hidden=settled disabled=pending on:click=go>{button}</button>
        </div>
    }
    .into_any()
}

fn done_text(act: MemberAct, changed: &MembersChanged) -> BulkText {
    BulkText::Done { act, role: changed.role_name.clone(), who: changed.who_changes() }
}

#[component]
fn UndoForm(undo: Undo) -> impl IntoView {
    let question = Question::expect();
    let take_back = move |_| {
        question.close();
        undo.run(());
    };
    view! { <button type="button" class="btn btn-sm" on:click=take_back>{t(ButtonText::Undo)}</button> }
}

/// Takes a change back, and says so.
fn undo(here: Here, toasts: Toasts, request: RequestId) -> Undo {
    let account = here.account.get_untracked();
    Undo::new(move |()| {
        spawn_local(async move {
            toasts.say(match undo_members_change(account, request).await {
                Ok(MembersChanged { unchanged: 0, refused: 0, .. }) => t(BulkText::Undone),
                Ok(MembersChanged { changed, unchanged, refused, .. }) => {
                    t(BulkText::UndonePartly { people: changed, of: changed + unchanged + refused })
                }
                Err(problem) => t(&problem),
            });
        });
    })
}

/// What an act would do, with a line for each.
#[component]
fn Effects(effect: MembersChanged, act: MemberAct) -> impl IntoView {
    let MembersChanged { changed, unchanged, invitations, lines, .. } = effect;
    view! {
        <p class="text-muted mt-2" class:hidden=changed == 0>{t(BulkText::Consequence(act))}</p>
        {(invitations > 0).then(|| view! { <p class="mt-2">{t(EndingInvitations { count: invitations, sent: InvitationSender::ByThem })}</p> })}
        <p class="text-muted mt-2" class:hidden=unchanged == 0>{t(BulkText::Unchanged { act, people: unchanged })}</p>
        {list(lines, false)}
    }
    .into_any()
}

/// A line for each, those first who stay as they are.
fn list(mut lines: Vec<MemberLine>, is_done: bool) -> AnyView {
    lines.sort_by_key(|line| match line.outcome {
        ActOutcome::Refused(_) => 0,
        ActOutcome::Unchanged => 1,
        ActOutcome::Changed => 2,
    });
    let line = |MemberLine { member: _, name, outcome, gained, lost }: MemberLine| match outcome {
        ActOutcome::Changed if !is_done && (gained > 0 || lost > 0) => {
            view! { <li class="py-1">{t_with(BulkText::PermissionsFor { gained, lost }, [name.into_any()])}</li> }
                .into_any()
        }
        ActOutcome::Changed if !is_done => view! { <li class="py-1">{name}</li> }.into_any(),
        ActOutcome::Changed => {
            view! { <li class="py-1">{t_with(BulkText::DoneFor, [name.into_any()])}</li> }.into_any()
        }
        ActOutcome::Unchanged => {
            view! { <li class="text-muted py-1">{t_with(BulkText::UnchangedFor, [name.into_any()])}</li> }.into_any()
        }
        ActOutcome::Refused(refusal) => {
            let reason = view! { <span class="text-error">{t(refusal)}</span> }.into_any();
            view! { <li class="py-1">{t_with(BulkText::RefusedFor, [name.into_any(), reason])}</li> }.into_any()
        }
    };
    view! { <ul class="mt-3 max-h-60 overflow-y-auto text-sm">{lines.into_iter().map(line).collect_view()}</ul> }
        .into_any()
}
