mod campaign;
mod contact;

use super::Route;

pub fn routes() -> impl Iterator<Item = Route> {
    contact::routes().into_iter().chain(campaign::routes())
}
