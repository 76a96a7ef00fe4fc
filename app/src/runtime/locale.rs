use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use model::{Locale, Text};
use std::borrow::Cow;

/// The language of whoever reads the page.
pub const fn locale() -> Locale {
    Locale::En
}

/// What a text says to whoever reads the page.
pub fn t(text: impl Text) -> Cow<'static, str> {
    text.text(locale())
}

/// A text with views in it: the first stands where the words have `{0}`, the second where they have `{1}`, in whatever
/// order the language needs.
pub fn t_with(text: impl Text, views: impl IntoIterator<Item = AnyView>) -> AnyView {
    place(&t(text), views.into_iter().map(Some).collect())
}

/// Not generic, so that it travels to the browser once.
fn place(words: &str, mut views: Vec<Option<AnyView>>) -> AnyView {
    let mut pieces = Vec::new();
    let mut rest = words;
    while let Some((before, (position, after))) = next_view(rest) {
        pieces.push(before.to_owned().into_any());
        pieces.extend(views.get_mut(position).and_then(Option::take));
        rest = after;
    }
    pieces.push(rest.to_owned().into_any());
    StaticVec::from(pieces).into_any()
}

/// What stands before the next `{0}`, its number, and what follows it.
fn next_view(words: &str) -> Option<(&str, (usize, &str))> {
    let (before, after) = words.split_once('{')?;
    let (number, after) = after.split_once('}')?;
    Some((before, (number.parse().ok()?, after)))
}
