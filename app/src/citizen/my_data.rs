//! The file of one's own data: the page in it that a person reads, and the facts that a program reads. No page of the site:
//! both go into a ZIP, beside the files themselves.

mod facts;
mod lines;

use super::{
    message_line,
    mine::{Told, told},
    proof::proof_words,
};
use crate::{
    device::device,
    format,
    staff::dossier::answer_words,
    status,
    words::{t, tf},
};
use domain::{
    question::{Answers, Form, Parsed, Scope, Typed, parse, review},
    time::{Day, Instant},
};
use leptos::prelude::*;
use lines::{consent_words, link_words, look_words, payment_words, standing_words};
use office::{
    Office,
    dossiers::{DossierRow, DossierView},
    my_data::{Look, MyData, MyDossier, MyDraft},
    papers::PaperKind,
};
use serde_json::Value;

/// Where the file is asked for.
pub const ADDRESS: &str = "/tai-khoan/du-lieu.zip";
/// The name by which the form comes back when it was refused.
pub const EXPORT: &str = "export_my_data";

/// A file as it lies in the ZIP.
pub struct Filed {
    /// What the person called it, or what paper it is.
    pub name: String,
    /// Where it lies; none when it could not be opened.
    pub path: Option<String>,
}

/// What the file says so far.
pub struct MyDataPages {
    office: Office,
    parts: Vec<String>,
    dossiers: Vec<Value>,
    drafts: Vec<Value>,
}

/// Little enough to stand in the page: it is opened without the site.
const STYLE: &str = "body{font:1rem/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}\
    h2{margin-top:2.5rem;border-top:1px solid #999;padding-top:1rem}dt{font-weight:bold}dd{margin:0 0 .5rem}li{margin:.25rem 0}";

impl MyDataPages {
    /// With nothing in it yet.
    pub const fn new(office: Office) -> Self {
        Self { office, parts: Vec::new(), dossiers: Vec::new(), drafts: Vec::new() }
    }

    /// Takes in a dossier. `papers` and `files` are those of the view, in its order.
    pub fn add_dossier(&mut self, mine: &MyDossier, papers: &[Filed], files: &[Filed]) {
        let office = self.office.clone();
        let (page, facts) = self.with_words(|| {
            let told = told(&mine.view);
            let page = dossier_page(mine, &told, papers, files).to_html();
            (page, facts::dossier_facts(&office, mine, &told, papers, files))
        });
        self.parts.push(page);
        self.dossiers.push(facts);
    }

    /// Takes in a draft, with its files in its order.
    pub fn add_draft(&mut self, draft: &MyDraft, files: &[Filed]) {
        let row = &draft.row;
        let books = self.office.books();
        let procedure = books.catalogue.version(row.procedure_version);
        let name = procedure.as_ref().map(|version| version.name.clone()).unwrap_or_default();
        let form = procedure.and_then(|version| books.catalogue.form(&version, &row.form_key, row.form_version));
        let today = self.office.now().day();
        let page = self.with_words(|| {
            let saved = tf("Lưu lần cuối {lúc}.", &[("lúc", &format::moment(Instant(row.updated_at)))]);
            let title = tf("Bản nháp: {việc}", &[("việc", &name)]);
            let answers = form.as_deref().map(|form| typed_so_far(form, &row.typed, today));
            let files = file_list(t("Tệp đã tải lên"), files);
            view! { <section><h2>{title}</h2><p>{saved}</p>{answers}{files}</section> }.into_any().to_html()
        });
        self.parts.push(page);
        self.drafts.push(facts::draft_facts(draft, &name, files));
    }

    /// The page, and the facts as JSON.
    pub fn finish(self, data: &MyData) -> (String, Value) {
        let head = self.with_words(|| head(data).to_html());
        let title = t("Dữ liệu của tôi");
        let parts = self.parts.concat();
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
             <style>{STYLE}</style></head><body><main>{head}{parts}</main></body></html>\n"
        );
        (page, facts::facts(data, self.dossiers, self.drafts))
    }

    /// What is worded asks for the office as a page does.
    fn with_words<T>(&self, word: impl FnOnce() -> T) -> T {
        let office = self.office.clone();
        Owner::new().with(|| {
            provide_context(office);
            word()
        })
    }
}

