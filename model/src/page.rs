use crate::limit;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr, sync::Arc};

/// A piece of a list, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// Shared, so that a page that is kept is handed out without copying its rows.
    pub rows: Arc<Vec<T>>,
    /// How many rows lie before this page.
    pub before: u64,
    /// How many rows match, on whatever page.
    pub total: Total,
    pub newer: Option<Cursor>,
    pub older: Option<Cursor>,
}

impl<T: Clone> Page<T> {
    /// Turns every row into another.
    pub fn map<U>(self, row: impl FnMut(T) -> U) -> Page<U> {
        let Self { rows, before, total, newer, older } = self;
        let rows = Arc::unwrap_or_clone(rows).into_iter().map(row).collect();
        Page { rows: Arc::new(rows), before, total, newer, older }
    }
}

impl<T: Clone> Page<T> {
    /// As [`Page::map`], where a row may be unreadable.
    ///
    /// # Errors
    /// Of the first such row.
    pub fn try_map<U, E>(self, row: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let Self { rows, before, total, newer, older } = self;
        let rows = Arc::unwrap_or_clone(rows).into_iter().map(row).collect::<Result<_, _>>()?;
        Ok(Page { rows: Arc::new(rows), before, total, newer, older })
    }
}

impl<T> Page<T> {
    /// Where this piece lies in its list.
    pub fn edges(&self) -> PageEdges {
        PageEdges {
            caption: self.caption(),
            is_empty: self.rows.is_empty(),
            newer: self.newer.clone(),
            older: self.older.clone(),
        }
    }

    pub fn caption(&self) -> PageCaption {
        PageCaption { before: self.before, rows: self.rows.len() as u64, total: self.total }
    }
}

/// How many rows match: counted up to [`limit::TOTAL`], since counting more costs more than anybody gains
/// by it. Missing for a page that there is not, such as one after the last.
///
/// In JSON the number, `"10,000+"`, or null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total(Option<u64>);

/// What stands for more rows than are counted.
const UNCOUNTED: &str = "10,000+";

impl Total {
    pub const NONE: Self = Self(None);

    /// As many as were counted, which may be one more than [`limit::TOTAL`].
    pub fn counted(rows: u64) -> Self {
        Self(Some(rows.min(limit::TOTAL + 1)))
    }

    /// The number, if it is counted.
    pub fn rows(self) -> Option<u64> {
        self.0.filter(|rows| *rows <= limit::TOTAL)
    }

    /// Whether there are so many rows or more.
    pub fn is_at_least(self, rows: u64) -> bool {
        self.0.is_some_and(|counted| counted >= rows)
    }
}

impl PartialEq<u64> for Total {
    fn eq(&self, rows: &u64) -> bool {
        self.rows() == Some(*rows)
    }
}

impl Serialize for Total {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0, self.rows()) {
            (_, Some(rows)) => serializer.serialize_u64(rows),
            (Some(_), None) => serializer.serialize_str(UNCOUNTED),
            (None, None) => serializer.serialize_none(),
        }
    }
}

impl<'de> Deserialize<'de> for Total {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Rows(u64),
            Uncounted(String),
            None,
        }
        match Written::deserialize(deserializer)? {
            Written::Rows(rows) => Ok(Self::counted(rows)),
            Written::Uncounted(text) if text == UNCOUNTED => Ok(Self::counted(u64::MAX)),
            Written::Uncounted(_) => Err(serde::de::Error::custom("this is no total")),
            Written::None => Ok(Self::NONE),
        }
    }
}

/// Where a page lies in its list, whatever is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct PageEdges {
    pub caption: PageCaption,
    pub is_empty: bool,
    pub newer: Option<Cursor>,
    pub older: Option<Cursor>,
}

/// Which rows of its list a page has: "1 to 50 of 62".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageCaption {
    /// It came with the reader's cursor: it may be any number.
    pub before: u64,
    pub rows: u64,
    pub total: Total,
}

/// What a row is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    Number(i64),
    Text(String),
}

/// Where a page begins: after or before the row with this key. Opaque to its reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    pub at: SortKey,
    pub id: uuid::Uuid,
    /// Rows before the page, for its caption.
    pub before: u64,
    pub towards: Towards,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Towards {
    Older,
    Newer,
}

/// A number as it is; a text as the numbers of its bytes, after a mark that no number has.
impl fmt::Display for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => {
                f.write_str("_")?;
                text.bytes().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
    }
}

impl FromStr for SortKey {
    type Err = UnknownCursor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some(hex) = text.strip_prefix('_') else {
            return text.parse().map(Self::Number).map_err(|_| UnknownCursor);
        };
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let bytes: Option<Vec<u8>> = hex.as_bytes().chunks(2).map(byte).collect();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(UnknownCursor)?;
        // What no name has, and PostgreSQL would not take.
        if text.chars().any(char::is_control) { Err(UnknownCursor) } else { Ok(Self::Text(text)) }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let towards = match self.towards {
            Towards::Older => 'o',
            Towards::Newer => 'n',
        };
        write!(f, "{towards}.{}.{}.{}", self.before, self.at, self.id.simple())
    }
}

/// The text is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCursor;

impl fmt::Display for UnknownCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no cursor")
    }
}

impl FromStr for Cursor {
    type Err = UnknownCursor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(UnknownCursor);
        let towards = match next()? {
            "o" => Towards::Older,
            "n" => Towards::Newer,
            _ => return Err(UnknownCursor),
        };
        let cursor = Self {
            towards,
            before: next()?.parse().map_err(|_| UnknownCursor)?,
            at: next()?.parse().map_err(|_| UnknownCursor)?,
            id: next()?.parse().map_err(|_| UnknownCursor)?,
        };
        if next().is_ok() { Err(UnknownCursor) } else { Ok(cursor) }
    }
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
