//! Money that came, as the bank tells of it: kept once, then matched.

use super::{
    CURRENCY, TrayReason,
    ledger::{Ledger, object_of_credit, standing_of},
    masked,
};
use crate::{Error, Office, Result, Who, audit, bus::News, error::Problem};
use domain::{
    money::Dong,
    payment::{
        AccountNumber, PaymentToken,
        matching::{self, Credit, Outcome, Payable, Reason},
    },
    text,
    time::Instant,
};
use serde_json::json;
use store::{
    Tx,
    bank_accounts::{self, BankAccountRow},
    credits::{self, CreditRow},
    money_tray::{self, About},
    payment_requests::{self, PaymentRequestRow},
    statements,
};
use uuid::Uuid;

/// Money that came, as whoever read the bank's words hands it over.
#[derive(Debug, Clone)]
pub struct ArrivedCredit {
    /// Our account's number, as the bank writes it.
    pub account: String,
    /// The account's bank, where it is told.
    pub bin: Option<String>,
    /// What the bank calls it: unique on the account.
    pub bank_ref: String,
    /// When the bank booked it; the first instant of the day where the day alone is told.
    pub booked: Instant,
    /// In whole units of the currency; below zero for what went out.
    pub amount: Dong,
    /// Three letters.
    pub currency: String,
    pub note: String,
    /// May be empty.
    pub payer_name: String,
    /// In full or masked; may be empty. Kept masked.
    pub payer_account: String,
}

/// How a credit was heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A signed notification of the bank.
    Webhook,
    /// A line of a statement.
    Statement,
    /// A payment gateway.
    Gateway,
}

/// What a provider calls the telling itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderEvent {
    pub provider: String,
    pub id: String,
}

/// What became of a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditOutcome {
    /// Nothing of it waits to be used.
    Settled,
    /// It lies on the tray.
    OnTray(TrayReason),
    /// It is kept, and will be matched.
    Waiting,
}

/// A credit that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub credit: Uuid,
    /// Whether it was heard of for the first time.
    pub is_new: bool,
    pub outcome: CreditOutcome,
}

/// How a credit was kept.
pub(super) struct Kept {
    pub id: Uuid,
    pub is_new: bool,
    /// It was known with another amount or currency.
    pub differs: bool,
}

impl Source {
    /// The stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Statement => "statement",
            Self::Gateway => "gateway",
        }
    }
}

impl Office {
    /// Takes a credit that a bank or a gateway tells of. The same one again, in whatever words and by whatever way, is
    /// the one that is known; the same event of the same transfer again is not even looked up. Once this answers the
    /// credit is kept, whether or not it could be matched yet.
    ///
    /// **Permissions**: the program itself, which has looked at the signature.
    ///
    /// # Errors
    /// `Problem::Missing("account")` when no unit had such an account on the day of the booking and no request of one that
    /// had ended is named, `Missing("bank_ref")`.
    pub async fn take_credit(
        &self,
        who: &Who,
        arrived: &ArrivedCredit,
        source: Source,
        event: Option<&ProviderEvent>,
    ) -> Result<Taken> {
        self.may_operate(who)?;
        let mut tx = self.db().write().await?;
        if let Some(event) = event {
            let known = statements::provider_event(&mut tx, &event.provider, &event.id).await?;
            let known = known.map(|event| event.credit_id);
            // A provider that gives one id to two transfers has told of two.
            if let Some(credit) = known
                && is_of(&mut tx, credit, arrived).await?
            {
                drop(tx);
                return self.taken(credit, false).await;
            }
        }
        let account = self.receiving_account(&mut tx, arrived).await?;
        let kept = self.keep_credit(&mut tx, who, &account, arrived, source).await?;
        if let Some(event) = event {
            let outcome = if kept.is_new { "new" } else { "known" };
            let named = (event.provider.as_str(), event.id.as_str());
            statements::insert_provider_event(&mut tx, named, self.now(), kept.id, outcome).await?;
        }
        tx.commit().await?;
        if kept.differs {
            self.bus().tell(News::Queues { office: account.office_id }, self.now());
        }
        self.settle_kept(who, kept.id).await;
        self.taken(kept.id, kept.is_new).await
    }