fn head(data: &MyData) -> AnyView {
    let who = &data.resident;
    let made = tf("Lập lúc {lúc}.", &[("lúc", &format::moment(data.made_at))]);
    let opened = format::moment(data.opened_at);
    let phone = who.phone.clone().unwrap_or_else(|| t("Chưa có").into());
    let proofs = data
        .proofs
        .iter()
        .map(|(proof, office)| view! { <dt>{t("Đối chiếu")}</dt><dd>{proof_words(proof, office)}</dd> })
        .collect_view();
    let choice = &data.choice;
    let means = choice.means.map_or(t("Không nhận tin"), status::by_means);
    let told = [&choice.email, &choice.phone].into_iter().flatten().cloned().collect::<Vec<_>>().join("; ");
    let told = if told.is_empty() { t("Chưa có").into() } else { told };
    let pending = choice.pending.as_ref().map(|pending| {
        view! { <dt>{t("Nơi nhận tin chờ nhập mã xác nhận")}</dt><dd>{pending.address.clone()}</dd> }
    });
    let quiet = tf(
        "từ {lúc đầu} đến {lúc cuối}",
        &[("lúc đầu", &choice.quiet.from.to_string()), ("lúc cuối", &choice.quiet.to.to_string())],
    );
    let organisations = data
        .organisations
        .iter()
        .map(|one| view! { <li>{format!("{} ({})", one.row.name, one.row.number)}</li> })
        .collect_view();
    let organisations = (!data.organisations.is_empty())
        .then(|| view! { <h3>{t("Tổ chức ông/bà nộp thay")}</h3><ul>{organisations}</ul> });
    let sessions = data
        .sessions
        .iter()
        .map(|one| {
            let words = tf(
                "{máy}: từ {lúc đầu}, dùng lần cuối {lúc cuối}, địa chỉ mạng {địa chỉ}",
                &[
                    ("máy", &device(&one.agent)),
                    ("lúc đầu", &format::moment(one.since)),
                    ("lúc cuối", &format::moment(one.used)),
                    ("địa chỉ", &one.address),
                ],
            );
            view! { <li>{words}</li> }
        })
        .collect_view();
    view! {
        <h1>{t("Dữ liệu của tôi")}</h1>
        <p>{made}</p>
        <p>{t("Trong tệp này có tài khoản, bản nháp và hồ sơ ông/bà xem được khi đăng nhập. Có cả hồ sơ nhận tại quầy ghi đúng họ tên và số định danh đã đối chiếu thẻ. Tệp ghi rõ cán bộ nào đã xem.")}</p>
        <p>{t("Tệp không có mật khẩu và mã xác nhận: Một Cửa không giữ dạng đọc được. Không có nhật ký việc ông/bà tự làm và ghi chú nội bộ của cán bộ. Không có số tài khoản đầy đủ và lời ghi khi chuyển tiền. Không có số đếm để chống thử mật khẩu và gửi trùng. Không có hồ sơ nhận tại quầy khi tài khoản chưa đối chiếu số định danh. Hồ sơ nhận tại quầy ghi họ tên khác cũng không có. Không có hồ sơ chờ xem là của ai, hồ sơ của tổ chức ông/bà không còn nộp thay. Muốn xem các hồ sơ này thì hỏi Trung tâm.")}</p>
        <p>{t("Giữ tệp này như giữ giấy tờ: trong đó có số định danh và giấy tờ của ông/bà. Tệp du-lieu.json có cùng nội dung, để phần mềm khác đọc.")}</p>
        <h2>{t("Tài khoản")}</h2>
        <dl>
            <dt>{t("Họ và tên")}</dt><dd>{who.name.clone()}</dd>
            <dt>{t("Số định danh cá nhân")}</dt><dd>{who.citizen_id.clone()}</dd>
            <dt>{t("Số điện thoại")}</dt><dd>{phone}</dd>
            <dt>{t("Cách nhận tin")}</dt><dd>{means}</dd>
            <dt>{t("Nơi nhận tin đã xác nhận")}</dt><dd>{told}</dd>
            {pending}
            <dt>{t("Giờ không gửi tin")}</dt><dd>{quiet}</dd>
            <dt>{t("Mở tài khoản lúc")}</dt><dd>{opened}</dd>
            {proofs}
        </dl>
        {line_list(t("Định danh đã liên kết"), data.links.iter().map(link_words).collect())}
        {organisations}
        {line_list(t("Những lần ông/bà được cử nộp thay tổ chức"), data.standings.iter().map(standing_words).collect())}
        {line_list(t("Những lần ông/bà đồng ý điền sẵn"), data.consents.iter().map(consent_words).collect())}
        <h3>{t("Nơi đang đăng nhập")}</h3>
        <ul>{sessions}</ul>
        {look_list(&data.looks)}
    }
    .into_any()
}

