//! How many codes may be on their way that nobody has entered. Each number whose code was entered allows one more to all
//! that it belongs to, so that whoever is used grows, and an attack, of which nothing is entered, stays where it began.
//!
//! The less of a number is known, the more limits it is under. Codes to sign in with a number that has entered one are
//! limited by those codes alone: no attack on its neighbours, its network or its organisation, and nobody who says that the
//! number is theirs, takes its sign-in away. Whoever says so is under all limits, used or not, and does not learn which.

use crate::{
    Context, Result,
    entity::{
        sms_code::SmsPurpose,
        sms_decision::{Column, Entity},
    },
};
use model::{OrganisationId, Phone, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// How long a code that was entered speaks for its number and its block, network and organisation.
pub(super) const CREDIT: Duration = Duration::from_hours(90 * 24);

/// By which a message is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Country,
    Number,
    /// The number without its last four digits.
    Prefix,
    DiallingCode,
    Installation,
    Network,
    Organisation,
}

impl Rule {
    /// As it is stored, and as the operator reads it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Number => "number",
            Self::Prefix => "prefix",
            Self::DiallingCode => "dialling code",
            Self::Installation => "installation",
            Self::Network => "network",
            Self::Organisation => "organisation",
        }
    }
}

/// The widest part of a number from which no code was entered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub(super) enum Novelty {
    Nothing,
    Number,
    Prefix,
    DiallingCode,
}

pub(super) struct Limit {
    pub rule: Rule,
    /// It is for numbers that are as new as this or newer, and counts them alone.
    novelty: Novelty,
    /// Codes that may be unentered before any was entered.
    unentered: u64,
    within: Duration,
    /// How long a number whose code was entered allows one more.
    credit: Duration,
    /// What is counted together with the request; `None` where the request has none of it.
    of: fn(&SmsRequest) -> Option<Expr>,
}

const LIMITS: [Limit; 6] = [
    Limit {
        rule: Rule::Number,
        novelty: Novelty::Nothing,
        unentered: 5,
        within: DAY,
        credit: CREDIT,
        of: |request| Some(request.same_number_and_purpose()),
    },
    PREFIX,
    Limit {
        rule: Rule::DiallingCode,
        novelty: Novelty::Prefix,
        unentered: 5,
        within: HOUR,
        credit: DAY,
        of: |request| Some(request.same_dialling_code()),
    },
    Limit {
        rule: Rule::Installation,
        novelty: Novelty::DiallingCode,
        unentered: 20,
        within: HOUR,
        credit: DAY,
        of: |_| Some(Expr::value(true)),
    },
    Limit {
        rule: Rule::Network,
        novelty: Novelty::Number,
        unentered: 10,
        within: DAY,
        credit: CREDIT,
        of: |request| Some(Column::Network.eq(&*request.network)),
    },
    Limit {
        rule: Rule::Organisation,
        novelty: Novelty::Number,
        unentered: 10,
        within: DAY,
        credit: CREDIT,
        of: |request| request.organisation.map(|organisation| Column::OrganisationId.eq(organisation)),
    },
];

pub(super) const PREFIX: Limit = Limit {
    rule: Rule::Prefix,
    novelty: Novelty::Number,
    unentered: 3,
    within: DAY,
    credit: CREDIT,
    of: |request| Some(Column::Prefix.eq(&*request.prefix)),
};

/// A request for a message.
pub(super) struct SmsRequest {
    pub purpose: SmsPurpose,
    pub number_hash: String,
    pub prefix: String,
    pub dialling_code: i32,
    pub network: String,
    pub at: Timestamp,
    organisation: Option<OrganisationId>,
    country: Option<String>,
}

impl SmsRequest {
    pub fn new(ctx: &Context, phone: &Phone, purpose: SmsPurpose, organisation: Option<OrganisationId>) -> Self {
        Self {
            purpose,
            number_hash: ctx.service().encryption.phone(phone),
            prefix: phone.prefix().to_owned(),
            dialling_code: phone.dialling_code().into(),
            network: ctx.network().subnet(),
            at: ctx.now(),
            organisation,
            country: phone.country(),
        }
    }

