mod platform_event;

use super::Route;

pub fn routes() -> impl Iterator<Item = Route> {
    platform_event::routes().into_iter()
}
