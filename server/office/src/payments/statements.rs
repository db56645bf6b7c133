//! Statements of accounts: read in once, their lines the same credits that notifications may have told of before.

use super::{
    ArrivedCredit, Source,
    taking::{is_asked_after_its_end, number_of},
};
use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    bus::News,
    error::Problem,
    rights::Task,
};
use serde_json::json;
use store::{
    bank_accounts,
    statements::{self, Before, RefusedLine, StatementRow},
};
use uuid::Uuid;

/// A statement that was read: what its reader made of its lines.
#[derive(Debug, Clone)]
pub struct StatementFile {
    /// SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: String,
    /// What sort of file it was, by the key of its reader.
    pub format: String,
    /// Lines in the file.
    pub lines: u32,
    /// What came, each with the number of its line, from 1.
    pub credits: Vec<(u32, ArrivedCredit)>,
    /// Lines that the reader did not take.
    pub refused: Vec<RefusedLine>,
}

/// What reading a statement in came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    pub statement: StatementRow,
    /// The same file was read in before: nothing was done.
    pub was_known: bool,
}

/// Most credits of one file.
const CREDITS_MOST: usize = 20_000;
/// Statements of a page.
const PAGE: i64 = 30;

impl Office {
    /// Reads a statement in: what it tells of for the first time is kept, and matched like any other credit. The same
    /// file a second time does nothing.
    ///
    /// **Permissions**: [`Task::MatchMoney`] in the unit of the account.
    ///
    /// # Errors
    /// `TooMany` for more lines than are taken at once.
    pub async fn import_statement(
        &self,
        who: &Who,
        account: Uuid,
        file: &StatementFile,
        command: Uuid,
    ) -> Result<Imported> {
        self.units_to(who, Task::MatchMoney)?;
        if file.credits.len() > CREDITS_MOST {
            return Err(Problem::TooMany { most: CREDITS_MOST }.into());
        }
        let mut tx = self.db().write().await?;
        // Held, so that the same file at the same time waits.
        let account = bank_accounts::hold_bank_account(&mut tx, account).await?.ok_or(Error::NotFound)?;
        self.may_with_money(who, Task::MatchMoney, account.office_id)?;
        if let Some(known) = statements::statement_of_file(&mut tx, account.id, &file.sha256).await? {
            return Ok(Imported { statement: known, was_known: true });
        }
        if let Some(known) = self.answered_before::<Uuid>(&mut tx, who, command).await? {
            let statement = statements::statement_by_id(&mut tx, known).await?.ok_or(Error::Stale)?;
            return Ok(Imported { statement, was_known: true });
        }
        let number = number_of(&account)?;
        let mut refused = file.refused.clone();
        let mut new = Vec::new();
        for (line, credit) in &file.credits {
            let is_other = !credit.account.trim().is_empty() && !number.is_written(&credit.account);
            let is_ours =
                account.is_open_on(credit.booked.day()) || is_asked_after_its_end(&mut tx, &account, credit).await?;
            if is_other || !is_ours {
                refused.push(RefusedLine { line: *line, reason: "other_account".into() });
                continue;
            }
            if credit.bank_ref.trim().is_empty() {
                refused.push(RefusedLine { line: *line, reason: "no_reference".into() });
                continue;
            }
            let kept = self.keep_credit(&mut tx, who, &account, credit, Source::Statement).await?;
            if kept.differs {
                refused.push(RefusedLine { line: *line, reason: "differs".into() });
            }
            if kept.is_new {
                new.push(kept.id);
            }
        }
        refused.sort_by_key(|one| one.line);
        let (_, staff, name) = who.label();
        let row = StatementRow {
            office_id: account.office_id,
            id: self.new_id(),
            account_id: account.id,
            sha256: file.sha256.clone(),
            format: file.format.clone(),
            by_staff: staff.ok_or(Error::SignInFirst)?,
            by_name: name,
            at: self.now().0,
            lines: i64::from(file.lines),
            new_lines: new.len() as i64,
            refused,
        };
        statements::insert_statement(&mut tx, &row).await?;
        let object = Object { kind: "statement", id: row.id.to_string(), office: Some(row.office_id) };
        let detail = json!({
            "account": row.account_id, "sha256": row.sha256, "format": row.format,
            "lines": row.lines, "new": row.new_lines, "refused": row.refused.len(),
        });
        audit::record(self, &mut tx, who, "import_statement", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "import_statement", &row.id).await?;
        tx.commit().await?;
        self.bus().tell(News::Queues { office: row.office_id }, self.now());
        // By the program: the person read a file in and says of no line whose it is.
        let system = Who { trace: who.trace.clone(), ..Who::system() };
        for id in new {
            self.settle_kept(&system, id).await;
        }
        Ok(Imported { statement: row, was_known: false })
    }

    /// One page of the statements of an account, the newest first.
    ///
    /// **Permissions**: [`Task::ReadMoney`] in its unit.
    pub async fn statements(&self, who: &Who, account: Uuid, before: Option<Before>) -> Result<Vec<StatementRow>> {
        self.units_to(who, Task::ReadMoney)?;
        let mut tx = self.db().read().await?;
        let row = bank_accounts::bank_account_by_id(&mut tx, account).await?.ok_or(Error::NotFound)?;
        self.may_with_money(who, Task::ReadMoney, row.office_id)?;
        Ok(statements::statements_of(&mut tx, account, before, PAGE).await?)
    }
}
