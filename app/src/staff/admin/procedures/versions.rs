//! What one version of a procedure changes of another: the record of the national catalogue and the common part, field by
//! field; of the last version beside the one before it, and of a file beside what holds.

use crate::{
    citizen::procedure::wording,
    format, status,
    words::{t, tf},
};
use domain::procedure::{
    difference::{self, FieldChange, Line, Part},
    local::{FiledAt, FilingPlace, LocalFee, LocalPart, LocalTerm, PausePolicy, TermFor, WorkStep},
};
use leptos::prelude::*;
use office::{catalogue::ProcedureVersion, local_parts::UnitsSay};
use ui::{Cell, Column, Row, Section, SummaryList, SummaryRow, Table};

/// The last two versions beside each other; a sentence where there is but one.
pub(super) fn last_change(says: &UnitsSay) -> AnyView {
    let shown = match &says.last_two {
        Some((before, last)) => beside(before, last),
        None => {
            let day = format::day(says.procedure.valid_from);
            let words = tf("Mới có một bản, áp dụng từ {ngày}; chưa có gì để so sánh.", &[("ngày", &day)]);
            view! { <p>{words}</p> }.into_any()
        }
    };
    view! { <Section title=t("Bản mới của dữ liệu quốc gia và phần chung") id="ban-chung">{shown}</Section> }.into_any()
}

fn beside(before: &ProcedureVersion, last: &ProcedureVersion) -> AnyView {
    let (was, is) = (format::day(before.valid_from), format::day(last.valid_from));
    let changes = difference::changes(
        (&before.imported.record, before.local.as_ref()),
        (&last.imported.record, last.local.as_ref()),
    );
    if changes.is_empty() {
        let words = tf("Bản từ {mới} không khác bản từ {cũ}.", &[("mới", &is), ("cũ", &was)]);
        return view! { <p>{words}</p> }.into_any();
    }
    let titles = [tf("Bản từ {ngày}", &[("ngày", &was)]), tf("Bản từ {ngày}", &[("ngày", &is)])];
    table(&changes, (before.local.as_ref(), last.local.as_ref()), titles, t("Khác nhau giữa hai bản cuối"))
}

/// What differs, a row for each field, under the titles of the two versions; with the local parts of both.
pub(super) fn table(
    changes: &[FieldChange],
    locals: (Option<&LocalPart>, Option<&LocalPart>),
    [was, is]: [String; 2],
    caption: &'static str,
) -> AnyView {
    let titles = [t("Nội dung").to_owned(), was, is];
    let rows = changes.iter().map(|change| row(change, locals, &titles)).collect_view();
    let columns = titles.iter().cloned().map(Column::new).collect::<Vec<_>>();
    view! { <Table caption caption_hidden=true columns>{rows}</Table> }.into_any()
}

/// What a local part says, field by field: for a procedure that has no version beside which it could be laid.
pub(super) fn whole(local: &LocalPart) -> AnyView {
    let rows = LOCAL_KEYS
        .into_iter()
        .map(|key| (key, local_lines(key, local)))
        .filter(|(_, said)| !said.is_empty())
        .map(|(key, said)| {
            let (label, said) = (local_label(key), lines(said));
            view! { <SummaryRow label>{said}</SummaryRow> }
        })
        .collect_view();
    view! { <SummaryList>{rows}</SummaryList> }.into_any()
}

/// The fields of a local part, in the order in which they are read.
const LOCAL_KEYS: [&str; 14] = [
    "valid_from",
    "valid_to",
    "filed",
    "level",
    "term",
    "other_terms",
    "acceptance_hours",
    "steps",
    "days_to_pay",
    "fee_lines",
    "supplement",
    "form",
    "sensitive",
    "result_name",
];

