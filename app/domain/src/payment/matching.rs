//! Whether a credit of the bank settles a request by itself, or lies in the tray until a person decides.
//!
//! By itself it does so only when nothing can be doubted: one token, of one request, that is open, in time, at the
//! account that was asked for, in đồng, of exactly what is still owed. Everything else waits, with its reason; what a
//! person may want to look at first is proposed, and a proposal never settles anything.

use super::{
    AccountNumber, PaymentToken,
    request::{RequestState, Standing},
};
use crate::{dossier::keyed, money::Dong, time::Instant};

/// A line of the bank's statement, or a signed notification of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// How much, in whole units of the currency; what went out is below zero.
    pub amount: Dong,
    /// The currency's three letters.
    pub currency: String,
    /// Our account that it came to, as the bank writes its number.
    pub account: String,
    /// When the bank booked it. Where the bank tells the day alone, the first instant of the day: nobody is late by
    /// what the bank left out.
    pub booked: Instant,
    /// The note, as the bank passes it on.
    pub note: String,
}

/// A request as a credit sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payable {
    /// Its token.
    pub token: PaymentToken,
    /// The account that was asked for.
    pub account: AccountNumber,
    /// Where it stands now.
    pub standing: Standing,
    /// When the payer was first asked.
    pub opened: Instant,
    /// Until when it is to be paid; from this instant on a credit is late.
    pub pay_by: Option<Instant>,
}

keyed! {
    /// Why a credit waits for a person.
    Reason {
        /// Zero, or money that went out.
        NotIncoming = "not_incoming",
        /// Not đồng.
        OtherCurrency = "other_currency",
        /// No token in the note.
        NoToken = "no_token",
        /// Two tokens or more: one transfer for several requests.
        SeveralTokens = "several_tokens",
        /// A token of no request.
        UnknownToken = "unknown_token",
        /// Not the account that the request asked for.
        OtherAccount = "other_account",
        /// The request was cancelled.
        Cancelled = "cancelled",
        /// It came at or after the end of the time to pay.
        Late = "late",
        /// It came in time, but the request had run out when it was seen, and another may have taken its place.
        SeenLate = "seen_late",
        /// Nothing is owed any more: most often the same transfer made twice.
        Double = "double",
        /// Less than is owed.
        Under = "under",
        /// More than is owed.
        Over = "over",
    }
}

/// What becomes of a credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It settles the request with this token.
    Exact(PaymentToken),
    /// It lies in the tray.
    Tray(Reason),
}

/// The currency that requests are in.
const CURRENCY: &str = "VND";

/// Decides about a credit that was not seen before. That one line of the bank comes here once is the caller's to keep,
/// by the bank's reference.
///
/// `requests` are those of the tokens that [`PaymentToken::find_all`] gives for the note, in every state; others are
/// overlooked.
pub fn decide(credit: &Credit, requests: &[Payable]) -> Outcome {
    match settled(credit, requests) {
        Ok(token) => Outcome::Exact(token),
        Err(reason) => Outcome::Tray(reason),
    }
}

fn settled(credit: &Credit, requests: &[Payable]) -> Result<PaymentToken, Reason> {
    if credit.amount.0 < 1 {
        return Err(Reason::NotIncoming);
    }
    if credit.currency != CURRENCY {
        return Err(Reason::OtherCurrency);
    }
    let tokens = PaymentToken::find_all(&credit.note);
    let [token] = tokens.as_slice() else {
        return Err(if tokens.is_empty() { Reason::NoToken } else { Reason::SeveralTokens });
    };
    let mut named = requests.iter().filter(|request| request.token == *token);
    let request = named.next().ok_or(Reason::UnknownToken)?;
    if named.next().is_some() {
        // Two requests of one token are two, whatever made them so.
        return Err(Reason::SeveralTokens);
    }
    if !request.account.is_written(&credit.account) {
        return Err(Reason::OtherAccount);
    }
    let is_late = request.pay_by.is_some_and(|end| credit.booked >= end);
    let standing = &request.standing;
    match standing.state {
        RequestState::Cancelled => Err(Reason::Cancelled),
        RequestState::NothingDue | RequestState::Paid | RequestState::Overpaid | RequestState::Refunded => {
            Err(Reason::Double)
        }
        _ if is_late => Err(Reason::Late),
        RequestState::Expired => Err(Reason::SeenLate),
        RequestState::Owed | RequestState::PartlyPaid if credit.amount < standing.remaining => Err(Reason::Under),
        RequestState::Owed | RequestState::PartlyPaid if credit.amount > standing.remaining => Err(Reason::Over),
        RequestState::Owed | RequestState::PartlyPaid => Ok(token.clone()),
    }
}

keyed! {
    /// Why a request is proposed for a credit.
    ProposedBy {
        /// The note has its token.
        Token = "token",
        /// Exactly the amount is owed, and it was asked shortly before.
        Amount = "amount",
    }
}

/// A request that a person may want to look at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its token.
    pub token: PaymentToken,
    /// Why it is proposed.
    pub by: ProposedBy,
}

/// What to look at for a credit in the tray: first the requests whose tokens its note has, in the order of the note;
/// then the open ones at its account that owe exactly its amount and were opened on the day of its booking or at most
/// `window_ms` before it, the latest first. Nothing for what is no incoming đồng.
pub fn proposals(credit: &Credit, requests: &[Payable], window_ms: i64) -> Vec<Proposal> {
    if credit.amount.0 < 1 || credit.currency != CURRENCY {
        return Vec::new();
    }
    let tokens = PaymentToken::find_all(&credit.note);
    let known = |token: &&PaymentToken| requests.iter().any(|request| request.token == **token);
    let by_token = tokens.iter().filter(known).map(|token| Proposal { token: token.clone(), by: ProposedBy::Token });
    let fits = |request: &&Payable| {
        let age = credit.booked.0.saturating_sub(request.opened.0);
        request.standing.is_open()
            && request.standing.remaining == credit.amount
            && request.account.is_written(&credit.account)
            && age <= window_ms
            && request.opened.day() <= credit.booked.day()
            && !tokens.contains(&request.token)
    };
    let mut by_amount: Vec<&Payable> = requests.iter().filter(fits).collect();
    by_amount.sort_by_key(|request| (std::cmp::Reverse(request.opened), request.token.clone()));
    let by_amount = by_amount.into_iter();
    by_token.chain(by_amount.map(|request| Proposal { token: request.token.clone(), by: ProposedBy::Amount })).collect()
}
