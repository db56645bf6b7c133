//! Papers of a dossier: what was listed, files, issued papers, results, and the file that is read in the right pane.

use super::{
    super::{
        file_box::{FileBox, refused_file},
        own_form::OwnForm,
    },
    opinions::unit_name,
};
use crate::{
    context::{self, office},
    files, format,
    words::{t, tf},
};
use domain::{question::papers_needed, time::Instant};
use leptos::prelude::*;
use office::{
    Uuid,
    answer_files::opinion_of,
    dossiers::{DossierView, ResultRow, UploadRow},
    papers::PaperKind,
    rights::Task,
};
use ui::{Details, Empty, Glyph, Notice, Tag, TextArea, Tone};

/// The question that a result's file is attached under.
pub(super) const RESULT_FILE: &str = domain::dossier::RESULT_FILE;

/// The papers that were handed in, those still missing by the form, issued papers and results.
pub(super) fn listed(view: &DossierView) -> AnyView {
    let handed = view
        .row
        .papers_listed
        .iter()
        .map(|paper| {
            let counts = tf(
                "bản chính: {chính}, bản sao: {sao}",
                &[("chính", &paper.originals.to_string()), ("sao", &paper.copies.to_string())],
            );
            view! { <li>{paper.name.clone()} " " <span class="sub">{format!("({counts})")}</span></li> }
        })
        .collect_view();
    // Where an error is repaired the scans lie with the first dossier.
    let missing: Vec<AnyView> = if view.row.typed.is_empty() || view.row.corrects.is_some() {
        Vec::new()
    } else {
        let needed = papers_needed(&view.form, &view.parsed.answers).into_iter();
        let missing = needed.filter(|paper| paper.required && paper.given == 0);
        missing
            .map(|paper| {
                let words = if paper.path.is_some() {
                    t("chưa có tệp")
                } else {
                    t("xuất trình bản chính tại quầy")
                };
                view! { <li>{paper.name} " " <span class="sub">{format!("({words})")}</span></li> }.into_any()
            })
            .collect()
    };
    let missing =
        (!missing.is_empty()).then(|| view! { <h3>{t("Giấy tờ phải có mà chưa thấy tệp")}</h3> <ul>{missing}</ul> });
    let nothing = view.row.papers_listed.is_empty().then(|| view! { <p class="sub">{t("Không ghi giấy tờ nào.")}</p> });
    let body = view! {
        <h3>{t("Giấy tờ đã nộp")}</h3>
        {nothing}
        <ul>{handed}</ul>
        {missing}
        <h3>{t("Giấy tờ đã phát hành")}</h3>
        {issued(view)}
        {results(view)}
    };
    super::part(t("Giấy tờ của hồ sơ"), "giay-to", body.into_any())
}

fn issued(view: &DossierView) -> AnyView {
    if view.papers.is_empty() {
        return view! { <p class="sub">{t("Chưa có giấy nào.")}</p> }.into_any();
    }
    let lines = view
        .papers
        .iter()
        .map(|paper| {
            let name = PaperKind::from_key(&paper.kind).map_or(t("Giấy tờ"), paper_words);
            let number = paper.number.as_ref().map(|number| tf(" số {số}", &[("số", number)]));
            let when = format::moment(Instant(paper.issued_at));
            let href = format!("/giay-to/{}.pdf", paper.id);
            let letter_of = view.results.iter().find(|result| result.paper_id == Some(paper.id));
            let replaced = letter_of.and_then(|result| replaced(view, result));
            view! { <li><a href=href>{name}{number}</a> " " <span class="sub">{when}</span> " " {replaced}</li> }
        })
        .collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}

/// What a paper is called among staff.
pub(super) const fn paper_words(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::ResidentSlip => t("Phiếu ghi nhận hồ sơ nộp trực tuyến"),
        PaperKind::Receipt => t("Mẫu 01 – Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        PaperKind::Supplement => t("Mẫu 02 – Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        PaperKind::Refusal => t("Mẫu 03 – Phiếu từ chối tiếp nhận"),
        PaperKind::Apology => t("Mẫu 04 – Xin lỗi và hẹn lại ngày trả kết quả"),
        PaperKind::Stop => t("Mẫu 05 – Thông báo dừng giải quyết"),
        PaperKind::Result => t("Văn bản kết quả"),
        PaperKind::ReturnSlip => t("Biên bản trả lại giấy tờ, tiền đã nộp"),
    }
}

/// Every version of the result; a replaced one says so.
fn results(view: &DossierView) -> Option<AnyView> {
    if view.results.is_empty() {
        return None;
    }
    let lines = view.results.iter().map(|result| result_line(view, result)).collect_view();
    Some(view! { <h3>{t("Kết quả")}</h3> <ul>{lines}</ul> }.into_any())
}

