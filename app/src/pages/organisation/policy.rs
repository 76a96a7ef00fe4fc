use crate::{
    api::{GetPolicy, MakePolicySafer, UpdatePolicy},
    components::{Field, PageHead, PostForm, SelectField, Submit, Time, Waiting},
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{OrganisationPolicy, Permission, Policy, PolicyPoint, Role, Topic};

/// The rules that hold for everyone, a point each.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let here = Here::expect();
    let policy = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Roles, Topic::Rights]);
        GetPolicy { account: here.account.get() }
    });
    let may_update = here.may(Permission::OrganisationPolicy);
    // They outlive the points, which are drawn anew as soon as they are saved.
    let safer = FormAction::to::<MakePolicySafer>().success_message("The safer defaults hold.");
    let saves =
        Policy::default().points().map(|_| FormAction::to::<UpdatePolicy>().success_message("The policy is saved."));
    let differs = move || policy.with(|policy| policy.is_some_and(|policy| !policy.policy.safer().is_empty()));
    let points = move || {
        let policy = policy.get()?;
        let points = policy.policy.points().into_iter().zip(saves);
        Some(if may_update.get() {
            points
                .map(|(point, posting)| view! { <Point policy=policy.clone() point posting/> })
                .collect_view()
                .into_any()
        } else {
            points.map(|(point, _)| view! { <ReadOnly said=policy.words(&point) point/> }).collect_view().into_any()
        })
    };
    view! {
        <Title text="Policy"/>
        <PageHead title="Policy" purpose="The rules that hold for everyone in the organisation. Every change stands in the data access log.">
            {move || (may_update.get() && differs()).then(|| policy.get().map(|policy| view! { <Safer policy posting=safer/> }))}
        </PageHead>
        <Waiting on=policy.progress/>
        <div class="card divide-base-300 divide-y empty:hidden">{points}</div>
    }
    .into_any()
}

#[component]
fn Point(policy: OrganisationPolicy, point: PolicyPoint, posting: FormAction) -> impl IntoView {
    let here = Here::expect();
    let (name, label, hint, value) = (point.name(), point.label(), point.meaning(), point.value());
    let roles: Vec<Role> = policy.roles.iter().map(|(role, _)| *role).collect();
    let kept = policy.role_changes.err().filter(|_| matches!(point, PolicyPoint::RoleChanges(_)));
    let hit =
        matches!(point, PolicyPoint::SecondFactor(_)).then(|| view! { <WithoutSecondFactor policy=policy.clone()/> });
    // Made within the form, whose state it needs.
    let field = move || match point.choices(&roles) {
        Some(mut choices) => {
            // What was stored by an earlier version may be none of them.
            if !choices.contains(&point) {
                choices.push(point);
            }
            let options = choices.iter().map(|choice| (choice.value(), policy.words(choice))).collect();
            view! { <SelectField name label hint options value disabled=kept.is_some()/> }.into_any()
        }
        None => view! { <Field name label hint value/> }.into_any(),
    };
    view! {
        <PostForm posting id=name only=name check={check::<PolicyPoint>} class="flex flex-wrap items-start gap-x-4 gap-y-3 p-4 sm:p-6">
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <div class="min-w-48 max-w-xl flex-1">{field()} {hit}</div>
            {match kept {
                Some(refusal) => view! { <p class="text-muted text-xs sm:mt-9">{refusal.sentence()}</p> }.into_any(),
                // Beside the choice, below its label.
                None => view! { <Submit posting label="Save" class="btn sm:mt-6.5"/> }.into_any(),
            }}
        </PostForm>
    }
    .into_any()
}

/// Whom the second factor is required of, and from when.
#[component]
fn WithoutSecondFactor(policy: OrganisationPolicy) -> impl IntoView {
    let here = Here::expect();
    let people = match policy.without_second_factor {
        0 => "Everyone has one.".to_owned(),
        1 => "1 person has none.".to_owned(),
        people => format!("{people} people have none."),
    };
    let from = policy.second_factor_from.map(|from| view! { "Required from " <Time moment=from/> ". " });
    let see = move || {
        let may = policy.without_second_factor > 0 && here.may(Permission::MemberRead).get();
        may.then(|| view! { " " <a class="link" href=here.path("members?second_factor=without")>"See who"</a> })
    };
    view! { <p class="mt-1 text-xs">{from} {people} {see}</p> }.into_any()
}

#[component]
fn ReadOnly(point: PolicyPoint, said: String) -> impl IntoView {
    view! {
        <div class="p-4 sm:p-6">
            <h2 class="font-medium">{point.label()}</h2>
            <p>{said}</p>
            <p class="field-hint">{point.meaning()}</p>
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
                <th scope="row" class="py-2 pe-3 text-start font-medium">{now.label()}</th>
                <td class="py-2 pe-3">{policy.words(&now)}</td>
                <td class="py-2">{policy.words(&then)}</td>
            </tr>
        }
    };
    let rows = policy.policy.safer().into_iter().map(row).collect_view();
    view! {
        <button type="button" class="btn" commandfor="safer" command="show-modal">"Safer defaults"</button>
        <dialog id="safer" class="modal" aria-labelledby="safer-title">
            <div class="modal-box max-w-xl">
                <h2 id="safer-title" class="text-base font-semibold">"Use the safer defaults?"</h2>
                <p class="text-muted mb-4 mt-2">"This changes, at once and for everyone:"</p>
                <table class="w-full text-sm">
                    <thead class="text-muted text-xs">
                        <tr><th scope="col" class="py-1 text-start">"Point"</th><th scope="col" class="py-1 text-start">"Now"</th><th scope="col" class="py-1 text-start">"Then"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <div class="modal-action">
                    <button type="button" class="btn btn-sm" commandfor="safer" command="close">"Keep"</button>
                    <PostForm posting id="make-safer" class="">
                        <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                        <Submit posting label="Use them" class="btn btn-primary btn-sm"/>
                    </PostForm>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}
