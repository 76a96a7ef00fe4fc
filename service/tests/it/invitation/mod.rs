mod accept;
mod deliver;
mod give;
mod list;
mod own;
mod withdraw;