/// Lines under a title; nothing when there are none.
fn line_list(title: &'static str, lines: Vec<String>) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    Some(view! { <h3>{title}</h3><ul>{lines}</ul> }.into_any())
}

/// What was answered, by topic.
fn answers_view(form: &Form, answers: &Answers) -> AnyView {
    let topics = review(form, answers)
        .into_iter()
        .map(|topic| {
            let rows = topic
                .rows
                .into_iter()
                .map(|row| {
                    let label = match &row.item {
                        Some((item, number)) => format!("{item} {number} · {}", row.label),
                        None => row.label.clone(),
                    };
                    let beside = row.beside.as_ref().map(|what| view! { <p>{format::beside(what)}</p> });
                    view! { <dt>{label}</dt><dd>{answer_words(&row.value, true)} {beside}</dd> }
                })
                .collect_view();
            view! { <h4>{topic.title}</h4><dl>{rows}</dl> }
        })
        .collect_view();
    topics.into_any()
}

/// What is being typed: what can be read, and as it stands what cannot be read yet.
fn typed_so_far(form: &Form, typed: &Typed, today: Day) -> AnyView {
    let Parsed { answers, problems, .. } = parse(form, typed, today, Scope::Form);
    let unread = problems.iter().filter_map(|problem| {
        let inside = format!("{}.", problem.path);
        let parts = typed
            .iter()
            .filter(|(path, text)| !text.trim().is_empty() && (**path == problem.path || path.starts_with(&inside)));
        let words = parts.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
        let label =
            form.question(&problem.path).map_or_else(|| problem.path.clone(), |question| question.label.clone());
        (!words.is_empty()).then(|| format!("{label}: {words}"))
    });
    let unread = line_list(t("Đã gõ mà còn phải sửa"), unread.collect());
    let read = answers_view(form, &answers);
    view! { {read} {unread} }.into_any()
}

