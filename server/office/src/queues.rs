//! Work queues by role: what waits for whom, the most urgent first.

use crate::{Error, Office, Result, Who, audit::Object, rights::Task, who::StaffMember};
use domain::{
    code::CaseCode,
    role::Role,
    text,
    time::Instant,
    working_time::{OpenTerm, RunningTerm, open_term},
};
use serde_json::json;
pub use store::queues::{After, QueueRow};
use store::{
    Tx, dossiers,
    queues::{self, Filter},
    staff::ColleagueRow,
};
use uuid::Uuid;

/// A queue of the one-stop shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Chờ tiếp nhận.
    AwaitingAcceptance,
    /// Của tôi.
    Mine,
    /// Chờ phân công.
    AwaitingAssignment,
    /// Sắp đến hạn.
    DueSoon,
    /// Quá hạn.
    Overdue,
    /// Chờ bổ sung.
    AwaitingSupplement,
    /// Chờ nghĩa vụ tài chính.
    AwaitingDuty,
    /// Chờ phê duyệt.
    AwaitingApproval,
    /// Chờ phát hành.
    AwaitingIssue,
    /// Chờ trả kết quả.
    AwaitingCollection,
    /// Chờ trả giấy tờ, tiền: what a withdrawal left open.
    AwaitingSettlement,
    /// Chờ gửi lại tệp: a scan took a file away, and another is waited for. It has no place in the menu: it is empty unless
    /// something went wrong, and its dossiers are marked in every other queue.
    AwaitingFile,
    /// Everything of the unit, for a search.
    All,
}

/// A page of a queue.
#[derive(Default)]
pub struct Page {
    pub rows: Vec<QueueRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<After>,
    /// Who works in the units of the queue today: the names of assignees.
    pub colleagues: Vec<ColleagueRow>,
    /// The absent colleagues whose work the reader does today.
    pub away: Vec<Uuid>,
    /// The dossiers of the page of which a scan took a file away and nothing came in its place: until they are decided they
    /// wait for it.
    pub awaiting_file: Vec<Uuid>,
}

/// What narrows a queue, from the address.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    /// Code, name, personal number or telephone, with or without diacritics.
    pub search: String,
    pub procedure_code: Option<String>,
}

/// Lines of one page.
const PAGE: i64 = 50;
/// So many, or more, wait in a queue.
const MANY: i64 = 100;
/// Dossiers that the record of a search names.
const FOUND_MOST: usize = 20;
/// Statuses of a dossier that is not decided yet.
pub(crate) const BEFORE_DECISION: [i64; 5] = [1, 2, 4, 5, 6];
/// Statuses of a dossier that is not handed over yet: its line says when a scan took a file away.
const BEFORE_HANDOVER: [i64; 6] = [1, 2, 4, 5, 6, 9];
/// Statuses of an open dossier whose term runs or waits.
const OPEN: [i64; 4] = [2, 4, 5, 6];

impl Queue {
    /// Every queue that has a page of its own, in the order of the menu.
    pub const MENU: [Self; 11] = [
        Self::AwaitingAcceptance,
        Self::Mine,
        Self::AwaitingAssignment,
        Self::DueSoon,
        Self::Overdue,
        Self::AwaitingSupplement,
        Self::AwaitingDuty,
        Self::AwaitingApproval,
        Self::AwaitingIssue,
        Self::AwaitingCollection,
        Self::AwaitingSettlement,
    ];

