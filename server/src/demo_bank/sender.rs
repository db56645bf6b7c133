//! Telling the office: signed, again and again until it has answered, and wrongly where that was chosen.

use super::{
    DemoBank, DemoBankSettings,
    ledger::{NoticeFault, Payment, Record},
};
use anyhow::{Result, bail};
use bank::{
    Key,
    notification::{self, Message, SIGNATURE, TIMESTAMP},
};
use reqwest::{Client, Url, header::CONTENT_TYPE, redirect::Policy};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::Semaphore;

/// Between two tries to tell somebody, in milliseconds: the next after each failure, and no more behind the last.
const AGAIN_MS: [u64; 7] = [200, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
/// One answer may take so long.
const PATIENCE: Duration = Duration::from_secs(10);
/// A notification that nothing passes goes out after all.
const HELD_FOR: Duration = Duration::from_secs(5);
/// So many are told at once.
const AT_ONCE: usize = 16;

/// What goes out, and what is held back.
pub(super) struct Sender {
    client: Client,
    notify: Option<Url>,
    ipn: Option<Url>,
    key: Key,
    held: Mutex<Vec<Payment>>,
    pending: Arc<AtomicUsize>,
    places: Semaphore,
}

/// What is sent.
enum Letter {
    Notification {
        address: Url,
        body: Vec<u8>,
    },
    /// Everything stands in the address.
    Order {
        address: Url,
    },
}

/// Counts something on its way until it is dropped.
struct OnItsWay(Arc<AtomicUsize>);

impl Drop for OnItsWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Sender {
    pub fn new(settings: &DemoBankSettings) -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build()?;
        Ok(Self {
            client,
            notify: address("MOTCUA_DEMO_BANK_NOTIFY (demo_bank_notify)", settings.notify.as_deref())?,
            ipn: address("MOTCUA_DEMO_BANK_IPN (demo_bank_ipn)", settings.ipn.as_deref())?,
            key: settings.bank_key.clone(),
            held: Mutex::new(Vec::new()),
            pending: Arc::default(),
            places: Semaphore::new(AT_ONCE),
        })
    }

    pub fn pending(&self) -> usize {
        self.pending.load(Ordering::SeqCst)
    }

    pub fn held(&self) -> usize {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn hold(&self, payment: Payment) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).push(payment);
    }

    fn take_held(&self) -> Vec<Payment> {
        std::mem::take(&mut *self.held.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn counted(&self) -> OnItsWay {
        self.pending.fetch_add(1, Ordering::SeqCst);
        OnItsWay(self.pending.clone())
    }

    /// Does something after a while; it counts as pending from now on.
    pub fn later(&self, wait: Duration, act: impl Future<Output = ()> + Send + 'static) {
        let counted = self.counted();
        tokio::spawn(async move {
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
            act.await;
            drop(counted);
        });
    }
}

fn address(name: &str, text: Option<&str>) -> Result<Option<Url>> {
    let Some(text) = text else { return Ok(None) };
    let url = Url::parse(text).ok().filter(|url| url.has_host() && matches!(url.scheme(), "http" | "https"));
    match url {
        Some(url) => Ok(Some(url)),
        None => bail!("{name}: \"{text}\" is not an address such as http://127.0.0.1:3000/…"),
    }
}

impl DemoBank {
    /// Tells of a payment as it was chosen.
    pub(super) fn tell_of(&self, payment: Payment, wait: Duration) {
        let (bank, sender) = (self.clone(), &self.0.sender);
        match payment.notice {
            NoticeFault::Clean | NoticeFault::Duplicate => sender.later(Duration::ZERO, async move {
                let times = if payment.notice == NoticeFault::Duplicate { 2 } else { 1 };
                for _ in 0..times {
                    bank.tell(&payment).await;
                }
                bank.flush().await;
            }),
            NoticeFault::Delay => sender.later(wait, async move { bank.tell(&payment).await }),
            NoticeFault::Drop => bank.untold(&payment),
            NoticeFault::Reorder => {
                sender.hold(payment);
                tokio::spawn(async move {
                    tokio::time::sleep(HELD_FOR).await;
                    bank.flush().await;
                });
            }
        }
    }

    /// Sends what was held back.
    pub(super) async fn flush(&self) {
        // Counted before it is no longer held: at no moment does it look as if nothing were left.
        let _counted = self.0.sender.counted();
        for payment in self.0.sender.take_held() {
            self.tell(&payment).await;
        }
    }

    /// Tells of a transfer until somebody has answered with success.
    async fn tell(&self, payment: &Payment) {
        let Some(address) = self.0.sender.notify.clone() else { return self.untold(payment) };
        let message = Message {
            event: event_of(payment),
            account: payment.account.clone(),
            reference: payment.reference.clone(),
            at: payment.at,
            amount: payment.amount,
            currency: "VND".into(),
            note: payment.note.clone(),
            payer_name: Some(payment.payer_name.clone()).filter(|name| !name.is_empty()),
            payer_account: Some(payment.payer_account.clone()).filter(|number| !number.is_empty()),
        };
        let Ok(body) = serde_json::to_vec(&message) else { return self.untold(payment) };
        self.again_and_again(payment, &Letter::Notification { address, body }).await;
    }

    /// The gateway's server notification, until its code says that it was understood.
    pub(super) async fn tell_order(&self, payment: &Payment, query: &str) {
        let Some(mut address) = self.0.sender.ipn.clone() else { return self.untold(payment) };
        address.set_query(Some(query));
        self.again_and_again(payment, &Letter::Order { address }).await;
    }

    async fn again_and_again(&self, payment: &Payment, letter: &Letter) {
        let waits = AGAIN_MS.iter().map(|ms| Some(Duration::from_millis(*ms))).chain([None]);
        for (number, wait) in (1_u32..).zip(waits) {
            let answer = {
                // A closed semaphore does not happen: nobody closes it.
                let _place = self.0.sender.places.acquire().await;
                self.send(letter).await
            };
            self.note(&Record::Told {
                event: event_of(payment),
                reference: payment.reference.clone(),
                attempt: number,
                status: answer.map(|(status, _)| status),
                at: self.0.clock.now().0,
            });
            if answer.is_some_and(|(_, understood)| understood) {
                return;
            }
            if let Some(wait) = wait {
                tokio::time::sleep(wait).await;
            }
        }
        self.untold(payment);
    }

    /// Sends once; answers the status, and whether the office understood. `None` when there was no answer.
    async fn send(&self, letter: &Letter) -> Option<(u16, bool)> {
        let client = &self.0.sender.client;
        match letter {
            Letter::Notification { address, body } => {
                // Signed anew each time: the office believes a signature for some minutes.
                let (moment, signature) = notification::sign(&self.0.sender.key, body, self.0.clock.now());
                let request = client.post(address.clone()).header(CONTENT_TYPE, "application/json");
                let request = request.header(TIMESTAMP, moment).header(SIGNATURE, signature).body(body.clone());
                let status = request.send().await.ok()?.status();
                Some((status.as_u16(), status.is_success()))
            }
            Letter::Order { address } => {
                let answer = client.get(address.clone()).send().await.ok()?;
                let status = answer.status().as_u16();
                let Ok(text) = answer.text().await else { return Some((status, false)) };
                let code: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
                Some((status, matches!(code["RspCode"].as_str(), Some("00" | "02"))))
            }
        }
    }

    fn untold(&self, payment: &Payment) {
        let (event, reference) = (event_of(payment), payment.reference.clone());
        self.note(&Record::Untold { event, reference, at: self.0.clock.now().0 });
    }

    fn note(&self, record: &Record) {
        if let Err(error) = self.0.ledger.note(record) {
            tracing::error!("{error:#}");
        }
    }
}

/// One payment is one event, however often it is told.
fn event_of(payment: &Payment) -> String {
    format!("E{}", payment.reference)
}
