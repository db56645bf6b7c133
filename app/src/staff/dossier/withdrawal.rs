//! Forms of a withdrawal: asked at the counter, confirmed, and settled when it left something open.

use super::{
    forms::{Form, Go, Look, fold, id_of, sure},
    money::payment,
};
use crate::{
    format, status,
    words::{t, tf},
};
use domain::{
    dossier::{MoneyBack, PapersBack},
    money::Dong,
};
use leptos::prelude::*;
use office::dossiers::DossierView;
use ui::{Choice, Radios, TextArea};

/// The resident came to ask for the dossier back.
pub(super) fn ask(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "ask_withdrawal_at_counter");
    let open = form.came_back();
    let value = form.typed("reason");
    let fields = view! {
        <p>{t("Ghi khi người nộp đến quầy xin rút. Hồ sơ chỉ dừng sau khi xác nhận cho rút.")}</p>
        <TextArea
            id="withdrawal-reason"
            name="reason"
            label=t("Lý do người nộp nêu")
            optional=t("không bắt buộc")
            rows=2
            max_length=2000
            value
        />
    };
    let form = form.draw(fields.into_any(), Go { words: t("Ghi yêu cầu rút").into(), look });
    fold(t("Người nộp xin rút tại quầy"), look, open, form)
}

/// The withdrawal is confirmed: what becomes of papers and money is said with it.
pub(super) fn confirm(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "confirm_withdrawal");
    let listed = view.row.papers_listed.iter().filter(|paper| paper.originals > 0);
    let names: Vec<String> = listed.map(|paper| format!("{} ({})", paper.name, paper.originals)).collect();
    let papers = if names.is_empty() {
        papers(&form, &[PapersBack::NothingKept, PapersBack::Returned, PapersBack::ToFetch])
    } else {
        papers(&form, &[PapersBack::Returned, PapersBack::ToFetch])
    };
    let kept = (!names.is_empty())
        .then(|| tf("Bản chính quầy đang giữ: {giấy tờ}.", &[("giấy tờ", &names.join("; "))]))
        .map(|words| view! { <p>{words}</p> });
    let money = if view.row.state.has_money() {
        money(view, &form, &[MoneyBack::Refunded, MoneyBack::Kept, MoneyBack::Later])
    } else {
        hidden("money", MoneyBack::NothingPaid.key())
    };
    let question = sure(view, t("Xác nhận cho rút"));
    let fields = view! {
        {question}
        <p>{t("Hồ sơ dừng lại, không lấy lại được. Giấy tờ, tiền chưa trả xong thì hồ sơ còn ở Chờ trả giấy tờ, tiền.")}</p>
        {kept}
        {papers}
        {money}
    };
    let form = form.draw(fields.into_any(), Go { words: t("Xác nhận cho rút").into(), look });
    fold(t("Xác nhận cho rút"), look, true, form)
}

/// What the withdrawal left open is settled.
pub(super) fn settle(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "settle_withdrawal");
    let open = form.came_back();
    let (to_fetch, to_settle) = (view.row.state.papers_to_fetch, view.row.state.money_to_settle);
    let papers = match (to_fetch, to_settle) {
        (true, true) => papers(&form, &[PapersBack::Returned, PapersBack::ToFetch]),
        _ => hidden("papers", PapersBack::Returned.key()),
    };
    let money = match (to_fetch, to_settle) {
        (true, true) => money(view, &form, &[MoneyBack::Refunded, MoneyBack::Kept, MoneyBack::Later]),
        (false, true) => money(view, &form, &[MoneyBack::Refunded, MoneyBack::Kept]),
        _ => hidden("money", MoneyBack::NothingPaid.key()),
    };
    let words = if to_fetch && !to_settle {
        t("Ghi khi người nộp đã nhận lại giấy tờ bản chính. In biên bản để hai bên ký.")
    } else {
        t("Ghi phần đã giải quyết. In biên bản để hai bên ký.")
    };
    let fields = view! { <p>{words}</p> {papers} {money} };
    let form = form.draw(fields.into_any(), Go { words: t("Ghi đã giải quyết").into(), look });
    fold(t("Trả giấy tờ, giải quyết tiền"), look, open, form)
}

/// What is not asked, because there is one answer.
fn hidden(name: &'static str, value: &'static str) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// What becomes of the papers.
fn papers(form: &Form<'_>, open: &[PapersBack]) -> AnyView {
    let options: Vec<Choice> =
        open.iter().map(|papers| Choice::new(papers.key(), status::papers_back(*papers))).collect();
    let (id, value, error) = (id_of(form.act, "papers"), form.typed("papers"), form.wrong("papers"));
    view! { <Radios id name="papers" legend=t("Giấy tờ bản chính") error options value/> }.into_any()
}

/// What becomes of the money: with the particulars of a refund, and the reason why something stays.
fn money(view: &DossierView, form: &Form<'_>, open: &[MoneyBack]) -> AnyView {
    let options: Vec<Choice> = open.iter().map(|money| Choice::new(money.key(), status::money_back(*money))).collect();
    let (id, value, error) = (id_of(form.act, "money"), form.typed("money"), form.wrong("money"));
    let held = view.row.state.money_held();
    let held = (held > Dong(0))
        .then(|| tf("Đã ghi nhận nộp, chưa hoàn: {tiền}.", &[("tiền", &format::money(held))]))
        .map(|words| view! { <p>{words}</p> });
    let refund = payment(view, form, false);
    let (why_id, why, why_error) = (id_of(form.act, "reason"), form.typed("reason"), form.wrong("reason"));
    view! {
        {held}
        <Radios id name="money" legend=t("Khoản tiền đã nộp") error options value/>
        <fieldset class="field">
            <legend class="label">{t("Khi đã hoàn lại: ai nhận, bao nhiêu, cách nào, số biên lai")}</legend>
            {refund}
        </fieldset>
        <TextArea
            id=why_id
            name="reason"
            label=t("Lý do không hoàn lại")
            hint=t("Bắt buộc khi không hoàn lại, hoặc chỉ hoàn một phần. Người nộp đọc câu này.")
            error=why_error
            rows=2
            max_length=500
            value=why
        />
    }
    .into_any()
}