    /// Matches a credit that is kept. What goes wrong is written to the log: the credit waits, and is tried again.
    pub(super) async fn settle_kept(&self, who: &Who, id: Uuid) {
        if let Err(error) = self.settle_credit(who, id).await {
            tracing::error!(credit = %id, %error, "a credit could not be matched; it is tried again");
        }
    }

    /// What became of a credit so far.
    async fn taken(&self, credit: Uuid, is_new: bool) -> Result<Taken> {
        let mut tx = self.db().read().await?;
        let row = credits::credit_by_id(&mut tx, credit).await?.ok_or(Error::NotFound)?;
        let outcome = outcome_of(&mut tx, &row).await?;
        Ok(Taken { credit, is_new, outcome })
    }

    /// The account that a credit came to: the one of that number that was open on the day of the booking, or one that had
    /// ended, where it is what a request of that account asked for: a payer may hold a code from before.
    async fn receiving_account(&self, tx: &mut Tx, arrived: &ArrivedCredit) -> Result<BankAccountRow> {
        let numbered = bank_accounts::bank_accounts_numbered(tx, &plain_number(&arrived.account)).await?;
        let is_bank = |row: &&BankAccountRow| arrived.bin.as_ref().is_none_or(|bin| *bin == row.bin);
        let mut open = numbered.iter().filter(is_bank).filter(|row| row.is_open_on(arrived.booked.day()));
        match (open.next(), open.next()) {
            (Some(row), None) => return Ok(row.clone()),
            (None, _) => {}
            // Two banks may give one number to two customers: whose it is cannot be told without the bank.
            _ => return Err(Problem::Missing("account").into()),
        }
        let others: Vec<&BankAccountRow> = numbered.iter().filter(is_bank).collect();
        for row in others {
            if is_asked_after_its_end(tx, row, arrived).await? {
                return Ok(row.clone());
            }
        }
        Err(Problem::Missing("account").into())
    }

    /// Keeps a credit, or finds the one that is known. One that is told of with another amount lies on the tray.
    pub(super) async fn keep_credit(
        &self,
        tx: &mut Tx,
        who: &Who,
        account: &BankAccountRow,
        arrived: &ArrivedCredit,
        source: Source,
    ) -> Result<Kept> {
        let bank_ref = without_nul(arrived.bank_ref.trim());
        if bank_ref.is_empty() {
            return Err(Problem::Missing("bank_ref").into());
        }
        let now = self.now();
        let row = CreditRow {
            office_id: account.office_id,
            id: self.new_id(),
            account_id: account.id,
            bank_ref: bank_ref.clone(),
            source: source.key().into(),
            booked_at: arrived.booked.0,
            received_at: now.0,
            amount: arrived.amount.0,
            currency: without_nul(arrived.currency.trim()).to_uppercase(),
            note: without_nul(&arrived.note),
            payer_name: text::clean(&arrived.payer_name),
            payer_account: without_nul(&masked(&arrived.payer_account)),
            used: 0,
            done_at: None,
        };
        if credits::insert_credit(tx, &row).await? {
            let detail = json!({ "source": row.source, "amount": row.amount, "currency": row.currency });
            audit::record(self, tx, who, "take_credit", &object_of_credit(&row), detail).await?;
            return Ok(Kept { id: row.id, is_new: true, differs: false });
        }
        let known = credits::credit_by_ref(tx, account.id, &bank_ref).await?;
        let known = known.ok_or_else(|| Error::Broken("a credit is known and not there".into()))?;
        let differs = known.amount != row.amount || known.currency != row.currency;
        if differs {
            // Where it lies on the tray for another reason already, the record says what was told of it.
            self.lay_on_tray(tx, who, &known, TrayReason::Differs).await?;
            let detail = json!({ "source": row.source, "amount": row.amount, "currency": row.currency });
            audit::record(self, tx, who, "find_credit_differs", &object_of_credit(&known), detail).await?;
        }
        Ok(Kept { id: known.id, is_new: false, differs })
    }

