//! One dossier as its resident sees it.

use super::{
    desk_of, heading_of, hidden, matter_of, neutral_name,
    next_thing::{in_pause, lateness, meanwhile, next_thing, opinions_awaited},
    promise_of,
    rating::rating,
    supplement::{Kept, supplement},
    timeline::timeline,
};
use crate::{
    acts::id,
    citizen::{
        apply::{Upload, What, accepted_words, param, sign_in_again, upload_form},
        code::{Code, CodeKind},
        messages,
    },
    context::{self, office},
    due_words, errors, files, format,
    reorganisation_words::office_name,
    status,
    words::{t, tf},
};
use domain::{
    dossier::{ActKind, ResultKind, Status},
    time::Instant,
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{
    dossiers::{DossierView, Linked, ResultRow},
    papers::PaperKind,
};
use ui::{
    BackLink, CitizenMain, Confirm, Details, Glyph, LinkButton, Notice, PageTitle, Section, SummaryList, SummaryRow,
    Tag, TextArea, Tone,
};

/// One's own dossier.
#[component]
pub fn DossierPage() -> impl IntoView {
    if let Some(again) = sign_in_again::for_dossier() {
        return again;
    }
    let (dossier, office, who) = (param("id"), office(), context::resident());
    errors::page(
        async move {
            let view = office.my_dossier(&who, id(&dossier)?).await?;
            let kept = office.kept_answer(&who, &view.row).await?;
            Ok((view, kept))
        },
        |(view, kept)| show(&view, kept),
    )
}

fn show(view: &DossierView, kept: Kept) -> AnyView {
    let row = &view.row;
    let state = &row.state;
    let words = status::for_resident(state);
    let (accept_by, office) = (row.accept_by.map(Instant), office());
    let late = lateness(state, accept_by, &view.calendar, office.now());
    // A promise that has passed is not said again beside the apology for it.
    let waits = matches!(state.status, Status::Registered | Status::Accepted | Status::Processing);
    let next = if late.is_some() && waits && !state.withdrawal_asked {
        tf("Muốn hỏi: gọi {số} và đọc mã hồ sơ.", &[("số", &office.config().hotline)])
    } else {
        next_thing(state, accept_by)
    };
    let late = late.map(|words| view! { <Notice tone=Tone::Error>{words}</Notice> });
    let tone = match words.tone {
        Tone::Warn => Tone::Warn,
        Tone::Success => Tone::Success,
        _ => Tone::Info,
    };
    let name = heading_of(row);
    let caption = if row.sensitive { ui::MaybeText::default() } else { neutral_name(row).into() };
    let matter = matter_of(row);
    let top =
        view! { {links(view)} {end_reason(view)} {send_again(view)} {supplement(view, kept)} {results(view)} {facts(view)} {rating(view)} }
            .into_any();
    let life = timeline(view);
    let bottom = view! { {papers(view)} {messages::told(view)} {withdrawal(view)} }.into_any();
    let before = view! { <BackLink href="/ho-so" words=t("Hồ sơ của tôi")/> }.into_any();
    view! {
        <Title text=neutral_name(row)/>
        <CitizenMain before>
            {errors::refused("ask_withdrawal")}
            {errors::refused("rate_dossier")}
            {errors::refused("drop_answer_upload")}
            <PageTitle title=name caption>
                <Tag tone=words.tone glyph=words.glyph words=words.words/>
            </PageTitle>
            {late}
            <Notice tone>{next}</Notice>
            {matter}
            {top}
            <Section id="qua-trinh" title=t("Quá trình giải quyết")>{life}</Section>
            {bottom}
        </CitizenMain>
    }
    .into_any()
}

/// The dossier that this one repairs, or the ones that repair it, with what was wrong.
fn links(view: &DossierView) -> AnyView {
    let line = |words: &'static str, link: &Linked| {
        let words = tf(words, &[("mã", &link.code), ("lý do", link.reason.trim_end_matches('.'))]);
        let (href, open) = (format!("/ho-so/{}", link.id), tf("Xem hồ sơ {mã}", &[("mã", &link.code)]));
        view! { <Notice tone=Tone::Info><p>{words}</p><p><a href=href>{open}</a></p></Notice> }.into_any()
    };
    let repairs = view.corrects.as_ref().map(|link| {
        line(t("Hồ sơ này sửa sai sót của hồ sơ {mã}. Chỗ sai: {lý do}. Ông/bà không phải nộp tiền."), link)
    });
    let words = |link: &Linked| match link.status {
        Status::Done => {
            t("Kết quả mới đã có ở hồ sơ {mã}, thay cho kết quả cũ. Chỗ sai: {lý do}. Ông/bà không phải nộp tiền.")
        }
        Status::Delivered => t("Sai sót đã được giải quyết bằng hồ sơ {mã}. Chỗ sai: {lý do}."),
        ended if ended.is_terminal() => t(
            "Hồ sơ {mã} mở để sửa sai sót này đã dừng, chưa sửa xong. Chỗ sai: {lý do}. Cần sửa tiếp thì hỏi Trung tâm.",
        ),
        _ => t(
            "Trung tâm xin lỗi vì kết quả có sai sót, và đang sửa bằng hồ sơ {mã}. Chỗ sai: {lý do}. Ông/bà không phải nộp tiền.",
        ),
    };
    let repaired = view.corrections.iter().map(|link| line(words(link), link)).collect::<Vec<_>>();
    view! { {repairs} {repaired} }.into_any()
}

