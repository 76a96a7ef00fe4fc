use crate::runtime::t;
use leptos::prelude::*;
use model::SecondFactorText;

/// The recovery codes of somebody who has a second factor for the first time.
#[component]
pub fn NewRecoveryCodes(codes: Vec<String>) -> impl IntoView {
    view! {
        <section>
            <h3 class="font-medium">{t(SecondFactorText::SaveCodes)}</h3>
            <RecoveryCodes codes/>
        </section>
    }
    .into_any()
}

/// Recovery codes that are shown this one time, with the ways to keep them. They consist of letters and digits, which an
/// address holds as they are.
#[component]
pub fn RecoveryCodes(codes: Vec<String>) -> impl IntoView {
    let file = format!("data:text/plain,{}%0A", codes.join("%0A"));
    let lines = codes.join("\n");
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        crate::runtime::browser::copy(lines.clone(), || ());
        #[cfg(not(feature = "hydrate"))]
        let _ = &lines;
    };
    let print = |_| {
        #[cfg(feature = "hydrate")]
        crate::runtime::browser::print();
    };
    let list = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
    view! {
        <p class="text-muted">{t(SecondFactorText::SaveCodesHint)}</p>
        <ul class="card mt-3 grid gap-x-4 gap-y-1 p-4 font-mono sm:grid-cols-2" aria-label=t(SecondFactorText::RecoveryCodes)>{list}</ul>
        <p class="mt-3 flex flex-wrap gap-2">
            <button type="button" class="btn btn-sm needs-code" on:click=copy>{t(SecondFactorText::CopyCodes)}</button>
            <a class="btn btn-sm" href=file download="tenantry-recovery-codes.txt">{t(SecondFactorText::DownloadCodes)}</a>
            <button type="button" class="btn btn-sm needs-code" on:click=print>{t(SecondFactorText::PrintCodes)}</button>
        </p>
    }
    .into_any()
}
