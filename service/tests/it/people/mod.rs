mod invitation;
mod member;
mod role;
