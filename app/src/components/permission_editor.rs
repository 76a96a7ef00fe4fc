use super::{Done, Failure, PermissionTree, ToggleForm};
use crate::runtime::{Toasts, post_to, t};
use leptos::{prelude::*, task::spawn_local};
use model::{Node, Permission, PermissionSet, PermissionsText, Problem, Role};
use std::{borrow::Cow, sync::Arc};

/// What a flip did, or why it did not.
#[derive(Clone)]
enum FlipStatus {
    Nothing,
    Done { sentence: Cow<'static, str>, more: Cow<'static, str> },
    Failed(Problem),
}

/// What the server answered a flip.
pub struct Flipped {
    pub role: Role,
    pub permissions: PermissionSet,
    pub sentence: Cow<'static, str>,
    pub more: Cow<'static, str>,
}

/// A set of permissions as it is edited: what the server said last, with the flips that are on
/// their way already in it.
#[derive(Clone, Copy)]
pub struct Editor {
    pub role: RwSignal<Role>,
    pub held: RwSignal<PermissionSet>,
    /// What the reader may switch.
    ceiling: Signal<PermissionSet>,
    pending: RwSignal<u32>,
    said: RwSignal<FlipStatus>,
    latest: RwSignal<Option<&'static str>>,
    /// Where an answer is said that comes after the drawer was closed.
    toasts: Toasts,
}

impl Editor {
    /// `fault` says why a flip that was posted without the page's code did not happen.
    pub fn of(role: Role, held: PermissionSet, ceiling: Signal<PermissionSet>, fault: Option<Problem>) -> Self {
        Self {
            role: RwSignal::new(role),
            held: RwSignal::new(held),
            ceiling,
            pending: RwSignal::new(0),
            said: RwSignal::new(fault.map_or(FlipStatus::Nothing, FlipStatus::Failed)),
            latest: RwSignal::new(None),
            toasts: Toasts::expect(),
        }
    }

    /// Takes over what somebody else changed meanwhile.
    pub fn follow(self, now: impl Fn() -> Option<(Role, PermissionSet)> + 'static) {
        Effect::new(move |_| {
            if let Some((role, held)) = now()
                && self.pending.get_untracked() == 0
            {
                self.role.set(role);
                self.held.set(held);
            }
        });
    }

    /// Switches a node at once, and takes it back when the server refuses.
    pub fn switch(
        self,
        node: &'static Node,
        on: bool,
        role: Role,
        answer: impl Future<Output = Result<Flipped, Problem>> + 'static,
    ) {
        let touched = node.leaves().intersection(self.ceiling.get_untracked());
        let held = self.held.get_untracked();
        self.latest.set(Some(node.path));
        self.change(role, if on { held.union(touched) } else { held.without(touched) }, answer);
    }

    fn change(self, role: Role, held: PermissionSet, answer: impl Future<Output = Result<Flipped, Problem>> + 'static) {
        let before = (self.role.get_untracked(), self.held.get_untracked());
        self.role.set(role);
        self.held.set(held);
        self.pending.update(|flips| *flips += 1);
        spawn_local(async move {
            let answer = answer.await;
            let left = self.pending.try_update(|flips| {
                *flips -= 1;
                *flips
            });
            let Some(left) = left else {
                return self.toasts.say(answer.map_or_else(|problem| t(&problem), |flipped| flipped.sentence));
            };
            match answer {
                Ok(Flipped { role, permissions, sentence, more }) => {
                    // A later flip is on its way: its own answer will say how things stand.
                    if left == 0 {
                        self.role.set(role);
                        self.held.set(permissions);
                    }
                    self.said.set(FlipStatus::Done { sentence, more });
                }
                Err(problem) => {
                    self.role.set(before.0);
                    self.held.set(before.1);
                    self.said.set(FlipStatus::Failed(problem));
                }
            }
        });
    }
}

/// Each toggle is a form of its own, so that it flips without the page's code too: to `url`, with
/// these fields besides the node and whether it is to be on.
pub fn toggle_form(
    url: &'static str,
    fields: [(&'static str, String); 2],
    flip: impl Fn(&'static Node, bool) + Copy + Send + Sync + 'static,
) -> ToggleForm {
    Arc::new(move |node, whole, button| {
        let fields = fields.clone().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
        view! {
            <form method="post" action=post_to(url) on:submit=move |event| {
                event.prevent_default();
                flip(node, !whole.get_untracked());
            }>
                {fields}
                <input type="hidden" name="path" value=node.path/>
                <input type="hidden" name="on" value=move || (!whole.get()).to_string()/>
                {button}
            </form>
        }
        .into_any()
    })
}

/// The answer to the last flip, and the permission tree with a search.
#[component]
pub fn PermissionEditor(
    editor: Editor,
    /// What stands in the place of an answer before there is one.
    #[prop(into)]
    hint: TextProp,
    /// Why nothing can be switched, if so.
    #[prop(into)]
    locked: Signal<Option<Cow<'static, str>>>,
    toggle: ToggleForm,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let at_first = Signal::derive(move || locked.get().unwrap_or_else(|| hint.get().into_owned().into()));
    let count = move || t(PermissionsText::Count { held: editor.held.get().len(), all: Permission::ALL.len() });
    view! {
        <div class="drawer-answer" aria-live="polite">{move || match editor.said.get() {
            FlipStatus::Nothing => view! { <p class="text-muted">{at_first}</p> }.into_any(),
            FlipStatus::Done { sentence, more } => view! { <Done sentence more/> }.into_any(),
            FlipStatus::Failed(problem) => view! { <Failure problem/> }.into_any(),
        }}</div>
        <div class="mb-2 flex items-center gap-3">
            <h3 class="grow font-medium">{t(PermissionsText::Title)} " " <span class="text-muted tabular-nums">{count}</span></h3>
            <input class="input input-sm w-36" type="search" placeholder=t(PermissionsText::FindHint) aria-label=t(PermissionsText::Find) on:input:target=move |event| search.set(event.target().value())/>
        </div>
        <PermissionTree held=editor.held.into() ceiling=editor.ceiling locked search=search.into() latest=editor.latest.into() toggle/>
    }
    .into_any()
}
