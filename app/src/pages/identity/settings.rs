//! One's own settings: what is the reader's in all of their accounts.

mod profile;
mod region;

use self::{profile::PROFILE, region::REGION};
use super::{
    data_export::EXPORT, email_change::EMAIL, passkeys::PASSKEYS, password::PASSWORD, phone::PHONE,
    recovery_codes::RECOVERY_CODES, second_factor::SECOND_FACTOR, sessions::SESSIONS, user_deletion::DELETION,
};
use crate::{
    components::PageHead,
    pages::{OwnSection, people::invitations::INVITATIONS},
    runtime::{PageSection, t},
};
use leptos::{context::Provider, prelude::*};
use leptos_meta::Title;
use model::SettingsText;

const SECTIONS: &[OwnSection] = &[
    PROFILE,
    REGION,
    PASSWORD,
    EMAIL,
    PHONE,
    PASSKEYS,
    SECOND_FACTOR,
    RECOVERY_CODES,
    SESSIONS,
    INVITATIONS,
    EXPORT,
    DELETION,
];

#[component]
pub fn SettingsPage() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        // A page that is loaded, the browser leads to the section by itself.
        let hash = leptos_router::hooks::use_location().hash;
        Effect::new(move |_| crate::runtime::browser::focus_fragment(&hash.get()));
    }
    let link = |OwnSection { id, title, .. }: OwnSection| {
        view! { <a class="tab-entry" href=format!("#{id}")>{t(title)}</a> }
    };
    view! {
        <Title text=|| t(SettingsText::Title)/>
        <PageHead title=|| t(SettingsText::Title) purpose=|| t(SettingsText::Purpose)/>
        <div class="own-sections">
            <nav class="tab-bar" aria-label=t(SettingsText::Sections)>{SECTIONS.iter().copied().map(link).collect_view()}</nav>
            <div class="flex min-w-0 flex-col gap-4">{SECTIONS.iter().copied().map(section).collect_view()}</div>
        </div>
    }
    .into_any()
}

fn section(OwnSection { id, title, content }: OwnSection) -> AnyView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <section id=id class="card own-section" aria-labelledby=labelled_by tabindex="-1">
            <h2 id=title_id class="text-base font-semibold">{t(title)}</h2>
            <Provider value=PageSection(id)>{content()}</Provider>
        </section>
    }
    .into_any()
}
