mod explorer;
mod form;
mod page;
mod permission_set;
mod role;
mod support;
mod tree;
