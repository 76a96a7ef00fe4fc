use crate::{
    api::SignUp as Action,
    components::{Field, NewPassword, PostForm, Posting, Submit, check},
    pages::Welcome,
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::SignUp;

#[component]
pub fn SignUpPage() -> impl IntoView {
    let posting = Posting::to::<Action>();
    view! {
        <Title text="Create your organisation"/>
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">"Create your organisation"</h1>
            <p class="text-muted mb-6 mt-1">"You become its owner. You can invite others in the next step."</p>
            <PostForm posting id="sign-up" check={check::<SignUp>}>
                <div class="grid gap-4 sm:grid-cols-2">
                    <Field name="first_name" label="First name" autocomplete="given-name" required=true/>
                    <Field name="last_name" label="Last name" autocomplete="family-name" required=true/>
                </div>
                <Field name="organisation" label="Organisation" autocomplete="organization" required=true/>
                <Field name="email" label="Work e-mail" kind="email" autocomplete="username" required=true/>
                <NewPassword/>
                <Submit posting label="Create organisation" class="btn btn-primary mt-2 w-full"/>
            </PostForm>
            <p class="text-muted mt-8">"Already a member? " <a class="link link-primary" href="/sign-in">"Sign in"</a></p>
        </Welcome>
    }
    .into_any()
}
