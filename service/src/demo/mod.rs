//! A realistic organisation to look at: sixty people, a tree of accounts, thousands of contacts and
//! a month of log.

mod campaigns;
mod history;
mod keys;
mod names;
mod people;
mod platform_events;

use crate::{Access, Change, Context, Error, Result, Service, account, contact, entity, organisation, password};
use model::{AccountId, ContactForm, Event, OrganisationEvent, OrganisationId, Password, UserId};
use sea_orm::EntityTrait;
use std::{sync::Arc, time::Duration};

const OWNER: &str = "thandi@northwind.example";
const PASSWORD: &str = "Demo-password-1";
const CONTACTS: u64 = 5_000;
const MONTH: Duration = Duration::from_hours(720);

/// The accounts: each with its parent's position; the first is the root.
const ACCOUNTS: [(&str, usize); 9] = [
    ("Northwind Retail", 0),
    ("Western Cape", 0),
    ("Cape Town", 1),
    ("Stellenbosch", 1),
    ("Gauteng", 0),
    ("Johannesburg", 4),
    ("Sandton City", 5),
    ("Pretoria", 4),
    ("Online shop", 0),
];

/// Numbers that look random and are the same in every demo.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap_or(0)]
    }
}

/// Fills an empty database, and says how to sign in. A second call changes nothing.
///
/// # Errors
/// [`Error::Setup`] for a database that has users: everybody knows the passwords of the demo.
pub async fn fill(service: &Arc<Service>) -> Result<String> {
    let ctx = Context::system(Arc::clone(service), model::Job::FillDemo)?;
    let guide = format!("Sign in at {} as {OWNER} with the password {PASSWORD}", service.settings.public_url);
    if crate::user::with_email(ctx.readers(), OWNER).await?.is_some() {
        return Ok(format!("The demo is there already. {guide}"));
    }
    if entity::user::Entity::find().one(ctx.readers()).await?.is_some() {
        let sentence = "this database has users already, and the demo's password is public: choose an empty database";
        return Err(Error::Setup(sentence.to_owned()));
    }
    let password_hash = password::hash(&ctx, Password::new(PASSWORD)).await?;
    let mut dice = Dice(7);

    let owner = UserId(ctx.new_id()?);
    let (organisation, root) = (OrganisationId(ctx.new_id()?), AccountId(ctx.new_id()?));
    Access::for_self(&ctx, owner, organisation, root)
        .change(async |change| {
            people::owner(change, owner, &password_hash).await?;
            organisation::insert(change, ACCOUNTS[0].0.to_owned(), owner).await?;
            people::have_been_here(change, owner).await?;
            let accounts = tree(change, root).await?;
            let users = people::members(change, &accounts, &password_hash, &mut dice).await?;
            people::invitations(change, &accounts).await?;
            contacts(&ctx, change, &accounts, &mut dice).await?;
            campaigns::write(change, &accounts).await?;
            keys::write(change, owner, &accounts).await?;
            platform_events::write(change, &accounts, &mut dice).await?;
            history::write(change, &users, &accounts, &mut dice).await?;
            Ok((format!("The demo is ready. {guide}"), Event::Organisation(OrganisationEvent::OrganisationFounded)))
        })
        .await
}

async fn tree(change: &Change, root: AccountId) -> Result<Vec<AccountId>> {
    let mut accounts = vec![root];
    for (name, parent) in &ACCOUNTS[1..] {
        let id = AccountId(change.access().ctx().new_id()?);
        account::insert(change, id, Some(accounts[*parent]), (*name).to_owned()).await?;
        accounts.push(id);
    }
    Ok(accounts)
}

async fn contacts(ctx: &Context, change: &Change, accounts: &[AccountId], dice: &mut Dice) -> Result<()> {
    for number in 0..CONTACTS {
        let (first, last) = (dice.pick(&names::FIRST), dice.pick(&names::LAST));
        let tags: Vec<&str> = (0..dice.roll(3)).map(|_| dice.pick(&names::TAGS)).collect();
        let form = ContactForm {
            name: format!("{first} {last}"),
            mobile: format!("+27{}{:07}", dice.pick(&[71, 72, 73, 76, 78, 79, 82, 83, 84]), dice.roll(10_000_000)),
            email: format!("{}.{}{number}@mail.example", first.to_lowercase(), last.to_lowercase().replace(' ', "")),
            tags: tags.join(","),
            version: None,
        };
        // Most of them work from the root account, where one who looks around begins.
        let account = if dice.roll(3) == 0 { dice.pick(accounts) } else { accounts[0] };
        let ago = Duration::from_secs(dice.roll(MONTH.as_secs()));
        contact::insert(change, account, form, ctx.now() - ago).await?;
    }
    Ok(())
}
