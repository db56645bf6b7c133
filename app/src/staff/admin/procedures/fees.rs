//! Amounts that a unit gives fees which are laid down without one: their boxes, and how they are sent.

use crate::words::{t, tf};
use domain::procedure::{local::LocalFee, unit_part::FEES_MOST};
use leptos::prelude::*;
use office::{
    catalogue::ProcedureVersion,
    local_parts::{FEE_FIELDS, TypedFee, TypedPart},
};
use ui::TextField;

/// The fields of that act for each fee: its name, its amount, what sets it.
pub(super) const SENT: [[&str; 3]; FEES_MOST] = [
    ["fees[0][name]", "fees[0][amount]", "fees[0][source]"],
    ["fees[1][name]", "fees[1][amount]", "fees[1][source]"],
    ["fees[2][name]", "fees[2][amount]", "fees[2][source]"],
    ["fees[3][name]", "fees[3][amount]", "fees[3][source]"],
];

/// Says of which fee each typed amount is: they stand in the order of the form.
pub(super) fn name_fees(part: &mut TypedPart, procedure: &ProcedureVersion) {
    let open = procedure.open_fees();
    part.fees.truncate(open.len());
    for (typed, fee) in part.fees.iter_mut().zip(open) {
        typed.name.clone_from(&fee.name);
    }
}

/// Two boxes for each fee that is laid down without an amount: how much, and what sets it.
pub(super) fn fee_fields(
    procedure: &ProcedureVersion,
    typed: &[TypedFee],
    id: impl Fn(&str) -> String,
    wrong: impl Fn(&str) -> Option<String>,
) -> AnyView {
    let boxes = |(at, (fee, [amount_field, source_field])): (usize, (&LocalFee, [&'static str; 2]))| {
        let known = typed.iter().find(|one| one.name == fee.name).cloned().unwrap_or_default();
        let words = [("phí", fee.name.as_str())];
        let (amount_id, source_id) = (id(amount_field), id(source_field));
        let (amount_name, source_name) = (format!("phi_{at}"), format!("can_cu_{at}"));
        let (amount_wrong, source_wrong) = (wrong(amount_field), wrong(source_field));
        let hint = match &fee.per {
            Some(per) => tf("Số đồng cho mỗi {đơn vị}, ví dụ 50.000. Để trống khi chưa có mức.", &[("đơn vị", per)]),
            None => t("Số đồng, ví dụ 50.000. Để trống khi chưa có mức.").to_owned(),
        };
        view! {
            <TextField id=amount_id name=amount_name label=tf("{phí}: mức thu", &words) hint error=amount_wrong
                value=known.amount max_length=30 autocomplete="off"/>
            <TextField id=source_id name=source_name label=tf("{phí}: nghị quyết quy định mức thu", &words)
                hint=t("Số, ký hiệu của nghị quyết. Người dân đọc được.") error=source_wrong value=known.source
                max_length=300 autocomplete="off"/>
        }
        .into_any()
    };
    procedure.open_fees().into_iter().zip(FEE_FIELDS).enumerate().map(boxes).collect_view().into_any()
}
