mod accept;
mod deliver;
mod give;
mod own;
mod withdraw;
