//! How it goes and on what ground: steps, conditions, who may ask, the law. Word for word.

use super::{
    prose::{bare, prose},
    way_out,
};
use crate::{
    format,
    words::{t, tf},
};
use domain::{
    procedure::{
        away::Away,
        export::{ExportRecord, ExportStep},
    },
    time::Day,
};
use leptos::prelude::*;
use office::catalogue::ProcedureVersion;
use std::sync::Arc;
use ui::{Details, Section};

/// The steps as the record tells them, and those inside the office.
#[component]
pub fn Steps(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    let told = procedure.imported.record.trinh_tu_thuc_hien.as_deref().unwrap_or_default();
    let told = told.iter().map(step).collect_view();
    let inside = procedure.local.as_ref().map(|local| {
        let steps = local
            .steps
            .iter()
            .map(|step| {
                let hours = (step.hours > 0).then(|| {
                    tf(" ({n} giờ làm việc)", &[("n", &step.hours.to_string())])
                });
                view! { <li>{step.name.clone()}{hours}</li> }
            })
            .collect_view();
        view! { <Details summary=t("Hồ sơ đi qua những bước nào trong cơ quan")><ol class="steps">{steps}</ol></Details> }
    });
    view! { <Section id="cac-buoc" title=t("Các bước")>{told} {inside}</Section> }
}

/// Who may ask for it and under which conditions.
#[component]
pub fn Conditions(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    let audiences = procedure.audiences().iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
    // The record's own text: what was read from it has lost its line breaks.
    let told = procedure.imported.record.yeu_cau_dieu_kien.as_deref().unwrap_or_default();
    let conditions = match &procedure.imported.conditions {
        Some(_) => prose(told),
        None => view! { <p>{t("Không có yêu cầu, điều kiện riêng.")}</p> }.into_any(),
    };
    view! {
        <Section id="ai-duoc-lam" title=t("Ai được làm")><ul>{audiences}</ul></Section>
        <Section id="dieu-kien" title=t("Yêu cầu, điều kiện")>{conditions}</Section>
    }
}

/// The legal texts, folded.
#[component]
pub fn LegalBasis(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    let count = procedure.imported.legal_basis.len().to_string();
    let items = (0..procedure.imported.legal_basis.len()).map(|index| legal_text(&procedure, index)).collect_view();
    let decision = decision_words(&procedure.imported.record);
    let valid = tf("Trang này áp dụng từ {ngày}.", &[("ngày", &format::day(procedure.valid_from))]);
    view! {
        <Section id="can-cu" title=t("Căn cứ pháp lý")>
            <Details summary=tf("Xem {n} văn bản", &[("n", &count)])><ul>{items}</ul></Details>
            <p class="small muted">{decision}" "{valid}</p>
        </Section>
    }
}

/// The decision that published the procedure: its number, its day, whose it is, as far as the record says.
fn decision_words(record: &ExportRecord) -> Option<String> {
    let said =
        |field: &Option<String>| field.as_deref().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
    // A day that the record writes as machines do is written as people do.
    let day = said(&record.ngay_quyet_dinh).map(|words| words.parse::<Day>().map_or(words, format::day));
    let day = day.map(|day| tf("ngày {ngày}", &[("ngày", &day)]));
    let parts = [Some(said(&record.so_quyet_dinh)?), day, said(&record.co_quan_ban_hanh)];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    Some(tf("Quyết định công bố: {số}.", &[("số", &parts)]))
}

fn step(step: &ExportStep) -> AnyView {
    let case = bare(step.truong_hop_xu_ly.as_deref().unwrap_or_default());
    let told = below(&case, step.mo_ta_chi_tiet.as_deref().unwrap_or_default());
    let case = (!case.is_empty()).then(|| view! { <h3>{case.clone()}</h3> });
    view! { {case} {prose(told)} }.into_any()
}

/// What stands below a heading: a text that begins by saying the heading again, in a line of its own, begins after it.
fn below<'a>(heading: &str, told: &'a str) -> &'a str {
    let said = |line: &str| bare(line).trim_end_matches(':').trim().to_lowercase();
    match told.trim_start().split_once('\n') {
        Some((first, rest)) if said(first) == said(heading) => rest,
        _ => told,
    }
}

fn legal_text(procedure: &ProcedureVersion, index: usize) -> AnyView {
    let line = &procedure.imported.legal_basis[index];
    let name = match line.title.is_empty() {
        true => line.number.clone(),
        false => format!("{} – {}", line.number, line.title),
    };
    let (name, host) = match way_out(procedure, Away::LegalText(index), name.clone()) {
        Some((link, host)) => (link, Some(host)),
        None => (name.into_any(), None),
    };
    let facts = [
        Some(line.issuer.clone()).filter(|issuer| !issuer.is_empty()),
        line.issued.map(|day| tf("ban hành {ngày}", &[("ngày", &format::day(day))])),
        line.effective.map(|day| tf("hiệu lực {ngày}", &[("ngày", &format::day(day))])),
        host.map(|host| tf("đọc ở {trang}", &[("trang", &host)])),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let facts = (!facts.is_empty()).then(|| view! { <br/><span class="small muted">{facts}</span> });
    view! { <li>{name}{facts}</li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn a_heading_is_not_said_again_below_itself() {
        assert_eq!(below("Lưu ý:", "* Lưu ý \n- Không thu thêm."), "- Không thu thêm.");
        for other in ["Lưu ý", "Lưu ý: không thu thêm.\nHết.", "- Bước 1: Nộp.\n- Bước 2: Nhận."] {
            assert_eq!(below("Lưu ý:", other), other);
        }
        assert_eq!(below("", "Nộp tại xã.\nNhận ở xã."), "Nộp tại xã.\nNhận ở xã.");
    }
}
