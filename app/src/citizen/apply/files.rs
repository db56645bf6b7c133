//! The papers of a topic: what has arrived, and a form for each paper still to come.

use crate::{
    context::{self, office},
    files, format,
    island::{UploadNow, UploadWords},
    words::{t, tf},
};
use domain::question::{Question, QuestionKind};
use leptos::prelude::*;
use office::{dossiers::UploadRow, drafts::Draft};
use ui::{Button, ButtonKind, Details, FileField, Glyph, UploadedFile, UploadedList};

/// What the file input accepts; the server looks at the bytes.
pub const ACCEPTED: &str = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf";

/// One question that takes files.
pub fn file_question(draft: &Draft, question: &Question, path: &str, error: Option<String>) -> AnyView {
    let QuestionKind::File { max_files, required_original, .. } = &question.kind else { return ().into_any() };
    let optional = super::question::optional(&draft.form, &draft.typed, question, path);
    let here = context::here();
    let mine: Vec<_> = draft.uploads.iter().filter(|row| row.question == path && row.finished_at.is_some()).collect();
    let given = mine.len();
    let list = mine
        .into_iter()
        .map(|row| {
            let (address, thumbnail) = (files::address(row), files::thumbnail(row));
            let (here, upload, name) = (here.clone(), row.id.to_string(), row.name.clone());
            let instead = upload_form(Upload {
                action: format!("/tai-len/nhap/{}", draft.row.id),
                what: What::InPlaceOf(upload.clone()),
                id: format!("thay-{upload}"),
                label: tf("Tệp mới thay cho {tên}", &[("tên", &name)]),
                hint: t("Tệp cũ được giữ cho đến khi nhận xong tệp mới.").into(),
                error: None,
                optional: None,
                save_first: super::FORM,
            });
            view! {
                <UploadedFile name=name.clone() href=address detail=files::detail(row) thumbnail>
                    <form method="post" action="/api/app/acts/drafts/drop_upload">
                        <input type="hidden" name="trang" value=here/>
                        <input type="hidden" name="upload" value=upload/>
                        <input type="hidden" name="command" value=context::new_command()/>
                        <Button kind=ButtonKind::Quiet glyph=Glyph::Trash hidden_words=name.clone()>{t("Xóa")}</Button>
                    </form>
                    <Details summary=t("Thay")>{instead}</Details>
                </UploadedFile>
            }
        })
        .collect_view();
    let list = (given > 0).then(|| {
        let label = tf("Tệp đã nhận của {giấy}", &[("giấy", &question.label)]);
        view! { <UploadedList label>{list}</UploadedList> }
    });
    let original = required_original
        .then(|| view! { <p class="hint">{t("Khi tới quầy, mang bản chính để cán bộ đối chiếu.")}</p> });
    let input = if given < *max_files {
        let label = if given == 0 {
            question.label.clone()
        } else {
            tf("Thêm tệp: {giấy}", &[("giấy", &question.label)])
        };
        let optional = optional.filter(|_| given == 0);
        upload_form(Upload {
            action: format!("/tai-len/nhap/{}", draft.row.id),
            what: What::Answers(path.to_owned()),
            id: path.to_owned(),
            label,
            hint: join(&question.hint, &accepted_words(*max_files)),
            error,
            optional,
            save_first: super::FORM,
        })
    } else {
        view! {
            <p class="label" id=path.to_owned()>{question.label.clone()}</p>
            <p class="hint">{t("Đã đủ số tệp. Muốn đổi tệp nào, bấm “Thay” ở tệp đó.")}</p>
        }
        .into_any()
    };
    let gone: Vec<&UploadRow> = draft.infected.iter().filter(|row| row.question == path).collect();
    let infected = files::infected(gone.iter().copied());
    // A paper that the form can do without may be left out.
    let is_optional = optional.is_some();
    let let_go = gone.into_iter().filter(|_| is_optional).map(let_go).collect_view();
    view! { <div class="section">{infected} {let_go} {input} {original} {list}</div> }.into_any()
}

/// The button that sends nothing in place of a file that a scan took away.
fn let_go(file: &UploadRow) -> AnyView {
    view! {
        <form method="post" action="/api/app/acts/drafts/drop_upload">
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="upload" value=file.id.to_string()/>
            <input type="hidden" name="command" value=context::new_command()/>
            <Button kind=ButtonKind::Quiet hidden_words=file.name.clone()>{t("Không gửi tệp này nữa")}</Button>
        </form>
    }
    .into_any()
}

/// What a file is for.
pub enum What {
    /// The question or paper it answers.
    Answers(String),
    /// The file that gives way to it.
    InPlaceOf(String),
}

/// A form that sends one file.
pub struct Upload {
    pub action: String,
    pub what: What,
    pub id: String,
    pub label: String,
    pub hint: String,
    pub error: Option<String>,
    pub optional: Option<&'static str>,
    /// Id of a form on the page that must not be lost; empty when there is none.
    pub save_first: &'static str,
}

/// A plain multipart form; with script the file goes as soon as it is picked.
pub fn upload_form(upload: Upload) -> AnyView {
    let Upload { action, what, id, label, hint, error, optional, save_first } = upload;
    let words = UploadWords {
        sending: t("Đang gửi tệp… {phần}%").into(),
        too_large: tf("Tệp này nặng quá {n}. Chụp lại từng trang, hoặc giảm cỡ ảnh rồi gửi lại.", &[("n", &most())]),
        offline: t("Chưa gửi được tệp. Kiểm tra mạng rồi chọn lại tệp; phần đã khai còn nguyên.").into(),
        ended: t("Phiên làm việc đã hết để giữ an toàn. Bấm nút lưu ở cuối trang để đăng nhập lại, rồi chọn lại tệp; không mất gì.").into(),
    };
    let (name, value) = match what {
        What::Answers(question) => ("cau", question),
        What::InPlaceOf(upload) => ("thay", upload),
    };
    let most_bytes = office().config().upload_max_bytes as f64;
    view! {
        <form method="post" enctype="multipart/form-data" action=action>
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="command" value=context::new_command()/>
            <input type="hidden" name=name value=value/>
            <FileField id name="tep" label hint error optional accept=ACCEPTED/>
            <UploadNow words most_bytes page=context::here() save_first=save_first.to_owned()/>
            <Button kind=ButtonKind::Secondary glyph=Glyph::Upload>{t("Tải lên")}</Button>
        </form>
    }
    .into_any()
}

/// Which files are taken, and how many.
pub fn accepted_words(most_files: usize) -> String {
    tf(
        "Nhận ảnh JPG, PNG hoặc tệp PDF, mỗi tệp không quá {cỡ}; nhiều nhất {n} tệp.",
        &[("cỡ", &most()), ("n", &most_files.to_string())],
    )
}

fn most() -> String {
    format::size(office().config().upload_max_bytes)
}

fn join(first: &str, second: &str) -> String {
    if first.is_empty() { second.to_owned() } else { format!("{first} {second}") }
}