/// Why it ended without a result, and what can be done.
fn end_reason(view: &DossierView) -> Option<AnyView> {
    let state = &view.row.state;
    if !matches!(state.status, Status::NotAccepted | Status::Stopped) || state.end_reason.trim().is_empty() {
        return None;
    }
    let next = format!("/nop-ho-so/{}", view.row.procedure_code);
    Some(
        view! {
            <p>{tf("Lý do: {lý do}", &[("lý do", &state.end_reason)])}</p>
            <p>
                {t("Muốn làm tiếp: chuẩn bị đủ theo lý do trên rồi ")}
                <a href=next>{t("nộp hồ sơ mới")}</a>
                {t(", hoặc hỏi tại quầy.")}
            </p>
        }
        .into_any(),
    )
}

/// What a scan took away, with a box for another file. While a supplement is asked the boxes stand there.
fn send_again(view: &DossierView) -> Option<AnyView> {
    let status = view.row.state.status;
    if view.infected.is_empty() || !view.row.state.waits_for_files() {
        return None;
    }
    let mut papers: Vec<&str> = view.infected.iter().map(|file| file.question.as_str()).collect();
    papers.sort_unstable();
    papers.dedup();
    let boxes = papers.into_iter().enumerate().map(|(index, question)| {
        let infected = files::infected(view.infected.iter().filter(|file| file.question == question));
        let name = match view.form.question(question) {
            Some(question) => question.label.clone(),
            None if matches!(question, "" | files::OTHER_FILE) => t("Giấy tờ khác").into(),
            // Scanned at the counter for a paper of that name.
            None => question.to_owned(),
        };
        let form = upload_form(Upload {
            action: format!("/tai-len/ho-so/{}", view.row.id),
            what: What::Answers(question.to_owned()),
            id: format!("gui-lai-{index}"),
            label: tf("Gửi lại: {giấy}", &[("giấy", &name)]),
            hint: accepted_words(1),
            error: None,
            optional: None,
            save_first: "",
        });
        view! { {infected} {form} }.into_any()
    });
    let boxes = boxes.collect::<Vec<_>>();
    let refused = (status != Status::SupplementAsked).then(|| errors::refused("upload"));
    Some(view! { <Section id="gui-lai" title=t("Gửi lại giấy tờ")>{refused} {boxes}</Section> }.into_any())
}

