mod entry;
mod filter;
