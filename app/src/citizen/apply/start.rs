//! Before filling in: what it is, what to prepare, how long it takes, what it costs, and where it goes.

use super::param;
use crate::{
    citizen::procedure::fees,
    context::{self, office},
    errors, format,
    words::{t, tf},
};
use domain::{
    dossier::Channel as Came,
    feature::Feature,
    procedure::{term::Channel, unit_part::UnitPart},
    question::{Answers, papers_needed},
    working_time::Term,
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{Error, catalogue::ProcedureVersion};
use std::sync::Arc;
use ui::{BackLink, Button, Choice, CitizenMain, Inset, LinkButton, Notice, PageTitle, Radios, Section, Tone};

/// A paper to prepare.
struct ToPrepare {
    name: String,
    note: Option<&'static str>,
}

/// What the page shows.
struct Start {
    procedure: Arc<ProcedureVersion>,
    papers: Vec<ToPrepare>,
    offices: Vec<Choice>,
    /// For whom the person may apply beside themselves.
    organisations: Vec<Choice>,
    /// Whether anything may be filed for an organisation today.
    for_others: bool,
    /// Where nothing is begun online today, each with why.
    shut: Vec<String>,
    online: bool,
    /// The general term; where a unit promises a shorter one, each such unit with its own.
    term: Option<Term>,
    shorter: Vec<(String, Term)>,
    /// Amounts that single units give fees without one, a line each.
    own_fees: Vec<String>,
}

/// The page before a draft.
#[component]
pub fn StartPage() -> impl IntoView {
    let (code, office, who) = (param("ma"), office(), context::resident());
    errors::page(
        async move {
            let (books, today) = (office.books(), office.now().day());
            let procedure = books.catalogue.in_force(&code, today).ok_or(Error::NotFound)?;
            let online = procedure.can_apply_online(today);
            if online && who.resident().is_none() {
                return Err(Error::SignInFirst);
            }
            let papers = match books.catalogue.form_of(&procedure) {
                Some(form) if online => papers_needed(&form, &Answers::default())
                    .into_iter()
                    .map(|paper| ToPrepare {
                        name: paper.name,
                        note: match (&paper.path, paper.required) {
                            (None, _) => Some(t("xuất trình bản chính tại quầy")),
                            (Some(_), false) => Some(t("nếu có")),
                            (Some(_), true) => None,
                        },
                    })
                    .collect(),
                _ => Vec::new(),
            };
            let papers = if papers.is_empty() { of_record(&procedure) } else { papers };
            let open = books.places.authorities_on(today);
            // What a unit has switched off is not offered; where, until when and why is said.
            let (open, shut): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|authority| office.has_feature(Feature::ApplyOnline, authority.id));
            let shut = shut.into_iter().filter_map(|authority| {
                let closure = office.feature_closure(Feature::ApplyOnline, authority.id)?;
                let words = errors::feature_off(closure.feature, closure.last, &closure.reason);
                Some(format!("{}: {words}", format::sentence_case(&authority.name)))
            });
            // So is what a unit takes at its counter alone.
            let (open, at_counter): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|authority| office.unit_part(&procedure.code, authority.id).online);
            let at_counter = at_counter.into_iter().map(|authority| {
                let name = format::sentence_case(&authority.name);
                tf("{nơi}: không nhận thủ tục này trực tuyến. Mang giấy tờ đến nộp tại quầy.", &[("nơi", &name)])
            });
            let shut: Vec<String> = shut.chain(at_counter).collect();
            let promised = |office_id| office.term_in_unit(&procedure, office_id, Came::Online);
            let term = procedure.term_of(Channel::Online);
            let shorter = open.iter().filter_map(|authority| {
                let own = promised(authority.id).filter(|own| Some(*own) != term)?;
                Some((format::sentence_case(&authority.name), own))
            });
            let shorter = shorter.collect();
            let own_fees = open.iter().flat_map(|authority| {
                let lines = fees::own_lines(&procedure, &office.unit_part(&procedure.code, authority.id));
                let name = format::sentence_case(&authority.name);
                lines.into_iter().map(move |line| tf("{nơi} – {phí}", &[("nơi", &name), ("phí", &line)]))
            });
            let own_fees = own_fees.collect();
            let for_others = open.iter().any(|authority| office.has_feature(Feature::Organisations, authority.id));
            let offices = open.into_iter().filter_map(|authority| {
                let desk = books.places.one_stop_of(authority.id, today)?;
                Some(Choice::new(authority.id.to_string(), format::sentence_case(&desk.name)))
            });
            let offices = offices.collect();
            let acted_for = who
                .resident()
                .filter(|_| for_others)
                .map(|resident| resident.organisations.as_slice())
                .unwrap_or_default();
            let organisations = acted_for.iter().map(|row| Choice::new(row.id.to_string(), row.name.clone())).collect();
            Ok(Start { procedure, papers, offices, organisations, for_others, shut, online, term, shorter, own_fees })
        },
        |start| show(start).into_any(),
    )
}

