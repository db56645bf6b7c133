//! Work queues: keyset pages over one index, counts that stop at a hundred.

use crate::{Result, Tx, on_engine};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// What a list shows of a dossier: no more personal data than the line needs.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct QueueRow {
    pub office_id: i64,
    pub id: Uuid,
    pub version: i64,
    /// Who resolves it now.
    pub resolving_office: i64,
    pub code: Option<String>,
    pub temporary_code: Option<String>,
    pub status: i64,
    pub sub_state: String,
    pub assignee: Option<Uuid>,
    pub holder_role: String,
    pub channel: String,
    pub applicant_name: String,
    /// The organisation it is for.
    pub organisation_name: Option<String>,
    pub procedure_code: String,
    pub procedure_name: String,
    pub sensitive: bool,
    pub submitted_at: Option<i64>,
    pub accept_by: Option<i64>,
    pub received_at: Option<i64>,
    pub due_at: Option<i64>,
    /// From when the limit that runs is due soon.
    pub due_soon_at: Option<i64>,
    /// Since when the clock of its term stands still.
    pub paused_at: Option<i64>,
    pub finished_at: Option<i64>,
    pub queue_at: i64,
}

/// Which dossiers. Every part that is set narrows the list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Who resolves it now.
    pub offices: Vec<i64>,
    /// Offices of which only what is closed counts.
    pub closed_of: Vec<i64>,
    pub statuses: Vec<i64>,
    pub sub_states: Vec<String>,
    /// A scan took away a file of theirs, and another is waited for.
    pub awaiting_file: bool,
    /// Withdrawn, and papers or money are still to be settled: by an index of their own.
    pub awaiting_settlement: bool,
    pub holder_roles: Vec<String>,
    /// In the hands of one of them.
    pub assignees: Vec<Uuid>,
    /// Past its due moment then: one that waits, only when that lay before its pause.
    pub late_at: Option<i64>,
    /// Due soon then, and not late: what waits is not.
    pub due_soon_at: Option<i64>,
    /// Past the limit of its step then, and not waiting.
    pub step_late_at: Option<i64>,
    /// The limit that waits lies before that moment; a financial duty that nobody set a limit for has none.
    pub limit_before: Option<i64>,
    pub procedure_code: Option<String>,
    /// Folded words, each of which must occur in one of its spellings.
    pub words: Vec<Vec<String>>,
    /// Of which offices the sensitive dossiers of which versions of procedures count; `None` when all do.
    pub sensitive_of: Option<Vec<(i64, Vec<Uuid>)>>,
    /// A whole number of a person, a phone or a code.
    pub exact_person: Option<String>,
}

/// Where the page before ended: its last row's `queue_at` and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub queue_at: i64,
    pub id: Uuid,
}

const COUNT_CAP: i64 = 100;

/// The files of dossiers that a scan took away and in whose place another is waited for, as `u`; written out, because the
/// index holds these alone; files of answers to requests for an opinion are not ([`domain::dossier::is_waited_for`]).
macro_rules! awaited_files {
    () => {
        " FROM uploads u WHERE u.infected_at IS NOT NULL AND u.let_go_at IS NULL AND u.dossier_id IS NOT NULL
            AND u.question NOT LIKE 'tep-y-kien-%'
            AND NOT EXISTS (SELECT 1 FROM uploads n WHERE n.dossier_id = u.dossier_id AND n.question = u.question
              AND n.finished_at >= u.infected_at AND n.dropped_at IS NULL)"
    };
}

