//! Names of people, organisations, accounts and roles. They go into letters to people who do not know whoever typed
//! them, so nothing in them may become a link or look like the letter's own words.

use crate::{FieldErrors, FieldFault, limit};

/// Characters of a name that a letter repeats.
const SHOWN: usize = 60;

impl FieldErrors {
    /// A name that goes into letters: a line of text without web or e-mail addresses.
    pub fn name(&mut self, field: &'static str, text: &mut String) {
        self.required(field, text, limit::NAME);
        if has_link(text) {
            self.add(field, FieldFault::NameWithLink);
        }
    }
}

/// Endings of hosts so common that mail programs take even a single letter before them for one, as in `t.co`. Not those
/// that stand between initials and a surname, as in `J.de Vries`.
const COMMON_ENDINGS: [&str; 15] =
    ["com", "net", "org", "info", "biz", "io", "co", "me", "ly", "gl", "gg", "ai", "app", "dev", "xyz"];

/// Whether a mail program may turn a part of the text into a link: an address with its scheme, an e-mail address, or a
/// word that reads as a host, such as `evil.example` or `t.co`. Initials, such as `J.R.Smith`, do not.
pub fn has_link(text: &str) -> bool {
    let text = text.replace(['。', '．', '｡'], ".").replace('＠', "@");
    let is_of_host = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    text.contains("://") || text.split(|c| !is_of_host(c)).any(is_host) || has_short_host(&text) || has_mailbox(&text)
}

/// Whether an at sign stands inside of a word.
fn has_mailbox(text: &str) -> bool {
    let mut words = text.split('@');
    let mut before = words.next().unwrap_or_default();
    words.any(|after| {
        let ends = before.ends_with(|c: char| !c.is_whitespace());
        before = after;
        ends && after.starts_with(char::is_alphanumeric)
    })
}

fn is_host(word: &str) -> bool {
    let labels: Vec<&str> = word.trim_matches(['.', '-']).split('.').filter(|label| !label.is_empty()).collect();
    let is_ip = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    let Some((last, others)) = labels.split_last() else { return false };
    let is_long = others.iter().any(|label| label.chars().count() > 1);
    let is_common = !others.is_empty() && COMMON_ENDINGS.contains(&&*last.to_lowercase());
    is_ip || is_common || (is_ending(last) && is_long)
}

/// Whether a domain may end in it.
fn is_ending(label: &str) -> bool {
    label.starts_with("xn--") || (label.chars().count() > 1 && label.chars().all(char::is_alphabetic))
}

/// A host of one letter with another ending, such as `b.link/x`, is told from initials by what follows it.
fn has_short_host(text: &str) -> bool {
    let hosts = text.split_whitespace().filter_map(|word| word.split_once('/')).map(|(host, _)| host);
    hosts.filter_map(|host| host.rsplit_once('.')).any(|(name, ending)| !name.is_empty() && is_ending(ending))
}

/// A name as a letter repeats it: shortened, on one line, and without a link, for names from before they were checked.
pub fn in_letter(name: &str) -> String {
    let name = if has_link(name) {
        name.replace("://", " ").replace(['.', '。', '．', '｡', '/', '@', '＠'], " ")
    } else {
        name.to_owned()
    };
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut shown: String = name.chars().take(SHOWN).collect();
    if name.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

/// As [`in_letter`], between quotation marks, so that it does not read as the letter's own words.
pub fn quoted(name: &str) -> String {
    format!("“{}”", in_letter(name).replace(['“', '”', '„', '"'], "'"))
}
