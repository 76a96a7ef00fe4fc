use leptos_router::params::ParamsMap;

/// The query of an address with one parameter changed, or taken out where the value is empty, from the first page on.
pub fn query_with(query: &ParamsMap, name: &'static str, value: &str) -> String {
    let mut query = query.clone();
    query.remove("at");
    query.remove(name);
    if !value.is_empty() {
        query.insert(name, value.to_owned());
    }
    query.to_query_string()
}
