//! The list of what to put right, at the top of a page.

use leptos::prelude::*;

/// One line of the error summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemLink {
    /// Id of the control to go to.
    pub id: String,
    /// The same words as the error above that control.
    pub words: String,
}

impl ProblemLink {
    /// A link to the control `id`.
    pub fn new(id: impl Into<String>, words: impl Into<String>) -> Self {
        Self { id: id.into(), words: words.into() }
    }
}

/// What has to be put right before going on. Takes the focus when the page opens.
///
/// Stands directly before the page's heading. Draws nothing when there is no problem.
#[component]
pub fn ErrorSummary(
    /// How many places need attention.
    #[prop(into)]
    headline: String,
    /// The places, in the order of the page.
    problems: Vec<ProblemLink>,
) -> impl IntoView {
    if problems.is_empty() {
        return ().into_any();
    }
    let lines = problems
        .into_iter()
        .map(|ProblemLink { id, words }| view! { <li><a href=format!("#{id}")>{words}</a></li> })
        .collect_view();
    view! {
        <div class="error-summary" id="error-summary" tabindex="-1" autofocus=true aria-labelledby="error-summary-title">
            <div role="alert">
                <h2 id="error-summary-title">{headline}</h2>
                <ul>{lines}</ul>
            </div>
        </div>
    }
    .into_any()
}