macro_rules! push_filter {
    ($q:expr, $filter:expr) => {{
        let filter: &Filter = $filter;
        $q.push(" WHERE resolving_office IN (");
        let mut list = $q.separated(", ");
        for office in filter.offices.iter().chain(&filter.closed_of) {
            list.push_bind(*office);
        }
        $q.push(")");
        if !filter.closed_of.is_empty() {
            $q.push(" AND (status IN (3, 7, 8, 10) OR resolving_office NOT IN (");
            let mut list = $q.separated(", ");
            for office in &filter.closed_of {
                list.push_bind(*office);
            }
            $q.push("))");
        }
        if !filter.statuses.is_empty() {
            $q.push(" AND status IN (");
            let mut list = $q.separated(", ");
            for status in &filter.statuses {
                list.push_bind(*status);
            }
            $q.push(")");
        }
        if !filter.sub_states.is_empty() {
            $q.push(" AND sub_state IN (");
            let mut list = $q.separated(", ");
            for state in &filter.sub_states {
                list.push_bind(state.clone());
            }
            $q.push(")");
        }
        if filter.awaiting_file {
            $q.push(concat!(" AND id IN (SELECT u.dossier_id", awaited_files!(), ")"));
        }
        if filter.awaiting_settlement {
            // Written out: the index holds these alone, and no engine sees that in a value that is bound.
            $q.push(" AND sub_state = 'awaiting_settlement'");
        }
        if !filter.holder_roles.is_empty() {
            $q.push(" AND holder_role IN (");
            let mut list = $q.separated(", ");
            for role in &filter.holder_roles {
                list.push_bind(role.clone());
            }
            $q.push(")");
        }
        if !filter.assignees.is_empty() {
            $q.push(" AND assignee IN (");
            let mut list = $q.separated(", ");
            for assignee in &filter.assignees {
                list.push_bind(*assignee);
            }
            $q.push(")");
        }
        if let Some(now) = filter.late_at {
            $q.push(" AND due_at < COALESCE(paused_at, ").push_bind(now).push(")");
        }
        if let Some(now) = filter.due_soon_at {
            $q.push(" AND paused_at IS NULL AND due_soon_at <= ").push_bind(now);
            $q.push(" AND due_at >= ").push_bind(now);
        }
        if let Some(now) = filter.step_late_at {
            $q.push(" AND paused_at IS NULL AND step_due_at < ").push_bind(now);
        }
        if let Some(before) = filter.limit_before {
            $q.push(" AND (status <> 6 OR state -> 'duty' ->> 'respond_by' IS NOT NULL) AND queue_at < ");
            $q.push_bind(before);
        }
        if let Some(readable) = &filter.sensitive_of {
            $q.push(" AND (NOT sensitive");
            for (office, versions) in readable {
                $q.push(" OR (resolving_office = ").push_bind(*office).push(" AND procedure_version IN (");
                let mut list = $q.separated(", ");
                for version in versions {
                    list.push_bind(*version);
                }
                $q.push("))");
            }
            $q.push(")");
        }
        if let Some(code) = &filter.procedure_code {
            $q.push(" AND procedure_code = ").push_bind(code.clone());
        }
        if let Some(person) = &filter.exact_person {
            $q.push(" AND applicant_id = ").push_bind(person.clone());
        }
        for spellings in &filter.words {
            $q.push(" AND (");
            let mut list = $q.separated(" OR ");
            for spelling in spellings {
                list.push("search_text LIKE ").push_bind_unseparated(format!("%{spelling}%"));
            }
            $q.push(")");
        }
    }};
}

/// One page in the order of the running limit, the most urgent first.
pub async fn list_queue(tx: &mut Tx, filter: &Filter, after: Option<After>, limit: i64) -> Result<Vec<QueueRow>> {
    if filter.offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT office_id, id, version, resolving_office, code, temporary_code, status, sub_state, assignee, holder_role,
             channel, applicant_name, organisation_name, procedure_code, procedure_name, sensitive, submitted_at, accept_by,
             received_at, due_at, due_soon_at, paused_at, finished_at, queue_at FROM dossiers",
        );
        push_filter!(q, filter);
        if let Some(after) = after {
            q.push(" AND (queue_at, id) > (").push_bind(after.queue_at).push(", ").push_bind(after.id).push(")");
        }
        q.push(" ORDER BY queue_at, id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// What a list of what passes over shows of a dossier, and what decides where it goes: nothing of its form and its state.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenRow {
    pub id: Uuid,
    /// Who resolves it now.
    pub resolving_office: i64,
    pub code: Option<String>,
    pub temporary_code: Option<String>,
    pub status: i64,
    pub assignee: Option<Uuid>,
    pub applicant_address: String,
    pub procedure_name: String,
    pub procedure_version: Uuid,
    pub sensitive: bool,
    pub received_at: Option<i64>,
    pub due_at: Option<i64>,
    pub queue_at: i64,
}

