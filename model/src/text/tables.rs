use super::is_hidden;
use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use std::borrow::Cow;

pub(super) fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

pub(super) fn fold(text: &str) -> String {
    // Twice, as the definition has it: what a decomposition leaves may have a case again.
    let once = caseless(&DecomposingNormalizerBorrowed::new_nfd().normalize(text));
    ComposingNormalizerBorrowed::new_nfkc().normalize(&caseless(&once)).into_owned()
}

fn caseless(text: &str) -> String {
    let folded = CaseMapper::new().fold_string(text);
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(&folded);
    let mut after_i = false;
    let mut kept = String::with_capacity(decomposed.len());
    for letter in decomposed.chars().filter(|letter| !is_hidden(*letter)) {
        // A combining dot above an i, which is what full folding makes of the Turkish capital.
        if after_i && letter == '\u{307}' {
            continue;
        }
        let letter = if letter == 'ı' { 'i' } else { letter };
        after_i = letter == 'i';
        kept.push(letter);
    }
    kept
}
