//! What a browser and a screen reader get from the components.

use leptos::prelude::*;
use ui::*;

fn html(draw: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| draw().to_html())
}

/// The values of an attribute, in the order of the page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn a_form_with_errors() -> String {
    html(|| {
        view! {
            <ErrorSummary
                headline="2 places"
                problems=vec![ProblemLink::new("name", "Type a name."), ProblemLink::new("born", "No such day.")]
            />
            <TextField id="name" label="Name" hint="As on the card" error="Type a name." value="<b>\"" />
            <DateField
                id="born"
                legend="Born"
                error="No such day."
                day_label="Day"
                month_label="Month"
                year_label="Year"
                day="30"
            />
            <Radios
                id="sex"
                legend="Sex"
                hint="As on the card"
                options=vec![Choice::new("f", "Female").hint("one"), Choice::new("m", "Male")]
                value="m"
            />
            <Checkboxes
                id="news"
                legend="News"
                options=vec![Choice::new("sms", "Message"), Choice::new("mail", "Mail")]
                values=vec!["mail".to_owned()]
            />
            <Select id="village" label="Village" blank="Choose" options=vec![Choice::new("1", "One")] value="1" />
            <TextArea id="note" label="Note" value="two\nlines" error="Too long." />
            <FileField id="paper" label="Paper" hint="JPG" error="Too big." />
            <Checkbox id="true" label="All of it is true" hint="Read it first" error="Tick it." />
        }
        .into_any()
    })
}

#[test]
fn every_id_that_something_points_to_is_on_the_page_once() {
    let page = a_form_with_errors();
    let ids = values(&page, "id");
    let pointed_to = values(&page, "aria-describedby")
        .into_iter()
        .flat_map(str::split_whitespace)
        .chain(values(&page, "for"))
        .chain(values(&page, "aria-labelledby"))
        .chain(values(&page, "href").into_iter().map(|href| href.trim_start_matches('#')))
        .collect::<Vec<_>>();
    assert!(pointed_to.len() > 15, "{pointed_to:?}");
    for id in pointed_to {
        assert_eq!(ids.iter().filter(|other| **other == id).count(), 1, "{id} in {page}");
    }
}

#[test]
fn label_hint_and_error_stand_above_the_box_in_this_order() {
    let page = html(|| view! { <TextField id="a" label="LABEL" hint="HINT" error="ERROR" /> }.into_any());
    let places = ["LABEL", "HINT", "ERROR", "<input"].map(|words| page.find(words));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{page}");
    assert!(page.contains("aria-invalid=\"true\""), "{page}");
}

#[test]
fn a_box_without_an_error_is_not_called_wrong() {
    let hint: Option<String> = None;
    let page = html(|| view! { <TextField id="a" label="Name" error="" hint=hint /> }.into_any());
    assert!(!page.contains("aria-invalid") && !page.contains("aria-describedby"), "{page}");
}

#[test]
fn what_was_typed_comes_back_escaped() {
    let page = a_form_with_errors();
    assert!(!page.contains("<b>"), "{page}");
    assert!(values(&page, "value").iter().any(|value| value.contains("&lt;b")), "{page}");
}

#[test]
fn what_was_chosen_before_is_chosen_again() {
    let page = a_form_with_errors();
    let chosen = page.split("<input").filter(|input| input.contains(" checked")).collect::<Vec<_>>();
    assert_eq!(chosen.len(), 2, "{chosen:?}");
    assert!(chosen[0].contains("value=\"m\"") && chosen[1].contains("value=\"mail\""), "{chosen:?}");
    assert!(page.contains("<option value=\"1\" selected"), "{page}");
}

#[test]
fn a_text_area_holds_what_was_typed_and_nothing_else() {
    let page = html(|| view! { <TextArea id="a" label="Note" value="\nsecond" /> }.into_any());
    assert!(page.contains(">\n\nsecond</textarea>"), "{page}");
}

#[test]
fn nothing_uses_a_style_attribute() {
    let page = a_form_with_errors();
    assert!(!page.contains("style="), "{page}");
    let chart = html(|| {
        view! { <BarChart caption="c" label_head="l" figure_head="f" bars=vec![Bar::new("a", 1.0, "1")] /> }.into_any()
    });
    assert!(!chart.contains("style=") && chart.contains("width=\"100%\""), "{chart}");
}

#[test]
fn no_problem_draws_no_summary_and_no_neighbour_no_pager() {
    let page = html(|| {
        view! {
            <ErrorSummary headline="none" problems=vec![] />
            <Pager label="pages" previous_words="back" next_words="on" />
        }
        .into_any()
    });
    assert!(!page.contains("none") && !page.contains("pages"), "{page}");
}

#[test]
fn the_error_summary_can_take_the_focus_and_is_read_aloud() {
    let page = a_form_with_errors();
    let summary = &page[page.find("error-summary").expect("a summary")..];
    assert!(summary.contains("tabindex=\"-1\"") && summary.contains("autofocus") && summary.contains("role=\"alert\""));
}

#[test]
fn a_table_stays_a_table_for_a_screen_reader_and_its_cells_know_their_column() {
    let page = html(|| {
        view! {
            <Table caption="Dossiers" columns=vec![Column::new("Code"), Column::numeric("Fee")]>
                <Row selected=true>
                    <Cell heading=true>"0007"</Cell>
                    <Cell label="Fee" numeric=true>"0"</Cell>
                </Row>
            </Table>
        }
        .into_any()
    });
    for part in [
        "<caption",
        "role=\"table\"",
        "role=\"columnheader\"",
        "role=\"rowheader\"",
        "role=\"cell\"",
        "data-label=\"Fee\"",
        "row-selected",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn every_drawing_is_hidden_from_screen_readers_and_has_lines() {
    for glyph in Glyph::ALL {
        let page = html(|| view! { <Icon glyph=glyph /> }.into_any());
        assert!(page.contains("aria-hidden=\"true\"") && page.contains(" d=\"M"), "{glyph:?}: {page}");
    }
}

#[test]
fn the_emblem_of_the_office_takes_the_place_of_the_mark() {
    let page = html(|| {
        view! { <CitizenHeader home_href="/" agency="Office" emblem_src="/emblem.png" emblem_alt="Emblem" /> }
            .into_any()
    });
    assert!(page.contains("alt=\"Emblem\"") && !page.contains("class=\"mark\""), "{page}");
}
