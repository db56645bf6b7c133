//! The account of the resident who is signed in, and where it is signed in.

use super::{messages, my_data, proof::proof_words, sign_in};
use crate::{
    acts::{
        accounts::UnlinkIdentity,
        sessions::{EndOtherSessions, EndSession, SignOut},
    },
    context::{self, here, office, visitor},
    device::device,
    errors, format,
    words::{t, tf},
};
use domain::person::{CitizenId, Phone};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::{
    Error, identity::LinkedIdentity, messages::Choice, my_data::Confirmation, my_sessions::OpenSession,
    proofs::ProofRow, who::Resident,
};
use ui::{
    Button, ButtonKind, CitizenMain, LinkButton, Notice, PageTitle, Section, SummaryCard, SummaryList, SummaryRow, Tag,
    TextField, Tone,
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
            let asked = office().my_confirmation(&visitor.resident, visitor.resident_token.as_deref()).await?;
            let links = office().my_identities(&visitor.resident).await?;
            Ok((resident, sessions, proof, choice, asked, links))
        },
        |(resident, sessions, proof, choice, asked, links)| show(resident, sessions, proof, choice, asked, links),
    )
}

fn show(
    resident: Resident,
    sessions: Vec<OpenSession>,
    (proof, disputed): (Option<(ProofRow, String)>, i64),
    choice: Choice,
    asked: Confirmation,
    links: Vec<LinkedIdentity>,
) -> AnyView {
    let told = messages::choosing(&choice, resident.phone.as_deref());
    let number = CitizenId::parse(&resident.citizen_id).map(|number| number.masked()).unwrap_or_default();
    let phone = resident.phone.as_deref().and_then(|phone| Phone::parse(phone).ok()).map(|phone| phone.masked());
    let phone = phone.unwrap_or_else(|| t("Chưa có").into());
    let provider = office().config().identity_provider.clone();
    let seen = proof.map(|(proof, place)| {
        let words = proof_words(&proof, &place);
        view! { <SummaryRow label=t("Đối chiếu")>{words}</SummaryRow> }
    });
    let prove = provider.filter(|_| resident.level == 0).map(|name| {
        let words = tf("Xác nhận bằng {tên}", &[("tên", &name)]);
        let href = sign_in::identity_door(Some("/tai-khoan"));
        view! { <p><LinkButton href kind=ButtonKind::Secondary rel="external">{words}</LinkButton></p> }
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
            {errors::identity_refused()}
            <PageTitle title/>
            {errors::refused("sign_out")}
            {errors::refused("end_session")}
            {errors::refused("end_other_sessions")}
            {errors::refused("unlink_identity")}
            <SummaryList>
                <SummaryRow label=t("Họ và tên")>{resident.name}</SummaryRow>
                <SummaryRow label=t("Số định danh cá nhân")><span class="code">{number}</span></SummaryRow>
                <SummaryRow label=t("Số điện thoại")>{phone}</SummaryRow>
                <SummaryRow label=t("Mức định danh")>{level_words(resident.level)}</SummaryRow>
                {seen}
            </SummaryList>
            {prove}
            {waiting}
            <p><a href="/ho-so">{t("Hồ sơ của tôi")}</a></p>
            <p><a href="/tai-khoan/to-chuc">{t("Tổ chức của tôi")}</a></p>
            <form method="post" action=SignOut::PATH>
                <input type="hidden" name="trang" value=here()/>
                <Button kind=ButtonKind::Secondary>{t("Đăng xuất")}</Button>
            </form>
            <p>{t("Máy dùng chung: nhớ đăng xuất trước khi rời máy.")}</p>
            {told}
            {places(sessions)}
            {identities(links)}
            {own_data(asked)}
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

/// What identity providers know the account as, each with the button that takes the link back.
fn identities(links: Vec<LinkedIdentity>) -> Option<AnyView> {
    if links.is_empty() {
        return None;
    }
    let name = office().config().identity_provider.clone().unwrap_or_else(|| t("Hệ thống định danh").into());
    let cards: Vec<AnyView> = links.into_iter().map(|link| linked(name.clone(), link)).collect();
    let view = view! {
        <Section id="dinh-danh" title=t("Định danh đã liên kết")>
            <p>{t("Bỏ liên kết thì lần sau đăng nhập bằng mật khẩu. Định danh mức 2 đúng số định danh này vẫn đăng nhập được, vì đó là số của ông/bà.")}</p>
            {cards}
        </Section>
    };
    Some(view.into_any())
}

fn linked(name: String, link: LinkedIdentity) -> AnyView {
    let LinkedIdentity { key, since } = link;
    let since = format::moment(since);
    let which = tf("{tên}, liên kết lúc {lúc}", &[("tên", &name), ("lúc", &since)]);
    view! {
        <SummaryCard title=name>
            <SummaryList>
                <SummaryRow label=t("Liên kết lúc")>{since}</SummaryRow>
            </SummaryList>
            <form method="post" action=UnlinkIdentity::PATH>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="link" value=key/>
                <input type="hidden" name="command" value=context::new_command()/>
                <Button kind=ButtonKind::Quiet hidden_words=which>{t("Bỏ liên kết")}</Button>
            </form>
        </SummaryCard>
    }
    .into_any()
}

/// The form that asks for the file of one's own data. Who is there is asked for once more, since the file has everything: by
/// the password, or where the account has none by the identity provider.
fn own_data(asked: Confirmation) -> AnyView {
    let retry = context::retry_of(my_data::EXPORT);
    let words = retry
        .map(|retry| (errors::field_of(&retry.error, |_| false) == Some("password"), errors::sentence(&retry.error)));
    let (error, other) = match words {
        Some((true, words)) => (Some(words), None),
        Some((false, words)) => (None, Some(view! { <Notice tone=Tone::Error live=true>{words}</Notice> })),
        None => (None, None),
    };
    let ask = match asked {
        Confirmation::Password => {
            let password = view! {
                <TextField
                    id="password"
                    label=t("Mật khẩu")
                    hint=t("Nhập lại để chắc là ông/bà. Máy dùng chung thì không nên tải.")
                    error
                    kind="password"
                    autocomplete="current-password"
                    width=24
                />
            };
            take(password.into_any())
        }
        Confirmation::Provider { until: Some(until) } => {
            let words = tf(
                "Vừa đăng nhập nên không hỏi lại: tải được đến {giờ}. Máy dùng chung thì không nên tải.",
                &[("giờ", &format::moment(until))],
            );
            take(view! { <p>{words}</p> }.into_any())
        }
        Confirmation::Provider { until: None } => confirm_again(),
    };
    view! {
        <Section id="du-lieu" title=t("Dữ liệu của tôi")>
            <p>{t("Tải về một tệp ZIP có đủ những gì Một Cửa giữ về ông/bà. Trong đó có tài khoản, hồ sơ, giấy tờ, kết quả, tin đã gửi, cán bộ nào đã xem. Mở tệp doc-truoc.html trong đó để đọc.")}</p>
            {other}
            {ask}
        </Section>
    }
    .into_any()
}

/// The form with its button, below what it asks.
fn take(asked: AnyView) -> AnyView {
    view! {
        <form method="post" action=my_data::ADDRESS>
            <input type="hidden" name="trang" value="/tai-khoan"/>
            {asked}
            <Button kind=ButtonKind::Secondary>{t("Tải dữ liệu của tôi")}</Button>
        </form>
    }
    .into_any()
}

/// An account without a password, some time after its sign-in: the way through the identity provider and back. Where
/// there is none any more, a code of the counter sets a password.
fn confirm_again() -> AnyView {
    let Some(name) = office().config().identity_provider.clone() else {
        let words = t(
            "Tài khoản này không có mật khẩu. Mang thẻ căn cước ra quầy lấy mã đặt mật khẩu, rồi tải bằng mật khẩu đó.",
        );
        return view! { <p>{words}</p> }.into_any();
    };
    let named = [("tên", name.as_str())];
    let words = tf(
        "Tài khoản này đăng nhập bằng {tên}, không có mật khẩu. Xác nhận lại để chắc là ông/bà, rồi tải trong 5 phút. Máy dùng chung thì không nên tải.",
        &named,
    );
    let (button, href) = (tf("Xác nhận lại bằng {tên}", &named), sign_in::identity_door(Some("/tai-khoan#du-lieu")));
    view! {
        <p>{words}</p>
        <p><LinkButton href kind=ButtonKind::Secondary rel="external">{button}</LinkButton></p>
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