    /// Lays a credit on the tray in a transaction that is no ledger's. `false` when it lies there.
    async fn lay_on_tray(&self, tx: &mut Tx, who: &Who, credit: &CreditRow, reason: TrayReason) -> Result<bool> {
        let row = money_tray::TrayRow {
            office_id: credit.office_id,
            id: self.new_id(),
            credit_id: Some(credit.id),
            request_id: None,
            reason: reason.key().into(),
            since: self.now().0,
            owner: None,
            owner_name: None,
            note: None,
            closed_at: None,
            how: None,
            closed_by: None,
        };
        let laid = money_tray::insert_line(tx, &row).await?;
        if laid {
            tracing::info!(credit = %credit.id, reason = row.reason, by = who.label().0, "money lies on the tray");
        }
        Ok(laid)
    }

    /// Matches a credit of which nothing is used and which lies on no tray: it pays its request, or lies on the tray.
    /// Of two at once the second finds it done.
    pub(super) async fn settle_credit(&self, who: &Who, id: Uuid) -> Result<CreditOutcome> {
        let mut tx = self.db().read().await?;
        let note = credits::credit_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?.note;
        let named = payment_requests::requests_by_tokens(&mut tx, &tokens_in(&note)).await?;
        drop(tx);
        let ids: Vec<Uuid> = named.iter().map(|row| row.id).collect();
        let mut ledger = Ledger::open(self, who, &ids).await?;
        let mut credit = ledger.hold_credit(id).await?;
        let known = outcome_of(&mut ledger.tx, &credit).await?;
        if known != CreditOutcome::Waiting || credit.used > 0 {
            return Ok(known);
        }
        let account = bank_accounts::bank_account_by_id(&mut ledger.tx, credit.account_id).await?;
        let account = account.ok_or_else(|| Error::Broken("a credit without its account".into()))?;
        let mut payables = Vec::new();
        let requests = ledger.requests.clone();
        for request in &requests {
            payables.extend(self.payable(&mut ledger.tx, request).await?);
        }
        let mut decided = matching::decide(&credit_of(&credit, &account), &payables);
        if let Outcome::Exact(token) = &decided {
            let request = requests.iter().find(|row| row.token == token.as_str()).ok_or(Error::NotFound)?;
            if !is_asked_at_bank(&mut ledger.tx, request, &account.bin).await? {
                decided = Outcome::Tray(Reason::OtherAccount);
            }
        }
        let outcome = match decided {
            Outcome::Exact(token) => {
                let request = requests.iter().find(|row| row.token == token.as_str()).ok_or(Error::NotFound)?;
                let amount = Dong(credit.amount);
                ledger.use_for(&mut credit, request.id, amount, "").await?;
                let detail = json!({ "request": request.id, "amount": amount });
                audit::record(self, &mut ledger.tx, who, "settle_credit", &object_of_credit(&credit), detail).await?;
                CreditOutcome::Settled
            }
            Outcome::Tray(reason) => {
                let reason = TrayReason::Matching(reason);
                ledger.lay_credit(&credit, reason).await?;
                CreditOutcome::OnTray(reason)
            }
        };
        ledger.commit().await?;
        Ok(outcome)
    }