    fn number(&self) -> Expr {
        Column::NumberHash.eq(&*self.number_hash)
    }

    fn same_number_and_purpose(&self) -> Expr {
        self.number().and(Column::Purpose.eq(self.purpose))
    }

    fn same_dialling_code(&self) -> Expr {
        Column::DiallingCode.eq(self.dialling_code)
    }

    pub async fn novelty(&self, db: &impl ConnectionTrait) -> Result<Novelty> {
        let least = match self.purpose {
            SmsPurpose::SecondFactor => Novelty::Nothing,
            SmsPurpose::Number => Novelty::Number,
        };
        for (of, novelty) in [
            (self.number(), Novelty::Nothing),
            (Column::Prefix.eq(&*self.prefix), Novelty::Number),
            (self.same_dialling_code(), Novelty::Prefix),
        ] {
            let since = self.at - CREDIT;
            let entered =
                Entity::find().filter(of).filter(Column::SentAt.gt(since)).filter(Column::EnteredAt.is_not_null());
            if entered.one(db).await?.is_some() {
                return Ok(novelty.max(least));
            }
        }
        Ok(Novelty::DiallingCode)
    }

    /// The first rule that refuses it.
    pub async fn refusal(&self, ctx: &Context, db: &impl ConnectionTrait, novelty: Novelty) -> Result<Option<Rule>> {
        let countries = &ctx.service().settings.sms_countries;
        if !countries.is_empty() && self.country.as_ref().is_none_or(|country| !countries.contains(country)) {
            return Ok(Some(Rule::Country));
        }
        for limit in LIMITS.iter().filter(|limit| novelty >= limit.novelty) {
            if let Some(of) = (limit.of)(self)
                && limit.is_reached(db, of, self.at).await?
            {
                return Ok(Some(limit.rule));
            }
        }
        Ok(None)
    }

    /// Seconds until the oldest unentered code of the number counts no more.
    pub async fn seconds_to_wait(&self, db: &impl ConnectionTrait) -> Result<u64> {
        let unentered = Entity::find()
            .filter(self.same_number_and_purpose())
            .filter(Column::SentAt.gt(self.at - DAY))
            .filter(Column::EnteredAt.is_null());
        let oldest = unentered.select_only().column_as(Column::SentAt.min(), "oldest");
        let oldest: Option<Option<Timestamp>> = oldest.into_tuple().one(db).await?;
        let until = oldest.flatten().unwrap_or(self.at) + DAY;
        let seconds = until.since(self.at).as_micros().div_ceil(1_000_000);
        Ok(u64::try_from(seconds).unwrap_or(u64::MAX))
    }
}

impl Limit {
    fn sent(&self, of: Expr, since: Timestamp) -> Select<Entity> {
        Entity::find().filter(of).filter(Column::SentAt.gt(since)).filter(Column::Novelty.gte(self.novelty as i16))
    }

    /// Codes that were sent and not entered.
    pub async fn unentered(&self, db: &impl ConnectionTrait, of: Expr, at: Timestamp) -> Result<u64> {
        Ok(self.sent(of, at - self.within).filter(Column::EnteredAt.is_null()).count(db).await?)
    }

    /// How many codes may be unentered by now.
    pub async fn allowed(&self, db: &impl ConnectionTrait, of: Expr, at: Timestamp) -> Result<u64> {
        let entered = self.sent(of, at - self.credit).filter(Column::EnteredAt.is_not_null());
        let numbers = entered.select_only().column_as(Column::NumberHash.into_expr().count_distinct(), "numbers");
        let numbers: Option<i64> = numbers.into_tuple().one(db).await?;
        Ok(self.unentered + numbers.and_then(|numbers| u64::try_from(numbers).ok()).unwrap_or(0))
    }

    async fn is_reached(&self, db: &impl ConnectionTrait, of: Expr, at: Timestamp) -> Result<bool> {
        let unentered = self.unentered(db, of.clone(), at).await?;
        Ok(unentered >= self.unentered && unentered >= self.allowed(db, of, at).await?)
    }
}
