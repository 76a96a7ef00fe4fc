#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod form;
mod page;
mod permission_set;
mod role;
mod support;
mod tree;
