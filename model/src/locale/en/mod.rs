//! English, as it is written in South Africa and Britain: "organisation", a full stop after each sentence, 10,000.

mod audit;
mod components;
mod console;
mod delivery;
mod field;
mod frame;
mod identity;
mod letter;
mod messaging;
mod moment;
mod organisation;
mod page;
mod people;
mod problem;
mod resource;
mod sms;

use crate::Number;
use std::borrow::Cow;

/// What has its words in English.
pub trait English {
    fn en(&self) -> Cow<'static, str>;
}

impl<T: English + ?Sized> English for &T {
    fn en(&self) -> Cow<'static, str> {
        (**self).en()
    }
}

impl English for Number {
    fn en(&self) -> Cow<'static, str> {
        number(self.0).into()
    }
}

/// "18,204".
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 person", "3,478 people".
fn count(count: u64, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {several}", number(count)) }
}
