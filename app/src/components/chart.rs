use super::Waiting;
use crate::runtime::{Fetched, t};
use leptos::prelude::*;
use model::{ChartText, DayCount, Number};
use std::{borrow::Cow, fmt::Write};

/// How often something happened on each of the last days: as bars, and on demand as a table.
#[component]
pub fn DayChart(
    /// What the bars answer.
    question: Cow<'static, str>,
    days: Fetched<Vec<DayCount>>,
) -> impl IntoView {
    let label = question.clone();
    view! {
        <figure class="card p-4" aria-label=label>
            <figcaption class="text-sm font-medium">{question}</figcaption>
            <Waiting on=days.progress rows=2/>
            {move || days.get().map(chart)}
        </figure>
    }
    .into_any()
}

/// The numbers stand beside the bars, which nobody has to see.
fn chart(days: Vec<DayCount>) -> AnyView {
    let (Some(highest), Some(first), Some(today)) =
        (days.iter().copied().max_by_key(|day| day.count), days.first().copied(), days.last().copied())
    else {
        return ().into_any();
    };
    let most = if highest.count == 0 { t(ChartText::Nothing) } else { t(ChartText::Highest(highest)) };
    let view_box = format!("0 0 {} {HEIGHT}", days.len() * STEP);
    let row = |DayCount { day, count }: DayCount| {
        view! { <tr><th scope="row" class="text-start font-normal">{t(day)}</th><td class="text-end">{t(Number(count))}</td></tr> }
    };
    view! {
        <p class="text-muted mt-1 flex flex-wrap justify-between gap-x-4 text-xs tabular-nums">
            <span>{most}</span>
            <span>{t(ChartText::Today { count: today.count })}</span>
        </p>
        <svg class="fill-primary mt-3 h-24 w-full" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
            <path d=bars(&days, highest.count)/>
        </svg>
        <p class="text-muted border-base-300 flex justify-between border-t pt-1 text-xs" aria-hidden="true">
            <span>{t(first.day)}</span>
            <span>{t(today.day)}</span>
        </p>
        <details class="mt-1 text-xs">
            <summary class="link-quiet cursor-pointer py-1">{t(ChartText::AsTable)}</summary>
            <table class="w-full tabular-nums">
                <thead class="text-muted"><tr><th scope="col" class="text-start">{t(ChartText::Day)}</th><th scope="col" class="text-end">{t(ChartText::Count)}</th></tr></thead>
                <tbody>{days.into_iter().map(row).collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}

const HEIGHT: u64 = 100;
/// From one bar to the next.
const STEP: usize = 10;
/// What is not nothing is seen.
const LOWEST: u64 = 2;

/// All bars as one path; the highest is as high as the drawing.
fn bars(days: &[DayCount], highest: u64) -> String {
    days.iter().enumerate().filter(|(_, day)| day.count > 0).fold(String::new(), |mut path, (position, day)| {
        let height = (day.count.saturating_mul(HEIGHT) / highest.max(1)).max(LOWEST);
        // A text takes all that is written to it.
        let _ = write!(path, "M{} {HEIGHT}v-{height}h{}v{height}z", position * STEP + 1, STEP - 2);
        path
    })
}
