/// How a text travels by SMS: in one message or several, each of which costs (3GPP TS 23.038 and 23.040).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segments {
    /// Messages for each contact; 0 for no text.
    pub count: usize,
    /// Places that the text takes: most characters one, a few two.
    pub places: usize,
    /// The first character outside the basic alphabet, for which every message holds less.
    pub outside: Option<char>,
}

/// The characters that take one place, besides the letters and digits of ASCII.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/// Those that take two.
const EXTENDED: &str = "^{}\\[~]|€";

impl Segments {
    pub fn of(text: &str) -> Self {
        let outside = text.chars().find(|char| basic_places(*char).is_none());
        let places = |char: char| match outside {
            Some(_) => char.len_utf16(),
            None => basic_places(char).unwrap_or(1),
        };
        let total = text.chars().map(places).sum();
        let mut segments = Self { count: usize::from(total > 0), places: total, outside };
        if total > segments.single() {
            // No character is cut in two.
            let mut used = 0;
            for places in text.chars().map(places) {
                if used + places > segments.per_part() {
                    segments.count += 1;
                    used = 0;
                }
                used += places;
            }
        }
        segments
    }

    /// Places of each message: one that stands alone has more.
    pub const fn per_message(self) -> usize {
        if self.count <= 1 { self.single() } else { self.per_part() }
    }

    const fn single(self) -> usize {
        if self.outside.is_some() { 70 } else { 160 }
    }

    /// Places of one of several, which says which one it is.
    const fn per_part(self) -> usize {
        if self.outside.is_some() { 67 } else { 153 }
    }
}

fn basic_places(char: char) -> Option<usize> {
    if char.is_ascii_alphanumeric() || BASIC.contains(char) {
        Some(1)
    } else if EXTENDED.contains(char) {
        Some(2)
    } else {
        None
    }
}
