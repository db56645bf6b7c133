//! The organisations that a resident acts for: those they represent, with their employees, and those that named them.

use crate::{
    acts::organisations::{ChangeOrganisation, EndEmployee, NameEmployee, RegisterOrganisation},
    context::{self, Retry, here, office, retry_of},
    errors, format,
    words::{t, tf},
};
use domain::{
    organisation::TaxNumber,
    person::CitizenId,
    time::{Day, Instant},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::{
    Error,
    error::Problem,
    organisations::{MyOrganisation, NamedMemberRow},
};
use ui::{
    BackLink, Button, ButtonKind, Checkbox, CitizenMain, DateField, Details, Empty, ErrorSummary, Inset, Notice,
    PageTitle, ProblemLink, Section, SummaryCard, SummaryList, SummaryRow, TextField,
};

/// `/tai-khoan/to-chuc`.
#[component]
pub fn OrganisationsPage() -> AnyView {
    let (office, who) = (office(), context::resident());
    errors::page(
        async move { Ok((office.my_organisations(&who).await?, office.my_disputed_organisations(&who).await?)) },
        |(organisations, waiting)| show(organisations, waiting),
    )
}

fn show(organisations: Vec<MyOrganisation>, waiting: i64) -> AnyView {
    let wrong = ["register_organisation", "change_organisation", "name_employee"].into_iter().find_map(|act| {
        let retry = retry_of(act)?;
        Some((front_of(&retry), wrong_field(&retry)?))
    });
    let problems = wrong.map(|(front, (field, words))| ProblemLink::new(format!("{front}{field}"), words));
    let problems: Vec<_> = problems.into_iter().collect();
    let headline = tf("Còn {n} chỗ cần sửa trước khi đi tiếp.", &[("n", &problems.len().to_string())]);
    let none = organisations.is_empty();
    let empty = none.then(|| view! { <Empty words=t("Chưa có tổ chức nào. Khai ở mục Thêm tổ chức bên dưới.")/> });
    let cards = organisations.into_iter().map(card).collect_view();
    let waiting = (waiting > 0).then(|| {
        let words = tf(
            "Trước khi ông/bà xác nhận, có người đã khai {n} tổ chức bằng số định danh này. Trung tâm đang xem tổ chức nào là của ông/bà; của ông/bà thì sẽ hiện ở đây.",
            &[("n", &waiting.to_string())],
        );
        view! { <Notice>{words}</Notice> }
    });
    let title = t("Tổ chức của tôi");
    let before = view! { <BackLink href="/tai-khoan" words=t("Tài khoản")/> }.into_any();
    view! {
        <Title text=title/>
        <CitizenMain before>
            <ErrorSummary headline problems/>
            {elsewhere("register_organisation")}
            {elsewhere("change_organisation")}
            {elsewhere("name_employee")}
            {errors::refused("end_employee")}
            <PageTitle title/>
            <p>{t("Nộp hồ sơ cho công ty, hợp tác xã, hội, hộ kinh doanh. Khi bắt đầu nộp, chọn nộp cho tổ chức nào.")}</p>
            {waiting}
            {empty}
            {cards}
            <Section id="them-to-chuc" title=t("Thêm tổ chức")>{new_form()}</Section>
        </CitizenMain>
    }
    .into_any()
}

/// A refusal that is not about one field stands above the page's title.
fn elsewhere(act: &str) -> Option<AnyView> {
    let retry = retry_of(act)?;
    wrong_field(&retry).is_none().then(|| errors::refused(act)).flatten()
}

/// What the ids of a form begin with: every organisation's card has forms of its own.
fn front_of(retry: &Retry) -> String {
    retry.typed("organisation").map(|organisation| format!("{organisation}-")).unwrap_or_default()
}

/// That act's form, when it came again for this organisation.
fn came_back(act: &str, organisation: &str) -> Option<Retry> {
    retry_of(act).filter(|retry| retry.typed("organisation").as_deref() == Some(organisation))
}

/// The field that a form was refused for, and what is said there.
fn wrong_field(retry: &Retry) -> Option<(&'static str, String)> {
    let field = match &*retry.error {
        Error::Invalid(
            Problem::TaxNumberInvalid
            | Problem::TaxNumberOfAnother
            | Problem::OrganisationEntered
            | Problem::OrganisationWaits,
        ) => "organisation_number",
        Error::Invalid(Problem::CitizenIdInvalid | Problem::EmployeeUnknown | Problem::EmployeeIsSelf) => "citizen_id",
        Error::Invalid(Problem::NameInvalid) => "name",
        Error::Invalid(Problem::EndsBeforeItBegins) => "valid_to",
        error => errors::field_of(error, |_| false)?,
    };
    Some((field, errors::sentence(&retry.error)))
}

fn card(mine: MyOrganisation) -> AnyView {
    let MyOrganisation { row, represents, members } = mine;
    let number = TaxNumber::parse(&row.number).map(|number| number.masked()).unwrap_or_default();
    let standing = if represents {
        t("Người đại diện theo pháp luật")
    } else {
        t("Người được cử nộp hồ sơ")
    };
    let own = represents.then(|| {
        let id = row.id.to_string();
        let (change, staff) = (change_form(&id, &row.name, &row.address), employees(&id, members));
        view! {
            {change}
            {staff}
        }
    });
    view! {
        <SummaryCard title=row.name>
            <SummaryList>
                <SummaryRow label=t("Mã số thuế")><span class="code">{number}</span></SummaryRow>
                <SummaryRow label=t("Địa chỉ")>{row.address}</SummaryRow>
                <SummaryRow label=t("Ông/bà là")>{standing}</SummaryRow>
            </SummaryList>
            {own}
        </SummaryCard>
    }
    .into_any()
}

/// The form that changes name and address, folded until it is wanted.
fn change_form(organisation: &str, name: &str, address: &str) -> AnyView {
    let retry = came_back("change_organisation", organisation);
    let open = retry.is_some();
    let wrong = retry.as_ref().and_then(wrong_field);
    let error = |field: &str| wrong.as_ref().filter(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field));
    let command = typed("command").unwrap_or_else(context::new_command);
    let (name_id, address_id) =
        (format!("{organisation}-organisation_name"), format!("{organisation}-organisation_address"));
    let (name_wrong, address_wrong) = (error("organisation_name"), error("organisation_address"));
    let whose = name.to_owned();
    let name = typed("organisation_name").unwrap_or_else(|| name.to_owned());
    let address = typed("organisation_address").unwrap_or_else(|| address.to_owned());
    let organisation = organisation.to_owned();
    view! {
        <Details summary=t("Sửa tên, địa chỉ") open>
            <form method="post" action=ChangeOrganisation::PATH novalidate=true>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="organisation" value=organisation/>
                <input type="hidden" name="command" value=command/>
                <p>{t("Hồ sơ đã nộp giữ tên và địa chỉ lúc nộp. Khai nhầm mã số thuế thì thêm tổ chức mới ở cuối trang. Tổ chức có người đại diện mới thì người đó ra quầy. Mang theo thẻ căn cước và giấy tờ của tổ chức.")}</p>
                <TextField
                    id=name_id
                    name="organisation_name"
                    label=t("Tên tổ chức")
                    hint=t("Ghi đúng như trong giấy đăng ký hoặc quyết định thành lập.")
                    error=name_wrong
                    value=name
                    autocomplete="off"
                />
                <TextField
                    id=address_id
                    name="organisation_address"
                    label=t("Địa chỉ trụ sở")
                    error=address_wrong
                    value=address
                    autocomplete="off"
                />
                <Button kind=ButtonKind::Secondary hidden_words=whose>{t("Lưu tên, địa chỉ")}</Button>
            </form>
        </Details>
    }
    .into_any()
}

