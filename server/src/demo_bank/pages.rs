//! The pages of the banking app: plain forms, no script.

use super::{
    DemoBank, NotPaid, Transfer,
    ledger::{MoneyFault, NoticeFault, Payment},
};
use app::words::{t, tf};
use axum::{
    extract::{Form, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{money::Dong, time::Instant};
use serde::Deserialize;
use std::fmt::Write as _;

const STYLE: &str = "body{font:1.0625rem/1.5 sans-serif;max-width:46rem;margin:0 auto;padding:1rem;color:#111}\
    label{display:block;margin:.75rem 0 .25rem;font-weight:bold}\
    input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.4rem;border:2px solid #333}\
    button{font:inherit;padding:.5rem 1.25rem;margin-top:1rem;border:0;background:#174f9c;color:#fff}\
    table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .5rem;border-bottom:1px solid #aaa}\
    .so{text-align:right}.bang{background:#fff3cd;padding:.5rem}.loi{border-left:6px solid #b00;padding:.5rem}";

/// The last payments that are shown.
const SHOWN: usize = 20;

pub(super) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// A page of the simulator around what is given, which is HTML.
pub(super) fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let band = t("Ngân hàng mô phỏng để trình diễn. Không có tiền thật, không phải ngân hàng nào.");
    let text = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"/kieu.css\"></head><body><p class=\"bang\">{band}</p><main>\
         <h1>{title}</h1>{body}</main></body></html>\n",
        title = escaped(title)
    );
    let mut response = (status, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    // Forms may lead elsewhere: the gateway sends payers back to the office.
    let policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// A text as it stands in HTML, also between quotation marks.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// A field of a form with its label.
fn field(name: &str, label: &str, kind: &str, value: &str) -> String {
    let value = escaped(value);
    format!(
        "<label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" value=\"{value}\" {kind} \
         autocomplete=\"off\">"
    )
}

fn select(name: &str, label: &str, options: &[(&str, &str)]) -> String {
    let options = options.iter().fold(String::new(), |mut text, (value, words)| {
        let _ = write!(text, "<option value=\"{value}\">{words}</option>");
        text
    });
    format!("<label for=\"{name}\">{label}</label><select id=\"{name}\" name=\"{name}\">{options}</select>")
}

/// What the page was asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The reference of what was paid just now.
    xong: String,
    /// Something was left for later.
    cho: String,
}

pub(super) async fn app(State(bank): State<DemoBank>, Query(asked): Query<Asked>) -> Response {
    let done = match (asked.xong.as_str(), asked.cho.as_str()) {
        ("", "") => String::new(),
        ("", _) => format!("<p role=\"status\">{}</p>", t("Sẽ chuyển sau ít giây.")),
        (reference, _) => {
            let said = tf("Đã chuyển tiền. Mã bút toán: {ma}.", &[("ma", &escaped(reference))]);
            format!("<p role=\"status\">{said}</p>")
        }
    };
    shown(&bank, StatusCode::OK, &done)
}

fn shown(bank: &DemoBank, status: StatusCode, above: &str) -> Response {
    let form = [
        field("qr", t("Nội dung mã VietQR (quét rồi dán vào đây)"), "", ""),
        field("account", t("Hoặc số tài khoản nhận"), "inputmode=\"numeric\"", ""),
        field("amount", t("Số tiền (đồng)"), "inputmode=\"numeric\"", ""),
        field("note", t("Nội dung chuyển khoản, có mã thanh toán"), "", ""),
        field("payer_name", t("Tên người chuyển"), "", "HO THI LAN"),
        field("payer_account", t("Tài khoản người chuyển"), "inputmode=\"numeric\"", "9704001234567"),
        select(
            "money",
            t("Số tiền chuyển"),
            &[
                ("clean", t("Đúng số tiền")),
                ("under", t("Thiếu 1.000 đồng")),
                ("over", t("Thừa 1.000 đồng")),
                ("twice", t("Chuyển hai lần")),
                ("late", t("Chuyển muộn")),
            ],
        ),
        select(
            "notice",
            t("Báo có cho đơn vị"),
            &[
                ("clean", t("Báo ngay")),
                ("drop", t("Không báo, chỉ có trong sao kê")),
                ("delay", t("Báo chậm")),
                ("duplicate", t("Báo hai lần")),
                ("reorder", t("Báo sau khoản kế tiếp")),
            ],
        ),
    ]
    .concat();
    let (title, button) = (t("Chuyển tiền"), t("Chuyển tiền"));
    let body =
        format!("{above}<form method=\"post\" action=\"/\">{form}<button>{button}</button></form>{}", last(bank));
    page(status, title, &body)
}

/// The last payments, the newest first, and where their statements are.
fn last(bank: &DemoBank) -> String {
    let payments = bank.0.ledger.payments();
    if payments.is_empty() {
        return String::new();
    }
    let heads = [t("Thời điểm"), t("Mã bút toán"), t("Tài khoản nhận"), t("Số tiền"), t("Nội dung")];
    let heads = heads.map(|head| format!("<th scope=\"col\">{head}</th>")).concat();
    let rows: String = payments.iter().rev().take(SHOWN).map(row).collect();
    let mut accounts: Vec<&str> = payments.iter().map(|payment| payment.account.as_str()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let links: String = accounts.iter().take(SHOWN).map(|account| links(account)).collect();
    format!(
        "<h2>{}</h2><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table><h2>{}</h2><ul>{links}</ul>",
        t("Các khoản gần đây"),
        t("Sao kê")
    )
}

fn row(payment: &Payment) -> String {
    let at = Instant(payment.at);
    let Payment { reference, account, amount, note, .. } = payment;
    format!(
        "<tr><td>{} {}</td><td>{reference}</td><td>{account}</td><td class=\"so\">{}</td><td>{}</td></tr>",
        at.day(),
        at.time_of_day(),
        Dong(*amount),
        escaped(note)
    )
}

fn links(account: &str) -> String {
    let kinds = [("csv", "CSV"), ("camt", "camt.053"), ("mt940", "MT940")];
    let links = kinds.map(|(key, name)| format!("<a href=\"/sao-ke/{account}?dang={key}\">{name}</a> ")).concat();
    format!("<li>{account}: {links}</li>")
}

/// The form as browsers send it: an empty field is none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TransferForm {
    qr: String,
    account: String,
    amount: String,
    note: String,
    payer_name: String,
    payer_account: String,
    money: MoneyFault,
    notice: NoticeFault,
}

pub(super) async fn transfer(State(bank): State<DemoBank>, Form(form): Form<TransferForm>) -> Response {
    let amount = form.amount.trim();
    let transfer = Transfer {
        // What cannot be read is refused as an amount of nothing.
        amount: (!amount.is_empty()).then(|| Dong::parse(amount).map_or(0, |amount| amount.0)),
        qr: form.qr,
        account: form.account,
        note: form.note,
        payer_name: form.payer_name,
        payer_account: form.payer_account,
        money: form.money,
        notice: form.notice,
        ..Transfer::default()
    };
    match bank.transfer(transfer).await {
        Ok(payments) => match payments.last() {
            Some(payment) => Redirect::to(&format!("/?xong={}", payment.reference)).into_response(),
            None => Redirect::to("/?cho=1").into_response(),
        },
        Err(problem) => {
            let said = match problem {
                NotPaid::Code => t("Không đọc được mã VietQR. Chép lại cả chuỗi, không thêm bớt ký tự."),
                NotPaid::Account => t("Nhập số tài khoản nhận, hoặc dán nội dung mã VietQR."),
                NotPaid::Amount => t("Nhập số tiền là số nguyên lớn hơn 0."),
                NotPaid::Ledger => t("Không ghi được sổ của ngân hàng mô phỏng. Thử lại sau."),
            };
            shown(&bank, StatusCode::UNPROCESSABLE_ENTITY, &format!("<p class=\"loi\" role=\"alert\">{said}</p>"))
        }
    }
}
