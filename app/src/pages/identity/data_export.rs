//! A file with all that there is about the reader.

use crate::{
    api::{GetDataExport, StartDataExport},
    components::{Glyph, Icon, PostForm, Submit, Time, Waiting, lazy_section},
    pages::{OwnSection, own_page},
    runtime::{Fetched, FormAction, t, t_with},
};
use leptos::prelude::*;
use model::{DataExport, DataExportText, Moment};
use std::borrow::Cow;

/// A copy of one's data.
pub const EXPORT: OwnSection =
    OwnSection { id: "export", title: &DataExportText::Title, content: lazy_section!(own_data, own_export, OwnExport) };

/// Where the file is downloaded.
const FILE: &str = "/data-export/tenantry-my-data.json";

#[component]
pub fn DataExportPage() -> impl IntoView {
    own_page(EXPORT)
}

#[component]
fn OwnExport() -> impl IntoView {
    // It outlives what is shown, which is drawn anew as soon as something was done.
    let start = FormAction::to::<StartDataExport>();
    let export = Fetched::of(move || {
        start.succeeded();
        GetDataExport {}
    });
    #[cfg(feature = "hydrate")]
    look_again(export);
    let shown = move || {
        Some(match export.get()? {
            DataExport::None => view! { <Start start label=t(DataExportText::Start)/> }.into_any(),
            DataExport::Running { done, total } => view! { <Running done total/> }.into_any(),
            DataExport::Ready { at, expires } => view! { <Ready at expires start/> }.into_any(),
        })
    };
    view! {
        <p class="text-muted mb-4 mt-1">{t(DataExportText::Purpose)}</p>
        <Waiting on=export.progress rows=1/>
        <div class="flex flex-col gap-4">{shown}</div>
    }
    .into_any()
}

/// Asks again a moment after each answer, for as long as the file is being made.
#[cfg(feature = "hydrate")]
fn look_again(export: Fetched<DataExport>) {
    const PAUSE: std::time::Duration = std::time::Duration::from_secs(1);
    Effect::new(move |_| {
        export.progress.answered.track();
        if export.with(|export| export.is_some_and(DataExport::is_running)) {
            set_timeout(move || export.progress.again.notify(), PAUSE);
        }
    });
}

#[component]
fn Start(start: FormAction, label: Cow<'static, str>) -> impl IntoView {
    view! {
        <PostForm posting=start id="start-data-export" class="flex flex-col gap-3">
            <Submit posting=start label class="btn self-start"/>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Running(done: u64, total: u64) -> impl IntoView {
    // What is written meanwhile is beyond what was counted.
    let total = total.max(done);
    view! {
        <div>
            <p>{t(DataExportText::Progress { done, total })}</p>
            <progress class="mt-2 w-full accent-primary" max=total.max(1).to_string() value=done.to_string() aria-label=t(DataExportText::Preparing)></progress>
        </div>
        <a class="btn without-code self-start" href="" rel="external">{t(DataExportText::Refresh)}</a>
    }
    .into_any()
}

#[component]
fn Ready(at: Moment, expires: Moment, start: FormAction) -> impl IntoView {
    let times = [at, expires].map(|moment| view! { <Time moment/> }.into_any());
    view! {
        <p class="notice notice-success" role="status">
            <Glyph icon=Icon::Check class="size-5 text-success"/>
            <span>{t_with(DataExportText::Ready, times)}</span>
        </p>
        <a class="btn btn-primary self-start" href=FILE download rel="external">{t(DataExportText::Download)}</a>
        <Start start label=t(DataExportText::StartAgain)/>
    }
    .into_any()
}