fn result_line(view: &DossierView, result: &ResultRow) -> AnyView {
    let name = if !result.granted {
        t("Văn bản trả lời: không đủ điều kiện").to_string()
    } else if result.title.is_empty() {
        t("Kết quả").to_string()
    } else {
        result.title.clone()
    };
    let href = match (result.upload_id, result.paper_id) {
        (Some(upload), _) => Some(format!("/tep/{upload}")),
        (None, Some(paper)) => Some(format!("/giay-to/{paper}.pdf")),
        (None, None) => None,
    };
    let version = tf(
        "lần {n}, {lúc}",
        &[("n", &result.version.to_string()), ("lúc", &format::moment(Instant(result.issued_at)))],
    );
    let replaced = replaced(view, result);
    view! { <li><a href=href>{name}</a> " " <span class="sub">{version}</span> " " {replaced}</li> }.into_any()
}

/// That a version does not stand: it was taken back before handover, or a dossier that repairs this one has its own.
fn replaced(view: &DossierView, result: &ResultRow) -> Option<AnyView> {
    let handed_over = result.version == i64::from(view.row.state.version_of_result());
    let when = result.replaced_at.map(|at| format::moment(Instant(at)));
    let Some(by) = view.replaced_by.as_ref().filter(|_| handed_over) else {
        let words = tf("Đã thu hồi để sửa, {lúc}", &[("lúc", &when?)]);
        return Some(view! { <Tag tone=Tone::Grey glyph=Glyph::ArrowBack words/> }.into_any());
    };
    let words = tf("Đã được thay bằng kết quả của hồ sơ {mã}", &[("mã", &by.code)]);
    let link = by.may_open.then(|| {
        let href = format!("/can-bo/ho-so/{}#giay-to", by.id);
        view! { <a href=href>{tf("Mở hồ sơ {mã}", &[("mã", &by.code)])}</a> }
    });
    let tag = view! { <Tag tone=Tone::Warn glyph=Glyph::ArrowBack words/> };
    Some(view! { {tag} " " <span class="sub">{when}</span> " " {link} }.into_any())
}

/// The right pane: the list of files, and the one that is read.
pub(super) fn right_pane(view: &DossierView, shown: Option<Uuid>) -> AnyView {
    let uploaded: Vec<&UploadRow> = view.uploads.iter().filter(|file| file.finished_at.is_some()).collect();
    let chosen = uploaded.iter().find(|file| Some(file.id) == shown).or_else(|| uploaded.first()).copied();
    let lines = uploaded
        .iter()
        .map(|file| {
            let current = chosen.is_some_and(|chosen| chosen.id == file.id);
            let href = format!("/can-bo/ho-so/{}?xem={}#tep", view.row.id, file.id);
            let (what, name) = (question_words(view, &file.question), file.name.clone());
            let detail = format!("{}, {}", format::size(file.size), format::moment(Instant(file.created_at)));
            view! {
                <li>
                    <a href=href aria-current=current.then_some("true")>{what}</a>
                    " "
                    <span class="sub">{name} " – " {detail}</span>
                    " "
                    {files::held_tag(file)}
                </li>
            }
        })
        .collect_view();
    let attach = (office().may_with(&context::staff(), Task::AttachFile, &view.row).is_ok()
        && !view.row.state.status.is_terminal())
    .then(|| attach(view));
    let viewer = match chosen {
        Some(file) => viewer(file),
        None => view! { <Empty words=t("Hồ sơ chưa có tệp nào.")/> }.into_any(),
    };
    view! {
        <h2 id="tep">{t("Tệp của hồ sơ")}</h2>
        {gone(view)}
        <ul class="staff-files" role="list">{lines}</ul>
        {viewer}
        {attach}
    }
    .into_any()
}

/// What a scan took away and nothing came in place of yet.
fn gone(view: &DossierView) -> Option<AnyView> {
    if view.infected.is_empty() {
        return None;
    }
    let may = office().may_with(&context::staff(), Task::LetFileGo, &view.row).is_ok();
    let may = may && !view.row.state.status.is_terminal();
    let lines = view
        .infected
        .iter()
        .map(|file| {
            let words = tf("{giấy}: {tên}", &[("giấy", &question_words(view, &file.question)), ("tên", &file.name)]);
            let form = may.then(|| let_go(view, file));
            view! { <li>{words}{form}</li> }
        })
        .collect_view();
    if !view.row.state.waits_for_files() {
        let words = t(
            "Hồ sơ đã giải quyết xong nên không chờ tệp khác. Đã có kết quả thì xem lại: còn đúng thì ghi lý do, sai thì sửa.",
        );
        let notice = view! {
            <Notice tone=Tone::Warn title=t("Tệp có mã độc đã bỏ")>
                <ul>{lines}</ul>
                <p>{words}</p>
            </Notice>
        };
        return Some(notice.into_any());
    }
    let view = view! {
        <Notice tone=Tone::Warn title=t("Tệp có mã độc đã bỏ, chờ tệp khác")>
            <ul>{lines}</ul>
            <p>{t("Người nộp gửi lại được ở trang hồ sơ của họ. Nộp tại quầy thì quét lại bản giấy.")}</p>
            <p>{t("Chưa có tệp khác hoặc lý do không cần thì chưa duyệt, chưa phát hành kết quả được.")}</p>
        </Notice>
    };
    Some(view.into_any())
}

