//! How a resident is told about dossiers: the choice on the account page, and on a dossier what was told.

use crate::{
    acts::messages::{ChooseMessages, ConfirmMessageAddress},
    context::{self, here, office, retry_of},
    errors, format, message_words, status,
    words::{t, tf},
};
use domain::{
    message::{Means, masked_address},
    person::Phone,
    time::Instant,
};
use leptos::{prelude::*, server_fn::ServerFn};
use office::{
    Error,
    dossiers::DossierView,
    error::Problem,
    messages::{Choice as Chosen, MessageRow, MessageState, Pending, PendingState},
};
use ui::{Button, Choice, Notice, Radios, Section, Select, TextField, Tone};

/// The part of the account page, where messages can go out at all.
pub(super) fn choosing(choice: &Chosen, account_phone: Option<&str>) -> Option<AnyView> {
    let means = office().config().message_means.clone();
    if means.is_empty() {
        return None;
    }
    let pending = choice.pending.as_ref().map(pending);
    let form = form(choice, &means, account_phone);
    let now = match choice.means.filter(|way| means.contains(way)) {
        Some(way) => {
            let address = match way {
                Means::Email => choice.email.as_deref(),
                Means::Sms => choice.phone.as_deref(),
            };
            let masked = masked_address(way, address.unwrap_or_default());
            tf("Đang nhận tin qua {cách}: {địa chỉ}.", &[("cách", status::by_means(way)), ("địa chỉ", &masked)])
        }
        None => t("Hiện không nhận tin. Trạng thái hồ sơ luôn xem được ở Hồ sơ của tôi.").into(),
    };
    let view = view! {
        <Section id="nhan-tin" title=t("Nhận tin về hồ sơ")>
            <p>{now}</p>
            {pending}
            {form}
        </Section>
    };
    Some(view.into_any())
}

/// The sentence of a refused form at the field it speaks of.
fn wrong_at(act: &str, field: &str) -> Option<String> {
    let retry = retry_of(act)?;
    let at = match &*retry.error {
        Error::Invalid(Problem::EmailInvalid) => "email",
        Error::Invalid(Problem::PhoneInvalid | Problem::PhoneNotMobile) => "message_phone",
        Error::Invalid(Problem::CodeWrong { .. }) => "code",
        Error::Invalid(Problem::Missing(field)) => field,
        _ => return None,
    };
    (at == field).then(|| errors::sentence(&retry.error))
}

/// Above the form, what is no matter of one field.
fn refused(act: &str, fields: &[&str]) -> Option<AnyView> {
    let told = fields.iter().any(|field| wrong_at(act, field).is_some());
    if told { None } else { errors::refused(act) }
}

fn form(choice: &Chosen, means: &[Means], account_phone: Option<&str>) -> AnyView {
    const ACT: &str = "choose_messages";
    let retry = retry_of(ACT);
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field));
    let pending = choice.pending.as_ref();
    let waits = |way: Means| pending.filter(|waits| waits.means == way).map(|waits| waits.address.clone());
    let wanted = pending.map(|waits| waits.means).or(choice.means).filter(|way| means.contains(way));
    let wanted = typed("means").unwrap_or_else(|| wanted.map_or("none", Means::key).to_owned());
    let mut options = vec![Choice::new("none", t("Không nhận tin"))];
    options.extend(means.iter().map(|way| Choice::new(way.key(), status::means(*way))));
    let email = means.contains(&Means::Email).then(|| {
        let value = typed("email").or_else(|| waits(Means::Email)).or_else(|| choice.email.clone());
        let error = wrong_at(ACT, "email");
        view! {
            <TextField
                id="email"
                label=t("Địa chỉ thư điện tử")
                hint=t("Chỉ cần khi chọn thư điện tử. Địa chỉ mới sẽ nhận một mã để xác nhận.")
                autocomplete="email"
                inputmode="email"
                value=value.unwrap_or_default()
                error
            />
        }
    });
    let phone = means.contains(&Means::Sms).then(|| {
        let kept = waits(Means::Sms).or_else(|| choice.phone.clone()).or_else(|| account_phone.map(str::to_owned));
        let value = typed("phone").or_else(|| kept.map(|kept| Phone::national_of(&kept)));
        let error = wrong_at(ACT, "message_phone");
        view! {
            <TextField
                id="message_phone"
                name="phone"
                label=t("Số điện thoại di động")
                hint=t("Chỉ cần khi chọn tin nhắn. Số mới sẽ nhận một mã để xác nhận.")
                autocomplete="tel"
                inputmode="tel"
                width=16
                value=value.unwrap_or_default()
                error
            />
        }
    });
    let quiet = |field: &'static str, label: &'static str, kept: String| {
        let value = typed(field).unwrap_or(kept);
        let error = wrong_at(ACT, field);
        view! { <Select id=field label options=half_hours(&value) value error/> }
    };
    let from = quiet("quiet_from", t("Không gửi từ"), choice.quiet.from.to_string());
    let to = quiet("quiet_to", t("Gửi tiếp từ"), choice.quiet.to.to_string());
    let refused = refused(ACT, &["email", "message_phone", "means", "quiet_from", "quiet_to"]);
    let error = wrong_at(ACT, "means");
    view! {
        {refused}
        <form method="post" action=ChooseMessages::PATH>
            <input type="hidden" name="trang" value=here()/>
            <input type="hidden" name="command" value=context::command_of(ACT)/>
            <Radios id="means" legend=t("Nhận tin bằng cách nào") options value=wanted error/>
            {email}
            {phone}
            <p class="hint">{t("Trong giờ nghỉ không gửi tin; hết giờ nghỉ mới gửi.")}</p>
            {from}
            {to}
            <Button>{t("Lưu cách nhận tin")}</Button>
        </form>
    }
    .into_any()
}

