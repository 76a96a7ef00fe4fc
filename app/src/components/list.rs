use leptos::prelude::*;
use model::Page;

/// Title, one sentence that says what the page is for, and its primary act.
#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] purpose: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="mb-6 flex flex-wrap items-end gap-x-6 gap-y-3">
            <div class="min-w-60 flex-1">
                <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
                <p class="text-muted mt-1">{purpose}</p>
            </div>
            <div class="flex gap-2 empty:hidden">{children.map(|children| children())}</div>
        </header>
    }
    .into_any()
}

/// "1 to 50 of 62", with the ways to newer and older rows.
#[component]
pub fn Pager<T: Clone + Send + Sync + 'static>(
    page: Signal<Option<Page<T>>>,
    /// The address of a page of this list.
    href: Callback<String, String>,
) -> impl IntoView {
    let caption = move || page.with(|page| page.as_ref().map(Page::caption));
    let step = move |cursor: fn(&Page<T>) -> Option<model::Cursor>, label: &'static str| {
        move || {
            let cursor = page.with(|page| page.as_ref().and_then(cursor));
            match cursor {
                Some(cursor) => {
                    view! { <a class="btn btn-sm" href=href.run(cursor.to_string())>{label}</a> }.into_any()
                }
                None => view! { <span class="btn btn-sm btn-disabled" aria-disabled="true">{label}</span> }.into_any(),
            }
        }
    };
    view! {
        <footer class="flex items-center gap-2 border-t border-base-300 px-4 py-3">
            <p class="text-muted grow text-xs tabular-nums">{caption}</p>
            <nav class="flex gap-2" aria-label="Pages of the list">
                {step(|page| page.newer, "Previous")}
                {step(|page| page.older, "Next")}
            </nav>
        </footer>
    }
}
