mod accept;
mod ask;
mod deliver;
mod give;
mod limit;
mod list;
mod own;
mod withdraw;
