mod campaign;
mod contact;
