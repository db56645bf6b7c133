//! Every address that is no Leptos page, in one table: how it is reached, whom it is open to, who answers. The router is
//! made from it, and the tests of the rights walk through it, so there is no route that nobody classified.

use super::{
    State, acts, away, counter, events, files, health, identity, my_data, procedure_files, sheets, site, uploads,
    uploads::Desk,
};
use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use domain::dossier::ActKind;
use office::rights::Task;

/// Whom an address is open to before `office` looks closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Whoever asks.
    Everybody,
    /// Whoever asks from the server's own machine.
    ThisMachine,
    /// Each act has a class of its own; a test compares them with the server functions that are registered.
    ByAct,
    /// Whoever is signed in, at either door.
    SignedIn,
    /// A resident, for what is their own.
    Resident,
    /// Staff with that task, in their own unit.
    Staff(Task),
    /// Staff with both tasks, in their own unit.
    StaffWithBoth(Task, Task),
    /// The dossier's resident, and staff with that task.
    ResidentOr(Task),
}

/// What a route is wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A short request with a short answer.
    Short,
    /// A stream, or a form with files: neither its size nor its time is known.
    Long,
    /// No visitor is recognised or counted.
    Bare,
}

/// One address.
pub struct Route {
    /// `GET` or `POST`; the other is refused.
    pub method: &'static str,
    pub address: &'static str,
    pub open: Open,
    pub kind: Kind,
    handler: Handler,
}

/// Every route that is no Leptos page.
pub const ROUTES: &[Route] = &[
    short("POST", "/api/{*act}", Open::ByAct, || post(acts::act)),
    short("GET", "/thu-tuc/{code}/ra-ngoai/{away}", Open::Everybody, || get(away::lead)),
    short("GET", identity::DOOR, Open::Everybody, || get(identity::begin)),
    short("GET", crate::identity::BACK, Open::Everybody, || get(identity::come_back)),
    short("GET", "/tep/{upload}", Open::ResidentOr(Task::ReadDossier), || get(files::upload)),
    short("GET", "/giay-to/{paper}", Open::ResidentOr(Task::ReadDossier), || get(files::paper)),
    short("POST", app::citizen::my_data::ADDRESS, Open::Resident, || post(my_data::take)),
    short("GET", "/so-theo-doi/{file}", Open::Staff(Task::ReadRegister), || get(sheets::register)),
    short("POST", "/so-theo-doi/{file}", Open::StaffWithBoth(Task::ReadRegister, Task::RevealPersonalData), || {
        post(sheets::register_in_full)
    }),
    short("GET", "/phieu-kiem-soat/{file}", Open::Staff(Task::ReadDossier), || get(sheets::control_slip)),
    short("GET", "/ban-giao/{plan}/{heir}", Open::Staff(Task::Reorganise), || get(sheets::handover)),
    long("GET", events::ADDRESS, Open::SignedIn, || get(events::stream)),
    // The one act whose form brings files: it goes before the route of all acts.
    long("POST", counter::ACT, Open::Staff(Task::Dossier(ActKind::ReceiveAtCounter)), || post(counter::receive)),
    long("POST", "/tai-len/nhap/{draft}", Open::Resident, || uploads::take(Desk::Draft)),
    long("POST", "/tai-len/ho-so/{dossier}", Open::Resident, || uploads::take(Desk::Dossier)),
    long("POST", "/can-bo/tai-len/{dossier}", Open::Staff(Task::AttachFile), || uploads::take(Desk::Staff)),
    long("POST", "/can-bo/tai-len/y-kien/{opinion}", Open::Staff(Task::Dossier(ActKind::AnswerOpinion)), || {
        uploads::take(Desk::Opinion)
    }),
    long("POST", "/can-bo/tai-len/thu-tuc", Open::Staff(Task::ManageProcedures), || post(procedure_files::lay_down)),
    bare("GET", "/pkg/{file}", Open::Everybody, || get(site::file)),
    bare("GET", "/healthz", Open::Everybody, || get(health::alive)),
    bare("GET", "/readyz", Open::Everybody, || get(health::ready)),
    bare("GET", "/metrics", Open::ThisMachine, || get(health::figures)),
];

type Handler = fn() -> MethodRouter<State>;

const fn short(method: &'static str, address: &'static str, open: Open, handler: Handler) -> Route {
    Route { method, address, open, kind: Kind::Short, handler }
}

const fn long(method: &'static str, address: &'static str, open: Open, handler: Handler) -> Route {
    Route { method, address, open, kind: Kind::Long, handler }
}

const fn bare(method: &'static str, address: &'static str, open: Open, handler: Handler) -> Route {
    Route { method, address, open, kind: Kind::Bare, handler }
}

/// The routes of that kind.
pub(super) fn routes_of(kind: Kind) -> Router<State> {
    let routes = ROUTES.iter().filter(|route| route.kind == kind);
    routes.fold(Router::new(), |router, route| router.route(route.address, (route.handler)()))
}
