//! Handing a result over: to whom, how, and what the post says.

use super::forms::{DayField, Form, Go, Look, fold, id_of};
use crate::{context::office, status, words::t};
use domain::dossier::{DeliveryMethod, ResultKind};
use leptos::prelude::*;
use office::dossiers::DossierView;
use ui::{Choice, Radios, TextField};

/// The form.
pub(super) fn deliver(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "deliver_dossier");
    let open = form.came_back();
    let typed = |field: &str| form.typed(field);
    let name = typed("to[name]").unwrap_or_else(|| view.row.applicant_name.clone());
    let collector = typed("to[collector]").unwrap_or_else(|| "applicant".into());
    let method = typed("to[method]").unwrap_or_else(|| wished(view).key().into());
    let collectors = vec![
        Choice::new("applicant", t("Người nộp hồ sơ")),
        Choice::new("other", t("Người nhận thay, có giấy tờ cho phép")),
    ];
    let methods = DeliveryMethod::ALL.iter().map(|one| Choice::new(one.key(), status::delivery(*one))).collect();
    let refused = view
        .row
        .state
        .standing_result()
        .is_some_and(|result| result.result == ResultKind::NotGranted)
        .then(|| view! { <p>{t("Kết quả là văn bản trả lời không đủ điều kiện. Giải thích và nói rõ quyền khiếu nại khi trao.")}</p> });
    let fields = view! {
        {refused}
        <TextField id="collector-name" name="to[name]" label=t("Họ và tên người nhận") error=form.wrong("to[name]") value=name autocomplete="off" required=true/>
        <Radios id="collector" name="to[collector]" legend=t("Người nhận là") options=collectors value=collector inline=true/>
        {of_another(&form, "to[identity_paper]", t("Số định danh hoặc số giấy tờ của người nhận"), 60)}
        {of_another(&form, "to[authority]", t("Giấy tờ cho phép nhận thay"), 200)}
        <Radios id="method" name="to[method]" legend=t("Cách trả") options=methods value=method inline=true/>
        {post(&form)}
        <p>{t("Trả kết quả xong, hồ sơ kết thúc. Sai sót phát hiện sau đó được sửa bằng hồ sơ mới, không thu tiền.")}</p>
    };
    let form = form.draw(fields.into_any(), Go { words: t("Trả kết quả").into(), look });
    fold(t("Trả kết quả"), look, open, form)
}

/// What is noted of a collector who is not the applicant.
fn of_another(form: &Form<'_>, name: &'static str, label: &'static str, max_length: u32) -> AnyView {
    view! {
        <TextField
            id=id_of(form.act, name)
            name
            label
            hint=t("Bắt buộc khi người nhận không phải người nộp.")
            error=form.wrong(name)
            max_length
            value=form.typed(name)
            autocomplete="off"
        />
    }
    .into_any()
}

/// How the resident asked to get it.
fn wished(view: &DossierView) -> DeliveryMethod {
    match view.row.typed.get("result.how").map(String::as_str) {
        Some("buu_chinh") => DeliveryMethod::Post,
        Some("dien_tu") => DeliveryMethod::Electronic,
        _ => DeliveryMethod::Counter,
    }
}

/// What the post says: read when the result goes by post.
fn post(form: &Form<'_>) -> AnyView {
    let (carrier, tracking) = (form.typed("to[carrier]"), form.typed("to[tracking]"));
    let on = form.day(DayField {
        id: "posted-on".into(),
        names: ["to[on][day]", "to[on][month]", "to[on][year]"],
        legend: t("Ngày bưu chính phát"),
        hint: Some(t("Ngày người nhận ký nhận, theo báo phát.").into()),
        field: "on",
        usual: Some(office().now().day()),
    });
    view! {
        <fieldset class="field">
            <legend class="label">{t("Khi trả qua bưu chính")}</legend>
            <TextField
                id="carrier"
                name="to[carrier]"
                label=t("Đơn vị bưu chính")
                error=form.wrong("to[carrier]")
                max_length=100
                value=carrier
                autocomplete="off"
            />
            <TextField
                id="tracking"
                name="to[tracking]"
                label=t("Số hiệu bưu gửi")
                hint=t("Số in trên phiếu gửi.")
                max_length=60
                width=24
                value=tracking
                autocomplete="off"
            />
            {on}
        </fieldset>
    }
    .into_any()
}
