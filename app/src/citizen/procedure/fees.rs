//! What it costs: the local lines, then the record's own words, which alone say who is exempt.

use super::{prose::prose, wording};
use crate::words::{t, tf};
use domain::{
    money::Dong,
    procedure::{
        fee::{FeeLevel, FeeLine, FeeShown},
        local::LocalFee,
        term::Channel,
        unit_part::UnitPart,
    },
};
use leptos::prelude::*;
use office::catalogue::ProcedureVersion;
use std::sync::Arc;
use ui::Section;

/// The section of fees.
#[component]
pub fn Fees(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    let local = procedure.local.as_ref().map(|local| local.fee_lines.as_slice()).unwrap_or_default();
    let charged = local.iter().any(|fee| fee.amount != Some(Dong(0)));
    let local = local.iter().map(local_fee).collect_view();
    let (recorded, zero) = without_bare_zero(by_fee(&procedure.imported.fees), charged);
    let recorded = if recorded.is_empty() && zero.is_some() {
        ().into_any()
    } else if recorded.is_empty() {
        view! { <p>{t("Danh mục quốc gia không ghi phí, lệ phí.")}</p> }.into_any()
    } else {
        // Where every fee is for the same ways of filing, they are said once.
        let everywhere = recorded
            .first()
            .map(|(channels, _)| channels.clone())
            .filter(|first| recorded.iter().all(|(channels, _)| channels == first));
        let said = everywhere.as_ref().map(|channels| view! { <p class="muted">{wording::channels(channels)}":"</p> });
        let items = recorded.into_iter().map(|(channels, fee)| {
            let channels = if everywhere.is_some() { String::new() } else { wording::channels(&channels) };
            recorded_fee(channels, fee)
        });
        view! { <h3>{t("Danh mục quốc gia ghi")}</h3>{said}<ul>{items.collect_view()}</ul> }.into_any()
    };
    let mut notes: Vec<&str> = Vec::new();
    for line in &procedure.imported.terms {
        if speaks_of_money(&line.note) && !notes.contains(&line.note.as_str()) {
            notes.push(&line.note);
        }
    }
    let notes = notes.into_iter().map(prose).collect_view();
    view! { <Section id="phi" title=t("Phí, lệ phí và miễn, giảm")>{local} {recorded} {zero} {notes}</Section> }
}

/// What filing online with a unit that says that costs, in short, for whoever is about to file: the fees of that channel,
/// or every one when the record has none for it; and what sets the amounts that are the unit's own.
pub fn when_online(procedure: &ProcedureVersion, part: &UnitPart) -> AnyView {
    let local = procedure.local.as_ref().map(|local| part.fee_lines(local)).unwrap_or_default();
    let fees = online(&local, &procedure.imported.fees);
    let sources = own_fees(procedure, part).into_iter().map(|fee| {
        let words = tf("{phí}: mức thu theo {căn cứ}.", &[("phí", &fee.name), ("căn cứ", source_of(&fee))]);
        view! { <p class="small muted">{words}</p> }
    });
    let sources = sources.collect_view();
    view! { {fees} {sources} }.into_any()
}

/// The fees to which the unit gives an amount of its own.
fn own_fees(procedure: &ProcedureVersion, part: &UnitPart) -> Vec<LocalFee> {
    procedure.local.as_ref().map(|local| part.own_fee_lines(local)).unwrap_or_default()
}

/// The same in a line each: `Lệ phí khai tử quá hạn: 5.000 đ (Nghị quyết số 12/2026/NQ-HĐND).`
pub fn own_lines(procedure: &ProcedureVersion, part: &UnitPart) -> Vec<String> {
    let line = |fee: LocalFee| {
        let (cost, source) = (wording::local_fee(&fee), source_of(&fee));
        tf("{phí}: {mức} ({căn cứ}).", &[("phí", &fee.name), ("mức", &cost), ("căn cứ", source)])
    };
    own_fees(procedure, part).into_iter().map(line).collect()
}

fn source_of(fee: &LocalFee) -> &str {
    fee.source.trim_end_matches('.')
}

fn online(local: &[LocalFee], all: &[FeeLine]) -> AnyView {
    let of_channel: Vec<FeeLine> = all.iter().filter(|line| line.channel == Some(Channel::Online)).cloned().collect();
    let picked = if of_channel.is_empty() { all } else { of_channel.as_slice() };
    let local: Vec<LocalFee> = local
        .iter()
        .map(|fee| LocalFee { amount: fee.online_amount.or(fee.amount), online_amount: None, ..fee.clone() })
        .collect();
    let charged = local.iter().any(|fee| fee.amount != Some(Dong(0)));
    let (recorded, zero) = without_bare_zero(by_fee(picked), charged);
    if local.is_empty() && recorded.is_empty() && zero.is_none() {
        return view! { <p>{t("Danh mục thủ tục không ghi phí, lệ phí.")}</p> }.into_any();
    }
    let local = local.iter().map(|fee| {
        let exemptions = fee.exemptions.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
        let exemptions = (!fee.exemptions.is_empty()).then(|| view! { <p>{t("Miễn, giảm:")}</p><ul>{exemptions}</ul> });
        view! { <li>{fee.name.clone()}": "<strong>{wording::local_fee(fee)}</strong>{exemptions}</li> }
    });
    let local = local.collect_view();
    let recorded = recorded.into_iter().map(|(_, fee)| recorded_fee(String::new(), fee)).collect_view();
    view! { <ul>{local}{recorded}</ul>{zero} }.into_any()
}