fn dossier_page(mine: &MyDossier, told: &[Told], papers: &[Filed], files: &[Filed]) -> AnyView {
    let view = &mine.view;
    let row = &view.row;
    let state = status::for_resident(&row.state).words;
    let moment = |label: &'static str, at: Option<i64>| {
        at.map(|at| view! { <dt>{label}</dt><dd>{format::moment(Instant(at))}</dd> })
    };
    let topics = answers_view(&view.form, &view.parsed.answers);
    let kept = mine.kept.as_ref().map(|(typed, at)| {
        let saved = tf("Lưu lần cuối {lúc}.", &[("lúc", &format::moment(*at))]);
        let lines = kept_lines(&view.form, typed);
        view! { <h3>{t("Đang gõ để bổ sung, chưa gửi")}</h3><p>{saved}</p><ul>{lines}</ul> }
    });
    let told_at = mine.told_at.clone().map(|phone| view! { <dt>{t("Số điện thoại nhận tin")}</dt><dd>{phone}</dd> });
    let replaced = replaced_words(view).map(|words| view! { <p>{words}</p> });
    let events = told
        .iter()
        .map(|one| {
            let words = format!("{}: {}. {}", format::moment(one.at), one.title, one.more.join(" "));
            view! { <li>{words.trim().to_string()}</li> }
        })
        .collect_view();
    let messages = view.messages.iter().map(|row| view! { <li>{message_line(row)}</li> }).collect_view();
    let messages = (!view.messages.is_empty()).then(|| view! { <h3>{t("Tin đã gửi")}</h3><ul>{messages}</ul> });
    let rating = row.state.rating.map(|rating| {
        let more = view.rating.as_ref().and_then(status::rating_more).unwrap_or_default();
        view! { <h3>{t("Đánh giá của ông/bà")}</h3><p>{format!("{}. {more}", status::rating(rating))}</p> }
    });
    view! {
        <section>
            <h2>{tf("Hồ sơ {mã}", &[("mã", &code_of(row))])}</h2>
            <dl>
                <dt>{t("Việc")}</dt><dd>{row.procedure_name.clone()}</dd>
                <dt>{t("Trạng thái")}</dt><dd>{state}</dd>
                {moment(t("Nộp lúc"), row.submitted_at)}
                {moment(t("Tiếp nhận lúc"), row.received_at)}
                {moment(t("Hẹn trả"), row.due_at)}
                {told_at}
            </dl>
            <h3>{t("Nội dung đã khai")}</h3>
            {topics}
            {kept}
            {line_list(t("Khoản phải nộp"), mine.payments.iter().flat_map(payment_words).collect())}
            <h3>{t("Quá trình giải quyết")}</h3>
            <ul>{events}</ul>
            {file_list(t("Giấy tờ đã cấp"), papers)}
            {file_list(t("Tệp đã nộp và kết quả"), files)}
            {replaced}
            {messages}
            {rating}
            {look_list(&mine.looks)}
        </section>
    }
    .into_any()
}

/// What was typed in answer to a request, each as it stands.
fn kept_lines(form: &Form, typed: &Typed) -> AnyView {
    let lines = typed.iter().filter(|(_, text)| !text.trim().is_empty()).map(|(path, text)| {
        let label = form.question(path).map_or_else(|| path.clone(), |question| question.label.clone());
        view! { <li>{format!("{label}: {text}")}</li> }
    });
    lines.collect_view().into_any()
}

/// That the result stands no more, where another dossier's stands in its place.
fn replaced_words(view: &DossierView) -> Option<String> {
    let by = view.replaced_by.as_ref()?;
    Some(tf("Kết quả đã được thay bằng kết quả của hồ sơ {mã}.", &[("mã", &by.code)]))
}

fn file_list(title: &'static str, files: &[Filed]) -> Option<AnyView> {
    if files.is_empty() {
        return None;
    }
    let lines = files
        .iter()
        .map(|file| match &file.path {
            Some(path) => view! { <li><a href=path.clone()>{file.name.clone()}</a></li> }.into_any(),
            None => {
                let words = tf("{tên} (lúc lập chưa mở được, không kèm)", &[("tên", &file.name)]);
                view! { <li>{words}</li> }.into_any()
            }
        })
        .collect_view();
    Some(view! { <h3>{title}</h3><ul>{lines}</ul> }.into_any())
}

fn look_list(looks: &[Look]) -> Option<AnyView> {
    if looks.is_empty() {
        return None;
    }
    let lines = looks
        .iter()
        .map(|look| {
            let words = tf(
                "{lúc}: {ai} – {việc}",
                &[("lúc", &format::moment(look.at)), ("ai", &look.name), ("việc", &look_words(look))],
            );
            view! { <li>{words}</li> }
        })
        .collect_view();
    Some(view! { <h3>{t("Cán bộ đã xem")}</h3><ul>{lines}</ul> }.into_any())
}

/// How a dossier is called, also as a folder: its code, which says nothing of its matter.
pub fn code_of(row: &DossierRow) -> String {
    row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_else(|| row.id.to_string())
}

/// A paper by its name, with its number.
pub fn paper_name(kind: &str, number: Option<&str>) -> String {
    let name = PaperKind::from_key(kind).map_or(t("Giấy tờ"), status::paper);
    match number {
        Some(number) => tf("{tên}, số {số}", &[("tên", name), ("số", number)]),
        None => name.into(),
    }
}
