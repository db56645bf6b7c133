//! What it costs: the local lines, then the record's own words, which alone say who is exempt.

use super::wording;
use crate::words::{t, tf};
use domain::procedure::{
    fee::{FeeLine, FeeShown},
    local::LocalFee,
    term::Channel,
};
use leptos::prelude::*;
use office::catalogue::ProcedureVersion;
use std::sync::Arc;
use ui::Section;

/// The section of fees.
#[component]
pub fn Fees(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    let local = procedure.local.as_ref().map(|local| local.fee_lines.as_slice()).unwrap_or_default();
    let local = local.iter().map(local_fee).collect_view();
    let recorded = by_fee(&procedure.imported.fees);
    let recorded = if recorded.is_empty() {
        view! { <p>{t("Danh mục quốc gia không ghi phí, lệ phí.")}</p> }.into_any()
    } else {
        let items = recorded.into_iter().map(|(channels, fee)| recorded_fee(&channels, fee)).collect_view();
        view! { <h3>{t("Danh mục quốc gia ghi")}</h3><ul>{items}</ul> }.into_any()
    };
    view! { <Section id="phi" title=t("Phí, lệ phí và miễn, giảm")>{local} {recorded}</Section> }
}

/// Each different fee once, with the ways of filing it is for.
fn by_fee(lines: &[FeeLine]) -> Vec<(Vec<Option<Channel>>, &FeeShown)> {
    let mut grouped: Vec<(Vec<Option<Channel>>, &FeeShown)> = Vec::new();
    for line in lines {
        match grouped.iter_mut().find(|(_, fee)| **fee == line.fee) {
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
    view! {
        <p>{fee.name.clone()}": "<strong>{wording::local_fee(fee)}</strong></p>
        {exemptions}
        <p class="small muted">{tf("Căn cứ: {căn cứ}.", &[("căn cứ", fee.source.trim_end_matches('.'))])}</p>
    }
    .into_any()
}

fn recorded_fee(channels: &[Option<Channel>], fee: &FeeShown) -> AnyView {
    let channels = channels.iter().map(|channel| wording::channel(*channel)).collect::<Vec<_>>().join(", ");
    let (kind, cost, words) = wording::recorded_fee(fee);
    let words = (!words.is_empty()).then(|| view! { ". "{words} });
    view! { <li><span class="muted">{channels}": "</span>{kind}": "<strong>{cost}</strong>{words}</li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::procedure::{export::ExportRecord, import::import};

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
}
