mod entry;
mod filter;
mod read;
mod repeated;
