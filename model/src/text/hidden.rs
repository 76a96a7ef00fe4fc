use crate::FieldFault;

/// Whether this is a character that nobody sees: `Default_Ignorable_Code_Point` of Unicode 16 (which has all that
/// turn the direction of a text in it), the separators of lines and paragraphs, marks of annotations, the
/// non-characters, and the Braille pattern without a dot.
pub const fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{2800}' | '\u{3164}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}'..='\u{FFFF}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether there is nothing to see in a text that is not empty.
pub fn looks_empty(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| is_hidden(letter) || letter.is_whitespace() || letter.is_control())
}

/// What keeps a text from being a line that everybody reads alike: control characters, and those that
/// nobody sees, save where writing needs them (RFC 8264, `FreeformClass`; emoji by Unicode Technical Standard 51).
///
/// # Errors
/// What is wrong with it.
pub fn line_fault(text: &str) -> Result<(), FieldFault> {
    if looks_empty(text) {
        return Err(FieldFault::LooksEmpty);
    }
    if text.chars().any(char::is_control) {
        return Err(FieldFault::LineBreak);
    }
    let mut before = None;
    for (position, letter) in text.char_indices() {
        let rest = &text[position + letter.len_utf8()..];
        if is_hidden(letter) && !before.is_some_and(|before| belongs(before, letter, rest.chars().next())) {
            let code = u32::from(letter);
            let after = text[..position].split_whitespace().next_back().map(ToOwned::to_owned);
            return Err(FieldFault::HiddenCharacter { code, after });
        }
        before = Some(letter);
    }
    Ok(())
}

/// Whether a character that nobody sees changes how its neighbours look, as it is there for.
fn belongs(before: char, letter: char, after: Option<char>) -> bool {
    match letter {
        // Zero width non-joiner and joiner: Persian, the scripts of India, and composed emoji.
        '\u{200C}' => joins(before),
        '\u{200D}' => joins(before) || (is_of_emoji(before) && after.is_some_and(is_of_emoji)),
        // Selectors of a variant: emoji or text, forms of one ideograph in Japanese names.
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => !is_hidden(before) && !before.is_whitespace(),
        '\u{180B}'..='\u{180F}' => matches!(before, '\u{1820}'..='\u{18AA}'),
        // The flags of parts of a country: a black flag, followed by letters that are tags.
        '\u{E0020}'..='\u{E007F}' => matches!(before, '\u{1F3F4}' | '\u{E0020}'..='\u{E007E}'),
        _ => false,
    }
}

/// Whether a letter belongs to a script whose letters join, or that has a virama (blocks of Unicode, for what
/// RFC 5892, A.1 and A.2, tells by joining types).
const fn joins(letter: char) -> bool {
    matches!(letter,
        '\u{620}'..='\u{DFF}' | '\u{F00}'..='\u{109F}' | '\u{1700}'..='\u{17B3}' | '\u{17B6}'..='\u{17FF}'
        | '\u{1820}'..='\u{18AF}' | '\u{1A20}'..='\u{1AAF}' | '\u{1B00}'..='\u{1C4F}' | '\u{A800}'..='\u{A9FF}'
        | '\u{AA60}'..='\u{AAFF}' | '\u{ABC0}'..='\u{ABFF}' | '\u{10A00}'..='\u{10AFF}'
        | '\u{11000}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}')
}

const fn is_of_emoji(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{27FF}' | '\u{2900}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}')
}
