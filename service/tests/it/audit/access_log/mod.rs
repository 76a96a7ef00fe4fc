mod days;
mod download;
mod entry;
mod filter;
mod read;
mod repeated;
