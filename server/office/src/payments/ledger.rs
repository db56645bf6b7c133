//! A unit of work on money: the dossiers, the requests and the credit that it holds, and what each part moves.

use super::{CURRENCY, Purpose, TrayReason};
use crate::{Error, Office, Result, Who, audit::Object, bus::News, error::Problem};
use domain::{
    dossier::{Act, Payment, PaymentState, PaymentWay},
    money::Dong,
    payment::{
        refund::RefundState,
        request::{self, ClosedAs, Closing, Entry, EntryKind, RequestState, Standing},
    },
    time::Instant,
};
use store::{
    Tx,
    credits::{self, CreditRow, GivenRow, PartKind, PartRow},
    dossiers::DossierRow,
    money_tray::{self, About, TrayRow},
    payment_requests::{self, PaymentRequestRow},
    refunds::{self, RefundRow},
};
use uuid::Uuid;

/// Work on money. Dropped without [`Ledger::commit`], it never happened.
pub(super) struct Ledger<'a> {
    office: &'a Office,
    who: &'a Who,
    pub tx: Tx,
    dossiers: Vec<DossierRow>,
    /// The requests held, in the order of their ids.
    pub requests: Vec<PaymentRequestRow>,
    /// Units whose money has moved.
    units: Vec<i64>,
}

impl<'a> Ledger<'a> {
    /// Begins, and holds those requests with their dossiers. One that is not there is not held.
    pub async fn open(office: &'a Office, who: &'a Who, requests: &[Uuid]) -> Result<Self> {
        let mut tx = office.db().write().await?;
        let found = payment_requests::requests_by_ids(&mut tx, requests).await?;
        let mut of: Vec<Uuid> = found.iter().filter_map(|row| row.dossier_id).collect();
        of.sort_unstable();
        of.dedup();
        let mut dossiers = Vec::new();
        for id in of {
            dossiers.push(office.hold_dossier(&mut tx, id).await?);
        }
        let mut ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
        ids.sort_unstable();
        let mut held = Vec::new();
        for id in ids {
            held.push(payment_requests::hold_request(&mut tx, id).await?.ok_or(Error::NotFound)?);
        }
        Ok(Self { office, who, tx, dossiers, requests: held, units: Vec::new() })
    }

    /// Begins for a dossier, whose requests are held when they are made.
    pub async fn open_dossier(office: &'a Office, who: &'a Who, dossier: Uuid) -> Result<(Self, DossierRow)> {
        let mut tx = office.db().write().await?;
        let row = office.hold_dossier(&mut tx, dossier).await?;
        let dossiers = vec![row.clone()];
        let ledger = Self { office, who, tx, dossiers, requests: Vec::new(), units: Vec::new() };
        Ok((ledger, row))
    }

    /// A request that is held.
    pub fn request(&self, id: Uuid) -> Result<&PaymentRequestRow> {
        self.requests.iter().find(|row| row.id == id).ok_or(Error::NotFound)
    }

    /// A dossier that is held.
    pub fn dossier(&self, id: Uuid) -> Option<&DossierRow> {
        self.dossiers.iter().find(|row| row.id == id)
    }

    /// Takes hold of a credit, behind the requests.
    pub async fn hold_credit(&mut self, id: Uuid) -> Result<CreditRow> {
        credits::hold_credit(&mut self.tx, id).await?.ok_or(Error::NotFound)
    }

    /// Uses that much of a credit for a request that is held: the part, where the request stands then, and what that
    /// means for its dossier. A credit that is used up leaves the tray.
    pub async fn use_for(
        &mut self,
        credit: &mut CreditRow,
        request: Uuid,
        amount: Dong,
        reason: &str,
    ) -> Result<Standing> {
        let row = self.request(request)?.clone();
        let before = standing_of(&mut self.tx, &row).await?;
        self.take(credit, amount).await?;
        let part = self.part(credit, PartKind::Request, amount, reason);
        credits::insert_part(&mut self.tx, &PartRow { request_id: Some(request), ..part }).await?;
        let after = self.refresh(request).await?;
        if !is_paid(&before) && is_paid(&after) {
            self.note_paid(&row, credit, after.due).await?;
        }
        self.watch(request).await?;
        self.touch(row.office_id);
        Ok(after)
    }

