use crate::{
    components::{Field, PostForm, SelectField, Submit, Time},
    runtime::{Fetched, FormAction, Here, check, t, t_with},
};
use leptos::{
    ev::KeyboardEvent,
    html::Div,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement},
};
use model::{Meaning, OrganisationPolicy, Permission, PolicyPoint, PolicyText, Refusal, Role};

/// What the form of a point is made from, besides how the point stands: its field stays while it is being used.
#[derive(Clone, PartialEq)]
struct Shape {
    /// What can be chosen; `None` for what is typed.
    options: Option<Vec<(String, String)>>,
    /// Why it cannot be changed.
    kept: Option<Refusal>,
}

impl Shape {
    fn of(policy: &OrganisationPolicy, point: &PolicyPoint) -> Self {
        let roles: Vec<Role> = policy.roles.iter().map(|(role, _)| *role).collect();
        let options = point.choices(&roles).map(|mut choices| {
            // What was stored by an earlier version may be none of them.
            if !choices.contains(point) {
                choices.push(point.clone());
            }
            choices.iter().map(|choice| (choice.value(), t(policy.value_of(choice)).into_owned())).collect()
        });
        let kept = policy.role_changes.err().filter(|_| matches!(point, PolicyPoint::RoleChanges(_)));
        Self { options, kept }
    }
}

/// One point, which is saved as soon as something else is chosen, or typed and left.
#[component]
pub fn Point(policy: Fetched<OrganisationPolicy>, position: usize, posting: FormAction) -> impl IntoView {
    let point = Memo::new(move |_| {
        policy.with(|policy| policy.and_then(|policy| policy.policy.points().into_iter().nth(position)))
    });
    let shape = Memo::new(move |_| {
        let point = point.get()?;
        policy.with(|policy| policy.map(|policy| Shape::of(policy, &point)))
    });
    let form = move || {
        let (shape, point_now) = (shape.get()?, point.get_untracked()?);
        Some(view! { <PointForm policy point point_now shape posting/> })
    };
    form.into_any()
}

#[component]
fn PointForm(
    policy: Fetched<OrganisationPolicy>,
    point: Memo<Option<PolicyPoint>>,
    /// How it stands as the form is made.
    point_now: PolicyPoint,
    shape: Shape,
    posting: FormAction,
) -> impl IntoView {
    let here = Here::expect();
    let (name, label, hint, value) = (point_now.name(), t(&point_now), t(Meaning(&point_now)), point_now.value());
    let Shape { options, kept } = shape;
    let is_typed = options.is_none();
    let hit = matches!(point_now, PolicyPoint::SecondFactor(_))
        .then(|| move || policy.get().map(|policy| view! { <WithoutSecondFactor policy/> }));
    let field = NodeRef::<Div>::new();
    let save = autosave(field, point, posting, is_typed);
    let enter = move |event: KeyboardEvent| {
        if is_typed && event.key() == "Enter" {
            // The browser would send it as well.
            event.prevent_default();
            save.run(());
        }
    };
    // Made within the form, whose state it needs.
    let input = move || match options {
        Some(options) => view! { <SelectField name label hint options value disabled=kept.is_some()/> }.into_any(),
        None => view! { <Field name label hint value/> }.into_any(),
    };
    view! {
        <PostForm posting id=name only=name check={check::<PolicyPoint>} class="flex flex-wrap items-start gap-x-4 gap-y-3 p-4 sm:p-6">
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <div class="min-w-48 max-w-xl flex-1">
                <div node_ref=field on:change=move |_| save.run(()) on:keydown=enter>{input()}</div>
                {hit}
            </div>
            {match kept {
                Some(refusal) => view! { <p class="text-muted text-xs sm:mt-9">{t(refusal)}</p> }.into_any(),
                // Beside the choice, below its label.
                None => view! { <div class="without-code sm:mt-6.5"><Submit posting label=t(PolicyText::Save) class="btn"/></div> }.into_any(),
            }}
        </PostForm>
    }
    .into_any()
}

/// Sends the form when its field holds something new. The field follows what others save, but for somebody who is
/// typing there.
fn autosave(
    field: NodeRef<Div>,
    point: Memo<Option<PolicyPoint>>,
    posting: FormAction,
    is_typed: bool,
) -> Callback<()> {
    let stored = Memo::new(move |_| point.with(|point| point.as_ref().map(PolicyPoint::value).unwrap_or_default()));
    let sent = StoredValue::new(stored.get_untracked());
    Effect::new(move |before: Option<()>| {
        let value = stored.get();
        sent.set_value(value.clone());
        // What came with the page stands there already.
        if let (Some(control), Some(())) = (field.get_untracked().and_then(|field| Control::of(&field)), before)
            && !(is_typed && control.has_focus())
        {
            control.set_value(&value);
        }
    });
    Effect::new(move |_| {
        if posting.problem.with(Option::is_some) {
            sent.set_value(stored.get_untracked());
        }
    });
    Callback::new(move |()| {
        let Some(control) = field.get_untracked().and_then(|field| Control::of(&field)) else { return };
        let value = control.value();
        if sent.get_value() != value {
            sent.set_value(value);
            control.send();
        } else if value == stored.get_untracked() {
            posting.problem.set(None);
        }
    })
}

/// What a point is changed by.
enum Control {
    Select(HtmlSelectElement),
    Input(HtmlInputElement),
}

impl Control {
    fn of(field: &Element) -> Option<Self> {
        let found = field.query_selector("select, input").ok().flatten()?;
        match found.dyn_into() {
            Ok(select) => Some(Self::Select(select)),
            Err(other) => other.dyn_into().ok().map(Self::Input),
        }
    }

    fn element(&self) -> &Element {
        match self {
            Self::Select(select) => select,
            Self::Input(input) => input,
        }
    }

    fn has_focus(&self) -> bool {
        document().active_element().as_ref() == Some(self.element())
    }

    fn value(&self) -> String {
        match self {
            Self::Select(select) => select.value(),
            Self::Input(input) => input.value(),
        }
    }

    fn set_value(&self, value: &str) {
        match self {
            Self::Select(select) => select.set_value(value),
            Self::Input(input) => input.set_value(value),
        }
    }

    /// As a click on the button of its form would.
    fn send(&self) {
        let form =
            self.element().closest("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            // It is in the document, so it is sent.
            let _ = form.request_submit();
        }
    }
}

/// Whom the second factor is required of, and from when.
#[component]
fn WithoutSecondFactor(policy: OrganisationPolicy) -> impl IntoView {
    let here = Here::expect();
    let people = t(PolicyText::WithoutTwoFactor { people: policy.without_second_factor });
    let from = policy
        .second_factor_from
        .map(|from| view! { {t_with(PolicyText::TwoFactorFrom, [view! { <Time moment=from/> }.into_any()])} " " });
    let see = move || {
        let may = policy.without_second_factor > 0
            && here.may(Permission::MemberRead).get()
            && here.may(Permission::MemberUpdate).get();
        may.then(|| view! { " " <a class="link" href=here.path("members?second_factor=without")>{t(PolicyText::SeeWho)}</a> })
    };
    view! { <p class="mt-1 text-xs">{from} {people} {see}</p> }.into_any()
}