    /// The key in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AwaitingAcceptance => "cho-tiep-nhan",
            Self::Mine => "cua-toi",
            Self::AwaitingAssignment => "cho-phan-cong",
            Self::DueSoon => "sap-den-han",
            Self::Overdue => "qua-han",
            Self::AwaitingSupplement => "cho-bo-sung",
            Self::AwaitingDuty => "cho-nghia-vu-tai-chinh",
            Self::AwaitingApproval => "cho-phe-duyet",
            Self::AwaitingIssue => "cho-phat-hanh",
            Self::AwaitingCollection => "cho-tra-ket-qua",
            Self::AwaitingSettlement => "cho-tra-giay-to",
            Self::AwaitingFile => "cho-gui-lai-tep",
            Self::All => "tat-ca",
        }
    }

    /// The queue of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::MENU.into_iter().chain([Self::AwaitingFile, Self::All]).find(|queue| queue.key() == key)
    }

    /// The queue a role opens in the morning.
    pub const fn of_role(role: Role) -> Self {
        match role {
            Role::Reception => Self::AwaitingAcceptance,
            Role::CentreDirector => Self::AwaitingAssignment,
            Role::Leader => Self::AwaitingApproval,
            Role::Records => Self::AwaitingIssue,
            Role::Accountant | Role::Cashier => Self::AwaitingDuty,
            Role::Specialist | Role::CivilStatus => Self::Mine,
            Role::Controller | Role::Administrator => Self::Overdue,
        }
    }

    fn filter(self, mine: Vec<Uuid>, now: Instant) -> Filter {
        let sub = |states: &[&str]| states.iter().map(ToString::to_string).collect::<Vec<_>>();
        let base = Filter::default();
        match self {
            Self::AwaitingAcceptance => Filter { statuses: vec![1], ..base },
            Self::Mine => Filter { statuses: vec![2, 4, 5, 6], assignees: mine, ..base },
            Self::AwaitingAssignment => {
                Filter { statuses: vec![2, 4], sub_states: sub(&["awaiting_assignment"]), ..base }
            }
            Self::DueSoon => Filter { statuses: vec![2, 4], due_soon_at: Some(now.0), ..base },
            Self::Overdue => Filter { statuses: vec![2, 4], late_at: Some(now.0), ..base },
            Self::AwaitingSupplement => Filter { statuses: vec![5], ..base },
            Self::AwaitingDuty => Filter { statuses: vec![6], ..base },
            Self::AwaitingApproval => {
                let states = sub(&["awaiting_approval", "awaiting_signature"]);
                Filter { statuses: vec![4], sub_states: states, ..base }
            }
            Self::AwaitingIssue => Filter { statuses: vec![4], sub_states: sub(&["awaiting_issue"]), ..base },
            Self::AwaitingCollection => Filter { statuses: vec![9], ..base },
            Self::AwaitingSettlement => Filter { awaiting_settlement: true, ..base },
            Self::AwaitingFile => Filter { statuses: BEFORE_DECISION.to_vec(), awaiting_file: true, ..base },
            Self::All => base,
        }
    }
}

impl Office {
    /// One page of a queue. Its lines name people, so the look is recorded; of a search, with what it found.
    /// A search of everything finds the closed dossiers of offices that have ended too, for whoever may read them; what such
    /// an office left to settle waits in the queue of the unit that continues it.
    ///
    /// **Permissions**: [`Task::ReadQueues`], in the units where it is held; sensitive dossiers, in the list and in the
    /// counts, with [`Task::ReadSensitive`] as in [`Office::may_with`].
    pub async fn queue(&self, who: &Who, queue: Queue, narrow: &Narrow, after: Option<After>) -> Result<Page> {
        let page = self.page_of(who, queue, narrow, after).await?;
        if page.rows.is_empty() {
            return Ok(page);
        }
        let mut detail = json!({ "rows": page.rows.len() });
        let mut act = "view_queue";
        if !narrow.search.trim().is_empty() {
            act = "search_dossiers";
            detail["found"] = page.rows.iter().take(FOUND_MOST).map(|row| row.id.to_string()).collect();
        }
        let unit = self.units_for(who, Task::ReadQueues).first().copied();
        self.record_view(who, act, &Object { kind: "queue", id: queue.key().into(), office: unit }, detail).await?;
        Ok(page)
    }

    /// The page itself, without the record of the look.
    async fn page_of(&self, who: &Who, queue: Queue, narrow: &Narrow, after: Option<After>) -> Result<Page> {
        let filter = self.filter_of(who, queue, narrow)?;
        let mut tx = self.db().read().await?;
        let mut rows = self.lines(&mut tx, who, &filter, after, PAGE + 1).await?;
        let more = rows.len() as i64 > PAGE;
        rows.truncate(PAGE as usize);
        let next = rows.last().filter(|_| more).map(|row| After { queue_at: row.queue_at, id: row.id });
        let mut colleagues = Vec::new();
        for unit in &filter.offices {
            colleagues.extend(self.colleagues_of(&mut tx, *unit).await?);
        }
        let away = who.staff().map(StaffMember::away).unwrap_or_default();
        let open = rows.iter().filter(|row| BEFORE_HANDOVER.contains(&row.status));
        let open: Vec<Uuid> = open.map(|row| row.id).collect();
        let awaiting_file = queues::awaiting_file(&mut tx, &open).await?;
        Ok(Page { rows, next, colleagues, away, awaiting_file })
    }