    /// A request as a credit sees it; none where it is to be paid in cash alone.
    pub(super) async fn payable(&self, tx: &mut Tx, row: &PaymentRequestRow) -> Result<Option<Payable>> {
        let Some(account) = row.account_id else { return Ok(None) };
        let account = bank_accounts::bank_account_by_id(tx, account).await?;
        let account = account.ok_or_else(|| Error::Broken("a request without its account".into()))?;
        Ok(Some(Payable {
            token: token_of(row)?,
            account: number_of(&account)?,
            standing: standing_of(tx, row).await?,
            opened: Instant(row.made_at),
            // What is booked in the last moment is in time.
            pay_by: row.limit_at.map(|limit| Instant(limit).plus_ms(1)),
        }))
    }
}

/// Whether what is told is that credit, with the amount it is known with.
async fn is_of(tx: &mut Tx, credit: Uuid, arrived: &ArrivedCredit) -> Result<bool> {
    let known = credits::credit_by_id(tx, credit).await?.ok_or(Error::NotFound)?;
    Ok(known.bank_ref == without_nul(arrived.bank_ref.trim()) && known.amount == arrived.amount.0)
}

/// Whether a request asks for money at that bank: two banks may give one number to two customers.
async fn is_asked_at_bank(tx: &mut Tx, request: &PaymentRequestRow, bin: &str) -> Result<bool> {
    let Some(account) = request.account_id else { return Ok(false) };
    let account = bank_accounts::bank_account_by_id(tx, account).await?;
    Ok(account.is_some_and(|account| account.bin == bin))
}

/// Whether a credit was booked when the account had ended, and names a request that asks for money there.
pub(super) async fn is_asked_after_its_end(
    tx: &mut Tx,
    account: &BankAccountRow,
    arrived: &ArrivedCredit,
) -> Result<bool> {
    if account.valid_to.is_none_or(|last| last >= i64::from(arrived.booked.day().0)) {
        return Ok(false);
    }
    let tokens = tokens_in(&arrived.note);
    let named = payment_requests::requests_by_tokens(tx, &tokens).await?;
    Ok(named.iter().any(|request| request.account_id == Some(account.id)))
}

/// The tokens of a note, each once.
fn tokens_in(note: &str) -> Vec<String> {
    PaymentToken::find_all(note).iter().map(|token| token.as_str().to_owned()).collect()
}

/// A text as both engines keep it: PostgreSQL takes no NUL, and money is not refused for one.
fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// The number of an account without what banks write into it, as [`AccountNumber::is_written`] reads it.
pub(super) fn plain_number(written: &str) -> String {
    let kept = written.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-'));
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

/// Where a credit stands: done, on the tray, or waiting.
pub(super) async fn outcome_of(tx: &mut Tx, credit: &CreditRow) -> Result<CreditOutcome> {
    let line = money_tray::open_line(tx, About::Credit(credit.id)).await?;
    let reason = line.and_then(|line| TrayReason::from_key(&line.reason));
    Ok(match (reason, credit.done_at) {
        (Some(reason), _) => CreditOutcome::OnTray(reason),
        (None, Some(_)) => CreditOutcome::Settled,
        (None, None) => CreditOutcome::Waiting,
    })
}

/// What the rules of matching need of a credit.
pub(super) fn credit_of(row: &CreditRow, account: &BankAccountRow) -> Credit {
    Credit {
        amount: Dong(row.amount),
        currency: row.currency.clone(),
        account: account.account.clone(),
        booked: Instant(row.booked_at),
        note: row.note.clone(),
    }
}

/// The number of an account of ours.
pub(super) fn number_of(account: &BankAccountRow) -> Result<AccountNumber> {
    AccountNumber::parse(&account.account).map_err(|_| Error::Broken("an account without a number".into()))
}

fn token_of(row: &PaymentRequestRow) -> Result<PaymentToken> {
    PaymentToken::parse(&row.token).map_err(|_| Error::Broken("a request without a token".into()))
}

/// Whether there is anything of a credit that could pay a request.
pub(super) fn is_incoming(row: &CreditRow) -> bool {
    row.amount > 0 && row.currency == CURRENCY
}
