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
        ]
    }
}