/// The folded form that says why no other file is waited for.
fn let_go(view: &DossierView, file: &UploadRow) -> AnyView {
    let (dossier, upload) = (view.row.id.to_string(), file.id.to_string());
    let form = OwnForm::of_line("notes/let_file_go", "upload", &upload);
    // What is wrong in its box is told at the top of the page.
    let problem = if form.wrong("words").is_none() { form.problem_on_top() } else { None };
    let open = form.came_back();
    let fields = view! {
        <input type="hidden" name="dossier" value=dossier/>
        <input type="hidden" name="upload" value=upload/>
        <TextArea
            id=form.id("words")
            name="words"
            label=t("Vì sao không cần tệp khác")
            hint=t("Lý do nằm trong Ghi chú nội bộ. Ví dụ: đã xem bản chính tại quầy.")
            error=form.wrong("words")
            rows=2
            max_length=500
            value=form.typed("words")
            required=true
        />
    };
    let button = view! { <button class="button button-secondary" type="submit">{t("Không chờ tệp này")}</button> };
    let form = form.draw(fields, button);
    view! { <Details summary=t("Không cần tệp này nữa") open>{problem}{form}</Details> }.into_any()
}

/// The file itself: a picture, or the browser's own view of a PDF.
fn viewer(file: &UploadRow) -> AnyView {
    if file.held_at.is_some() {
        let words = t("Tệp này đang chờ quét mã độc nên chưa mở được. Phần mềm tự quét lại; xem lại sau ít phút.");
        return view! { <Notice tone=Tone::Warn>{words}</Notice> }.into_any();
    }
    let (href, name) = (format!("/tep/{}", file.id), file.name.clone());
    let paper = if file.mime.starts_with("image/") {
        view! { <img class="paper-view" src=href.clone() alt=name.clone()/> }.into_any()
    } else {
        view! { <iframe class="paper-view" src=href.clone() title=name.clone()></iframe> }.into_any()
    };
    let whole = tf("Mở {tên} trong trang riêng", &[("tên", &name)]);
    view! { {paper} <p><a href=href target="_blank" rel="noopener">{whole}</a></p> }.into_any()
}

/// What a file answers: the label of the question, or the words of the paper.
fn question_words(view: &DossierView, question: &str) -> String {
    if question == RESULT_FILE {
        return t("Kết quả").into();
    }
    if let Some(opinion) = opinion_of(question) {
        let asked = view.opinions.iter().find(|one| one.id == opinion).map(unit_name).unwrap_or_default();
        return tf("Kèm ý kiến của {đơn vị}", &[("đơn vị", &asked)]);
    }
    let labelled = view.form.topics.iter().flat_map(|topic| &topic.questions).find(|one| one.id == question);
    match labelled {
        Some(question) => question.label.clone(),
        None if question.is_empty() || question == files::OTHER_FILE => t("Giấy tờ khác").into(),
        None => question.into(),
    }
}

/// The form that adds a scan, or the result.
fn attach(view: &DossierView) -> AnyView {
    let action = format!("/can-bo/tai-len/{}", view.row.id);
    let command = context::new_command();
    let wrong = refused_file();
    let open = wrong.is_some();
    let papers = papers_needed(&view.form, &view.parsed.answers)
        .into_iter()
        .filter_map(|paper| paper.path.map(|path| view! { <option value=path>{paper.name}</option> }))
        .collect_view();
    view! {
        <details class="details" open=open>
            <summary>{t("Thêm tệp vào hồ sơ")}</summary>
            <div class="details-body">
                {wrong}
                <form class="staff-form" method="post" enctype="multipart/form-data" action=action>
                    <input type="hidden" name="trang" value=context::here()/>
                    <input type="hidden" name="command" value=command/>
                    <div class="field">
                        <label class="label" for="cau">{t("Tệp này là")}</label>
                        <select class="input select" id="cau" name="cau">
                            <option value=RESULT_FILE>{t("Kết quả đã ký")}</option>
                            {papers}
                            <option value=files::OTHER_FILE>{t("Giấy tờ khác")}</option>
                        </select>
                    </div>
                    <FileBox id="tep-moi" hint=t("PDF, JPG hoặc PNG.")/>
                </form>
            </div>
        </details>
    }
    .into_any()
}