    /// Sets that much of a credit aside for a refund of it.
    pub async fn use_for_refund(&mut self, credit: &mut CreditRow, refund: &RefundRow) -> Result<()> {
        let amount = Dong(refund.amount);
        self.take(credit, amount).await?;
        let part = self.part(credit, PartKind::Refund, amount, &refund.reason);
        Ok(credits::insert_part(&mut self.tx, &PartRow { refund_id: Some(refund.id), ..part }).await?)
    }

    /// The refund of a credit will not be: its part is free again, and somebody has to look.
    pub async fn release(&mut self, credit: &mut CreditRow, refund: &RefundRow) -> Result<()> {
        let amount = Dong(refund.amount);
        let used = credits::give_back(&mut self.tx, credit.office_id, credit.id, amount).await?;
        credit.used = used.ok_or_else(|| Error::Broken("more is released than was used".into()))?;
        credit.done_at = None;
        let part = self.part(credit, PartKind::Released, amount, &refund.remark);
        credits::insert_part(&mut self.tx, &PartRow { refund_id: Some(refund.id), ..part }).await?;
        self.lay_credit(credit, TrayReason::Returned).await?;
        Ok(())
    }

    /// Takes that much of what is left of a credit.
    async fn take(&mut self, credit: &mut CreditRow, amount: Dong) -> Result<()> {
        if amount.0 < 1 || credit.currency != CURRENCY {
            return Err(Problem::AmountInvalid.into());
        }
        let now = self.office.now();
        let used = credits::use_amount(&mut self.tx, credit, amount, now).await?;
        credit.used = used.ok_or(Problem::MoreThanLeft { left: Dong((credit.amount - credit.used).max(0)) })?;
        if credit.used == credit.amount {
            credit.done_at = Some(now.0);
            self.close(About::Credit(credit.id), "used").await?;
        }
        self.touch(credit.office_id);
        Ok(())
    }

    fn part(&self, credit: &CreditRow, kind: PartKind, amount: Dong, reason: &str) -> PartRow {
        PartRow {
            office_id: credit.office_id,
            credit_id: credit.id,
            id: self.office.new_id(),
            kind: kind.key().into(),
            request_id: None,
            refund_id: None,
            amount: amount.0,
            by_staff: self.who.staff().map(|staff| staff.id),
            by_name: self.who.label().2,
            reason: reason.into(),
            at: self.office.now().0,
        }
    }

    /// Where a request that is held stands, by its entries; its columns follow.
    pub async fn refresh(&mut self, request: Uuid) -> Result<Standing> {
        let row = self.requests.iter_mut().find(|row| row.id == request).ok_or(Error::NotFound)?;
        let standing = standing_of(&mut self.tx, row).await?;
        row.status = standing.state.key().into();
        row.paid = standing.paid.0;
        row.refunded = standing.refunded.0;
        row.remaining = standing.remaining.0;
        if row.closed_as.is_none() {
            let closed_at = row.closed_at.unwrap_or_else(|| self.office.now().0);
            row.closed_at = (!standing.is_open()).then_some(closed_at);
        }
        payment_requests::save_request(&mut self.tx, row).await?;
        row.version += 1;
        Ok(standing)
    }

    /// Closes a request that is held: nothing is asked of the payer any more.
    pub async fn close_request(&mut self, request: Uuid, how: ClosedAs, at: Instant) -> Result<Standing> {
        let row = self.requests.iter_mut().find(|row| row.id == request).ok_or(Error::NotFound)?;
        row.closed_at = Some(at.0);
        row.closed_as = Some(how.key().into());
        let office = row.office_id;
        let standing = self.refresh(request).await?;
        self.watch(request).await?;
        self.touch(office);
        Ok(standing)
    }

    /// Lays a request on the tray that holds more than is due and than goes back; takes it away when it does not.
    pub async fn watch(&mut self, request: Uuid) -> Result<()> {
        let row = self.request(request)?.clone();
        let standing = standing_of(&mut self.tx, &row).await?;
        let goes_back = held_back(&refunds::refunds_of_request(&mut self.tx, request).await?);
        let reason = if row.closed_as.is_some() { TrayReason::Held } else { TrayReason::OverPaid };
        if standing.over.0 > goes_back.0 {
            return self.lay(row.office_id, About::Request(request), reason).await.map(drop);
        }
        let own = [TrayReason::Held.key(), TrayReason::OverPaid.key()];
        let line = money_tray::open_line(&mut self.tx, About::Request(request)).await?;
        match line {
            Some(line) if own.contains(&line.reason.as_str()) => self.close(About::Request(request), "refund").await,
            _ => Ok(()),
        }
    }

