//! Amounts of money, and of credits.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// The currencies in circulation, by their code (ISO 4217, list one, without funds, metals and tests), those with another
/// number of decimals than two apart. One that is withdrawn stays: stored amounts are in it.
const TWO_DECIMALS: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
    CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR \
    IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN \
    NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL \
    THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
const NO_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";

/// A currency, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency {
    code: &'static str,
    decimals: u8,
}

impl Currency {
    /// Three capital letters.
    pub const fn code(self) -> &'static str {
        self.code
    }
}

/// The text is the code of no currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        [(TWO_DECIMALS, 2), (NO_DECIMALS, 0), (THREE_DECIMALS, 3)]
            .into_iter()
            .find_map(|(codes, decimals)| {
                let code = codes.split_ascii_whitespace().find(|one| one.eq_ignore_ascii_case(code))?;
                Some(Self { code, decimals })
            })
            .ok_or(UnknownCurrency)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(|UnknownCurrency| D::Error::custom("there is no such currency"))
    }
}

/// Money, or credits where there is no currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// In the smallest unit: cents of a euro, whole yen, whole credits.
    units: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<Currency>,
}

/// What keeps a text from being an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountFault {
    NotANumber,
    /// More decimals than the currency has.
    Decimals {
        limit: u8,
    },
    TooLarge,
}

/// Digits before the point: more than there is money.
const WHOLE_DIGITS: usize = 13;

impl Amount {
    /// Reads "12.50", "-3" or "1000": a point before the decimals, and nothing between thousands.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str, currency: Option<Currency>) -> Result<Self, AmountFault> {
        let limit = currency.map_or(0, |currency| currency.decimals);
        let (negative, number) = match text.strip_prefix('-') {
            Some(number) => (true, number),
            None => (false, text),
        };
        let (whole, decimals) = match number.split_once('.') {
            Some((_, "")) => return Err(AmountFault::NotANumber),
            Some(parts) => parts,
            None => (number, ""),
        };
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !are_digits(whole) || !are_digits(decimals) {
            return Err(AmountFault::NotANumber);
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > usize::from(limit) {
            return Err(AmountFault::Decimals { limit });
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > WHOLE_DIGITS {
            return Err(AmountFault::TooLarge);
        }
        let digits = format!("0{whole}{decimals:0<width$}", width = usize::from(limit));
        let units: i64 = digits.parse().map_err(|_| AmountFault::TooLarge)?;
        Ok(Self { units: if negative { -units } else { units }, currency })
    }

    pub const fn currency(self) -> Option<Currency> {
        self.currency
    }
}

/// "12.50", without its currency.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let units = self.units.unsigned_abs();
        match self.currency.map_or(0, |currency| currency.decimals) {
            0 => write!(f, "{sign}{units}"),
            decimals => {
                let one = 10_u64.pow(u32::from(decimals));
                write!(f, "{sign}{}.{:0width$}", units / one, units % one, width = usize::from(decimals))
            }
        }
    }
}
