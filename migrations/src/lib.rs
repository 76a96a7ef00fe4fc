//! The database schema, as the list of steps that lead to it. A step that has been released is
//! never changed: the next one mends it.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261121_000001_spine;
mod m20261122_000002_people;
mod m20261122_000003_policy;
mod m20261122_000004_deletion;
mod m20261122_000005_explorer;
mod m20261122_000006_second_factor;
mod m20261122_000007_email_change;
mod m20261122_000008_api_key;
mod m20261122_000009_campaign;
mod m20261122_000010_invitation_sent;
mod m20261126_000011_verified_email;
mod m20261126_000012_access_entry_repeats;
mod m20261126_000013_search;
mod m20261126_000014_credentials;
mod m20261126_000015_secrets;
mod m20261126_000016_text;
mod m20261126_000017_invitation_key;
mod m20261126_000018_account_deletion;
mod m20261126_000019_last_seen;
mod m20261126_000020_access_counts;
mod m20261126_000021_copied_link;
mod m20261126_000022_root_account_name;
mod m20261126_000023_contact_name;
mod m20261126_000024_invitation_permissions;
mod m20261127_000025_region;
mod m20261127_000027_password_reset;
mod m20261127_000028_former_email;
mod m20261127_000029_sms_decision;
mod m20261127_000030_gateway_id;
mod m20261127_000031_phone;
mod m20261127_000033_passkey;
mod m20261127_000034_remembered_device;
mod m20261127_000035_session_proof;
mod m20261127_000036_user_browser;
mod m20261127_000037_user_deletion;
mod m20261127_000038_data_export;
mod m20261127_000039_platform_event;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_spine::Migration),
            Box::new(m20261122_000002_people::Migration),
            Box::new(m20261122_000003_policy::Migration),
            Box::new(m20261122_000004_deletion::Migration),
            Box::new(m20261122_000005_explorer::Migration),
            Box::new(m20261122_000006_second_factor::Migration),
            Box::new(m20261122_000007_email_change::Migration),
            Box::new(m20261122_000008_api_key::Migration),
            Box::new(m20261122_000009_campaign::Migration),
            Box::new(m20261122_000010_invitation_sent::Migration),
            Box::new(m20261126_000011_verified_email::Migration),
            Box::new(m20261126_000012_access_entry_repeats::Migration),
            Box::new(m20261126_000013_search::Migration),
            Box::new(m20261126_000014_credentials::Migration),
            Box::new(m20261126_000015_secrets::Migration),
            Box::new(m20261126_000016_text::Migration),
            Box::new(m20261126_000017_invitation_key::Migration),
            Box::new(m20261126_000018_account_deletion::Migration),
            Box::new(m20261126_000019_last_seen::Migration),
            Box::new(m20261126_000020_access_counts::Migration),
            Box::new(m20261126_000021_copied_link::Migration),
            Box::new(m20261126_000022_root_account_name::Migration),
            Box::new(m20261126_000023_contact_name::Migration),
            Box::new(m20261126_000024_invitation_permissions::Migration),
            Box::new(m20261127_000025_region::Migration),
            Box::new(m20261127_000027_password_reset::Migration),
            Box::new(m20261127_000028_former_email::Migration),
            Box::new(m20261127_000029_sms_decision::Migration),
            Box::new(m20261127_000030_gateway_id::Migration),
            Box::new(m20261127_000031_phone::Migration),
            Box::new(m20261127_000033_passkey::Migration),
            Box::new(m20261127_000034_remembered_device::Migration),
            Box::new(m20261127_000035_session_proof::Migration),
            Box::new(m20261127_000036_user_browser::Migration),
            Box::new(m20261127_000037_user_deletion::Migration),
            Box::new(m20261127_000038_data_export::Migration),
            Box::new(m20261127_000039_platform_event::Migration),
        ]
    }
}