    /// Lays a credit on the tray. `false` when it lies there.
    pub async fn lay_credit(&mut self, credit: &CreditRow, reason: TrayReason) -> Result<bool> {
        self.lay(credit.office_id, About::Credit(credit.id), reason).await
    }

    async fn lay(&mut self, office: i64, about: About, reason: TrayReason) -> Result<bool> {
        let (credit_id, request_id) = match about {
            About::Credit(id) => (Some(id), None),
            About::Request(id) => (None, Some(id)),
        };
        let row = TrayRow {
            office_id: office,
            id: self.office.new_id(),
            credit_id,
            request_id,
            reason: reason.key().into(),
            since: self.office.now().0,
            owner: None,
            owner_name: None,
            note: None,
            closed_at: None,
            how: None,
            closed_by: None,
        };
        self.touch(office);
        Ok(money_tray::insert_line(&mut self.tx, &row).await?)
    }

    async fn close(&mut self, about: About, how: &str) -> Result<()> {
        let line = money_tray::open_line(&mut self.tx, about).await?;
        if let Some(line) = line {
            let (now, by) = (self.office.now(), self.who.label().2);
            money_tray::close_line(&mut self.tx, line.id, now, how, &by).await?;
            self.touch(line.office_id);
        }
        Ok(())
    }

    /// The request has all that is due: its dossier is told, by the program itself. Who laid the money here stands in
    /// the part.
    async fn note_paid(&mut self, request: &PaymentRequestRow, credit: &CreditRow, amount: Dong) -> Result<()> {
        let Some(dossier) = request.dossier_id else { return Ok(()) };
        let row = self.dossier(dossier).ok_or_else(|| Error::Broken("a request without its dossier".into()))?;
        let payer = if credit.payer_name.trim().is_empty() { &request.payer_name } else { &credit.payer_name };
        let paid = Payment {
            payer: payer.clone(),
            amount,
            way: PaymentWay::Transfer,
            // A bank whose clock runs ahead has booked it today.
            on: Instant(credit.booked_at).day().min(self.office.now().day()),
            proof: credit.bank_ref.clone(),
        };
        let act = match Purpose::from_key(&request.purpose) {
            Some(Purpose::Fee) => {
                Some(Act::NotePayment { state: PaymentState::Paid, paid: Some(paid), reason: String::new() })
            }
            Some(Purpose::Duty) => {
                // Not a later duty, which has a request of its own.
                let waits = row.state.duty.as_ref().is_some_and(|duty| duty.asked.0 <= request.made_at);
                let moved = if waits { self.office.moved_dues(row)? } else { None };
                moved.map(|(due, redated_due)| Act::DutyMet { due, redated_due, paid })
            }
            Some(Purpose::Counter) | None => return Ok(()),
        };
        self.note(request, act.as_ref()).await
    }

    /// Money of a request went back to the payer: of what is not owed any more, its dossier is told. Where it says of more
    /// than went back that it did, somebody has noted this by hand, and a person looks.
    pub async fn note_refunded(&mut self, request: Uuid, refund: &RefundRow) -> Result<()> {
        let row = self.request(request)?.clone();
        let Some(dossier) = row.dossier_id else { return Ok(()) };
        if refund.waived < 1 || row.purpose != Purpose::Fee.key() {
            return Ok(());
        }
        let state = &self.dossier(dossier).ok_or_else(|| Error::Broken("a request without its dossier".into()))?.state;
        let (said, noted) = (state.payment, state.fees.refunded);
        if said == PaymentState::Refunded
            && noted.0 + refund.waived > self.fees_that_went_back(row.office_id, dossier).await?
        {
            return self.note(&row, None).await;
        }
        let paid = Payment {
            payer: refund.payee.clone(),
            amount: Dong(refund.waived),
            way: PaymentWay::from_key(&refund.way).unwrap_or(PaymentWay::Transfer),
            on: self.office.now().day(),
            proof: refund.remark.clone(),
        };
        let reason = refund.reason.clone();
        self.note(&row, Some(&Act::NotePayment { state: PaymentState::Refunded, paid: Some(paid), reason })).await
    }

    /// How much of the fees of a dossier that is held went back by refunds, this transaction's among them.
    async fn fees_that_went_back(&mut self, office: i64, dossier: Uuid) -> Result<i64> {
        let mut sum = 0;
        for request in payment_requests::requests_of_dossier(&mut self.tx, office, dossier).await? {
            if request.purpose == Purpose::Fee.key() {
                let back = refunds::refunds_of_request(&mut self.tx, request.id).await?;
                let done = back.iter().filter(|refund| refund.state == RefundState::Done.key());
                sum += done.map(|refund| refund.waived).sum::<i64>();
            }
        }
        Ok(sum)
    }

