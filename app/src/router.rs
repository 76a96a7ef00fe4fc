use crate::{
    components::{Icon, Modal, ToastRegion},
    console::{Console, PageLink, Sidebar},
    pages::{self, organisation::overview::OverviewPage},
    runtime::{PostedBack, ProofRequest, Toasts, t},
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};
use model::{ConsolePage, ConsoleSection, Permission, ProofText};
use pages_by_part::{
    access, access_log::AccessLog, account_deleted, accounts, api_keys, billing::BillingPage, campaigns,
    confirm_identity, contacts, delete_account, email, email_undo::UndoEmailPage, forgot_password, invitations, member,
    members, my_data, organisation::OrganisationPage, organisations, passkeys::PasskeysPage, password::PasswordPage,
    password_reset::ResetPasswordPage, phone::PhonePage, platform_events::PlatformEventsPage, policy::PolicyPage,
    recovery_codes::RecoveryCodesPage, roles, second_factor::SecondFactorPage, sessions::SessionsPage,
    settings::SettingsPage, sign_in, sign_up,
};

/// Which page travels in which part of the program.
pub(crate) mod pages_by_part {
    use crate::parts::parts;

    // Few parts: what two of them share becomes a file of its own, and so does what each other two share.
    parts! {
        sign_in {
            sign_in in identity::sign_in { SignInPage, SignInCodePage }
            confirm_identity in identity::confirm_identity { ConfirmIdentityPage, ProofForm }
        }
        door {
            sign_up in identity::sign_up { SignUpPage, SignUpSent, ConfirmSignUpPage }
            invitations in people::invitations { OwnInvitations, InvitationPage }
            organisations in organisation::create { NewOrganisation }
            email_undo in identity::email_undo { UndoEmailPage }
            forgot_password in identity::password_reset { ForgotPassword, ForgotPasswordSent }
            password_reset in identity::password_reset { ResetPasswordPage }
            account_deleted in identity::user_deletion { AccountDeletedPage }
        }
        settings {
            settings in identity::settings { SettingsPage }
        }
        security {
            passkeys in identity::passkeys { PasskeysPage }
            second_factor in identity::second_factor { SecondFactorPage }
            recovery_codes in identity::recovery_codes { RecoveryCodesPage }
            email in identity::email_change { EmailPage, ConfirmEmail }
            password in identity::password { PasswordPage }
            phone in identity::phone { PhonePage }
        }
        own_data {
            my_data in identity::data_export { DataExportPage }
            delete_account in identity::user_deletion { DeleteAccountPage }
            sessions in identity::sessions { SessionsPage }
        }
        work {
            contacts in messaging::contacts { ContactsPage, NewContact, EditContact }
            campaigns in messaging::campaigns { CampaignsPage, NewCampaign, CampaignDrawer }
        }
        members {
            members in people::members { MembersPage }
        }
        member {
            member beside members in people::members { InvitePeople, MemberDrawer }
        }
        alerts {
            platform_events in delivery::platform_events { PlatformEventsPage }
        }
        people {
            roles in people::roles { RolesPage, NewRole, CompareRoles, RoleDrawer }
            accounts in organisation::accounts { AccountsPage, NewAccount, AccountDrawer }
        }
        access {
            access in audit::explorer { AccessPage, ExplainMember, ExplainKey }
            api_keys in identity::api_keys { KeysPage, NewKey, KeyDrawer }
        }
        organisation {
            access_log in audit::access_log { AccessLog }
            organisation in organisation::details { OrganisationPage }
            policy in organisation::policy { PolicyPage }
            billing in organisation::billing { BillingPage }
        }
    }
}

