//! Where to get help: the centres with their hours and hamlets, the telephone, the people who help.

pub mod opening;

use crate::{
    context::office,
    format,
    words::{t, tf},
};
use domain::{time::Day, unit::Hamlets, working_time::Calendar};
use leptos::prelude::*;
use leptos_meta::Title;
use opening::Centre;
use ui::{Breadcrumb, CitizenMain, Crumb, Details, PageTitle, Section, SummaryCard, SummaryList, SummaryRow};

/// `/lien-he`.
#[component]
pub fn HelpPage() -> impl IntoView {
    let office = office();
    let (books, now) = (office.books(), office.now());
    let hotline = office.config().hotline.clone();
    let centres = opening::centres(&books.places, now.day())
        .into_iter()
        .map(|centre| {
            let calendar = books.places.calendar_of(centre.id, now.day());
            let today = opening::today(&calendar, now);
            view! { <CentreCard centre day=now.day() calendar=(*calendar).clone() today hotline=hotline.clone()/> }
        })
        .collect_view();
    let title = t("Nơi được giúp");
    let before = view! {
        <Breadcrumb label=t("Vị trí trang") crumbs=vec![Crumb::new(t("Trang chủ"), "/"), Crumb::here(title)]/>
    }
    .into_any();
    view! {
        <Title text=title/>
        <CitizenMain before>
            <PageTitle title/>
            <p>{tf("Gọi {số}, hoặc tới Trung tâm Phục vụ hành chính công của xã mình.", &[("số", &hotline)])}</p>
            <Section id="trung-tam" title=t("Trung tâm của các xã")>{centres}</Section>
            <Section id="khai-giup" title=t("Cần người chỉ cách làm")>
                <p>
                    {t("Mỗi thôn, buôn, khu phố có tổ công nghệ số cộng đồng. Tổ chỉ cách tìm thủ tục, khai và chụp giấy tờ.")}
                </p>
                <p>{t("Cán bộ ở quầy cũng khai giúp. Người nộp vẫn là ông/bà; không đưa mật khẩu cho ai.")}</p>
            </Section>
            <Section id="ho-so-da-nop" title=t("Hỏi về hồ sơ đã nộp")>
                <ul>
                    <li><a href="/tra-cuu">{t("Tra cứu bằng mã hồ sơ và mã tra cứu")}</a></li>
                    <li><a href="/ho-so">{t("Xem hồ sơ của tôi")}</a></li>
                </ul>
            </Section>
            <Complaints/>
        </CitizenMain>
    }
}

/// Where somebody goes who does not agree, or has something to say about how they were served. Nothing of it is taken
/// on this site, and it says so.
#[component]
fn Complaints() -> impl IntoView {
    view! {
        <Section id="khieu-nai" title=t("Khiếu nại, phản ánh")>
            <p>{t("Trang này chưa nhận khiếu nại, phản ánh qua mạng. Ông/bà gửi tới những nơi sau.")}</p>
            <h3>{t("Không đồng ý với kết quả giải quyết hồ sơ")}</h3>
            <ul>
                <li>{t("Nộp đơn, hoặc trình bày trực tiếp tại nơi tiếp công dân. Gửi Ủy ban nhân dân xã đã ra văn bản.")}</li>
                <li>{t("Thời hạn khiếu nại lần đầu là 90 ngày kể từ ngày nhận, hoặc biết được văn bản.")}</li>
                <li>
                    {t("Vẫn không đồng ý, hoặc quá hạn mà không được trả lời thì có hai cách. Khiếu nại tới Chủ tịch Ủy ban nhân dân tỉnh, hoặc khởi kiện tại Tòa án.")}
                </li>
            </ul>
            <h3>{t("Bị chậm trễ, gây khó khăn, hoặc quy định chưa hợp lý")}</h3>
            <ul>
                <li>{t("Nói với giám đốc Trung tâm, hoặc gửi phản ánh tới Ủy ban nhân dân xã.")}</li>
                <li>
                    {t("Gửi qua mạng: mục Phản ánh, kiến nghị của Cổng Dịch vụ công quốc gia, dichvucong.gov.vn.")}
                </li>
            </ul>
        </Section>
    }
}

#[component]
fn CentreCard(centre: Centre, day: Day, calendar: Calendar, today: String, hotline: String) -> impl IntoView {
    let off = opening::coming_days_off(&calendar, day)
        .into_iter()
        .map(|(day, why)| view! { <li>{format!("{}: {why}", format::sentence_case(&format::long_day(day)))}</li> })
        .collect::<Vec<_>>();
    let off = (!off.is_empty()).then(|| {
        view! { <SummaryRow label=t("Ngày nghỉ sắp tới")><ul role="list">{off}</ul></SummaryRow> }
    });
    let hamlets = Hamlets::shipped().of_commune(&centre.unit_code, day);
    let count = hamlets.len().to_string();
    let names = hamlets.iter().map(|hamlet| hamlet.name.as_str()).collect::<Vec<_>>().join(", ");
    let hamlets = (!names.is_empty()).then(|| {
        view! {
            <SummaryRow label=t("Thôn, buôn, khu phố")>
                <Details summary=tf("Xem {n} thôn, buôn, khu phố", &[("n", &count)])><p>{names}</p></Details>
            </SummaryRow>
        }
    });
    let address = match centre.address.as_str() {
        "" => tf("Chưa có địa chỉ ở đây. Gọi {số} để hỏi đường.", &[("số", &hotline)]),
        address => address.to_owned(),
    };
    let (words, dialled) = match &centre.phone {
        Some(phone) => (phone.display(), phone.as_str().to_owned()),
        None => (hotline.clone(), hotline),
    };
    view! {
        <SummaryCard title=centre.name>
            <SummaryList>
                <SummaryRow label=t("Địa chỉ")>{address}</SummaryRow>
                <SummaryRow label=t("Điện thoại")><a href=format!("tel:{dialled}")>{words}</a></SummaryRow>
                <SummaryRow label=t("Mở cửa")>{today}</SummaryRow>
                <SummaryRow label=t("Giờ làm việc")>{format::sentence_case(&opening::week(&calendar, day))}</SummaryRow>
                {off}
                {hamlets}
            </SummaryList>
        </SummaryCard>
    }
}
