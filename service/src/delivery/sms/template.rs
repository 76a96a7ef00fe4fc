use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// How a value is written so that it cannot end what it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Within a string of JSON.
    Json,
    /// In an address, or in a form (`application/x-www-form-urlencoded`).
    Percent,
}

/// What stands in the place of `{to}`, `{text}`, `{from}` and `{id}`.
pub(super) struct Values<'a> {
    pub to: &'a str,
    pub text: &'a str,
    pub from: &'a str,
    pub id: &'a str,
}

impl Values<'_> {
    /// With which a template is tried out before there is a message.
    pub const SAMPLE: Values<'static> = Values { to: "+10000000000", text: "\"text\"\n&", from: "from", id: "id" };
}

impl Encoding {
    fn encode(self, value: &str) -> String {
        match self {
            Self::Json => {
                let quoted = serde_json::Value::from(value).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::Percent => utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        }
    }
}

/// Fills a template in, from its beginning to its end: what is in a value stays as it is. Other braces are the template's
/// own, such as those of JSON.
pub(super) fn fill(template: &str, encoding: Encoding, values: &Values) -> String {
    let Values { to, text, from, id } = values;
    let names = [("{to}", to), ("{text}", text), ("{from}", from), ("{id}", id)];
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(brace) = rest.find('{') {
        filled.push_str(&rest[..brace]);
        rest = &rest[brace..];
        if let Some((name, value)) = names.iter().find(|(name, _)| rest.starts_with(name)) {
            filled.push_str(&encoding.encode(value));
            rest = &rest[name.len()..];
        } else {
            filled.push('{');
            rest = &rest[1..];
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Values, fill};

    const VALUES: Values = Values { to: "+27821234567", text: "{to} \"a\" & b\n@x #1", from: "Acme", id: "7" };

    #[test]
    fn values_cannot_end_what_they_are_in() {
        let json = r#"{"to":"{to}","body":{"text":"{text}"},"other":"{other}"}"#;
        assert_eq!(
            fill(json, Encoding::Json, &VALUES),
            r#"{"to":"+27821234567","body":{"text":"{to} \"a\" & b\n@x #1"},"other":"{other}"}"#
        );
        assert_eq!(
            fill("To={to}&From={from}&Body={text}&Id={id}", Encoding::Percent, &VALUES),
            "To=%2B27821234567&From=Acme&Body=%7Bto%7D%20%22a%22%20%26%20b%0A%40x%20%231&Id=7"
        );
        assert_eq!(fill("no place", Encoding::Percent, &VALUES), "no place");
    }
}