    /// Does the act on the request's dossier. Money is never refused for its dossier's sake: where there is no act, or
    /// the rules refuse it, somebody has to look.
    pub async fn note(&mut self, request: &PaymentRequestRow, act: Option<&Act>) -> Result<()> {
        let done = match act {
            Some(act) => self.act(request.dossier_id, act).await,
            None => Err(Error::Stale),
        };
        match done {
            Err(Error::Refused(_) | Error::Stale) => {
                self.lay(request.office_id, About::Request(request.id), TrayReason::NotNoted).await.map(drop)
            }
            done => done,
        }
    }

    /// Does an act on a dossier that is held, by the program itself. Nothing is written when the rules refuse it.
    pub async fn act(&mut self, dossier: Option<Uuid>, act: &Act) -> Result<()> {
        let row = self.dossiers.iter_mut().find(|row| Some(row.id) == dossier).ok_or(Error::Stale)?;
        let system = Who { trace: self.who.trace.clone(), ..Who::system() };
        let command = self.office.new_id();
        self.office.act_on(&mut self.tx, &system, row, act, command).await
    }

    /// Whose money has moved: its pages are told after the commit.
    pub fn touch(&mut self, office: i64) {
        if !self.units.contains(&office) {
            self.units.push(office);
        }
    }

    /// Makes the work durable, then tells the pages, those of every dossier that was held too: its money has moved even
    /// where nothing was noted on it.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await?;
        for row in &self.dossiers {
            self.office.tell_moved(row);
        }
        for unit in self.units {
            self.office.bus().tell(News::Queues { office: unit }, self.office.now());
        }
        Ok(())
    }
}

/// Where a request stands by what it was given of credits and what went back.
pub(super) async fn standing_of(tx: &mut Tx, row: &PaymentRequestRow) -> Result<Standing> {
    let given = credits::given_to_request(tx, row.id).await?;
    let back = refunds::refunds_of_request(tx, row.id).await?;
    let mut entries: Vec<Entry> = given.iter().map(entry_of).collect();
    for refund in back.iter().filter(|refund| refund.state == RefundState::Done.key()) {
        let at = Instant(refund.ended_at.unwrap_or(refund.asked_at));
        entries.push(Entry { kind: EntryKind::Refund, amount: Dong(refund.amount), at });
        if refund.waived > 0 {
            entries.push(Entry { kind: EntryKind::Waiver, amount: Dong(refund.waived), at });
        }
    }
    let closing = row.closed_as.as_deref().and_then(ClosedAs::from_key).zip(row.closed_at);
    let closing = closing.map(|(how, at)| Closing { how, at: Instant(at) });
    request::fold(Dong(row.asked), closing, &entries)
        .map_err(|problem| Error::Broken(format!("the entries of request {} do not add up: {problem:?}", row.id)))
}

fn entry_of(given: &GivenRow) -> Entry {
    let is_released = PartKind::from_key(&given.kind) == Some(PartKind::Released);
    let kind = if is_released { EntryKind::Unmatched } else { EntryKind::Credit };
    Entry { kind, amount: Dong(given.amount), at: Instant(given.booked_at) }
}

/// What refunds under way hold back.
pub(super) fn held_back(rows: &[RefundRow]) -> Dong {
    let holds = |row: &&RefundRow| RefundState::from_key(&row.state).is_some_and(RefundState::holds_back);
    rows.iter().filter(holds).map(|row| Dong(row.amount)).sum()
}

/// Whether all that is due is held.
fn is_paid(standing: &Standing) -> bool {
    matches!(standing.state, RequestState::Paid | RequestState::Overpaid)
}

/// A payment request, as the record speaks of it.
pub(super) fn object_of_request(row: &PaymentRequestRow) -> Object {
    Object { kind: "payment_request", id: row.id.to_string(), office: Some(row.office_id) }
}

/// A credit, as the record speaks of it.
pub(super) fn object_of_credit(row: &CreditRow) -> Object {
    Object { kind: "credit", id: row.id.to_string(), office: Some(row.office_id) }
}

/// A refund, as the record speaks of it.
pub(super) fn object_of_refund(row: &RefundRow) -> Object {
    Object { kind: "refund", id: row.id.to_string(), office: Some(row.office_id) }
}
