//! One member of staff: the roles with their days, new keys, the end of the work here.

use super::{Form, crumbs, days_words, newcomer::position_fields, roster::ROSTER};
use crate::{
    citizen::mine::qr,
    context::{self, office},
    format, status,
    words::{t, tf},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use office::{
    Error, Uuid,
    places::OfficeRow,
    roster::{FirstKeys, Held, MemberView},
};
use ui::{Cell, Column, Details, Notice, PageTitle, Row, Section, SummaryList, SummaryRow, Table, Tone};

/// What the page shows.
struct Shown {
    view: MemberView,
    offices: Vec<OfficeRow>,
    keys: Option<FirstKeys>,
}

/// The page of one person.
#[component]
pub fn MemberPage() -> AnyView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|id| id.parse::<Uuid>().ok());
    let (office, who) = (office(), context::staff());
    let reading = async move {
        let offices = office.offices_to_work_in(&who)?;
        let view = office.member(&who, id.ok_or(Error::NotFound)?).await?;
        let keys = office.first_keys(&who, view.member.id);
        Ok(Shown { view, offices, keys })
    };
    super::super::page(reading, show)
}

fn show(shown: Shown) -> impl IntoView {
    let Shown { view: MemberView { member, in_hand, is_oneself, works_elsewhere }, offices, keys } = shown;
    let now = office().now();
    let is_shut = member.shut.is_some_and(|at| at <= now);
    let state = match member.shut {
        Some(at) if at <= now => tf("Đã nghỉ. Tài khoản khóa từ {lúc}.", &[("lúc", &format::moment(at))]),
        Some(at) => tf("Tài khoản khóa từ {lúc}.", &[("lúc", &format::moment(at))]),
        None => t("Đang làm việc").into(),
    };
    let in_hand_words = tf("{n} hồ sơ chưa xong", &[("n", &super::super::capped(in_hand))]);
    let left_behind = (member.shut.is_some() && in_hand > 0).then(|| {
        let words = tf(
            "Người này còn giữ {n} hồ sơ. Giám đốc trung tâm hoặc lãnh đạo cần giao cho người khác.",
            &[("n", &super::super::capped(in_hand))],
        );
        view! { <Notice tone=Tone::Warn>{words}</Notice> }
    });
    let (name, id) = (member.name.clone(), member.id);
    let changes = if is_oneself {
        view! { <Notice>{t("Đây là tài khoản của chính anh/chị. Quản trị khác mới đổi được vai trò, cấp lại được mật khẩu, mã.")}</Notice> }
            .into_any()
    } else if is_shut {
        ().into_any()
    } else {
        changes(id, &offices, works_elsewhere)
    };
    let can_end = !is_oneself;
    view! {
        <Title text=name.clone()/>
        {crumbs(Some((t("Cán bộ và vai trò"), ROSTER)), name.clone())}
        <PageTitle title=name/>
        {keys.map(keys_panel)}
        {left_behind}
        <SummaryList>
            <SummaryRow label=t("Tên đăng nhập")><span class="code">{member.login.clone()}</span></SummaryRow>
            <SummaryRow label=t("Tình trạng")>{state}</SummaryRow>
            <SummaryRow label=t("Đang giữ")>{in_hand_words}</SummaryRow>
        </SummaryList>
        <Section title=t("Vai trò") id="vai-tro">{positions(&member.positions, can_end)}</Section>
        {changes}
    }
}

fn positions(held: &[Held], can_end: bool) -> AnyView {
    let labels = [t("Vai trò"), t("Cơ quan"), t("Thời gian"), t("Kết thúc")];
    let books = office().books();
    let today = office().now().day();
    let rows = held
        .iter()
        .map(|one| {
            let place = books.places.by_id(one.office).map_or(String::new(), |office| office.name.clone());
            let title = Some(one.title.clone()).filter(|title| !title.is_empty());
            let goes_on = one.to.is_none_or(|last| last > today);
            let end = if can_end && one.is_here && goes_on { end_form(one) } else { ().into_any() };
            let [role_label, place_label, days_label, end_label] = labels;
            let (role, days) = (status::role(one.role), days_words(Some(one.from), one.to));
            view! {
                <Row>
                    <Cell heading=true label=role_label>{role} " " <span class="sub">{title}</span></Cell>
                    <Cell label=place_label>{place}</Cell>
                    <Cell label=days_label>{days}</Cell>
                    <Cell label=end_label>{end}</Cell>
                </Row>
            }
        })
        .collect_view();
    let columns = labels.map(Column::new).to_vec();
    view! { <div class="queue-table"><Table caption=t("Vai trò") caption_hidden=true columns>{rows}</Table></div> }
        .into_any()
}