/// A fee of the record with the ways of filing it is for.
type Recorded<'a> = (Vec<Option<Channel>>, &'a FeeShown);

/// A bare zero of the record beside a fee of the commune's is no promise that nothing is taken: it is taken out of the
/// list, and said in words.
fn without_bare_zero(mut recorded: Vec<Recorded<'_>>, charged: bool) -> (Vec<Recorded<'_>>, Option<AnyView>) {
    let bare_zero = |fee: &FeeShown| charged && fee.level == FeeLevel::Free && fee.words.is_empty();
    let zero = recorded.iter().find(|(_, fee)| bare_zero(fee)).map(|(_, fee)| {
        let words = tf(
            "Danh mục quốc gia ghi “{nguyên văn}” mà không kèm lời giải thích. Mức thu xem ở trên.",
            &[("nguyên văn", &fee.verbatim)],
        );
        view! { <p class="small muted">{words}</p> }.into_any()
    });
    recorded.retain(|(_, fee)| !bare_zero(fee));
    (recorded, zero)
}

/// Whether a note beside a term is about what is paid: `1.000 đồng/trang`, `10 USD/bản`.
pub fn speaks_of_money(note: &str) -> bool {
    let words: Vec<&str> = note.split_whitespace().collect();
    words.windows(2).any(|pair| {
        pair[0].ends_with(|c: char| c.is_ascii_digit())
            && (pair[1].starts_with("USD") || domain::text::fold(pair[1]).starts_with("dong"))
    })
}

/// Each different fee once, with the ways of filing it is for.
fn by_fee(lines: &[FeeLine]) -> Vec<Recorded<'_>> {
    let mut grouped: Vec<Recorded<'_>> = Vec::new();
    for line in lines {
        // A full stop more or less, or brackets within brackets, make no other fee.
        let same = |fee: &FeeShown| {
            let words = |fee: &FeeShown| fee.words.trim_end_matches('.').to_owned();
            (fee.kind, &fee.level, &fee.per) == (line.fee.kind, &line.fee.level, &line.fee.per)
                && words(fee) == words(&line.fee)
        };
        match grouped.iter_mut().find(|(_, fee)| same(fee)) {
            Some((channels, _)) if channels.contains(&line.channel) => {}
            Some((channels, _)) => channels.push(line.channel),
            None => grouped.push((vec![line.channel], &line.fee)),
        }
    }
    grouped
}

fn local_fee(fee: &LocalFee) -> AnyView {
    let exemptions = (!fee.exemptions.is_empty()).then(|| {
        let items = fee.exemptions.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
        view! { <p>{t("Miễn, giảm:")}</p><ul>{items}</ul> }
    });
    // A source that only says again that nothing is taken is no source.
    let says_again = domain::text::fold(&fee.source).starts_with("khong thu");
    let source = (!says_again).then(|| {
        view! { <p class="small muted">{tf("Căn cứ: {căn cứ}.", &[("căn cứ", fee.source.trim_end_matches('.'))])}</p> }
    });
    view! {
        <p>{fee.name.clone()}": "<strong>{wording::local_fee(fee)}</strong></p>
        {exemptions}
        {source}
    }
    .into_any()
}

fn recorded_fee(channels: String, fee: &FeeShown) -> AnyView {
    let channels = (!channels.is_empty()).then(|| view! { <span class="muted">{channels}": "</span> });
    let (kind, cost, words) = wording::recorded_fee(fee);
    let words = (!words.is_empty()).then(|| prose(&words));
    view! { <li>{channels}{kind}": "<strong>{cost}</strong>{words}</li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::procedure::{ProcedureFile, export::ExportRecord, import::import};

    #[test]
    fn the_same_fee_on_several_channels_is_said_once() {
        let record: ExportRecord = serde_json::from_str(
            r#"{"cach_thuc_thuc_hien": [
                {"hinh_thuc_nop": "Trực tuyến", "phi_le_phi": "Phí: 8.000 VNĐ (Miễn cho hộ nghèo)"},
                {"hinh_thuc_nop": "Bưu chính", "phi_le_phi": "Phí: 8.000 VNĐ (Miễn cho hộ nghèo)"},
                {"hinh_thuc_nop": "Trực tiếp", "phi_le_phi": "Phí: 10.000 VNĐ"}
            ]}"#,
        )
        .unwrap();
        let fees = import(&record).fees;
        let grouped = by_fee(&fees);
        assert_eq!(grouped.len(), 2);
        assert_eq!(grouped[0].0, [Some(Channel::Online), Some(Channel::Post)]);
        assert_eq!(grouped[0].1.words, "Miễn cho hộ nghèo");
    }

    #[test]
    fn what_filing_online_costs_is_never_a_bare_zero() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/seed/procedures");
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let procedure: ProcedureFile = serde_json::from_str(&text).unwrap();
            let shown = online(&procedure.local.fee_lines, &import(&procedure.record).fees).to_html();
            // Where the record's zero is spoken of, it stands in quotation marks beside the commune's fee.
            let bare = shown.replace("“Phí: 0 VNĐ”", "").replace("“Lệ phí: 0 VNĐ”", "");
            assert!(!bare.contains(">0\u{a0}đ") && !bare.contains(" 0 VNĐ"), "{}: {shown}", procedure.local.code);
        }
    }

    #[test]
    fn a_note_about_money_is_told_from_one_about_days() {
        assert!(speaks_of_money("2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang"));
        assert!(speaks_of_money("Tại cơ quan đại diện: 10 USD/bản."));
        assert!(!speaks_of_money("10 ngày làm việc, hội đồng họp 1 lần"));
    }
}
