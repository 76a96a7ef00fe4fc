mod point;

use crate::{
    api::{GetPolicy, MakePolicySafer, UpdatePolicy, update_policy},
    components::{PageHead, PostForm, Submit, Waiting},
    runtime::{Fetched, FormAction, Here, Toasts, Undo, t},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use model::{ButtonText, Meaning, OrganisationPolicy, Permission, Policy, PolicyPoint, PolicyText, Topic};
use point::Point;
use std::borrow::Cow;

/// The rules that hold for everyone, a point each.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let here = Here::expect();
    let policy = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Roles, Topic::Rights]);
        GetPolicy { account: here.account.get() }
    });
    let may_update = here.may(Permission::OrganisationPolicy);
    // They outlive the points.
    let safer = FormAction::to::<MakePolicySafer>().success_message(&PolicyText::SaferApplied);
    let saves = Policy::default().points().map(|_| FormAction::to::<UpdatePolicy>());
    for save in saves {
        offer_undo(here, save);
    }
    let differs = move || policy.with(|policy| policy.is_some_and(|policy| !policy.policy.safer().is_empty()));
    let points = move || {
        if may_update.get() {
            let points = saves.into_iter().enumerate();
            return points
                .map(|(position, posting)| view! { <Point policy position posting/> })
                .collect_view()
                .into_any();
        }
        let shown = policy.get().map(|policy| {
            let points = policy.policy.points().into_iter();
            points.map(|point| view! { <ReadOnly said=t(policy.value_of(&point)) point/> }).collect_view()
        });
        shown.into_any()
    };
    view! {
        <Title text=|| t(PolicyText::Title)/>
        <PageHead title=|| t(PolicyText::Title) purpose=|| t(PolicyText::Purpose)>
            {move || (may_update.get() && differs()).then(|| policy.get().map(|policy| view! { <Safer policy posting=safer/> }))}
        </PageHead>
        <Waiting on=policy.progress/>
        <div class="card divide-base-300 divide-y empty:hidden">{points}</div>
    }
    .into_any()
}

/// Says that a point is saved, and takes it back on demand.
fn offer_undo(here: Here, save: FormAction) {
    let toasts = Toasts::expect();
    Effect::new(move |_| {
        let Some(before) = save.answer::<PolicyPoint>() else { return };
        let account = here.account.get_untracked();
        let point = before.clone();
        let undo = Undo::new(move |()| {
            let before = point.clone();
            spawn_local(async move {
                toasts.say(match update_policy(account, before).await {
                    Ok(_) => t(PolicyText::Undone),
                    Err(problem) => t(&problem),
                });
            });
        });
        // Required anew, a second factor would be due later than it was.
        let undo = Some(undo).filter(|_| !matches!(before, PolicyPoint::SecondFactor(_)));
        toasts.offer(t(PolicyText::Saved), undo);
    });
}

#[component]
fn ReadOnly(point: PolicyPoint, said: Cow<'static, str>) -> impl IntoView {
    view! {
        <div class="p-4 sm:p-6">
            <h2 class="font-medium">{t(&point)}</h2>
            <p>{said}</p>
            <p class="field-hint">{t(Meaning(&point))}</p>
        </div>
    }
    .into_any()
}

/// The safer defaults: first what would be different, then on confirmation the change.
#[component]
fn Safer(policy: OrganisationPolicy, posting: FormAction) -> impl IntoView {
    let here = Here::expect();
    let row = |(now, then): (PolicyPoint, PolicyPoint)| {
        view! {
            <tr class="border-base-300 border-t align-top">
                <th scope="row" class="py-2 pe-3 text-start font-medium">{t(&now)}</th>
                <td class="py-2 pe-3">{t(policy.value_of(&now))}</td>
                <td class="py-2">{t(policy.value_of(&then))}</td>
            </tr>
        }
    };
    let rows = policy.policy.safer().into_iter().map(row).collect_view();
    view! {
        <button type="button" class="btn" commandfor="safer" command="show-modal">{t(PolicyText::Safer)}</button>
        <dialog id="safer" class="modal" aria-labelledby="safer-title">
            <div class="modal-box max-w-xl">
                <h2 id="safer-title" class="text-base font-semibold">{t(PolicyText::SaferQuestion)}</h2>
                <p class="text-muted mb-4 mt-2">{t(PolicyText::SaferConsequence)}</p>
                <table class="w-full text-sm">
                    <thead class="text-muted text-xs">
                        <tr><th scope="col" class="py-1 text-start">{t(PolicyText::Setting)}</th><th scope="col" class="py-1 text-start">{t(PolicyText::Now)}</th><th scope="col" class="py-1 text-start">{t(PolicyText::Then)}</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <div class="modal-action">
                    <button type="button" class="btn btn-sm" commandfor="safer" command="close">{t(ButtonText::Cancel)}</button>
                    <PostForm posting id="make-safer" class="">
                        <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                        <Submit posting label=t(ButtonText::Apply) class="btn btn-primary btn-sm"/>
                    </PostForm>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}
