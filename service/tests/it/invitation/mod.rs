mod accept;
mod deliver;
mod give;
mod withdraw;
