mod change;
mod disclosure;
mod many;
mod mask;
mod page;
mod sort;
mod version;

use crate::support::App;
use model::{ContactForm, ContactId};

fn form(name: &str) -> ContactForm {
    ContactForm {
        name: name.to_owned(),
        mobile: "+27821234567".to_owned(),
        email: format!("{}@example.com", name.to_lowercase().replace(' ', ".")),
        tags: String::new(),
        version: None,
    }
}

async fn create(app: &App, form: ContactForm) -> ContactId {
    service::contact::create(&app.owner().ctx, app.account, form).await.unwrap()
}