const SIDEBAR: Sidebar = Sidebar(&[
    (None, &[PageLink::new("", Icon::LayoutDashboard, ConsolePage::Overview, None)]),
    (
        Some(ConsoleSection::Work),
        &[
            PageLink::of_resource("contacts", Icon::Contact, Permission::ContactReadBasic),
            PageLink::of_resource("campaigns", Icon::Megaphone, Permission::CampaignRead),
            PageLink::new("platform-events", Icon::Activity, ConsolePage::PlatformEvents, Some(Permission::AlertRead)),
        ],
    ),
    (
        Some(ConsoleSection::Access),
        &[
            PageLink::of_resource("members", Icon::Users, Permission::MemberRead),
            PageLink::of_resource("roles", Icon::ShieldCheck, Permission::RoleRead),
            PageLink::of_resource("api-keys", Icon::KeyRound, Permission::ApiKeyRead),
            PageLink::new("access", Icon::Waypoints, ConsolePage::AccessExplorer, Some(Permission::MemberRead)),
            PageLink::of_resource("access-log", Icon::ScrollText, Permission::AccessLogRead),
        ],
    ),
    (
        Some(ConsoleSection::Organisation),
        &[
            PageLink::of_resource("accounts", Icon::Network, Permission::AccountRead),
            PageLink::of_resource("billing", Icon::Receipt, Permission::BillingRead),
            PageLink::of_resource("organisation", Icon::Building2, Permission::OrganisationRead),
            PageLink::new("policy", Icon::SlidersHorizontal, ConsolePage::Policy, Some(Permission::OrganisationRead)),
        ],
    ),
]);

/// The whole of the pages. Each is sent complete, so that it reads without the page's code.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(SIDEBAR);
    PostedBack::provide();
    let toasts = Toasts::provide();
    let proof = ProofRequest::provide();
    #[cfg(feature = "hydrate")]
    {
        provide_context(crate::console::Preload(preload));
        crate::runtime::browser::prepare();
    }
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
                <Route path=path!("/passkeys") view=PasskeysPage ssr=SsrMode::Async/>
                <Route path=path!("/email-undo/:secret") view=UndoEmailPage ssr=SsrMode::Async/>
                <Route path=path!("/password") view=PasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/forgot-password") view=forgot_password::ForgotPassword ssr=SsrMode::Async/>
                <Route path=path!("/forgot-password/sent") view=forgot_password::ForgotPasswordSent ssr=SsrMode::Async/>
                <Route path=path!("/password-reset/:secret") view=ResetPasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/phone") view=PhonePage ssr=SsrMode::Async/>
                <Route path=path!("/second-factor") view=SecondFactorPage ssr=SsrMode::Async/>
                <Route path=path!("/recovery-codes") view=RecoveryCodesPage ssr=SsrMode::Async/>
                <Route path=path!("/my-data") view=my_data::DataExportPage ssr=SsrMode::Async/>
                <Route path=path!("/delete-account") view=delete_account::DeleteAccountPage ssr=SsrMode::Async/>
                <Route path=path!("/account-deleted") view=account_deleted::AccountDeletedPage ssr=SsrMode::Async/>
                <Route path=path!("/sessions") view=SessionsPage ssr=SsrMode::Async/>
                <Route path=path!("/confirm-identity") view=confirm_identity::ConfirmIdentityPage ssr=SsrMode::Async/>
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
                        <Route path=path!("invite") view=member::InvitePeople/>
                        <Route path=path!(":member") view=member::MemberDrawer/>
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
                        <Route path=path!(":child") view=accounts::AccountDrawer/>
                    </ParentRoute>
                    <Route path=path!("platform-events") view=PlatformEventsPage/>
                    <Route path=path!("access-log") view=AccessLog/>
                    <Route path=path!("billing") view=BillingPage/>
                    <Route path=path!("organisation") view=OrganisationPage/>
                    <Route path=path!("policy") view=PolicyPage/>
                    <Route path=path!("settings") view=SettingsPage/>
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion toasts/>
        <ProofDialog proof/>
    }
}

/// Asks who uses the page when something that it sends takes a proof of that.
#[component]
fn ProofDialog(proof: ProofRequest) -> impl IntoView {
    let is_asked = Memo::new(move |_| proof.action.with(Option::is_some));
    view! {
        <Modal heading="proof-title" open=is_asked.into() on_close=Callback::new(move |()| proof.answer(false))>
            <h2 id="proof-title" class="text-base font-semibold">{t(ProofText::Title)}</h2>
            {move || is_asked.get().then(|| view! { <confirm_identity::ProofForm/> })}
        </Modal>
    }
}

/// Fetches the parts of a page that may be opened next.
#[cfg(feature = "hydrate")]
pub fn preload(path: String) {
    leptos::task::spawn_local(async move {
        // What does not come now is asked for again when the page is opened.
        let _ = pages_by_part::load(&path).await;
    });
}
