//! Bars drawn on the server: they print, need no script, and carry their figures in words.

use leptos::prelude::*;

use crate::MaybeText;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What the bar stands for.
    pub label: String,
    /// Its length, in any unit; less than nothing counts as nothing.
    pub amount: f64,
    /// The figure as a person reads it.
    pub words: String,
    /// Where the things counted are listed.
    pub href: MaybeText,
}

impl Bar {
    /// A bar that leads nowhere.
    pub fn new(label: impl Into<String>, amount: f64, words: impl Into<String>) -> Self {
        Self { label: label.into(), amount, words: words.into(), href: MaybeText::default() }
    }

    /// The same bar as a link.
    pub fn href(mut self, href: impl Into<MaybeText>) -> Self {
        self.href = href.into();
        self
    }
}

/// Bars beside their labels and figures. It is a table, so it reads aloud as one.
#[component]
pub fn BarChart(
    /// What the chart shows.
    #[prop(into)]
    caption: String,
    /// Head of the labels.
    #[prop(into)]
    label_head: String,
    /// Head of the figures.
    #[prop(into)]
    figure_head: String,
    /// The bars, from the top.
    bars: Vec<Bar>,
) -> impl IntoView {
    let longest = bars.iter().map(|bar| bar.amount).fold(0.0, f64::max);
    let rows = bars
        .into_iter()
        .map(|bar| {
            let width = format!("{}%", percent(bar.amount, longest));
            let label = match bar.href.into_option() {
                Some(href) => view! { <a href=href>{bar.label}</a> }.into_any(),
                None => bar.label.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="bar-cell">
                        <svg class="bar" width="100%" height="16" aria-hidden="true" focusable="false">
                            <rect width=width height="16"></rect>
                        </svg>
                    </td>
                    <td class="numeric">{bar.words}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="bar-chart">
            <caption>{caption}</caption>
            <thead class="hidden-words">
                <tr><th scope="col">{label_head}</th><td></td><th scope="col">{figure_head}</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// `amount` in whole percent of `longest`, at least 1 for anything above nothing, so that a small bar stays visible.
fn percent(amount: f64, longest: f64) -> u32 {
    if longest.is_nan() || longest <= 0.0 || amount.is_nan() || amount <= 0.0 {
        return 0;
    }
    ((amount / longest * 100.0).round().min(100.0) as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_whole_and_the_others_keep_their_share() {
        assert_eq!(percent(8.0, 8.0), 100);
        assert_eq!(percent(2.0, 8.0), 25);
    }

    #[test]
    fn a_small_amount_stays_visible_and_nothing_stays_nothing() {
        assert_eq!(percent(1.0, 1_000_000.0), 1);
        assert_eq!(percent(0.0, 8.0), 0);
        assert_eq!(percent(-3.0, 8.0), 0);
        assert_eq!(percent(3.0, 0.0), 0);
    }
}
