//! What imports of procedures could not structure, for a person to look at.

use crate::{
    context::{self, office},
    words::{t, tf},
};
use domain::procedure::unstructured::Why;
use leptos::prelude::*;
use leptos_meta::Title;
use office::import::RemarkRow;
use ui::{Cell, Column, Empty, Glyph, PageTitle, Row, Table};

/// The remarks of every import in force.
#[component]
pub fn RemarksPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    super::page(async move { office.import_remarks(&who).await }, |remarks| show(&remarks))
}

fn show(remarks: &[RemarkRow]) -> impl IntoView + use<> {
    let title = t("Danh mục cần xem lại");
    let labels = [t("Thủ tục"), t("Chỗ"), t("Nguyên văn"), t("Vì sao")];
    let books = office().books();
    let today = office().now().day();
    let lines = remarks
        .iter()
        .map(|remark| {
            let code = remark.procedure_code.clone();
            let name = books.catalogue.in_force(&code, today).map(|procedure| procedure.name.clone());
            let href = format!("/thu-tuc/{code}");
            let (field, verbatim, why) = (remark.field.clone(), remark.verbatim.clone(), why_words(&remark.why));
            let [procedure_label, field_label, words_label, why_label] = labels;
            view! {
                <Row>
                    <Cell heading=true label=procedure_label><a class="code" href=href>{code}</a> " " {name}</Cell>
                    <Cell label=field_label><code>{field}</code></Cell>
                    <Cell label=words_label>{verbatim}</Cell>
                    <Cell label=why_label>{why}</Cell>
                </Row>
            }
        })
        .collect_view();
    let count = (!remarks.is_empty()).then(|| {
        tf(
            "{n} chỗ phần mềm giữ nguyên văn vì không tách được. Người dân đọc đúng nguyên văn đó.",
            &[("n", &remarks.len().to_string())],
        )
    });
    let list = if remarks.is_empty() {
        view! { <Empty glyph=Glyph::Tick words=t("Không còn chỗ nào cần xem lại.")/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <div class="queue-table"><Table caption=title caption_hidden=true columns>{lines}</Table></div> }
            .into_any()
    };
    view! {
        <Title text=title/>
        <PageTitle title caption=count/>
        {list}
    }
}

/// The reason of that key.
fn why_words(key: &str) -> &'static str {
    let why: Option<Why> = serde_json::from_value(key.into()).ok();
    match why {
        Some(Why::Absent) => t("Bản ghi thiếu mục này"),
        Some(Why::TextCut) => t("Bản ghi bị cắt chữ ở cuối"),
        Some(Why::UnknownChannel) => t("Hình thức nộp lạ"),
        Some(Why::TermUnitUnknown) => t("Thời hạn không ghi đơn vị"),
        Some(Why::TermInWords) => t("Lời mô tả nêu thời hạn khác"),
        Some(Why::SeveralTerms) => t("Nhiều thời hạn trong một bản ghi"),
        Some(Why::FeeNotStated) => t("Không nêu phí"),
        Some(Why::FeeSetByProvince) => t("Mức phí do tỉnh quy định"),
        Some(Why::FeeInWords) => t("Ghi 0 đồng nhưng lời mô tả nói khác"),
        Some(Why::FeeForeign) => t("Phí bằng ngoại tệ"),
        Some(Why::FeeUnread) => t("Chưa đọc được mức phí"),
        Some(Why::FeeStepsInWords) => t("Nhiều mức phí nằm trong lời mô tả"),
        Some(Why::OddCode) => t("Mã giấy tờ khác thường"),
        Some(Why::PapersInOneRow) => t("Nhiều giấy tờ gộp một dòng"),
        Some(Why::HeadingOutOfOrder) => t("Dòng tiêu đề nằm sai chỗ"),
        Some(Why::NoteAmongPapers) => t("Lời ghi chú nằm giữa giấy tờ"),
        Some(Why::CasesByRepeatedCode) => t("Các trường hợp chỉ tách được nhờ mã lặp lại"),
        Some(Why::OddResultCode) => t("Mã kết quả khác thường"),
        Some(Why::LinkIsNoAddress) => t("Đường dẫn văn bản không phải địa chỉ"),
        Some(Why::NotADate) => t("Ngày không đọc được"),
        Some(Why::UnknownValue) => t("Giá trị ngoài danh mục"),
        Some(Why::FormerLevel) => t("Còn nhắc cấp huyện hoặc cơ quan đã kết thúc"),
        Some(Why::DatesOutOfOrder) => t("Ngày hiệu lực trước ngày ban hành"),
        None => t("Cần người xem lại"),
    }
}
