//! The parts of the program that travel to the browser when one of their pages is first opened. The
//! bundle's build splits the program at the functions that are made here; on the server they are plain calls.

/// Parts, each with what it shows: the name that its pages have in the address, and where they are.
macro_rules! parts {
    ($($part:ident { $($area:ident in $of:ident::$module:ident { $($page:ident),+ $(,)? })+ })+) => {
        $($(pub mod $area {
            use leptos::prelude::*;

            $(#[expect(non_snake_case, reason = "it is named as the component is")]
            pub(super) mod $page {
                use leptos::{prelude::*, wasm_split::{SplitLoaderError, wasm_split}};

                #[wasm_split($part, wasm_split_path = leptos::wasm_split, fallible, preload(load))]
                pub fn $page() -> Result<AnyView, SplitLoaderError> {
                    Ok(crate::pages::$of::$module::$page().into_any())
                }
            }

            #[component]
            pub fn $page() -> impl IntoView {
                crate::components::show($page::$page, || Box::pin($page::load()))
            })+
        })+)+

        /// The part that the page of a path is in, unless it came with the main one.
        #[cfg(feature = "ssr")]
        pub fn part_of(path: &str) -> Option<&'static str> {
            match area(path).as_str() {
                $($(stringify!($area) => Some(stringify!($part)),)+)+
                _ => None,
            }
        }

        /// Fetches the part that the page of a path is in. False if it does not come.
        #[cfg(feature = "hydrate")]
        pub async fn load(path: &str) -> bool {
            match area(path).as_str() {
                $($(stringify!($area) => $($area::$page::load().await.is_ok())&&+,)+)+
                _ => true,
            }
        }
    };
}

// Few parts: what two of them share becomes a file of its own, and so does what each other two share.
parts! {
    door {
        sign_in in identity::sign_in { SignInPage, SignInCodePage }
        sign_up in identity::sign_up { SignUpPage, SignUpSent, ConfirmSignUpPage }
        invitations in people::invitations { OwnInvitations, InvitationPage }
        organisations in organisation::create { NewOrganisation }
        second_factor in identity::second_factor { SecondFactorPage }
        email in identity::email_change { EmailPage, ConfirmEmail }
    }
    work {
        contacts in messaging::contacts { ContactsPage, NewContact, EditContact }
        campaigns in messaging::campaigns { CampaignsPage, NewCampaign, CampaignDrawer }
    }
    people {
        members in people::members { MembersPage, InvitePeople, MemberDrawer }
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

/// `access_log` of `/accounts/…/access-log`.
fn area(path: &str) -> String {
    let mut names = path.split('/').skip(1);
    let area = match names.next() {
        Some("accounts") => names.nth(1),
        area => area,
    };
    area.unwrap_or_default().replace('-', "_")
}

/// Fetches the part of a page that may be opened next.
#[cfg(feature = "hydrate")]
pub fn preload(path: String) {
    leptos::task::spawn_local(async move {
        // What does not come now is asked for again when the page is opened.
        let _ = load(&path).await;
    });
}
