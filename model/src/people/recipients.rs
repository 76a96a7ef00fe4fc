/// The recipients in a pasted text: addresses, and what stands in the place of one.
///
/// Takes lists as people paste them: commas, semicolons, blanks, tabs or lines between, `mailto:` before an
/// address, and names as mail programs write them: `Bar, Erin <erin@example.com>`,
/// `"Bar; Erin" <erin@example.com>`, `Erin Bar erin@example.com`, `erin@example.com (Erin Bar)`. A name is no
/// recipient. Other words without an `@` are given too: whoever forgot one is told which it is.
pub fn recipients(typed: &str) -> Vec<&str> {
    typed.split(['\n', '\r']).flat_map(of_line).collect()
}

fn of_line(line: &str) -> Vec<&str> {
    let items = items(line);
    let mut recipients = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let addresses = addresses(item);
        if !addresses.is_empty() {
            recipients.extend(addresses);
        } else if !is_name(item, &items[position + 1..], line) {
            recipients.extend(words(item));
        }
    }
    recipients
}

/// A line cut at commas and semicolons, but for those in quotation marks and comments.
fn items(line: &str) -> Vec<&str> {
    let (mut items, mut start, mut closed_by) = (Vec::new(), 0, None);
    for (position, letter) in line.char_indices() {
        let after = || &line[position + letter.len_utf8()..];
        match (closed_by, letter) {
            (Some(end), letter) if letter == end => closed_by = None,
            // Alone, it is a mere character.
            (None, '"') if after().contains('"') => closed_by = Some('"'),
            (None, '(') if after().contains(')') => closed_by = Some(')'),
            (None, ',' | ';') => {
                items.push(&line[start..position]);
                start = position + 1;
            }
            (Some(_) | None, _) => {}
        }
    }
    items.push(&line[start..]);
    items
}

/// The addresses of an item: those in angle brackets, or else the words with an `@`.
fn addresses(item: &str) -> Vec<&str> {
    let in_brackets = item.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest));
    let bracketed: Vec<&str> = in_brackets.flat_map(words).collect();
    if bracketed.is_empty() { words(item).filter(|word| word.contains('@')).collect() } else { bracketed }
}

/// Whether an item without an address is the first half of a name, as "Bar" in `Bar, Erin <erin@example.com>`, or
/// a name in quotation marks beside an address.
fn is_name(item: &str, next: &[&str], line: &str) -> bool {
    let before_brackets = next.iter().find(|item| item.contains('@')).is_some_and(|item| item.contains('<'));
    before_brackets || (item.trim_start().starts_with('"') && line.contains('@'))
}

fn words(item: &str) -> impl Iterator<Item = &str> {
    let mut comment = false;
    let words = item.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '<' | '>'));
    words
        .filter(move |word| {
            let inside = comment || word.starts_with('(');
            comment = inside && !word.ends_with(')');
            !inside
        })
        .map(address_of_link)
        .filter(|word| !word.is_empty())
}

/// `mailto:ana@example.com?subject=Hello` gives the address.
fn address_of_link(word: &str) -> &str {
    match word.split_at_checked(7) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => rest.split('?').next().unwrap_or(rest),
        _ => word.trim_end_matches('.'),
    }
}
