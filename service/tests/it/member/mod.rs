mod guard;
mod leave;
mod list;
mod role;
mod toggle;