/// Who has it, when it is due and why.
fn facts(view: &DossierView) -> AnyView {
    let row = &view.row;
    let state = &row.state;
    let desk = format::sentence_case(&desk_of(row.office_id));
    // While something is asked of the resident, nobody else holds it up.
    let asks = matches!(state.status, Status::SupplementAsked | Status::DutyAsked);
    let holder = state.holder_role().filter(|_| !asks).map(|role| {
        let words = format!("{}, {desk}", status::holder(role));
        view! { <SummaryRow label=t("Đang ở đâu")>{words}</SummaryRow> }
    });
    let waits = state.received.is_none() && state.status == Status::Registered;
    let promised = if waits { row.accept_by.map(Instant) } else { promise_of(view) };
    let open = state.finished.is_none() && !state.status.is_terminal();
    let label = if waits { t("Trả lời trước") } else { t("Ngày hẹn trả") };
    let due = promised.map(|at| view! { <SummaryRow label>{format::until(at)}</SummaryRow> });
    let redated = state.redated_due.zip(state.due).map(|(new, _)| {
        let words = tf("Trung tâm đã xin lỗi và hẹn lại đến {lúc}.", &[("lúc", &format::until(new))]);
        view! { <p>{words}</p> }
    });
    let paused =
        (open && state.open_pause().is_some() && state.received.is_some()).then(|| view! { <p>{in_pause(state)}</p> });
    let awaited = opinions_awaited(state, office_name, office().now());
    let meanwhile = (!awaited.is_empty()).then(|| view! { <p>{meanwhile(state, office().now())}</p> });
    let awaited = (!awaited.is_empty()).then(|| {
        let lines = awaited.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
        view! { <SummaryRow label=t("Đang chờ ý kiến")>{lines}</SummaryRow> }
    });
    let why = view.due.as_ref().filter(|_| promised.is_some()).map(|due| {
        let lines = due_words::why(due).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <Details summary=t("Vì sao là ngày này")><ol>{lines}</ol></Details> }
    });
    let filed = row.submitted_at.map(|at| {
        view! { <SummaryRow label=t("Nộp lúc")>{format::moment(Instant(at))}</SummaryRow> }
    });
    let received = state.received.map(|at| {
        view! { <SummaryRow label=t("Tiếp nhận lúc")>{format::moment(at)}</SummaryRow> }
    });
    let kind = if row.code.is_some() { CodeKind::Dossier } else { CodeKind::Temporary };
    let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
    let case = state.case.as_deref().map(status::case).map(|words| {
        view! { <SummaryRow label=t("Trường hợp")>{words}</SummaryRow> }
    });
    let organisation = row.organisation_name.clone().map(|name| {
        view! { <SummaryRow label=t("Nộp cho")>{name}</SummaryRow> }
    });
    let lookup = row.lookup_code.clone();
    view! {
        <Section id="thong-tin" title=t("Thông tin hồ sơ")>
            <SummaryList>
                {organisation}
                {holder}
                {awaited}
                {due}
                {filed}
                {received}
                {case}
                <SummaryRow label=t("Nơi nhận")>{desk}</SummaryRow>
                <SummaryRow label=kind.label()><Code kind code/></SummaryRow>
                <SummaryRow label=CodeKind::LookUp.label()><Code kind=CodeKind::LookUp code=lookup/></SummaryRow>
            </SummaryList>
            {meanwhile}
            {redated}
            {paused}
            {why}
        </Section>
    }
    .into_any()
}

/// What came out, to download. What was handed over and stands no more says so; a version that was taken back before
/// handover is not offered.
fn results(view: &DossierView) -> Option<AnyView> {
    let delivered = view.row.state.status == Status::Delivered;
    let is_offered = |one: &ResultRow| one.replaced_at.is_none() || delivered && is_newest(view, one);
    let offered: Vec<_> = view.results.iter().filter(|result| is_offered(result)).collect();
    if offered.is_empty() {
        return None;
    }
    let stands = view.replaced_by.is_none() && offered.iter().any(|result| result.replaced_at.is_none());
    let lines = offered
        .into_iter()
        .map(|result| {
            let href = match (result.upload_id, result.paper_id) {
                (Some(file), _) => Some(format!("/tep/{file}?tai=1")),
                (None, Some(paper)) => Some(format!("/giay-to/{paper}.pdf?tai=1")),
                (None, None) => None,
            };
            let title = match result.granted {
                true if !result.title.is_empty() => result.title.clone(),
                true => t("Kết quả").into(),
                false => t("Văn bản trả lời").into(),
            };
            let issued = tf("Có lúc {lúc}", &[("lúc", &format::moment(Instant(result.issued_at)))]);
            let link = href.map(|href| {
                view! { <LinkButton href glyph=Glyph::Download hidden_words=title.clone()>{t("Tải về")}</LinkButton> }
            });
            let replaced = replaced(view, result);
            view! { <li><p><strong>{title.clone()}</strong></p>{replaced}<p class="hint">{issued}</p>{link}</li> }
        })
        .collect_view();
    let refused = view.row.state.standing_result().filter(|result| stands && result.result == ResultKind::NotGranted);
    let refused = refused.map(|result| {
        let reason = tf("Lý do: {lý do}", &[("lý do", &result.reason)]);
        view! {
            <p>{reason}</p>
            <p>
                {t("Nếu không đồng ý, ông/bà có quyền khiếu nại. ")}
                <a href="/lien-he#khieu-nai">{t("Xem nơi nhận khiếu nại")}</a>
            </p>
        }
    });
    Some(view! { <Section id="ket-qua" title=t("Kết quả")><ul>{lines}</ul>{refused}</Section> }.into_any())
}

