//! One dossier as its resident sees it.

use super::{
    desk_of, heading_of, matter_of, neutral_name,
    next_thing::{in_pause, lateness, next_thing},
    promise_of,
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
    due_words, errors, files, format, status,
    words::{t, tf},
};
use domain::{
    dossier::{ActKind, Rating, ResultKind, Status},
    time::Instant,
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{
    dossiers::{DossierView, Linked},
    papers::PaperKind,
};
use ui::{
    BackLink, Button, Choice, CitizenMain, Confirm, Details, Glyph, LinkButton, Notice, PageTitle, Radios, Section,
    SummaryList, SummaryRow, Tag, TextArea, Tone,
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
    let calendar = office.calendar_of_version(&row.calendar_version);
    let late = lateness(state, accept_by, &calendar, office.now());
    // A promise that has passed is not said again beside the apology for it.
    let waits = matches!(state.status, Status::Registered | Status::Accepted | Status::Processing);
    let next = if late.is_some() && waits && !state.withdrawal_asked {
        tf("Muốn hỏi: gọi {số}, có mã hồ sơ trong tay.", &[("số", &office.config().hotline)])
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
        Status::Delivered => t("Sai sót đã được giải quyết bằng hồ sơ {mã}. Chỗ sai: {lý do}."),
        ended if ended.is_terminal() => t(
            "Hồ sơ {mã} mở để sửa sai sót của kết quả đã dừng, sai sót chưa được sửa. Chỗ sai: {lý do}. Hỏi Trung tâm nếu cần sửa tiếp.",
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
    if view.infected.is_empty() || status.is_terminal() || status == Status::Done {
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
    let lookup = row.lookup_code.clone();
    view! {
        <Section id="thong-tin" title=t("Thông tin hồ sơ")>
            <SummaryList>
                {holder}
                {due}
                {filed}
                {received}
                {case}
                <SummaryRow label=t("Nơi nhận")>{desk}</SummaryRow>
                <SummaryRow label=kind.label()><Code kind code/></SummaryRow>
                <SummaryRow label=CodeKind::LookUp.label()><Code kind=CodeKind::LookUp code=lookup/></SummaryRow>
            </SummaryList>
            {redated}
            {paused}
            {why}
        </Section>
    }
    .into_any()
}

/// What came out, to download.
fn results(view: &DossierView) -> Option<AnyView> {
    let standing: Vec<_> = view.results.iter().filter(|result| result.replaced_at.is_none()).collect();
    if standing.is_empty() {
        return None;
    }
    let lines = standing
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
            view! { <li><p><strong>{title.clone()}</strong></p><p class="hint">{issued}</p>{link}</li> }
        })
        .collect_view();
    let refused = view.row.state.standing_result().filter(|result| result.result == ResultKind::NotGranted);
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
            view! { <li><a href=href>{name}</a><span class="optional">{when}</span></li> }
        })
        .collect_view();
    Some(view! { <Section id="giay-to" title=t("Giấy tờ")><ul>{lines}</ul></Section> }.into_any())
}

/// Rating, once, after the result was handed over.
fn rating(view: &DossierView) -> Option<AnyView> {
    if let Some(rating) = view.row.state.rating {
        let words = tf("Ông/bà đã đánh giá: {mức}. Trung tâm cảm ơn.", &[("mức", status::rating(rating))]);
        return Some(view! { <p>{words}</p> }.into_any());
    }
    if !view.next_acts.contains(&ActKind::Rate) {
        return None;
    }
    let retry = context::retry_of("rate_dossier");
    let value = retry.as_ref().and_then(|retry| retry.typed("rating"));
    let typed = retry.as_ref().and_then(|retry| retry.typed("words"));
    let error = retry.filter(|_| value.is_none()).map(|_| t("Chọn một mức đánh giá."));
    let options = Rating::ALL.iter().map(|one| Choice::new(one.key(), status::rating(*one))).collect::<Vec<_>>();
    let hidden = hidden(view, "rate_dossier");
    Some(
        view! {
            <Section id="danh-gia" title=t("Đánh giá việc phục vụ")>
                <form method="post" action="/api/app/acts/dossiers_mine/rate_dossier">
                    {hidden}
                    <Radios id="rating" legend=t("Ông/bà có hài lòng không") options value error/>
                    <TextArea id="words" label=t("Góp ý") optional=t("không bắt buộc") value=typed/>
                    <Button>{t("Gửi đánh giá")}</Button>
                </form>
            </Section>
        }
        .into_any(),
    )
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

/// The hidden fields of an act on this dossier.
fn hidden(view: &DossierView, act: &str) -> AnyView {
    let (key, seen) = (view.row.id.to_string(), view.row.version.to_string());
    view! {
        <input type="hidden" name="trang" value=context::here()/>
        <input type="hidden" name="dossier" value=key/>
        <input type="hidden" name="seen" value=seen/>
        <input type="hidden" name="command" value=context::command_of(act)/>
    }
    .into_any()
}
