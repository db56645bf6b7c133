//! The account of the resident who is signed in, and where it is signed in.

use super::{device::device, messages};
use crate::{
    acts::sessions::{EndOtherSessions, EndSession, SignOut},
    context::{self, here, office, visitor},
    errors, format,
    words::{t, tf},
};
use domain::{
    person::{CitizenId, Phone},
    time::Instant,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::{Error, messages::Choice, my_sessions::OpenSession, proofs::ProofRow, who::Resident};
use ui::{
    Button, ButtonKind, CitizenMain, Notice, PageTitle, Section, SummaryCard, SummaryList, SummaryRow, Tag, Tone,
};

/// `/tai-khoan`.
#[component]
pub fn AccountPage() -> AnyView {
    let visitor = visitor();
    errors::page(
        async move {
            let resident = visitor.resident.resident().cloned().ok_or(Error::SignInFirst)?;
            let sessions = office().my_sessions(&visitor.resident, visitor.resident_token.as_deref()).await?;
            let proof = office().my_proof(&visitor.resident).await?;
            let choice = office().my_message_choice(&visitor.resident).await?;
            Ok((resident, sessions, proof, choice))
        },
        |(resident, sessions, proof, choice)| show(resident, sessions, proof, choice),
    )
}

fn show(
    resident: Resident,
    sessions: Vec<OpenSession>,
    (proof, disputed): (Option<(ProofRow, String)>, i64),
    choice: Choice,
) -> AnyView {
    let told = messages::choosing(&choice, resident.phone.as_deref());
    let number = CitizenId::parse(&resident.citizen_id).map(|number| number.masked()).unwrap_or_default();
    let phone = resident.phone.as_deref().and_then(|phone| Phone::parse(phone).ok()).map(|phone| phone.masked());
    let phone = phone.unwrap_or_else(|| t("Chưa có").into());
    let seen = proof.map(|(proof, office)| {
        let words = tf(
            "{nơi} đã xem thẻ căn cước lúc {lúc}.",
            &[("nơi", &office), ("lúc", &format::moment(Instant(proof.at)))],
        );
        view! { <SummaryRow label=t("Đối chiếu")>{words}</SummaryRow> }
    });
    let waiting = (disputed > 0).then(|| {
        let words = tf(
            "Trước khi ông/bà xác nhận, có người đã nộp {n} hồ sơ bằng số định danh này. Trung tâm đang xem hồ sơ nào là của ông/bà; của ông/bà thì sẽ hiện trong Hồ sơ của tôi.",
            &[("n", &disputed.to_string())],
        );
        view! { <Notice>{words}</Notice> }
    });
    let title = t("Tài khoản");
    view! {
        <Title text=title/>
        <CitizenMain>
            <PageTitle title/>
            {errors::refused("sign_out")}
            {errors::refused("end_session")}
            {errors::refused("end_other_sessions")}
            <SummaryList>
                <SummaryRow label=t("Họ và tên")>{resident.name}</SummaryRow>
                <SummaryRow label=t("Số định danh cá nhân")><span class="code">{number}</span></SummaryRow>
                <SummaryRow label=t("Số điện thoại")>{phone}</SummaryRow>
                <SummaryRow label=t("Mức định danh")>{level_words(resident.level)}</SummaryRow>
                {seen}
            </SummaryList>
            {waiting}
            <p><a href="/ho-so">{t("Hồ sơ của tôi")}</a></p>
            <form method="post" action=SignOut::PATH>
                <input type="hidden" name="trang" value=here()/>
                <Button kind=ButtonKind::Secondary>{t("Đăng xuất")}</Button>
            </form>
            <p>{t("Máy dùng chung: nhớ đăng xuất trước khi rời máy.")}</p>
            {told}
            {places(sessions)}
        </CitizenMain>
    }
    .into_any()
}

/// Where the account is signed in, each place with the button that signs it out.
fn places(sessions: Vec<OpenSession>) -> AnyView {
    let others = sessions.iter().filter(|session| !session.is_this).count();
    let all = (others > 1).then(|| {
        view! {
            <form method="post" action=EndOtherSessions::PATH>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="command" value=context::command_of("end_other_sessions")/>
                <Button kind=ButtonKind::Secondary>
                    {tf("Đăng xuất {n} nơi khác", &[("n", &others.to_string())])}
                </Button>
            </form>
        }
    });
    let cards = sessions.into_iter().map(place).collect_view();
    view! {
        <Section id="noi-dang-nhap" title=t("Nơi đang đăng nhập")>
            <p>{t("Nơi nào không phải của ông/bà thì đăng xuất nơi đó, rồi ra quầy lấy mã đặt mật khẩu mới.")}</p>
            {cards}
            {all}
        </Section>
    }
    .into_any()
}

fn place(session: OpenSession) -> AnyView {
    let name = device(&session.agent);
    let this = session.is_this.then(|| view! { <Tag tone=Tone::Success words=t("Máy này")/> });
    let out = (!session.is_this).then(|| {
        view! {
            <form method="post" action=EndSession::PATH>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="session" value=session.key/>
                <input type="hidden" name="command" value=context::new_command()/>
                <Button kind=ButtonKind::Quiet hidden_words=name.clone()>{t("Đăng xuất nơi này")}</Button>
            </form>
        }
    });
    view! {
        <SummaryCard title=name>
            <SummaryList>
                <SummaryRow label=t("Đăng nhập lúc")>{format::moment(session.since)}</SummaryRow>
                <SummaryRow label=t("Dùng lần cuối")>{format::moment(session.used)}</SummaryRow>
                <SummaryRow label=t("Địa chỉ mạng")><span class="code">{session.address}</span></SummaryRow>
            </SummaryList>
            {this}
            {out}
        </SummaryCard>
    }
    .into_any()
}

/// What the level of an account means.
const fn level_words(level: i64) -> &'static str {
    match level {
        0 => t("Mức 0: số định danh tự khai, chưa đối chiếu thẻ căn cước."),
        1 => t("Mức 1: số định danh đã đối chiếu."),
        _ => t("Mức 2: đã xác thực tại nơi cấp căn cước."),
    }
}
