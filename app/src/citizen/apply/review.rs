//! Everything that was answered, to be read once more before filing.

use super::{for_organisation, heading_of, param, problems, saving, sign_in_again, submitted_already};
use crate::{
    acts::id,
    citizen::procedure::fees,
    context::{self, office},
    errors, format,
    words::{t, tf},
};
use domain::{
    dossier::Channel,
    person::PartialDate,
    procedure::unit_part::{UnitPart, UnitPartField},
    question::{Parsed, ReviewRow, ReviewTopic, Shown, papers_needed, review},
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{Error, drafts::Draft, error::Problem};
use ui::{
    BackLink, Button, Checkbox, CitizenMain, Notice, PageTitle, Section, SummaryCard, SummaryList, SummaryRow, Tone,
};

/// The review.
#[component]
pub fn ReviewPage() -> impl IntoView {
    if let Some(again) = sign_in_again::for_submit() {
        return again;
    }
    let (draft, office, who) = (param("id"), office(), context::resident());
    errors::page(async move { office.draft(&who, id(&draft)?).await }, |draft| show(&draft))
}

fn show(draft: &Draft) -> AnyView {
    if let Some(elsewhere) = submitted_already(draft) {
        return elsewhere;
    }
    let parsed = draft.parsed(&office());
    let key = draft.row.id.to_string();
    let cards = review(&draft.form, &parsed.answers).into_iter().map(|topic| card(draft, &key, topic)).collect_view();
    let lacking = lacking(draft, &parsed, &key);
    let complete = parsed.problems.is_empty();
    let odd = parsed.warnings.iter().map(|one| (one.path.clone(), problems::warning(one)));
    let odd = odd
        .map(|(path, words)| {
            let words = words.replace(t("; nếu đúng, bấm “Vẫn đúng, đi tiếp”"), t("; nếu đúng thì cứ nộp"));
            view! { <li><a href=change_href(draft, &key, &path)>{words}</a></li> }
        })
        .collect_view();
    let odd = (!parsed.warnings.is_empty())
        .then(|| view! { <Notice tone=Tone::Warn title=t("Nên kiểm tra lại")><ul>{odd}</ul></Notice> });
    let told = parsed.notices.iter().map(problems::notice);
    let told = told.map(|words| view! { <Notice>{words}</Notice> }).collect_view();
    let procedure = heading_of(draft.procedure.is_sensitive(), &draft.procedure.name);
    let papers = papers_needed(&draft.form, &parsed.answers)
        .into_iter()
        .map(|paper| {
            let state = match (&paper.path, paper.given) {
                (None, _) => t("xuất trình bản chính tại quầy").to_owned(),
                (Some(_), 0) if paper.required => t("còn thiếu").to_owned(),
                (Some(_), 0) => t("không nộp").to_owned(),
                (Some(_), given) => tf("đã có {n} tệp", &[("n", &given.to_string())]),
            };
            view! { <li>{paper.name}<span class="optional">{state}</span></li> }
        })
        .collect_view();
    let papers = (!papers.is_empty()).then(|| {
        view! { <Section id="giay-to" title=t("Giấy tờ kèm theo")><ul>{papers}</ul></Section> }
    });
    let term = office().term_in_unit(&draft.procedure, draft.row.office_id, Channel::Online);
    let term = term.map(|term| format::term(&term));
    let term =
        term.map(|term| tf("Thời hạn giải quyết: {hạn}, tính từ khi Trung tâm tiếp nhận hồ sơ.", &[("hạn", &term)]));
    let part = office().unit_part(&draft.procedure.code, draft.row.office_id);
    let fees = fees::when_online(&draft.procedure, &part);
    let changed = changed(draft, &part);
    let submit = if complete {
        submit_form(&key)
    } else {
        view! { <p>{t("Sửa xong các chỗ còn thiếu ở đầu trang thì nộp được.")}</p> }.into_any()
    };
    let before = view! { <BackLink href=format!("/ban-nhap/{key}") words=t("Danh sách các phần")/> }.into_any();
    let applies_for = for_organisation(draft);
    view! {
        <Title text=t("Xem lại trước khi nộp")/>
        <CitizenMain before>
            {refused()}
            {lacking}
            <PageTitle title=t("Xem lại trước khi nộp") caption=procedure/>
            {applies_for}
            {told}
            {odd}
            {cards}
            {papers}
            <Section id="phi" title=t("Phí, lệ phí và thời hạn")>
                {changed}
                {fees}
                <p>{term}</p>
            </Section>
            {submit}
        </CitizenMain>
    }
    .into_any()
}

/// What the unit has said anew since the draft was begun: whoever counted on the old amount or term learns it before filing.
fn changed(draft: &Draft, part: &UnitPart) -> Option<AnyView> {
    let fields = office().changed_since_begun(&draft.row);
    let said = fields.iter().filter_map(|field| match field {
        UnitPartField::Term => Some(t("thời hạn giải quyết")),
        UnitPartField::Fees => Some(t("mức phí, lệ phí")),
        UnitPartField::Notes => Some(t("lưu ý cho người dân")),
        // What was begun online is filed online, and whom to ask stands where it is asked.
        UnitPartField::Online | UnitPartField::Contact => None,
    });
    let said = said.collect::<Vec<_>>().join(", ");
    let words =
        tf("Từ khi bắt đầu khai, đơn vị nhận đã đổi {gì}. Dưới đây là nội dung đang áp dụng.", &[("gì", &said)]);
    let notes = (fields.contains(&UnitPartField::Notes) && !part.notes.is_empty()).then(|| part.notes.clone());
    let notes = notes.map(|notes| view! { <p>{notes}</p> });
    (!said.is_empty()).then(|| view! { <Notice tone=Tone::Warn><p>{words}</p> {notes}</Notice> }.into_any())
}

/// What was wrong with the last try to file. Problems of the form have their own list below.
fn refused() -> Option<AnyView> {
    let retry = context::retry_of("submit_draft").or_else(|| context::retry_of("sign_in_and_submit"))?;
    match &*retry.error {
        Error::Invalid(Problem::FormIncomplete { .. } | Problem::NotDeclared) => None,
        _ => errors::refused("submit_draft"),
    }
}

/// Everything that must be put right, with a link to each place.
fn lacking(draft: &Draft, parsed: &Parsed, key: &str) -> Option<AnyView> {
    if parsed.problems.is_empty() {
        return None;
    }
    let lines = parsed
        .problems
        .iter()
        .map(|one| {
            let href = change_href(draft, key, &one.path);
            view! { <li><a href=href>{problems::problem(&draft.form, one)}</a></li> }
        })
        .collect_view();
    let headline = tf("Còn {n} chỗ cần sửa trước khi nộp.", &[("n", &parsed.problems.len().to_string())]);
    Some(view! { <Notice tone=Tone::Error title=headline id="con-thieu"><ul>{lines}</ul></Notice> }.into_any())
}

fn card(draft: &Draft, key: &str, topic: ReviewTopic) -> AnyView {
    let rows = topic
        .rows
        .into_iter()
        .map(|row| {
            let href = change_href(draft, key, &row.path);
            let label = match &row.item {
                Some((item, number)) => format!("{item} {number} · {}", row.label),
                None => row.label.clone(),
            };
            let beside = row.beside.as_ref().map(|what| view! { <p class="hint">{format::beside(what)}</p> });
            let value = value(draft, row);
            view! { <SummaryRow label change_href=href change_words=t("Sửa")>{value} {beside}</SummaryRow> }
        })
        .collect_view();
    view! { <SummaryCard title=topic.title><SummaryList>{rows}</SummaryList></SummaryCard> }.into_any()
}

/// The place where a path is answered, coming back here afterwards.
fn change_href(draft: &Draft, key: &str, path: &str) -> String {
    let topic = draft.form.owner(path).map_or("", |(topic, _)| topic.id.as_str());
    format!("/ban-nhap/{key}/muc/{topic}?ve={}#{path}", saving::REVIEW)
}

fn value(draft: &Draft, row: ReviewRow) -> AnyView {
    let words = match row.value {
        Shown::Nothing => t("Không khai").to_owned(),
        Shown::Text(text) | Shown::Private(text) => {
            let lines = text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
            return lines.into_any();
        }
        Shown::Number(number) => number.to_string(),
        Shown::Money(amount) => format::money(amount),
        Shown::Date(date) => partial_date(date),
        Shown::Options(labels) => labels.join("; "),
        Shown::Address(address) => {
            let parts = [address.house, address.hamlet, address.commune.clone(), address.province];
            let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let now = super::question::commune_now(&address.commune, office().now().day());
            let now = now.map(|words| view! { <p class="hint">{words}</p> });
            return view! { {line} {now} }.into_any();
        }
        Shown::CitizenId(number) => number.as_str().to_owned(),
        Shown::Phone(phone) => phone.display(),
        Shown::Files(ids) => {
            let files = draft.uploads.iter().filter(|row| ids.contains(&row.id.to_string()));
            let links = files
                .map(|row| view! { <li><a href=format!("/tep/{}", row.id)>{row.name.clone()}</a></li> })
                .collect_view();
            return view! { <ul>{links}</ul> }.into_any();
        }
        Shown::Items(count) => tf("{n} mục", &[("n", &count.to_string())]),
    };
    words.into_any()
}

fn partial_date(date: PartialDate) -> String {
    match (date.month(), date) {
        (None, _) => date.year().to_string(),
        (Some(month), _) if date.earliest() != date.latest() => format!("{month:02}/{}", date.year()),
        _ => format::day(date.earliest()),
    }
}

fn submit_form(key: &str) -> AnyView {
    let retry = context::retry_of("submit_draft").or_else(|| context::retry_of("sign_in_and_submit"));
    let not_declared = retry
        .as_ref()
        .filter(|retry| matches!(*retry.error, Error::Invalid(Problem::NotDeclared)))
        .map(|retry| errors::sentence(&retry.error));
    // The same command again: a second press files nothing twice.
    let again = retry.and_then(|retry| retry.typed("command"));
    let command = again.unwrap_or_else(|| context::command_of("submit_draft"));
    view! {
        <form method="post" action="/api/app/acts/drafts/submit_draft">
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="draft" value=key.to_owned()/>
            <input type="hidden" name="command" value=command/>
            <h2>{t("Lời cam đoan")}</h2>
            <Checkbox
                id="declared"
                label=t("Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình.")
                error=not_declared
            />
            <Button>{t("Nộp hồ sơ")}</Button>
        </form>
    }
    .into_any()
}