/// Every half hour of a day; a time that is none of them stands there too.
fn half_hours(kept: &str) -> Vec<Choice> {
    let mut times: Vec<String> = (0..48).map(|half| format!("{:02}:{:02}", half / 2, half % 2 * 30)).collect();
    if !kept.is_empty() && !times.iter().any(|time| time == kept) {
        times.push(kept.to_owned());
        times.sort();
    }
    times.into_iter().map(|time| Choice::new(time.clone(), time)).collect()
}

/// The address that is not proven yet, and the box for its code.
fn pending(pending: &Pending) -> AnyView {
    const ACT: &str = "confirm_message_address";
    let masked = masked_address(pending.means, &pending.address);
    let about = |words: &'static str| tf(words, &[("địa chỉ", &masked)]);
    let (tone, words) = match pending.state {
        PendingState::Sending => {
            (Tone::Info, about("Đang gửi mã xác nhận tới {địa chỉ}. Nhận được thì nhập mã ở dưới."))
        }
        PendingState::Sent { until } => {
            let blanks = [("địa chỉ", masked.as_str()), ("lúc", &format::time(until))];
            (Tone::Info, tf("Đã gửi mã xác nhận tới {địa chỉ}. Nhập mã trước {lúc}.", &blanks))
        }
        PendingState::Refused => {
            (Tone::Error, about("Không gửi được tới {địa chỉ}. Kiểm tra lại địa chỉ rồi lưu lại."))
        }
        PendingState::Over => {
            (Tone::Warn, about("Mã gửi tới {địa chỉ} đã hết hạn. Bấm “Lưu cách nhận tin” để lấy mã mới."))
        }
    };
    let error = wrong_at(ACT, "code");
    let box_ = matches!(pending.state, PendingState::Sending | PendingState::Sent { .. }).then(|| {
        view! {
            <form method="post" action=ConfirmMessageAddress::PATH>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="command" value=context::command_of(ACT)/>
                <TextField
                    id="code"
                    label=t("Mã xác nhận")
                    hint=t("6 chữ số trong thư hoặc tin nhắn vừa gửi.")
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    width=10
                    error
                />
                <Button>{t("Xác nhận")}</Button>
            </form>
        }
    });
    view! {
        <Notice tone>{words}</Notice>
        {refused(ACT, &["code"])}
        {box_}
    }
    .into_any()
}

/// What a resident was told about a dossier.
pub(super) fn told(view: &DossierView) -> Option<AnyView> {
    if view.messages.is_empty() {
        return None;
    }
    let lines = view.messages.iter().rev().map(|row| view! { <li>{line(row)}</li> }).collect_view();
    Some(view! { <Section id="tin" title=t("Tin về hồ sơ này")><ul>{lines}</ul></Section> }.into_any())
}

/// One message: what, how and where, and what became of it.
pub(crate) fn line(row: &MessageRow) -> String {
    let means = Means::from_key(&row.means).unwrap_or(Means::Sms);
    let what = format::sentence_case(message_words::heading(&row.body));
    let address = masked_address(means, &row.address);
    tf(
        "{việc} – {cách} tới {địa chỉ}: {trạng thái}",
        &[("việc", &what), ("cách", status::by_means(means)), ("địa chỉ", &address), ("trạng thái", &state_words(row))],
    )
}

fn state_words(row: &MessageRow) -> String {
    let at = format::moment(Instant(row.settled_at.unwrap_or(row.send_at)));
    let problem = || status::message_problem(row.problem.as_deref().unwrap_or_default());
    match MessageState::from_key(&row.state) {
        Some(MessageState::Sent) => tf("đã gửi lúc {lúc}", &[("lúc", &at)]),
        Some(MessageState::Refused) => tf("không gửi được, {lý do}, lúc {lúc}", &[("lý do", &problem()), ("lúc", &at)]),
        Some(MessageState::Dropped) => tf("không gửi, {lý do}", &[("lý do", &problem())]),
        Some(MessageState::ToldOtherwise) => {
            tf("không gửi được, {lý do}; đã báo cách khác, ghi lúc {lúc}", &[("lý do", &problem()), ("lúc", &at)])
        }
        _ if row.problem.is_some() => {
            tf("chưa gửi được, {lý do}, gửi lại sau {lúc}", &[("lý do", &problem()), ("lúc", &at)])
        }
        _ => tf("chờ gửi từ {lúc}", &[("lúc", &at)]),
    }
}
