use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::str::FromStr;

/// A parameter of the route, such as the id of what a drawer shows; `None` if it is missing or malformed.
pub fn route_param<T: FromStr + PartialEq + Send + Sync + 'static>(name: &'static str) -> Memo<Option<T>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get_str(name)?.parse().ok()))
}
