//! What the resident declared, with personal numbers masked until a reason is given.

use super::super::{masked_number, masked_text, phone_words};
use crate::{
    context::{self, office},
    errors::{field_of, sentence},
    format, status,
    words::{t, tf},
};
use domain::{
    organisation::TaxNumber,
    person::PartialDate,
    question::{AddressAnswer, ReviewRow, Shown, review},
};
use leptos::prelude::*;
use office::{dossiers::DossierView, reveal::RevealReason, rights::Task};
use ui::{Choice, Details, Select, SummaryList, SummaryRow, TextField};

/// The applicant, then every answer by topic.
pub(super) fn facts(view: &DossierView, full: bool) -> AnyView {
    let row = &view.row;
    let number = if full { row.applicant_id.clone() } else { masked_number(&row.applicant_id) };
    let organisation = row.organisation_name.as_ref().map(|name| {
        let number = row.organisation_number.as_deref().unwrap_or_default();
        let masked = || TaxNumber::parse(number).map(|number| number.masked()).unwrap_or_default();
        [
            (t("Nộp cho tổ chức"), name.clone()),
            (t("Mã số thuế"), if full { number.to_owned() } else { masked() }),
            (t("Địa chỉ của tổ chức"), row.organisation_address.clone().unwrap_or_default()),
        ]
    });
    let applicant = [
        (t("Họ và tên"), row.applicant_name.clone()),
        (t("Số định danh cá nhân"), number),
        (t("Số điện thoại"), phone_words(&row.applicant_phone, full)),
        (t("Địa chỉ"), row.applicant_address.clone()),
    ];
    let lines = organisation.into_iter().flatten().chain(applicant);
    let applicant = lines.map(|(label, words)| summary_row(label.into(), or_nothing(words))).collect::<Vec<_>>();
    let topics = review(&view.form, &view.parsed.answers)
        .into_iter()
        .filter(|topic| topic.rows.iter().any(|row| row.value != Shown::Nothing))
        .map(|topic| {
            let rows: Vec<AnyView> = topic
                .rows
                .into_iter()
                .filter(|row| !matches!(row.value, Shown::Files(_)))
                .map(|row| answer_row(&row, full))
                .collect();
            (!rows.is_empty()).then(|| view! { <h3>{topic.title}</h3> <SummaryList>{rows}</SummaryList> })
        })
        .collect_view();
    let body = view! {
        <h3>{t("Người nộp hồ sơ")}</h3>
        <SummaryList>{applicant}</SummaryList>
        {reveal(view, full)}
        {topics}
    };
    super::part(t("Nội dung khai"), "noi-dung", body.into_any())
}

fn summary_row(label: String, words: String) -> AnyView {
    view! { <SummaryRow label>{words}</SummaryRow> }.into_any()
}

fn answer_row(row: &ReviewRow, full: bool) -> AnyView {
    let (label, words) = (label_of(row), shown(&row.value, full));
    let beside = row.beside.as_ref().map(|what| view! { <p class="sub">{format::beside(what)}</p> });
    view! { <SummaryRow label>{words} {beside}</SummaryRow> }.into_any()
}

fn label_of(row: &ReviewRow) -> String {
    match &row.item {
        Some((item, number)) => format!("{item} {number}: {}", row.label),
        None => row.label.clone(),
    }
}

fn or_nothing(words: String) -> String {
    if words.is_empty() { t("Chưa có").into() } else { words }
}

/// A value in words.
pub(crate) fn shown(value: &Shown, full: bool) -> String {
    match value {
        Shown::Nothing => t("Không khai").into(),
        Shown::Text(text) => text.clone(),
        Shown::Private(text) if full => text.clone(),
        Shown::Private(text) => masked_text(text),
        Shown::Number(number) => number.to_string(),
        Shown::Money(amount) => format::money(*amount),
        Shown::Date(date) => partial_date(*date),
        Shown::Options(labels) => labels.join(", "),
        Shown::Address(address) => address_words(address),
        Shown::CitizenId(number) if full => number.as_str().to_string(),
        Shown::CitizenId(number) => number.masked(),
        Shown::Phone(phone) if full => phone.display(),
        Shown::Phone(phone) => phone.masked(),
        Shown::Files(files) => tf("{n} tệp", &[("n", &files.len().to_string())]),
        Shown::Items(count) => count.to_string(),
    }
}

/// `05/01/1950`, `03/1950` or `1950`, as the paper has it.
fn partial_date(date: PartialDate) -> String {
    match (date.day(), date.month()) {
        (Some(day), _) => format::day(day),
        (None, Some(month)) => format!("{month:02}/{}", date.year()),
        (None, None) => date.year().to_string(),
    }
}

fn address_words(address: &AddressAnswer) -> String {
    let parts = [&address.house, &address.hamlet, &address.commune, &address.province];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// The form that shows numbers in full: a reason goes into the record of views each time.
fn reveal(view: &DossierView, full: bool) -> Option<AnyView> {
    let here = format!("/can-bo/ho-so/{}", view.row.id);
    if full {
        let words = t("Đang hiện đầy đủ. Lần xem này đã ghi vào nhật ký xem thông tin.");
        return Some(view! { <p class="sub">{words} " " <a href=here>{t("Che lại")}</a></p> }.into_any());
    }
    office().may_with(&context::staff(), Task::RevealPersonalData, &view.row).ok()?;
    let came_back = context::retry_of("reveal_personal_data").is_some();
    let (dossier, command) = (view.row.id.to_string(), context::command_of("reveal_personal_data"));
    let fields = reason_fields("reveal_personal_data");
    Some(
        view! {
            <Details summary=t("Hiện đầy đủ số định danh, số giấy tờ và số điện thoại") open=came_back>
                <form class="staff-form" method="post" action="/api/app/acts/reveal/reveal_personal_data">
                    <input type="hidden" name="trang" value=here/>
                    <input type="hidden" name="dossier" value=dossier/>
                    <input type="hidden" name="command" value=command/>
                    {fields}
                    <button class="button button-secondary" type="submit">{t("Hiện đầy đủ")}</button>
                </form>
            </Details>
        }
        .into_any(),
    )
}

/// The boxes for a reason to see numbers in full, with what was typed before the act was refused.
pub(in crate::staff) fn reason_fields(act: &str) -> AnyView {
    let retry = context::retry_of(act);
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field)).unwrap_or_default();
    let wrong = retry.as_ref().and_then(|retry| Some((field_of(&retry.error, |_| false)?, sentence(&retry.error))));
    let error = |field: &str| wrong.as_ref().filter(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let options = RevealReason::ALL.map(|reason| Choice::new(reason.key(), status::reveal_reason(reason))).to_vec();
    view! {
        <Select
            id="hien"
            label=t("Lý do xem")
            error=error("hien")
            blank=t("Chọn lý do")
            options
            value=typed("hien")
            required=true
        />
        <TextField
            id="hien_ro"
            label=t("Nói rõ thêm")
            optional=t("không bắt buộc, trừ lý do khác")
            error=error("hien_ro")
            value=typed("hien_ro")
            max_length=200
            autocomplete="off"
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_paper_or_an_account_is_masked_until_a_reason_was_given() {
        let (passport, account) = (Shown::Private("B1234567".into()), Shown::Private("0521000123456".into()));
        assert_eq!(shown(&passport, false), "•••••567");
        assert_eq!(shown(&account, false), "••••••••••456");
        assert_eq!(shown(&Shown::Private("A123".into()), false), "••••", "of a short one nothing is left");
        assert_eq!(shown(&passport, true), "B1234567");
    }
}