    /// The lines of a queue from there on, `most` of them or more.
    async fn lines(
        &self,
        tx: &mut Tx,
        who: &Who,
        filter: &Filter,
        after: Option<After>,
        most: i64,
    ) -> Result<Vec<QueueRow>> {
        let (mut rows, mut from) = (Vec::new(), after);
        loop {
            let found = queues::list_queue(tx, filter, from, most).await?;
            let is_last = (found.len() as i64) < most;
            from = found.last().map(|row| After { queue_at: row.queue_at, id: row.id });
            let foreign = found.iter().filter(|row| !filter.offices.contains(&row.resolving_office)).map(|row| row.id);
            let foreign: Vec<Uuid> = foreign.collect();
            // Of offices that have ended: not every dossier of theirs is this unit's now.
            let not_ours: Vec<Uuid> = dossiers::dossiers_by_ids(tx, &foreign)
                .await?
                .iter()
                .filter(|row| self.may_with(who, Task::ReadDossier, row).is_err())
                .map(|row| row.id)
                .collect();
            rows.extend(found.into_iter().filter(|row| !not_ours.contains(&row.id)));
            if is_last || rows.len() as i64 >= most {
                return Ok(rows);
            }
        }
    }

    /// How many wait in each queue of the menu; 100 means a hundred or more.
    ///
    /// **Permissions**: [`Task::ReadQueues`], in the units where it is held.
    pub async fn queue_counts(&self, who: &Who) -> Result<Vec<(Queue, i64)>> {
        let mut tx = self.db().read().await?;
        let mut counts = Vec::with_capacity(Queue::MENU.len());
        for queue in Queue::MENU {
            let filter = self.filter_of(who, queue, &Narrow::default())?;
            let count = if filter.closed_of.is_empty() {
                queues::count_queue(&mut tx, &filter).await?
            } else {
                // What an ended office left is counted as it is listed: there is little of it.
                let rows = self.lines(&mut tx, who, &filter, None, MANY).await?;
                (rows.len() as i64).min(MANY)
            };
            counts.push((queue, count));
        }
        Ok(counts)
    }

    fn filter_of(&self, who: &Who, queue: Queue, narrow: &Narrow) -> Result<Filter> {
        let offices = self.units_for(who, Task::ReadQueues);
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        if offices.is_empty() {
            return Err(Error::Forbidden);
        }
        let mut mine = staff.away();
        mine.push(staff.id);
        let mut filter = Filter { offices, ..queue.filter(mine, self.now()) };
        filter.procedure_code.clone_from(&narrow.procedure_code);
        filter.words = match CaseCode::parse(&narrow.search) {
            // A whole code finds its dossier alone: parts of it are parts of other people's numbers.
            Ok(code) => vec![vec![text::fold(&code.to_string())]],
            Err(_) => text::search_terms(&narrow.search).into_iter().map(|term| term.variants).collect(),
        };
        if queue == Queue::AwaitingSettlement || (queue == Queue::All && !filter.words.is_empty()) {
            let books = self.books();
            let ended = books.places.authorities_ended_before(self.now().day()).into_iter();
            let is_ours = |unit: &i64| {
                let heirs = books.places.successors_of(*unit);
                !filter.offices.contains(unit) && heirs.iter().any(|heir| filter.offices.contains(heir))
            };
            filter.closed_of = ended.filter(is_ours).collect();
        }
        let units: Vec<i64> = filter.offices.iter().chain(&filter.closed_of).copied().collect();
        filter.sensitive_of = Some(self.readable_sensitive(who, &units));
        Ok(filter)
    }
}

/// How an open dossier stands against its limit: by what the queues go by.
pub fn standing(row: &QueueRow, now: Instant) -> Option<OpenTerm> {
    let due = match row.status {
        1 => row.accept_by?,
        status if OPEN.contains(&status) => row.due_at?,
        _ => return None,
    };
    let (due_soon, paused) = (row.due_soon_at.map(Instant), row.paused_at.map(Instant));
    Some(open_term(&RunningTerm { due: Instant(due), due_soon, paused }, now))
}
