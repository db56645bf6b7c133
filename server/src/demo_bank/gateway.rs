//! The gateway's side of a redirect: the page that payers are sent to, what it tells the office, and the way back.

use super::{
    DemoBank,
    ledger::{Channel, MoneyFault, NoticeFault, Payment},
    pages::{escaped, page},
};
use app::words::{t, tf};
use axum::{
    extract::{Form, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use bank::redirect::{read_moment, write_moment};
use domain::{money::Dong, time::Instant};
use serde::Deserialize;
use std::{collections::BTreeMap, time::Duration};

/// What the office asked for, as its signed address says.
struct Order {
    reference: String,
    amount: i64,
    note: String,
    return_to: String,
    until: Instant,
}

impl DemoBank {
    /// The order of a signed address; `None` when the signature or something in it is wrong.
    fn order(&self, query: &str) -> Option<Order> {
        let pairs = self.0.gateway.verified(query).ok()?;
        let pair = |name: &str| pairs.get(name).filter(|text| !text.is_empty()).cloned();
        let ours =
            pair("vnp_TmnCode")? == self.0.terminal && pair("vnp_CurrCode")? == "VND" && pair("vnp_Command")? == "pay";
        let hundredths: i64 = pair("vnp_Amount")?.parse().ok()?;
        let return_to = pair("vnp_ReturnUrl")?;
        let leads_to_a_page = return_to.starts_with("http://") || return_to.starts_with("https://");
        let amount = (hundredths > 0 && hundredths % 100 == 0).then_some(hundredths / 100)?;
        (ours && leads_to_a_page).then_some(())?;
        Some(Order {
            reference: pair("vnp_TxnRef")?,
            amount,
            note: pair("vnp_OrderInfo")?,
            return_to,
            until: read_moment(&pair("vnp_ExpireDate")?)?,
        })
    }
}

fn refused() -> Response {
    let said = t("Đường dẫn thanh toán không đúng hoặc đã bị sửa. Quay lại trang trước và bấm thanh toán lại.");
    page(StatusCode::BAD_REQUEST, t("Không thanh toán được"), &format!("<p>{said}</p>"))
}

/// The gateway's page of an order.
pub(super) async fn opened(State(bank): State<DemoBank>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let Some(order) = bank.order(&query) else { return refused() };
    let amount = tf("Số tiền: {tien} đồng", &[("tien", &Dong(order.amount).to_string())]);
    let note = tf("Nội dung: {noi_dung}", &[("noi_dung", &escaped(&order.note))]);
    let knobs = [
        ("paid", t("Thanh toán")),
        ("silent", t("Thanh toán, không báo cho đơn vị")),
        ("duplicate", t("Thanh toán, báo hai lần")),
        ("lost", t("Thanh toán, không quay lại trang của đơn vị")),
        ("insufficient", t("Không đủ số dư")),
        ("cancelled", t("Hủy, quay lại")),
    ];
    let knobs =
        knobs.map(|(value, words)| format!("<p><button name=\"outcome\" value=\"{value}\">{words}</button></p>"));
    let query = escaped(&query);
    let body = format!(
        "<p>{amount}</p><p>{note}</p><form method=\"post\" action=\"/cong\">\
         <input type=\"hidden\" name=\"query\" value=\"{query}\">{}</form>",
        knobs.concat()
    );
    page(StatusCode::OK, t("Cổng thanh toán"), &body)
}

/// What the payer does on the gateway's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Knob {
    Paid,
    /// Paid, and the office is not told.
    Silent,
    /// Paid, and the office is told twice.
    Duplicate,
    /// Paid, and the browser does not come back.
    Lost,
    Insufficient,
    Cancelled,
}

#[derive(Debug, Deserialize)]
pub(super) struct Pressed {
    query: String,
    outcome: Knob,
}

pub(super) async fn pay(State(bank): State<DemoBank>, Form(pressed): Form<Pressed>) -> Response {
    let Some(order) = bank.order(&pressed.query) else { return refused() };
    let now = bank.0.clock.now();
    let (code, status) = match pressed.outcome {
        _ if now > order.until => ("11", "02"),
        Knob::Insufficient => ("51", "02"),
        Knob::Cancelled => ("24", "02"),
        Knob::Paid | Knob::Silent | Knob::Duplicate | Knob::Lost => ("00", "00"),
    };
    let draft = Payment {
        reference: String::new(),
        channel: Channel::Gateway,
        account: bank.0.terminal.clone(),
        amount: order.amount,
        asked: order.amount,
        at: 0,
        note: order.note.clone(),
        payer_name: String::new(),
        payer_account: String::new(),
        money: MoneyFault::Clean,
        notice: match pressed.outcome {
            Knob::Silent => NoticeFault::Drop,
            Knob::Duplicate => NoticeFault::Duplicate,
            _ => NoticeFault::Clean,
        },
        order: Some(order.reference.clone()),
    };
    let payment = if code == "00" {
        // An order is paid once, however often its page is opened.
        let earlier = bank.0.ledger.payments().into_iter().find(|payment| payment.order == draft.order);
        match earlier.map_or_else(|| bank.book(draft, Duration::ZERO), Ok) {
            Ok(payment) => payment,
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    } else {
        // Nothing is booked; the office is told all the same.
        Payment { reference: "0".into(), at: now.0, ..draft }
    };
    let query = bank.answer(&order, &payment, code, status);
    let times = match pressed.outcome {
        Knob::Silent => 0,
        Knob::Duplicate => 2,
        _ => 1,
    };
    for _ in 0..times {
        let (telling, payment, query) = (bank.clone(), payment.clone(), query.clone());
        bank.0.sender.later(Duration::ZERO, async move { telling.tell_order(&payment, &query).await });
    }
    if pressed.outcome == Knob::Lost {
        let said = t("Đã thanh toán. Trình duyệt không quay lại trang của đơn vị.");
        return page(StatusCode::OK, t("Đã thanh toán"), &format!("<p>{said}</p>"));
    }
    let joint = if order.return_to.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{}{joint}{query}", order.return_to)).into_response()
}

impl DemoBank {
    /// What the gateway says of an order: the same on the way back and to the office.
    fn answer(&self, order: &Order, payment: &Payment, code: &str, status: &str) -> String {
        self.0.gateway.signed(&BTreeMap::from([
            ("vnp_TmnCode", self.0.terminal.clone()),
            ("vnp_Amount", (payment.amount * 100).to_string()),
            ("vnp_BankCode", "DEMO".into()),
            ("vnp_CardType", "ATM".into()),
            ("vnp_OrderInfo", order.note.clone()),
            ("vnp_PayDate", write_moment(Instant(payment.at))),
            ("vnp_ResponseCode", code.into()),
            ("vnp_TransactionStatus", status.into()),
            ("vnp_TransactionNo", payment.reference.clone()),
            ("vnp_TxnRef", order.reference.clone()),
        ]))
    }
}
