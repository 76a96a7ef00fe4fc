use crate::{Country, FieldErrors, limit};
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
    pub country: Country,
}

/// How a country writes the lines between street and country. From the Universal Postal Union's
/// "Postal addressing systems in member countries" (upu.int), for the countries that most letters go to.
#[derive(Clone, Copy)]
enum Order {
    /// "10115 Berlin"
    CodeCity,
    /// "Springfield IL 62704"
    CityRegionCode,
    /// "Leeds", and "LS1 4AP" below.
    CodeBelow,
}

impl Order {
    fn of(country: &Country) -> Self {
        match country.code() {
            Some(
                "US" | "PR" | "GU" | "VI" | "AS" | "MP" | "CA" | "AU" | "NZ" | "IN" | "PK" | "BD" | "NP" | "SA" | "JP"
                | "SG" | "TW" | "TH" | "ID" | "NG",
            ) => Self::CityRegionCode,
            Some(
                "GB" | "GG" | "IM" | "JE" | "GI" | "FK" | "IE" | "ZA" | "KE" | "LK" | "EG" | "RU" | "UA" | "BR" | "KR",
            ) => Self::CodeBelow,
            // Where the rule is not known, as where no country is named, as most countries do.
            Some(_) | None => Self::CodeCity,
        }
    }
}

impl Address {
    /// Tidies every line and notes faults under `prefix[field]`.
    pub fn check(&mut self, prefix: &str, errors: &mut FieldErrors) {
        let Self { street, extra, city, region, postal_code, country } = self;
        let lines =
            [("street", street), ("extra", extra), ("city", city), ("region", region), ("postal_code", postal_code)];
        for (name, line) in lines {
            errors.optional(format!("{prefix}[{name}]"), line, limit::LINE);
        }
        country.check(format!("{prefix}[country]"), errors);
    }

    /// The lines as a letter to the country has them, without those that are empty.
    pub fn lines(&self) -> Vec<String> {
        let Self { street, extra, city, region, postal_code, country } = self;
        let mut lines = vec![street.clone(), extra.clone()];
        match Order::of(country) {
            Order::CodeCity => lines.extend([line(&[postal_code, city]), region.clone()]),
            Order::CityRegionCode => lines.push(line(&[city, region, postal_code])),
            Order::CodeBelow => lines.extend([city.clone(), region.clone(), postal_code.clone()]),
        }
        lines.push(country.name().to_owned());
        lines.retain(|line| !line.is_empty());
        lines
    }
}

fn line(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
