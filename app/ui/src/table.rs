//! Tables that become cards on a phone.

use leptos::prelude::*;

use crate::MaybeText;

/// The head of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Words of the head.
    pub label: String,
    /// Figures: set to the right, digits of equal width.
    pub numeric: bool,
    /// The head is read aloud but not shown: a column of actions or of tick boxes.
    pub hidden: bool,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: false, hidden: false }
    }

    /// A column of figures.
    pub fn numeric(label: impl Into<String>) -> Self {
        Self { numeric: true, ..Self::new(label) }
    }

    /// A column whose head is read aloud but not shown.
    pub fn hidden(label: impl Into<String>) -> Self {
        Self { hidden: true, ..Self::new(label) }
    }
}

/// A table. On a phone each `Row` becomes a card, each `Cell` a line with the column's label before it.
///
/// The roles are written out because a browser forgets that a table is one once its display changes.
#[component]
pub fn Table(
    /// What the table shows.
    #[prop(into)]
    caption: String,
    /// The caption is read aloud but not shown: a heading above says the same.
    #[prop(optional)]
    caption_hidden: bool,
    /// The columns, from left to right.
    columns: Vec<Column>,
    /// Narrow enough to stay a table on a phone: two or three short columns.
    #[prop(optional)]
    keep: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = columns
        .into_iter()
        .map(|column| {
            let label = if column.hidden {
                view! { <span class="hidden-words">{column.label}</span> }.into_any()
            } else {
                column.label.into_any()
            };
            view! { <th scope="col" role="columnheader" class=column.numeric.then_some("numeric")>{label}</th> }
        })
        .collect_view();
    view! {
        <table class=if keep { "table" } else { "table table-cards" } role="table">
            <caption class=caption_hidden.then_some("hidden-words")>{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
}

/// One row of a `Table`.
#[component]
pub fn Row(
    /// The row that is open or ticked.
    #[prop(optional)]
    selected: bool,
    /// The cells.
    children: Children,
) -> impl IntoView {
    view! { <tr role="row" class=selected.then_some("row-selected")>{children()}</tr> }
}

/// One cell of a `Row`.
#[component]
pub fn Cell(
    /// The column's label, shown before the cell on a phone; leave it out for a cell that needs none.
    #[prop(optional, into)]
    label: MaybeText,
    /// A figure.
    #[prop(optional)]
    numeric: bool,
    /// This cell names the row.
    #[prop(optional)]
    heading: bool,
    /// What the cell holds.
    children: Children,
) -> impl IntoView {
    let class = numeric.then_some("numeric");
    let label = label.into_option();
    // The label and what it stands for sit side by side on a phone, so the latter has to be one box.
    let inner = match label {
        Some(_) => view! { <div class="cell">{children()}</div> }.into_any(),
        None => children(),
    };
    if heading {
        view! { <th scope="row" role="rowheader" class=class data-label=label>{inner}</th> }.into_any()
    } else {
        view! { <td role="cell" class=class data-label=label>{inner}</td> }.into_any()
    }
}