fn row(change: &FieldChange, locals: (Option<&LocalPart>, Option<&LocalPart>), titles: &[String; 3]) -> AnyView {
    let (name, was, is) = match change.part {
        Part::Record => (record_label(&change.key), read(&change.was), read(&change.is)),
        Part::Local => {
            let side =
                |local: Option<&LocalPart>| local.map(|local| local_lines(&change.key, local)).unwrap_or_default();
            let (was, is) = (side(locals.0), side(locals.1));
            let only = |one: &[String], other: &[String]| -> Vec<String> {
                one.iter().filter(|line| !other.contains(line)).cloned().collect()
            };
            (local_label(&change.key), only(&was, &is), only(&is, &was))
        }
    };
    let same_lines = was.is_empty() && is.is_empty();
    let (was, is) = match same_lines {
        true => {
            (view! { <p>{t("chỉ đổi thứ tự, cách viết hoặc chi tiết không hiện ở đây")}</p> }.into_any(), ().into_any())
        }
        false => (lines(was), lines(is)),
    };
    let [name_title, was_title, is_title] = titles.clone();
    view! {
        <Row>
            <Cell heading=true label=name_title>{name}</Cell>
            <Cell label=was_title>{was}</Cell>
            <Cell label=is_title>{is}</Cell>
        </Row>
    }
    .into_any()
}

fn lines(lines: Vec<String>) -> AnyView {
    if lines.is_empty() {
        return view! { <p>{t("không có")}</p> }.into_any();
    }
    let items = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="plain">{items}</ul> }.into_any()
}

/// Lines of the record in its own words; a mark that a paper is brought so, in ours.
fn read(lines: &[Line]) -> Vec<String> {
    let cell = |(key, words): &(String, String)| match (key.as_str(), words.as_str()) {
        ("ban_chinh", "true") => Some(t("bản chính").to_owned()),
        ("ban_sao", "true") => Some(t("bản sao").to_owned()),
        ("ban_chinh" | "ban_sao", _) => None,
        _ => Some(words.clone()),
    };
    lines.iter().map(|line| line.iter().filter_map(cell).collect::<Vec<_>>().join(" · ")).collect()
}

fn record_label(key: &str) -> String {
    let words = match key {
        "stt" => t("Số thứ tự trong danh mục"),
        "ma_tthc" => t("Mã thủ tục"),
        "ten_tthc" => t("Tên thủ tục"),
        "link_truy_cap" => t("Địa chỉ trên Cổng Dịch vụ công quốc gia"),
        "so_quyet_dinh" => t("Quyết định công bố"),
        "ngay_quyet_dinh" => t("Ngày công bố"),
        "co_quan_ban_hanh" => t("Cơ quan công bố"),
        "linh_vuc" => t("Lĩnh vực"),
        "cap_thuc_hien" => t("Cấp thực hiện"),
        "doi_tuong_thuc_hien" => t("Đối tượng thực hiện"),
        "loai_tthc" => t("Loại thủ tục"),
        "tu_khoa" => t("Từ khóa"),
        "dia_chi_tiep_nhan" => t("Nơi nhận"),
        "co_quan_thuc_hien" => t("Cơ quan thực hiện"),
        "co_quan_co_tham_quyen" => t("Cơ quan có thẩm quyền"),
        "co_quan_phoi_hop" => t("Cơ quan phối hợp"),
        "co_quan_duoc_uy_quyen" => t("Cơ quan được ủy quyền"),
        "mo_ta" => t("Mô tả"),
        "trang_thai" => t("Trạng thái"),
        "cach_thuc_thuc_hien" => t("Cách nộp, thời hạn, phí"),
        "trinh_tu_thuc_hien" => t("Trình tự thực hiện"),
        "tphs" => t("Thành phần hồ sơ"),
        "kqth" => t("Kết quả thực hiện"),
        "ccpl" => t("Căn cứ pháp lý"),
        "yeu_cau_dieu_kien" => t("Yêu cầu, điều kiện"),
        // A key that the national catalogue has added since.
        other => return other.to_owned(),
    };
    words.to_owned()
}

