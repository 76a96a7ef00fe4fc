use crate::{FieldErrors, limit};
use serde::{Deserialize, Serialize};

/// A postal address; every line may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::FromJsonQueryResult))]
#[serde(default)]
pub struct Address {
    pub street: String,
    pub extra: String,
    pub city: String,
    pub region: String,
    pub postal_code: String,
    pub country: String,
}

impl Address {
    /// Tidies every line and notes faults under `prefix[field]`.
    pub fn check(&mut self, prefix: &str, errors: &mut FieldErrors) {
        let Self { street, extra, city, region, postal_code, country } = self;
        let lines = [
            ("street", street),
            ("extra", extra),
            ("city", city),
            ("region", region),
            ("postal_code", postal_code),
            ("country", country),
        ];
        for (name, line) in lines {
            errors.optional(format!("{prefix}[{name}]"), line, limit::LINE);
        }
    }
}
