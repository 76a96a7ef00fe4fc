use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::DataExport;

/// How far the file is with all that there is about the reader.
#[server(protocol = Form)]
pub async fn get_data_export() -> Answer<DataExport> {
    crate::api::call(service::data_export::get).await
}

/// Asks for that file.
#[server(protocol = Form)]
pub async fn start_data_export() -> Answer<()> {
    crate::api::call(service::data_export::start).await
}

reads! {
    GetDataExport: Nothing;
}
