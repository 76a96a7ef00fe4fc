use crate::{
    components::ToastRegion,
    console::Console,
    pages::{self, organisation::overview::OverviewPage},
    parts::{
        access, access_log::AccessLog, accounts, api_keys, billing::BillingPage, campaigns, contacts, email,
        invitations, members, organisation::OrganisationPage, organisations, policy::PolicyPage, roles,
        second_factor::SecondFactorPage, sign_in, sign_up,
    },
    runtime::Toasts,
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

/// The whole of the pages. Each is sent complete, so that it reads without the page's code.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let toasts = Toasts::provide();
    #[cfg(feature = "hydrate")]
    crate::runtime::browser::prepare();
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Tenantry".to_owned() } else { format!("{title} · Tenantry") }/>
        <Router>
            <crate::console::Navigation/>
            <Routes fallback=pages::NotFound>
                <Route path=path!("/") view=pages::Home ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=sign_in::SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/code") view=sign_in::SignInCodePage ssr=SsrMode::Async/>
                <Route path=path!("/email") view=email::EmailPage ssr=SsrMode::Async/>
                <Route path=path!("/email/:secret") view=email::ConfirmEmail ssr=SsrMode::Async/>
                <Route path=path!("/second-factor") view=SecondFactorPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-up") view=sign_up::SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-up/sent") view=sign_up::SignUpSent ssr=SsrMode::Async/>
                <Route path=path!("/sign-up/confirm/:secret") view=sign_up::ConfirmSignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/invitations") view=invitations::OwnInvitations ssr=SsrMode::Async/>
                <Route path=path!("/invitations/:secret") view=invitations::InvitationPage ssr=SsrMode::Async/>
                <Route path=path!("/organisations/new") view=organisations::NewOrganisation ssr=SsrMode::Async/>
                <ParentRoute path=path!("/accounts/:account") view=Console ssr=SsrMode::Async>
                    <Route path=path!("") view=OverviewPage/>
                    <ParentRoute path=path!("contacts") view=contacts::ContactsPage>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("new") view=contacts::NewContact/>
                        <Route path=path!(":contact") view=contacts::EditContact/>
                    </ParentRoute>
                    <ParentRoute path=path!("campaigns") view=campaigns::CampaignsPage>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("new") view=campaigns::NewCampaign/>
                        <Route path=path!(":campaign") view=campaigns::CampaignDrawer/>
                    </ParentRoute>
                    <ParentRoute path=path!("members") view=members::MembersPage>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("invite") view=members::InvitePeople/>
                        <Route path=path!(":member") view=members::MemberDrawer/>
                    </ParentRoute>
                    <ParentRoute path=path!("roles") view=roles::RolesPage>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("new") view=roles::NewRole/>
                        <Route path=path!("compare") view=roles::CompareRoles/>
                        <Route path=path!(":role") view=roles::RoleDrawer/>
                    </ParentRoute>
                    <ParentRoute path=path!("api-keys") view=api_keys::KeysPage>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("new") view=api_keys::NewKey/>
                        <Route path=path!(":key") view=api_keys::KeyDrawer/>
                    </ParentRoute>
                    <ParentRoute path=path!("access") view=access::AccessPage>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("keys/:key") view=access::ExplainKey/>
                        <Route path=path!(":member") view=access::ExplainMember/>
                    </ParentRoute>
                    <ParentRoute path=path!("accounts") view=accounts::AccountsPage>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("new") view=accounts::NewAccount/>
                        <Route path=path!(":place") view=accounts::AccountDrawer/>
                    </ParentRoute>
                    <Route path=path!("access-log") view=AccessLog/>
                    <Route path=path!("billing") view=BillingPage/>
                    <Route path=path!("organisation") view=OrganisationPage/>
                    <Route path=path!("policy") view=PolicyPage/>
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion toasts/>
    }
}