/// The people who act for an organisation beside its representative, and the form that names one more.
fn employees(organisation: &str, members: Vec<NamedMemberRow>) -> AnyView {
    let heading = (!members.is_empty()).then(|| view! { <h3>{t("Người được cử nộp hồ sơ")}</h3> });
    let lines = members.into_iter().map(|named| employee(organisation, named)).collect_view();
    let retry = came_back("name_employee", organisation);
    let open = retry.is_some();
    let form = employee_form(organisation, retry);
    view! {
        {heading}
        {lines}
        <Details summary=t("Cử thêm người") open>{form}</Details>
    }
    .into_any()
}

fn employee(organisation: &str, named: NamedMemberRow) -> AnyView {
    let NamedMemberRow { member, name, citizen_id } = named;
    let number = CitizenId::parse(&citizen_id).map(|number| number.masked()).unwrap_or_default();
    let day = |day: i64| i32::try_from(day).map(|day| format::day(Day(day))).unwrap_or_default();
    let days = match member.valid_to {
        Some(to) => tf("Từ {đầu} đến hết {cuối}", &[("đầu", &day(member.valid_from)), ("cuối", &day(to))]),
        None => tf("Từ {đầu}, đến khi ông/bà cho thôi", &[("đầu", &day(member.valid_from))]),
    };
    let (organisation, member, whose) = (organisation.to_owned(), member.id.to_string(), name.clone());
    view! {
        <SummaryList>
            <SummaryRow label=t("Họ và tên")>{name}</SummaryRow>
            <SummaryRow label=t("Số định danh cá nhân")><span class="code">{number}</span></SummaryRow>
            <SummaryRow label=t("Được nộp và xem hồ sơ")>{days}</SummaryRow>
        </SummaryList>
        <form method="post" action=EndEmployee::PATH>
            <input type="hidden" name="trang" value=here()/>
            <input type="hidden" name="organisation" value=organisation/>
            <input type="hidden" name="member" value=member/>
            <input type="hidden" name="command" value=context::new_command()/>
            <Button kind=ButtonKind::Quiet hidden_words=whose>{t("Cho thôi")}</Button>
        </form>
    }
    .into_any()
}

