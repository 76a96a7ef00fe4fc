use super::{English, number};
use crate::{PageCaption, Total, limit};
use std::borrow::Cow;

impl English for PageCaption {
    fn en(&self) -> Cow<'static, str> {
        let Self { before, rows, total } = *self;
        match rows {
            0 => "None".into(),
            rows => {
                let (first, last) = (before.saturating_add(1), before.saturating_add(rows));
                format!("{} to {} of {}", number(first), number(last), total.en()).into()
            }
        }
    }
}

impl English for Total {
    fn en(&self) -> Cow<'static, str> {
        match self.rows() {
            Some(rows) => number(rows).into(),
            None if *self == Self::NONE => "unknown".into(),
            None => format!("{}+", number(limit::TOTAL)).into(),
        }
    }
}