/// The papers as the national record lists them.
fn of_record(procedure: &ProcedureVersion) -> Vec<ToPrepare> {
    let lines = procedure.imported.cases.iter().flat_map(|case| &case.papers);
    lines.filter(|paper| !paper.is_note).map(|paper| ToPrepare { name: paper.name.clone(), note: None }).collect()
}

fn show(start: Start) -> impl IntoView {
    let Start { procedure, papers, offices, organisations, for_others, shut, online, term, shorter, own_fees } = start;
    let name = procedure.name.clone();
    let papers_view = if papers.is_empty() {
        view! { <p>{t("Chưa có danh sách giấy tờ. Hỏi cán bộ tại Trung tâm trước khi nộp.")}</p> }.into_any()
    } else {
        let lines = papers
            .into_iter()
            .map(|paper| {
                let note = paper.note.map(|note| view! { " " <span class="optional">{note}</span> });
                view! { <li>{paper.name}{note}</li> }
            })
            .collect_view();
        view! {
            <ul>{lines}</ul>
            <p class="hint">{t("Tùy câu trả lời khi khai, có thể cần thêm giấy tờ. Trang khai sẽ nói rõ từng giấy.")}</p>
        }
        .into_any()
    };
    let term = term.map(|term| format::term(&term));
    let shorter = shorter.into_iter().map(|(name, own)| {
        let words = tf("{nơi} làm nhanh hơn: {hạn}.", &[("nơi", &name), ("hạn", &format::term(&own))]);
        view! { <p>{words}</p> }
    });
    let shorter = shorter.collect_view();
    let term = term.map_or_else(
        || view! { <p>{t("Thời hạn ghi trong trang thủ tục.")}</p> }.into_any(),
        |term| {
            let hours = procedure.acceptance_hours().to_string();
            view! {
                <p>{tf("Thời hạn giải quyết: {hạn}, tính từ khi Trung tâm tiếp nhận hồ sơ.", &[("hạn", &term)])}</p>
                <p>{tf("Nộp trực tuyến: Trung tâm xem và trả lời trong {n} giờ làm việc.", &[("n", &hours)])}</p>
            }
            .into_any()
        },
    );
    let code = procedure.code.clone();
    let before = view! { <BackLink href=format!("/thu-tuc/{code}") words=t("Về trang thủ tục")/> }.into_any();
    let (result, fees) = (procedure.result_name(), fees::when_online(&procedure, &UnitPart::default()));
    let own_fees = own_fees.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    // The window's title stays in the browser's history.
    let window = if procedure.is_sensitive() {
        t("Nộp hồ sơ trực tuyến").to_owned()
    } else {
        tf("Nộp hồ sơ: {tên}", &[("tên", &name)])
    };
    let is_open = !offices.is_empty();
    let next = match (online, is_open) {
        (true, true) => start_form(&code, offices, organisations, for_others),
        (true, false) => ().into_any(),
        (false, _) => elsewhere(&procedure),
    };
    let shut = shut.into_iter().filter(|_| online).map(|words| view! { <Notice tone=Tone::Warn>{words}</Notice> });
    let shut = shut.collect_view();
    view! {
        <Title text=window/>
        <CitizenMain before>
            {errors::refused("start_draft")}
            <PageTitle title=name caption=t("Nộp hồ sơ trực tuyến")/>
            <Section id="ket-qua" title=t("Nhận được gì")>
                <p>{result}</p>
            </Section>
            <Section id="giay-to" title=t("Giấy tờ cần có")>{papers_view}</Section>
            <Section id="thoi-han" title=t("Bao lâu có kết quả")>{term} {shorter}</Section>
            <Section id="phi" title=t("Phí, lệ phí")>{fees} {own_fees}</Section>
            {shut}
            {next}
        </CitizenMain>
    }
}