fn end_form(one: &Held) -> AnyView {
    let id = one.id.to_string();
    let form = Form::one_of("roster/end_position", "held", &id);
    let open = form.came_back();
    let fields = form.day("last", "last", t("Ngày cuối giữ vai trò này"), "", Some(office().now().day()));
    let form = form.draw(&[("held", id)], fields, t("Kết thúc vai trò").into(), "button button-secondary");
    view! { <Details summary=t("Kết thúc vai trò này") open>{form}</Details> }.into_any()
}

/// What an administrator may change about somebody else who works here.
fn changes(id: Uuid, offices: &[OfficeRow], works_elsewhere: bool) -> AnyView {
    let member = [("member", id.to_string())];
    let appoint = Form::new("roster/appoint");
    let appoint_open = appoint.came_back();
    let fields = position_fields(&appoint, offices);
    let appoint = appoint.draw(&member, fields, t("Giao vai trò").into(), "button");
    let rest = if works_elsewhere {
        let words =
            t("Người này còn giữ vai trò ở đơn vị khác. Ở đây không khóa tài khoản, không cấp lại mật khẩu, mã được.");
        view! { <Notice>{words}</Notice> }.into_any()
    } else {
        let renew = Form::new("roster/renew_member");
        let renew_open = renew.came_back();
        let words = t("Mật khẩu, mã bí mật và mã dự phòng cũ hết tác dụng ngay. Mọi nơi đang đăng nhập bị đăng xuất.");
        let words = view! { <p>{words}</p> }.into_any();
        let renew = renew.draw(&member, words, t("Cấp lại mật khẩu, mã").into(), "button button-secondary");
        let end = Form::new("roster/end_member");
        let end_open = end.came_back();
        let hint = t("Để trống là nghỉ ngay. Ngày đã ghi chỉ dời sớm lên được, không dời muộn đi.");
        let fields = end.day("last", "last", t("Ngày làm việc cuối"), hint, None);
        let end = end.draw(&member, fields, t("Cho nghỉ và khóa tài khoản").into(), "button button-danger");
        view! {
            <Details summary=t("Cấp lại mật khẩu và mã dùng một lần") open=renew_open>{renew}</Details>
            <Details summary=t("Cho nghỉ việc ở đây") open=end_open>{end}</Details>
        }
        .into_any()
    };
    view! {
        <Section title=t("Thay đổi") id="thay-doi">
            <Details summary=t("Giao thêm vai trò") open=appoint_open>{appoint}</Details>
            {rest}
        </Section>
    }
    .into_any()
}

/// The keys of somebody new, to be handed over.
fn keys_panel(keys: FirstKeys) -> impl IntoView {
    let address = format!(
        "otpauth://totp/M%E1%BB%99t%20C%E1%BB%ADa:{}?secret={}&issuer=M%E1%BB%99t%20C%E1%BB%ADa",
        context::encode(&keys.login),
        keys.totp_secret
    );
    let code = qr::svg(&address, t("Mã QR để thêm vào ứng dụng tạo mã dùng một lần"));
    let secret: Vec<String> =
        keys.totp_secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    let recovery = keys.recovery_codes.iter().map(|code| view! { <li class="code">{code.clone()}</li> }).collect_view();
    let until = tf("Chỉ hiện đến {lúc}. Sau đó phải cấp lại mật khẩu, mã.", &[("lúc", &format::moment(keys.until))]);
    view! {
        <Notice tone=Tone::Warn title=t("Mật khẩu, mã mới: in hoặc chép ra, trao tận tay, không gửi qua tin nhắn") id="khoa-moi">
            <p>{until}</p>
            <SummaryList>
                <SummaryRow label=t("Tên đăng nhập")><span class="code">{keys.login.clone()}</span></SummaryRow>
                <SummaryRow label=t("Mật khẩu đầu tiên")><span class="code">{keys.password.clone()}</span></SummaryRow>
                <SummaryRow label=t("Mã bí mật cho ứng dụng")>
                    <span class="code">{secret.join(" ")}</span>
                    <div inner_html=code></div>
                </SummaryRow>
                <SummaryRow label=t("Mã dự phòng, mỗi mã dùng một lần")><ul class="plain">{recovery}</ul></SummaryRow>
            </SummaryList>
        </Notice>
    }
}
