mod accept;
mod ask;
mod deliver;
mod give;
mod list;
mod own;
mod withdraw;
