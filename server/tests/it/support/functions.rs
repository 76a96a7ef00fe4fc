use super::{App, Fields, PASSWORD, fields};
use model::{
    AccountForm, AccountId, ApiKeyForm, ApiKeyId, CampaignForm, CampaignId, ContactForm, ContactId, InvitationFilter,
    InvitationId, MemberId, Password, Role, RoleForm, RoleId, SignUp,
};
use uuid::Uuid;

/// Every server function there is, by name.
pub fn functions() -> Vec<String> {
    let paths = leptos::server_fn::axum::server_fn_paths();
    let mut names: Vec<String> = paths
        .map(|(path, method)| {
            assert_eq!(method, "POST", "{path} changes nothing by GET");
            path.strip_prefix("/api/").expect("server functions lie under /api/").to_owned()
        })
        .collect();
    names.sort();
    names
}

/// These change who is signed in: a test calls each with a session of its own.
pub const OF_SESSIONS: [&str; 5] = ["sign_up", "confirm_sign_up", "sign_in", "sign_out", "accept_invitation"];

/// What a call is about.
#[derive(Clone, Debug)]
pub struct Ids {
    pub account: AccountId,
    /// An account below it.
    pub place: AccountId,
    pub role: RoleId,
    pub key: ApiKeyId,
    pub member: MemberId,
    pub contact: ContactId,
    pub campaign: CampaignId,
    pub invitation: InvitationId,
    pub secret: String,
    /// The secret in the letter of a sign-up.
    pub sign_up: String,
    /// An address that nobody has.
    pub new_email: String,
    /// An address that has a login.
    pub known_email: String,
}

