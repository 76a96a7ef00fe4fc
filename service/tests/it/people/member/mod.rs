mod granters;
mod guard;
mod leave;
mod list;
mod many;
mod role;
mod toggle;
