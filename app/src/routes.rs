//! The table of addresses: one line a page. Every page is rendered whole before it is sent.

use crate::{
    citizen::{
        about::HelpPage, account::AccountPage, apply, catalogue::CataloguePage, home::HomePage, look_up::LookUpPage,
        mine, new_password::NewPasswordPage, organisations::OrganisationsPage, procedure::ProcedurePage,
        sign_in::SignInPage, sign_up::SignUpPage,
    },
    context::{self, is_staff_page},
    errors::error_page,
    layout::Frame,
    staff,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{SsrMode, components::*, path};

/// Every page.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Frame>
                <Routes fallback=no_such_page>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/thu-tuc") view=CataloguePage ssr=SsrMode::Async/>
                    <Route path=path!("/thu-tuc/:ma") view=ProcedurePage ssr=SsrMode::Async/>
                    <Route path=path!("/nop-ho-so/:ma") view=apply::StartPage ssr=SsrMode::Async/>
                    <Route path=path!("/ban-nhap/:id") view=apply::TaskListPage ssr=SsrMode::Async/>
                    <Route path=path!("/ban-nhap/:id/muc/:topic") view=apply::TopicPage ssr=SsrMode::Async/>
                    <Route path=path!("/ban-nhap/:id/xem-lai") view=apply::ReviewPage ssr=SsrMode::Async/>
                    <Route path=path!("/ho-so") view=mine::ListPage ssr=SsrMode::Async/>
                    <Route path=path!("/ho-so/:id") view=mine::DossierPage ssr=SsrMode::Async/>
                    <Route path=path!("/ho-so/:id/da-nop") view=mine::SubmittedPage ssr=SsrMode::Async/>
                    <Route path=path!("/tra-cuu") view=LookUpPage ssr=SsrMode::Async/>
                    <Route path=path!("/dang-nhap") view=SignInPage ssr=SsrMode::Async/>
                    <Route path=path!("/dat-mat-khau") view=NewPasswordPage ssr=SsrMode::Async/>
                    <Route path=path!("/dang-ky") view=SignUpPage ssr=SsrMode::Async/>
                    <Route path=path!("/tai-khoan") view=AccountPage ssr=SsrMode::Async/>
                    <Route path=path!("/tai-khoan/to-chuc") view=OrganisationsPage ssr=SsrMode::Async/>
                    <Route path=path!("/lien-he") view=HelpPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/dang-nhap") view=staff::door::DoorPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo") view=staff::home::DeskPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/viec/:queue") view=staff::queue::QueuePage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/nhieu-ho-so") view=staff::bulk::ManyPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quay") view=staff::counter::CounterPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/tai-khoan") view=staff::accounts::AccountsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/tai-khoan/to-chuc") view=staff::accounts::RepresentativePage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/tai-khoan/:proof") view=staff::accounts::ProofPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/ho-so/:id") view=staff::dossier::DossierPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/so-theo-doi") view=staff::register::RegisterPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/phieu-kiem-soat/:id") view=staff::control_slip::ControlSlipPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/lam-thay") view=staff::mandates::MandatesPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/xin-y-kien") view=staff::opinions::OpinionsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/xin-y-kien/:id") view=staff::opinions::OpinionPageOf ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/nhac-den") view=staff::mentions::MentionsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/mau-ly-do") view=staff::reasons::ReasonsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/bo-loc") view=staff::saved_views::SavedViewsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/khong-de-sot") view=staff::stuck::StuckPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/dau-niem") view=staff::anchor::AnchorPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/phien") view=staff::sessions::SessionsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/phim-tat") view=staff::keys::KeysPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri") view=staff::admin::AdminPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/can-bo") view=staff::admin::roster::RosterPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/can-bo/them") view=staff::admin::newcomer::NewcomerPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/can-bo/:id") view=staff::admin::member::MemberPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/don-vi") view=staff::admin::units::UnitsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/don-vi/them") view=staff::admin::new_unit::NewUnitPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/don-vi/:so") view=staff::admin::units::ContactPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/lich") view=staff::admin::calendars::CalendarsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/lich/:draft") view=staff::admin::calendars::draft::DraftPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/lich/:draft/xem-truoc") view=staff::admin::calendars::preview::PreviewPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/thu-tuc") view=staff::admin::procedures::ProceduresPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/thu-tuc/tep") view=staff::admin::procedures::file::ProcedureFilePage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/thu-tuc/:ma") view=staff::admin::procedures::one::UnitProcedurePage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/tinh-nang") view=staff::admin::features::FeaturesPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/nhat-ky") view=staff::admin::audit::AuditPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/sap-xep") view=staff::admin::reorganisations::ReorganisationsPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/sap-xep/moi") view=staff::admin::reorganisations::NewReorganisationPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/sap-xep/:phuong_an") view=staff::admin::reorganisation::ReorganisationPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/quan-tri/sap-xep/:phuong_an/ban-giao/:so") view=staff::admin::handover::HandoverPage ssr=SsrMode::Async/>
                    <Route path=path!("/can-bo/danh-muc") view=staff::remarks::RemarksPage ssr=SsrMode::Async/>
                </Routes>
            </Frame>
        </Router>
    }
}

/// Where no line of the table fits. Inside the frame of staff there is a main part already.
fn no_such_page() -> AnyView {
    let error = office::Error::NotFound;
    if is_staff_page() && context::staff().staff().is_some() { staff::problem_page(&error) } else { error_page(&error) }
}
