mod change;
mod disclosure;
mod mask;
mod page;

use crate::support::App;
use model::{ContactForm, ContactId};

fn form(name: &str) -> ContactForm {
    ContactForm {
        name: name.to_owned(),
        mobile: "+27821234567".to_owned(),
        email: format!("{}@example.com", name.to_lowercase().replace(' ', ".")),
        tags: String::new(),
    }
}

async fn create(app: &App, form: ContactForm) -> ContactId {
    service::contact::create(&app.owner().ctx, app.account, form).await.unwrap()
}