fn employee_form(organisation: &str, retry: Option<Retry>) -> AnyView {
    let wrong = retry.as_ref().and_then(wrong_field);
    let error = |field: &str| wrong.as_ref().filter(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field));
    let command = typed("command").unwrap_or_else(context::new_command);
    let id_of = |field: &str| format!("{organisation}-{field}");
    let today = parts(office().now());
    let [from_day, from_month, from_year] = ["day", "month", "year"].map(|part| typed(&format!("valid_from[{part}]")));
    let [usual_day, usual_month, usual_year] = today.map(Some);
    let boxes = |field: &str| ["day", "month", "year"].map(|part| format!("{field}[{part}]"));
    let organisation = organisation.to_owned();
    view! {
        <form method="post" action=NameEmployee::PATH novalidate=true>
            <input type="hidden" name="trang" value=here()/>
            <input type="hidden" name="organisation" value=organisation/>
            <input type="hidden" name="command" value=command/>
            <p>{t("Người này phải có tài khoản ở đây. Trong thời gian ghi dưới đây, họ nộp và xem được mọi hồ sơ của tổ chức.")}</p>
            <TextField
                id=id_of("citizen_id")
                name="citizen_id"
                label=t("Số định danh cá nhân")
                hint=t("12 chữ số trên thẻ căn cước của người đó")
                error=error("citizen_id")
                value=typed("citizen_id")
                inputmode="numeric"
                autocomplete="off"
                width=16
            />
            <TextField
                id=id_of("name")
                name="name"
                label=t("Họ và tên")
                hint=t("Như trong tài khoản của người đó")
                error=error("name")
                value=typed("name")
                autocomplete="off"
            />
            <DateField
                id=id_of("valid_from")
                names=boxes("valid_from")
                legend=t("Từ ngày")
                error=error("valid_from")
                day_label=t("Ngày")
                month_label=t("Tháng")
                year_label=t("Năm")
                day=from_day.or(usual_day)
                month=from_month.or(usual_month)
                year=from_year.or(usual_year)
            />
            <DateField
                id=id_of("valid_to")
                names=boxes("valid_to")
                legend=t("Đến hết ngày")
                optional=t("Không bắt buộc")
                hint=t("Bỏ trống thì đến khi ông/bà cho thôi.")
                error=error("valid_to")
                day_label=t("Ngày")
                month_label=t("Tháng")
                year_label=t("Năm")
                day=typed("valid_to[day]")
                month=typed("valid_to[month]")
                year=typed("valid_to[year]")
            />
            <Button kind=ButtonKind::Secondary>{t("Cử người này")}</Button>
        </form>
    }
    .into_any()
}

/// Day, month and year of a moment, as boxes show them.
fn parts(at: Instant) -> [String; 3] {
    let (year, month, day) = at.day().ymd();
    [day.to_string(), month.to_string(), year.to_string()]
}

fn new_form() -> AnyView {
    let retry = retry_of("register_organisation");
    let wrong = retry.as_ref().and_then(wrong_field);
    let error = |field: &str| wrong.as_ref().filter(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field));
    let ticked = typed("is_representative").is_some();
    view! {
        <form method="post" action=RegisterOrganisation::PATH novalidate=true>
            <input type="hidden" name="trang" value=here()/>
            <input type="hidden" name="command" value=context::command_of("register_organisation")/>
            <TextField
                id="organisation_number"
                label=t("Mã số thuế")
                hint=t("10 chữ số, hoặc 10 chữ số và 3 chữ số của đơn vị phụ thuộc. Hộ kinh doanh dùng số định danh của chủ hộ.")
                error=error("organisation_number")
                value=typed("organisation_number")
                inputmode="numeric"
                autocomplete="off"
                width=16
            />
            <TextField
                id="organisation_name"
                label=t("Tên tổ chức")
                hint=t("Ghi đúng như trong giấy đăng ký hoặc quyết định thành lập.")
                error=error("organisation_name")
                value=typed("organisation_name")
                autocomplete="organization"
            />
            <TextField
                id="organisation_address"
                label=t("Địa chỉ trụ sở")
                error=error("organisation_address")
                value=typed("organisation_address")
                autocomplete="off"
            />
            <Checkbox
                id="is_representative"
                label=t("Tôi là người đại diện theo pháp luật của tổ chức này.")
                error=error("is_representative")
                checked=ticked
            />
            <Inset><p>{t("Trung tâm đối chiếu giấy tờ của tổ chức khi tiếp nhận hồ sơ.")}</p></Inset>
            <Button>{t("Thêm tổ chức")}</Button>
        </form>
    }
    .into_any()
}
