//! What people read is a value until it is known who reads it: a [`Text`] becomes words in a [`Locale`].
//!
//! Each language is one folder, with one file for each area. A text without its words in a language does not compile.

mod en;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The language that somebody reads, with how it writes numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    #[default]
    En,
}

impl Locale {
    pub const ALL: [Self; 1] = [Self::En];

    /// Its tag by BCP 47, for the `lang` of a page.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
        }
    }
}

/// What a person reads, as a value.
pub trait Text {
    /// Its words in the language of its reader.
    fn text(&self, locale: Locale) -> Cow<'static, str>;
}

/// What has its words in every language.
impl<T: en::English + ?Sized> Text for T {
    fn text(&self, locale: Locale) -> Cow<'static, str> {
        match locale {
            Locale::En => self.en(),
        }
    }
}

impl Text for &(dyn Text + Sync) {
    fn text(&self, locale: Locale) -> Cow<'static, str> {
        (**self).text(locale)
    }
}

/// What something means, in a sentence, beside what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Meaning<T>(pub T);

/// A number as its reader writes it: 18204 as "18,204".
#[derive(Clone, Copy, Debug)]
pub struct Number(pub u64);
