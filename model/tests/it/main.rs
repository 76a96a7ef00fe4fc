mod address;
mod form;
mod page;
mod permission_set;
mod policy;
mod role;
mod support;
mod tree;