fn local_label(key: &str) -> String {
    let words = match key {
        "valid_from" => t("Phần chung áp dụng từ ngày"),
        "valid_to" => t("Phần chung áp dụng đến ngày"),
        "filed" => t("Nơi nộp"),
        "level" => t("Mức độ trực tuyến"),
        "term" => t("Thời hạn chung"),
        "other_terms" => t("Thời hạn của từng trường hợp"),
        "acceptance_hours" => t("Thời hạn trả lời hồ sơ trực tuyến"),
        "steps" => t("Các bước xử lý"),
        "days_to_pay" => t("Thời hạn thực hiện nghĩa vụ tài chính"),
        "fee_lines" => t("Phí, lệ phí"),
        "supplement" => t("Bổ sung hồ sơ"),
        "form" => t("Tờ khai điện tử"),
        "sensitive" => t("Thông tin được bảo vệ"),
        "popular" => t("Hiện ở trang chủ"),
        "life_events" => t("Việc trong đời"),
        "result_name" => t("Tên kết quả"),
        "keywords" => t("Từ khóa tìm kiếm"),
        other => return other.to_owned(),
    };
    words.to_owned()
}

/// A field of the common part in words, a line for each entry.
fn local_lines(key: &str, local: &LocalPart) -> Vec<String> {
    match key {
        "valid_from" => vec![format::day(local.valid_from)],
        "valid_to" => local.valid_to.map(format::day).into_iter().collect(),
        "filed" => local.filed.iter().map(filed).collect(),
        "level" => vec![wording::level(local.level).0.to_owned()],
        "term" => vec![term(&local.term)],
        "other_terms" => local.other_terms.iter().map(other_term).collect(),
        "acceptance_hours" => vec![tf("{n} giờ làm việc", &[("n", &local.acceptance_hours.to_string())])],
        "steps" => local.steps.iter().map(step).collect(),
        "days_to_pay" => local.days_to_pay.map(days).into_iter().collect(),
        "fee_lines" => local.fee_lines.iter().map(fee).collect(),
        "supplement" => {
            let policy = match local.supplement.policy {
                PausePolicy::Resume => t("tạm dừng rồi tính tiếp"),
                PausePolicy::Restart => t("tính lại từ khi bổ sung đủ"),
            };
            vec![days(local.supplement.days_to_supplement), policy.to_owned()]
        }
        "form" => vec![local.form.clone()],
        "sensitive" => vec![yes_or_no(local.sensitive)],
        "popular" => vec![yes_or_no(local.popular)],
        "life_events" => local.life_events.clone(),
        "result_name" => vec![local.result_name.clone()],
        "keywords" => local.keywords.clone(),
        _ => Vec::new(),
    }
}

fn yes_or_no(yes: bool) -> String {
    if yes { t("có").to_owned() } else { t("không").to_owned() }
}

fn days(days: u32) -> String {
    tf("{n} ngày", &[("n", &days.to_string())])
}

fn filed(filed: &FiledAt) -> String {
    let place = match filed.place {
        FilingPlace::Here => t("trực tuyến ở đây"),
        FilingPlace::NationalPortal => t("Cổng Dịch vụ công quốc gia"),
        FilingPlace::Counter => t("tại quầy"),
    };
    let from = format::day(filed.from);
    match filed.to.map(format::day) {
        Some(last) => tf("{nơi}, từ {ngày} đến {hết}", &[("nơi", place), ("ngày", &from), ("hết", &last)]),
        None => tf("{nơi}, từ {ngày}", &[("nơi", place), ("ngày", &from)]),
    }
}

fn term(term: &LocalTerm) -> String {
    let words = format::term(&term.term());
    tf("{hạn}. Căn cứ: {căn cứ}", &[("hạn", &words), ("căn cứ", &term.source)])
}

fn other_term(one: &TermFor) -> String {
    let of = [one.case.as_deref().map(status::case), one.channel.map(|channel| wording::channel(Some(channel)))];
    let of = of.into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("{of}: {}", term(&one.term))
}

fn step(step: &WorkStep) -> String {
    let (role, hours) = (status::role(step.role), step.hours.to_string());
    tf("{bước} ({vai trò}): {n} giờ làm việc", &[("bước", &step.name), ("vai trò", role), ("n", &hours)])
}

fn fee(fee: &LocalFee) -> String {
    let cost = wording::local_fee(fee);
    let line = tf("{tên}: {mức}. Căn cứ: {căn cứ}", &[("tên", &fee.name), ("mức", &cost), ("căn cứ", &fee.source)]);
    std::iter::once(line).chain(fee.exemptions.iter().cloned()).collect::<Vec<_>>().join(" · ")
}