/// A call that succeeds for those who may do everything. A new server function needs a line here.
#[expect(clippy::too_many_lines, reason = "a line for each server function")]
pub fn fields_of(function: &str, ids: &Ids) -> Fields {
    let Ids {
        account,
        place,
        role,
        key,
        member,
        contact,
        campaign,
        invitation,
        secret,
        sign_up,
        new_email,
        known_email,
    } = ids;
    let new_name = &*new_email.replace(['@', '.'], " ");
    let (place, role) = (&*place.to_string(), &*role.to_string());
    let key = &*key.to_string();
    let (account, member) = (&*account.to_string(), &*member.to_string());
    let campaign = &*campaign.to_string();
    let (contact, invitation) = (&*contact.to_string(), &*invitation.to_string());
    let here = ("account", account);
    match function {
        "get_profile"
        | "sign_out"
        | "list_own_invitations"
        | "get_second_factor"
        | "get_own_email"
        | "send_confirmation"
        | "has_local_outbox" => fields(&[]),
        "change_own_email" => fields(&[("form[email]", new_email), ("form[password]", PASSWORD)]),
        "begin_second_factor" | "remove_second_factor" => fields(&[("form[password]", PASSWORD)]),
        "confirm_second_factor" | "sign_in_with_code" => fields(&[("form[code]", "123456")]),
        "search_open_accounts" => fields(&[("text", "acme")]),
        "list_accounts" => fields(&[here, ("name", "a")]),
        "get_account" => fields(&[here, ("place", place)]),
        "create_account" => fields(&[here, ("form[name]", "Cape Town")]),
        "rename_account" => fields(&[("account", place), ("form[name]", "Durban")]),
        "preview_account_move" | "move_account" => fields(&[("account", place), ("parent", account)]),
        "preview_account_delete" => fields(&[("account", place)]),
        "delete_account" => fields(&[("account", place), ("form[name]", "")]),
        "create_role" => fields(&[here, ("form[name]", new_name), ("form[like]", "viewer")]),
        "get_role" => fields(&[here, ("role", role)]),
        "rename_role" => fields(&[here, ("role", role), ("form[name]", new_name)]),
        "switch_role_permission" => fields(&[here, ("role", role), ("path", "contact.read.pii"), ("on", "true")]),
        "delete_role" => fields(&[here, ("role", role), ("instead", "viewer")]),
        "list_api_keys" => fields(&[here, ("filter[search]", "tnt_"), ("filter[state]", "live")]),
        "create_api_key" => fields(&[
            here,
            ("form[name]", "Web shop"),
            ("form[permissions]", "contact.read.basic"),
            ("form[days]", "30"),
        ]),
        "get_api_key" | "switch_off_api_key" | "rotate_api_key" | "revoke_api_key" | "get_key_access" => {
            fields(&[here, ("key", key)])
        }
        "switch_api_key_permission" => fields(&[here, ("key", key), ("path", "contact.read.basic"), ("on", "false")]),
        "take_unused_of_key" => fields(&[here, ("key", key), ("permissions", "contact campaign")]),
        "sign_up" => fields(&[
            ("form[first_name]", "Nora"),
            ("form[last_name]", "New"),
            ("form[organisation]", "Initech"),
            ("form[email]", new_email),
            ("form[password]", PASSWORD),
        ]),
        "sign_in" => fields(&[("form[email]", known_email), ("form[password]", PASSWORD), ("form[then]", "/accounts")]),
        "open_invitation" | "ask_for_invitation" | "open_email_change" => fields(&[("secret", secret)]),
        "open_sign_up" => fields(&[("secret", sign_up)]),
        "confirm_sign_up" => fields(&[("form[secret]", sign_up), ("form[password]", PASSWORD)]),
        "confirm_email" => fields(&[("form[secret]", secret), ("form[password]", PASSWORD)]),
        "accept_invitation" => fields(&[
            ("form[secret]", secret),
            ("form[first_name]", "Nora"),
            ("form[last_name]", "New"),
            ("form[password]", PASSWORD),
        ]),
        "get_standing"
        | "list_account_choices"
        | "get_organisation"
        | "get_overview"
        | "count_members"
        | "list_invitation_accounts"
        | "list_roles"
        | "list_role_choices"
        | "get_new_key_start"
        | "preview_organisation_delete"
        | "get_deletion"
        | "restore_organisation"
        | "get_policy"
        | "get_billing"
        | "make_policy_safer"
        | "list_member_accounts"
        | "list_members_above"
        | "get_idle_permissions"
        | "get_ownership"
        | "withdraw_ownership"
        | "accept_ownership"
        | "decline_ownership"
        | "leave_organisation" => fields(&[here]),
        "create_organisation" => fields(&[("form[name]", "Initech")]),
        "delete_organisation" => fields(&[here, ("form[name]", "Acme"), ("form[password]", PASSWORD)]),
        "search_account" => fields(&[here, ("text", "ana")]),
        "update_organisation" => fields(&[
            here,
            ("form[name]", "Acme"),
            ("form[physical_address][city]", "Cape Town"),
            ("form[physical_address][country]", "DE"),
        ]),
        "update_billing" => fields(&[here, ("form[address][country]", "DE"), ("form[vat_number]", "DE123456789")]),
        "update_policy" => fields(&[here, ("form[invitation_days]", "14")]),
        "list_contacts" => fields(&[here, ("filter[tag]", "vip")]),
        "list_members" => fields(&[
            here,
            ("filter[search]", "ana"),
            ("filter[role]", "member"),
            ("filter[within]", account),
            ("filter[second_factor]", "false"),
            ("filter[sort]", "name"),
        ]),
        "list_holders" | "list_key_holders" => fields(&[here, ("permission", "contact.read.pii")]),
        "take_unused" => fields(&[here, ("member", member), ("permissions", "contact campaign")]),
        "list_access_entries" => fields(&[
            here,
            ("filter[ips]", "198.51.100.1, 198.51.100.2"),
            ("filter[path]", "/api"),
            ("filter[outcome]", "refused"),
        ]),
        "create_contact" => {
            fields(&[here, ("form[name]", "Ben"), ("form[email]", "ben@example.com"), ("form[tags]", "vip")])
        }
        "get_contact" | "delete_contact" => fields(&[here, ("contact", contact)]),
        "update_contact" => {
            fields(&[here, ("contact", contact), ("form[name]", "Ben"), ("form[mobile]", "+27825550100")])
        }
        "tag_contact" => fields(&[here, ("contact", contact), ("form[tags]", "vip")]),
        "list_invitations" => fields(&[here, ("filter[search]", "ben")]),
        "list_campaigns" => fields(&[here, ("filter[search]", "sale")]),
        "create_campaign" => fields(&[here, ("form[name]", "Sale"), ("form[text]", "20% off"), ("form[tag]", "vip")]),
        "get_campaign" | "delete_campaign" => fields(&[here, ("campaign", campaign)]),
        "update_campaign" => fields(&[here, ("campaign", campaign), ("form[name]", "Sale"), ("form[text]", "30% off")]),
        "get_member" | "get_member_access" | "suspend_member" | "restore_member" | "remove_member" => {
            fields(&[here, ("member", member)])
        }
        "set_role" | "preview_role" => fields(&[here, ("member", member), ("role", "viewer")]),
        "switch_permission" => fields(&[here, ("member", member), ("path", "contact.read.pii"), ("on", "false")]),
        "preview_members_change" | "change_members" => {
            fields(&[here, ("selection[members][0]", member), ("act[set_role]", "viewer")])
        }
        "undo_members_change" => fields(&[here, ("request", "01900000-0000-7000-8000-000000000000")]),
        "invite_members" => fields(&[here, ("form[emails]", new_email), ("form[role]", "viewer")]),
        "set_invitation_role" => fields(&[here, ("invitation", invitation), ("role", "member")]),
        "offer_ownership" => fields(&[here, ("form[member]", member), ("form[password]", PASSWORD)]),
        "accept_own_invitation" | "ask_own_invitation" | "decline_own_invitation" => fields(&[("own", invitation)]),
        "resend_invitation" | "revoke_invitation" => fields(&[here, ("invitation", invitation)]),
        other => panic!("the server function {other} has no line in `fields_of`: add one with a call that succeeds"),
    }
}

