//! Keys: what they open, what ends them, and what they can never do.

mod ceiling;
mod end;
mod explained;
mod kept;
mod open;
mod refused;
mod role_copy;