/// The same page for whoever asks where its dossiers go.
pub async fn list_open(tx: &mut Tx, filter: &Filter, after: Option<After>, limit: i64) -> Result<Vec<OpenRow>> {
    if filter.offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT id, resolving_office, code, temporary_code, status, assignee, applicant_address, procedure_name,
             procedure_version, sensitive, received_at, due_at, queue_at FROM dossiers",
        );
        push_filter!(q, filter);
        if let Some(after) = after {
            q.push(" AND (queue_at, id) > (").push_bind(after.queue_at).push(", ").push_bind(after.id).push(")");
        }
        q.push(" ORDER BY queue_at, id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Who has any of them in hand.
pub async fn assignees_of(tx: &mut Tx, filter: &Filter) -> Result<Vec<Uuid>> {
    if filter.offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new("SELECT DISTINCT assignee FROM dossiers");
        push_filter!(q, filter);
        q.push(" AND assignee IS NOT NULL");
        q.build_query_scalar().fetch_all(c).await
    })?)
}

/// How many, stopping at a hundred: a queue shows "99+" beyond.
pub async fn count_queue(tx: &mut Tx, filter: &Filter) -> Result<i64> {
    if filter.offices.is_empty() {
        return Ok(0);
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new("SELECT COUNT(*) FROM (SELECT id FROM dossiers");
        push_filter!(q, filter);
        q.push(" LIMIT ").push_bind(COUNT_CAP).push(") AS counted");
        q.build_query_scalar().fetch_one(c).await
    })?)
}

/// Which of these dossiers wait for another file in place of one that a scan took away.
pub async fn awaiting_file(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q =
            QueryBuilder::new(concat!("SELECT DISTINCT u.dossier_id", awaited_files!(), " AND u.dossier_id IN ("));
        let mut list = q.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        q.push(")");
        q.build_query_scalar().fetch_all(c).await
    })?)
}

/// What the dossiers of a list have waited past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The limit that their queue sorts by.
    Limit,
    /// Their due moment.
    Due,
    /// The limit of the step where they lie.
    Step,
    /// A scan took away a file of theirs: the first of those in whose place another is waited for.
    FileGone,
}

/// The dossiers of a list that one role holds.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldRow {
    pub holder_role: String,
    pub dossiers: i64,
    /// The earliest moment that one of them has waited past.
    pub oldest: i64,
}

/// How many of them each office resolves; offices with none are left out. Counts everything, as [`count_by_holder`].
pub async fn count_by_office(tx: &mut Tx, filter: &Filter) -> Result<Vec<(i64, i64)>> {
    if filter.offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new("SELECT resolving_office, COUNT(*) FROM dossiers");
        push_filter!(q, filter);
        q.push(" GROUP BY resolving_office");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// How many each role holds, and since when, the longest wait first. Counts everything: for lists that ought to be short.
pub async fn count_by_holder(tx: &mut Tx, filter: &Filter, since: Since) -> Result<Vec<HeldRow>> {
    if filter.offices.is_empty() {
        return Ok(Vec::new());
    }
    let moment = match since {
        Since::Limit => "queue_at",
        Since::Due => "due_at",
        Since::Step => "step_due_at",
        Since::FileGone => {
            concat!("(SELECT MIN(u.infected_at)", awaited_files!(), " AND u.dossier_id = dossiers.id)")
        }
    };
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new("SELECT holder_role, COUNT(*) AS dossiers, MIN(");
        q.push(moment).push(") AS oldest FROM dossiers");
        push_filter!(q, filter);
        q.push(" GROUP BY holder_role ORDER BY oldest, holder_role");
        q.build_query_as().fetch_all(c).await
    })?)
}
