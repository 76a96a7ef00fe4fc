use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::MemberSort;

/// The orders of the list, as links: each keeps the filters and begins at the first page.
#[component]
pub fn SortLinks() -> impl IntoView {
    let query = use_query_map();
    let now = Memo::new(move |_| {
        let asked = query.with(|query| query.get("sort").and_then(|sort| sort.parse().ok()));
        asked.unwrap_or(MemberSort::Joined)
    });
    let link = move |sort: MemberSort| {
        let href = move || {
            let mut query = query.get();
            query.remove("at");
            query.replace("sort", sort.name().to_owned());
            query.to_query_string()
        };
        view! { <a class="tab-entry" href=href aria-current=move || (now.get() == sort).then_some("true")>{label(sort)}</a> }
    };
    view! {
        <nav class="tab-bar" aria-label="Sort by">
            {MemberSort::ALL.map(link).collect_view()}
        </nav>
    }
    .into_any()
}

fn label(sort: MemberSort) -> &'static str {
    match sort {
        MemberSort::Joined => "By date joined",
        MemberSort::Name => "By name",
        MemberSort::Role => "By role",
    }
}
