mod invitation;
mod member;
mod role;

use super::Route;

pub fn routes() -> impl Iterator<Item = Route> {
    member::routes().into_iter().chain([role::route()]).chain(invitation::routes())
}