/// Whether it is the last version of the result: the one that was handed over, when any was.
fn is_newest(view: &DossierView, result: &ResultRow) -> bool {
    result.version == i64::from(view.row.state.version_of_result())
}

/// That a result stands no more, and which one stands in its place.
fn replaced(view: &DossierView, result: &ResultRow) -> Option<AnyView> {
    let Some(by) = view.replaced_by.as_ref().filter(|_| is_newest(view, result)) else {
        result.replaced_at?;
        return Some(
            view! { <p><Tag tone=Tone::Grey glyph=Glyph::ArrowBack words=t("Đã thu hồi để sửa")/></p> }.into_any(),
        );
    };
    let words = tf("Đã được thay bằng kết quả của hồ sơ {mã}", &[("mã", &by.code)]);
    let link = by.may_open.then(|| {
        let href = format!("/ho-so/{}#ket-qua", by.id);
        view! { <p><a href=href>{tf("Xem kết quả mới ở hồ sơ {mã}", &[("mã", &by.code)])}</a></p> }
    });
    let tag = view! { <p><Tag tone=Tone::Warn glyph=Glyph::ArrowBack words/></p> };
    Some(view! { {tag} {link} }.into_any())
}

/// The papers the office has issued.
fn papers(view: &DossierView) -> Option<AnyView> {
    if view.papers.is_empty() {
        return None;
    }
    let lines = view
        .papers
        .iter()
        .map(|paper| {
            let name = PaperKind::from_key(&paper.kind).map_or(t("Giấy tờ"), status::paper);
            let name = match &paper.number {
                Some(number) => tf("{tên}, số {số}", &[("tên", name), ("số", number)]),
                None => name.to_owned(),
            };
            let when = format::moment(Instant(paper.issued_at));
            let href = format!("/giay-to/{}.pdf", paper.id);
            let letter_of = view.results.iter().find(|result| result.paper_id == Some(paper.id));
            let replaced = letter_of.and_then(|result| replaced(view, result));
            view! { <li><a href=href>{name}</a><span class="optional">{when}</span>{replaced}</li> }
        })
        .collect_view();
    Some(view! { <Section id="giay-to" title=t("Giấy tờ")><ul>{lines}</ul></Section> }.into_any())
}

/// Asking for the dossier back, with the question before it.
fn withdrawal(view: &DossierView) -> Option<AnyView> {
    if !view.next_acts.contains(&ActKind::AskWithdrawal) {
        return None;
    }
    let code = view.row.code.clone().or_else(|| view.row.temporary_code.clone()).unwrap_or_default();
    let typed = context::retry_of("ask_withdrawal").and_then(|retry| retry.typed("reason"));
    let open = context::retry_of("ask_withdrawal").is_some();
    let hidden = hidden(view, "ask_withdrawal");
    let here = format!("/ho-so/{}", view.row.id);
    Some(
        view! {
            <Details summary=t("Rút hồ sơ") open>
                <Confirm
                    title=tf("Rút hồ sơ {mã}?", &[("mã", &code)])
                    action="/api/app/acts/dossiers_mine/ask_withdrawal"
                    confirm_words=t("Rút hồ sơ")
                    cancel_href=here
                    cancel_words=t("Giữ lại")
                >
                    <p>{t("Trung tâm trả lại giấy tờ và xác nhận cho rút, rồi hồ sơ dừng lại. Không lấy lại được.")}</p>
                    {hidden}
                    <TextArea id="reason" label=t("Lý do rút") optional=t("không bắt buộc") value=typed rows=2/>
                </Confirm>
            </Details>
        }
        .into_any(),
    )
}