/// The addresses of all pages, with their parameters.
pub fn pages() -> Vec<String> {
    let pages = leptos_axum::generate_route_list(app::App);
    let mut routes: Vec<String> = pages.iter().map(|page| page.path().to_owned()).collect();
    routes.sort();
    routes.dedup();
    routes
}

/// The address of a route. A new parameter needs a line here.
pub fn address(route: &str, ids: &Ids) -> String {
    let part = |part: &str| match part {
        "{account}" => ids.account.to_string(),
        "{key}" => ids.key.to_string(),
        "{contact}" => ids.contact.to_string(),
        "{campaign}" => ids.campaign.to_string(),
        "{member}" => ids.member.to_string(),
        "{place}" => ids.place.to_string(),
        "{role}" => ids.role.to_string(),
        "{secret}" if route.starts_with("/sign-up/") => ids.sign_up.clone(),
        "{secret}" => ids.secret.clone(),
        "{file}" => "x.css".to_owned(),
        part if part.contains(['{', ':', '*']) => {
            panic!("the parameter {part} of the route {route} has no line in `address`: add one")
        }
        part => part.to_owned(),
    };
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// What a call needs to find.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    Nothing,
    Place,
    Role,
    Key,
    Admin,
    Member,
    Contact,
    Campaign,
    Invitation,
    SignUp,
}

impl Wants {
    pub fn of(function: &str, ids: &Ids) -> Self {
        let names: Vec<String> = fields_of(function, ids).into_iter().map(|(name, _)| name).collect();
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        match () {
            () if has("member") || has("selection[members][0]") => Self::Member,
            () if has("form[member]") => Self::Admin,
            () if has("place") => Self::Place,
            () if fields_of(function, ids).contains(&("account".to_owned(), ids.place.to_string())) => Self::Place,
            () if fields_of(function, ids).contains(&("role".to_owned(), ids.role.to_string())) => Self::Role,
            () if has("key") => Self::Key,
            () if has("contact") => Self::Contact,
            () if has("campaign") => Self::Campaign,
            () if fields_of(function, ids).iter().any(|(_, value)| *value == ids.sign_up) => Self::SignUp,
            () if has("invitation") || has("secret") || has("form[secret]") => Self::Invitation,
            () => Self::Nothing,
        }
    }
}

impl App {
    /// Ids that nothing has, but for the account.
    pub fn unknown(&self, account: AccountId) -> Ids {
        let new = || self.service.new_id().unwrap();
        Ids {
            account,
            place: AccountId(new()),
            role: RoleId(new()),
            key: ApiKeyId(new()),
            member: MemberId(new()),
            contact: ContactId(new()),
            campaign: CampaignId(new()),
            invitation: InvitationId(new()),
            secret: Uuid::simple(new()).to_string(),
            sign_up: Uuid::simple(new()).to_string(),
            new_email: self.new_address("new"),
            known_email: self.owner().email.clone(),
        }
    }

    /// New rows of the owner's organisation, as far as a call needs them.
    pub async fn fresh(&self, wants: Wants) -> Ids {
        let owner = self.owner();
        let ctx = self.context(owner.user);
        let mut ids = self.unknown(owner.account);
        match wants {
            Wants::Nothing => {}
            Wants::Place => {
                let form = AccountForm { name: "Below".to_owned() };
                ids.place = service::account::create(&ctx, owner.account, form).await.unwrap();
            }
            Wants::Role => {
                let form = RoleForm { name: ids.new_email.replace(['@', '.'], " "), like: None };
                ids.role = service::role::create(&ctx, owner.account, form).await.unwrap();
            }
            Wants::Key => {
                let form = ApiKeyForm { name: "Web shop".to_owned(), permissions: "contact campaign".into(), days: 0 };
                ids.key = service::api_key::create(&ctx, owner.account, form).await.unwrap().id;
            }
            Wants::Admin => ids.member = self.join(Role::Admin).await.member,
            Wants::Member => ids.member = self.join(Role::Member).await.member,
            Wants::Contact => {
                let form =
                    ContactForm { name: "Ben".into(), email: "ben@example.com".into(), ..ContactForm::default() };
                ids.contact = service::contact::create(&ctx, owner.account, form).await.unwrap();
            }
            Wants::Campaign => {
                let form = CampaignForm { name: "Sale".into(), text: "20% off".into(), tag: String::new() };
                ids.campaign = service::campaign::create(&ctx, owner.account, form).await.unwrap();
            }
            Wants::SignUp => {
                let form = SignUp {
                    first_name: "Nora".to_owned(),
                    last_name: "New".to_owned(),
                    organisation: "Initech".to_owned(),
                    email: ids.new_email.clone(),
                    password: Password::new(PASSWORD),
                };
                service::sign_up::ask(&self.context(owner.user), form).await.unwrap();
                ids.sign_up = self.link(&ids.new_email, "/sign-up/confirm/").await;
            }
            Wants::Invitation => {
                ids.secret = self.invite(&self.new_address("invited"), Role::Viewer).await;
                ids.invitation =
                    service::invitation::list(&ctx, owner.account, InvitationFilter::default()).await.unwrap().rows[0]
                        .id;
            }
        }
        ids
    }
}
