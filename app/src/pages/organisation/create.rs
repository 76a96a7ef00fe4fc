//! Founding another organisation.

use crate::{
    api::{CreateOrganisation, GetProfile},
    components::{Field, Plain, PostForm, SignInFirst, Submit},
    runtime::{Fetched, FormAction, check},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{NewOrganisation as Form, Refusal};

/// A new organisation for somebody who is signed in.
#[component]
pub fn NewOrganisation() -> impl IntoView {
    let profile = Fetched::of(|| GetProfile {});
    let may_found = Memo::new(move |_| profile.with(|profile| profile.is_none_or(|profile| profile.may_found)));
    view! {
        <Title text="New organisation"/>
        <SignInFirst problem=move || profile.problem()/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"New organisation"</h1>
            {move || if may_found.get() {
                view! { <Create/> }.into_any()
            } else {
                view! { <p class="text-muted mt-2">{Refusal::SignUpClosed.sentence()}</p> }.into_any()
            }}
            <p class="mt-8"><a class="btn" href="/" rel="external">"Go to my accounts"</a></p>
        </Plain>
    }
    .into_any()
}

#[component]
fn Create() -> impl IntoView {
    let posting = FormAction::to::<CreateOrganisation>();
    view! {
        <p class="text-muted mb-6 mt-1">"You become its owner. Nobody of your other organisations sees it."</p>
        <PostForm posting id="new-organisation" check={check::<Form>}>
            <Field name="name" label="Name" autocomplete="organization" required=true/>
            <Submit posting label="Create organisation" class="btn btn-primary mt-2"/>
        </PostForm>
    }
    .into_any()
}