fn start_form(code: &str, offices: Vec<Choice>, organisations: Vec<Choice>, for_others: bool) -> AnyView {
    let retry = context::retry_of("start_draft");
    let only = (offices.len() == 1).then(|| offices.first().map(|one| one.value.clone())).flatten();
    let value = retry.as_ref().and_then(|retry| retry.typed("office_id")).or(only);
    let chosen = retry.as_ref().and_then(|retry| retry.typed("organisation"));
    let applicant = for_others.then(|| applicant_field(organisations, chosen));
    let error = retry.filter(|retry| retry.typed("office_id").is_none()).map(|_| t("Chọn nơi nhận hồ sơ."));
    let kept = tf(
        "Có thể đóng máy và làm tiếp sau; phần đã lưu còn nguyên. Bản nháp quá {n} ngày không khai tiếp sẽ bị xóa.",
        &[("n", &office().config().draft_days.to_string())],
    );
    view! {
        <form method="post" action="/api/app/acts/drafts/start_draft">
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="code" value=code.to_owned()/>
            <input type="hidden" name="command" value=context::command_of("start_draft")/>
            {applicant}
            <Radios
                id="office_id"
                legend=t("Nộp tới Trung tâm nào")
                hint=t("Chọn xã nơi ông/bà muốn nộp hồ sơ và nhận kết quả.")
                options=offices
                value
                error
            />
            <Inset><p>{kept}</p></Inset>
            <Button>{t("Bắt đầu khai")}</Button>
        </form>
    }
    .into_any()
}

/// For whom it is filed: asked of who acts for an organisation, and told to everybody else.
fn applicant_field(organisations: Vec<Choice>, chosen: Option<String>) -> AnyView {
    if organisations.is_empty() {
        return view! {
            <p class="hint">
                {t("Nộp cho công ty, hợp tác xã, hộ kinh doanh: ")}
                <a href="/tai-khoan/to-chuc">{t("thêm tổ chức")}</a>
                {t(" trước.")}
            </p>
        }
        .into_any();
    }
    let options: Vec<Choice> =
        std::iter::once(Choice::new(FOR_ONESELF, t("Cho chính tôi"))).chain(organisations).collect();
    let value = chosen.unwrap_or_else(|| FOR_ONESELF.into());
    view! {
        <Radios
            id="organisation"
            legend=t("Nộp cho ai")
            hint=t("Người cùng tổ chức xem được hồ sơ nộp cho tổ chức.")
            options
            value
        />
    }
    .into_any()
}

/// What the form sends when it is filed for nobody else.
pub(crate) const FOR_ONESELF: &str = "toi";

/// What to do with a procedure that is not filed here online.
fn elsewhere(procedure: &ProcedureVersion) -> AnyView {
    let national = procedure.is_filed_nationally(office().now().day());
    let words = if national {
        t("Thủ tục này nộp trên Cổng Dịch vụ công quốc gia, hoặc nộp trực tiếp tại Trung tâm.")
    } else {
        t("Thủ tục này chưa nộp trực tuyến ở đây được. Mang giấy tờ đến nộp trực tiếp tại Trung tâm.")
    };
    view! {
        <Notice>{words}</Notice>
        <p>
            <LinkButton href="/lien-he">{t("Xem địa điểm và giờ mở cửa")}</LinkButton>
        </p>
    }
    .into_any()
}
