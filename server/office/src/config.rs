//! What an operator may choose.

use crate::{
    messages::{MessageWords, Worded},
    scanner::Scanner,
};
use domain::{message::Means, question::general::PaperWords};

/// Configuration of the office. `server` fills it from the TOML file and the environment.
#[derive(Debug, Clone)]
pub struct Config {
    /// A demonstration: a band on every page, a watermark on every paper, demo identity numbers valid.
    pub demo: bool,
    /// The address residents type, for links and QR codes on paper: `https://motcua.example`.
    pub public_url: String,
    /// Largest file, in bytes.
    pub upload_max_bytes: i64,
    /// Most bytes one resident may upload in a day.
    pub upload_daily_bytes: i64,
    /// The same for a member of staff, who scans for everybody who comes.
    pub staff_upload_daily_bytes: i64,
    /// Most files of one draft or dossier.
    pub upload_max_files: i64,
    /// A tray at the counter into which nothing was laid for so many days is forgotten, with its scans.
    pub tray_days: i64,
    /// Days after which a draft that nobody saved is set aside.
    pub draft_days: i64,
    /// What is left on the shelf without a file that counts goes after this many hours.
    pub upload_orphan_hours: i64,
    /// What scans uploaded files for malicious programs; without one they are not scanned.
    pub scanner: Option<Scanner>,
    /// Staff sessions end after this many minutes without an act, and after so many hours in any case.
    pub staff_idle_minutes: i64,
    pub staff_absolute_hours: i64,
    /// The same for residents.
    pub resident_idle_minutes: i64,
    pub resident_absolute_hours: i64,
    /// How many dossiers a worker reads at once; it goes on until none is left.
    pub worker_batch: i64,
    /// The telephone to call about a suspicious call or message.
    pub hotline: String,
    /// Labels of the papers' page of the general form; they come from the views.
    pub paper_words: PaperWords,
    /// What residents call the identity provider that they may sign in through, if there is one: `VNeID`.
    pub identity_provider: Option<String>,
    /// What puts messages to residents in words; it comes from the views.
    pub message_words: MessageWords,
    /// The ways in which messages can go out of this house. None: nobody is asked whether to be told.
    pub message_means: Vec<Means>,
    /// Short messages with accents; without, they cost a third.
    pub sms_accents: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            demo: false,
            public_url: "http://127.0.0.1:3000".into(),
            upload_max_bytes: 10 * 1024 * 1024,
            upload_daily_bytes: 200 * 1024 * 1024,
            staff_upload_daily_bytes: 10 * 1024 * 1024 * 1024,
            upload_max_files: 60,
            tray_days: 3,
            draft_days: 180,
            upload_orphan_hours: 24,
            scanner: None,
            staff_idle_minutes: 30,
            staff_absolute_hours: 10,
            resident_idle_minutes: 60,
            resident_absolute_hours: 24,
            worker_batch: 200,
            hotline: "1022".into(),
            paper_words: PaperWords {
                topic_title: String::new(),
                topic_intro: String::new(),
                case_label: String::new(),
                unnamed_case: |number| number.to_string(),
            },
            identity_provider: None,
            message_words: |told| Worded { subject: told.message.key().into(), body: told.message.key().into() },
            message_means: Vec::new(),
            sms_accents: false,
        }
    }
}
