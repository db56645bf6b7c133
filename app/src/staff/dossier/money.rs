//! Forms about money: the duty that stops the clock, its end, and where the fees stand.

use super::forms::{DayField, Form, Go, Look, fold};
use crate::{
    context::office,
    format, status,
    words::{t, tf},
};
use domain::dossier::{PaymentState, PaymentWay, Status, payments_open};
use leptos::prelude::*;
use office::dossiers::DossierView;
use ui::{Choice, Radios, TextField};

/// A financial duty is asked for.
pub(super) fn ask_duty(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "ask_duty");
    let open = form.came_back();
    let fields = form.reason(
        "note",
        t("Khoản phải nộp"),
        t("Số tiền, nộp cho cơ quan nào, theo thông báo số nào. Hạn tạm dừng đến khi nộp xong."),
    );
    let limit = view
        .procedure
        .days_to_pay()
        .map(|days| tf("Quá {n} ngày mà chưa nộp thì hồ sơ tự dừng giải quyết (Mẫu 05).", &[("n", &days.to_string())]));
    let fields = view! { {limit.map(|words| view! { <p>{words}</p> })} {fields} };
    let form = form.draw(fields.into_any(), Go { words: t("Gửi yêu cầu nghĩa vụ tài chính").into(), look });
    fold(t("Yêu cầu nghĩa vụ tài chính"), look, open, form)
}

/// The duty is met: who paid, how much, how, when.
pub(super) fn duty_met(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "duty_met");
    let open = form.came_back();
    let duty = view.row.state.duty.as_ref();
    let asked = duty.map(|duty| duty.amount_note.clone()).unwrap_or_default();
    let limit = duty.and_then(|duty| duty.respond_by).map(|at| {
        let words = tf("Chờ đến {lúc}; quá hạn thì hồ sơ tự dừng giải quyết.", &[("lúc", &format::until(at))]);
        view! { <p>{words}</p> }
    });
    let words = tf(
        "Nghĩa vụ đã yêu cầu: {việc}. Ghi khi đã thấy chứng từ; hạn giải quyết tính tiếp từ lúc ghi.",
        &[("việc", asked.trim_end_matches('.'))],
    );
    let fields = view! { <p>{words}</p> {limit} {payment(view, &form, true)} };
    let form = form.draw(fields.into_any(), Go { words: t("Ghi nhận đã nộp tiền").into(), look });
    fold(t("Ghi nhận đã nộp tiền"), look, open, form)
}

/// Whether the form of fees has something to say here: not while a duty waits, nor on a closed dossier without money.
pub(super) fn has_fees(view: &DossierView) -> bool {
    let state = &view.row.state;
    let open = !state.status.is_terminal() && state.status != Status::DutyAsked;
    open || matches!(state.payment, PaymentState::Owed | PaymentState::Paid)
}

/// Where the fees stand.
pub(super) fn note_payment(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "note_payment");
    let open = form.came_back();
    let stands = view.row.state.payment;
    let options: Vec<Choice> = payments_open(&view.row.state)
        .into_iter()
        .map(|state| Choice::new(state.key(), status::payment(state)))
        .collect();
    let value = form.typed("state").or_else(|| options.first().map(|choice| choice.value.clone()));
    let now = tf("Đang ghi: {trạng thái}. Hạn giải quyết không đổi.", &[("trạng thái", status::payment(stands))]);
    let reason = form.typed("reason");
    let fields = view! {
        <p>{now}</p>
        <Radios id="note_payment-state" name="state" legend=t("Ghi là") error=form.wrong("state") options value/>
        <fieldset class="field">
            <legend class="label">{t("Khi đã nộp hoặc hoàn lại")}</legend>
            {payment(view, &form, false)}
        </fieldset>
        <ui::TextArea
            id="note_payment-reason"
            name="reason"
            label=t("Lý do miễn hoặc hoàn lại")
            hint=t("Bắt buộc khi được miễn hoặc hoàn lại: thuộc diện nào, giấy tờ nào.")
            error=form.wrong("reason")
            rows=2
            max_length=500
            value=reason
        />
    };
    let form = form.draw(fields.into_any(), Go { words: t("Ghi nhận phí, lệ phí").into(), look });
    fold(t("Ghi nhận phí, lệ phí"), look, open, form)
}

/// Who paid, how much, how and when, as typed before or as it mostly is.
pub(super) fn payment(view: &DossierView, form: &Form<'_>, required: bool) -> AnyView {
    let id = |part: &str| format!("{}-{part}", form.act);
    let typed = |part: &str| form.typed(&format!("paid[{part}]"));
    let payer = typed("payer").unwrap_or_else(|| view.row.applicant_name.clone());
    let (amount, proof) = (typed("amount"), typed("proof"));
    let way = typed("way").unwrap_or_else(|| PaymentWay::Cash.key().into());
    let ways = PaymentWay::ALL.iter().map(|way| Choice::new(way.key(), status::payment_way(*way))).collect();
    let on = form.day(DayField {
        id: id("on"),
        names: ["paid[on][day]", "paid[on][month]", "paid[on][year]"],
        legend: t("Ngày nộp"),
        hint: None,
        field: "on",
        usual: Some(office().now().day()),
    });
    view! {
        <TextField id=id("payer") name="paid[payer]" label=t("Người nộp tiền") error=form.wrong("paid[payer]") value=payer autocomplete="off" required/>
        <TextField
            id=id("amount")
            name="paid[amount]"
            label=t("Số tiền")
            hint=t("Ví dụ: 50.000")
            error=form.wrong("paid[amount]")
            suffix=t("đ")
            width=12
            inputmode="numeric"
            autocomplete="off"
            value=amount
            required
        />
        <Radios id=id("way") name="paid[way]" legend=t("Cách nộp") error=form.wrong("paid[way]") options=ways value=way inline=true/>
        {on}
        <TextField
            id=id("proof")
            name="paid[proof]"
            label=t("Số biên lai hoặc mã giao dịch")
            optional=t("không bắt buộc")
            max_length=100
            autocomplete="off"
            value=proof
        />
    }
    .into_any()
}
