use model::limit;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::{ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use std::fmt;

/// How the arguments of a server function travel: as an HTML form posts them, so that the same
/// address answers the page's code and a plain form. A field that nobody knows is an error.
pub type Form = Post<StrictForm>;

/// `application/x-www-form-urlencoded` with `form[field]` for fields within.
pub struct StrictForm;

/// How deep fields may lie within one another.
const DEPTH: usize = 5;

#[derive(Debug)]
pub enum FormError {
    TooLarge,
    NoText,
    Unreadable(serde_qs::Error),
    UnknownField(String),
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("the form is too large"),
            Self::NoText => f.write_str("the form is not UTF-8"),
            Self::Unreadable(error) => error.fmt(f),
            Self::UnknownField(field) => write!(f, "nobody knows the field {field}"),
        }
    }
}

impl ContentType for StrictForm {
    const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";
}

impl FormatType for StrictForm {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for StrictForm {
    type Error = serde_qs::Error;

    fn encode(form: &T) -> Result<bytes::Bytes, Self::Error> {
        serde_qs::to_string(form).map(bytes::Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for StrictForm {
    type Error = FormError;

    fn decode(body: bytes::Bytes) -> Result<T, Self::Error> {
        if body.len() > limit::BODY {
            return Err(FormError::TooLarge);
        }
        // The deserializer would put other characters in their place.
        if percent_encoding::percent_decode(&body).decode_utf8().is_err() {
            return Err(FormError::NoText);
        }
        let config = serde_qs::Config::new(DEPTH, false);
        let deserializer = serde_qs::Deserializer::with_config(&config, &body).map_err(FormError::Unreadable)?;
        let mut unknown = None;
        let form = serde_ignored::deserialize(deserializer, |field| unknown = Some(field.to_string()));
        match (form, unknown) {
            (Err(error), _) => Err(FormError::Unreadable(error)),
            (Ok(_), Some(field)) => Err(FormError::UnknownField(field)),
            (Ok(form), None) => Ok(form),
        }
    }
}
