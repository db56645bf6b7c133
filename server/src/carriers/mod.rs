//! What takes messages out of the house: a mail server, a gateway of short messages, or a folder where they can be read
//! while nothing is sent.

mod folder;
mod gateway;
mod mail;

pub use folder::Folder;
pub use gateway::{Gateway, GatewaySettings, NumberForm};
pub use mail::{Mail, MailSettings};

use domain::message::Means;
use office::messages::Carrier;
use std::{path::PathBuf, sync::Arc, time::Duration};

/// How long a carrier may take to answer at one step.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where messages of one means go.
#[derive(Debug, Clone)]
pub enum Way<T> {
    /// Out of the house.
    Out(T),
    /// Into a folder, for development and the demonstration.
    Folder(PathBuf),
}

/// The carriers of this run, none where messages of that means cannot go out.
#[derive(Clone, Default)]
pub struct Carriers {
    pub email: Option<Arc<dyn Carrier>>,
    pub sms: Option<Arc<dyn Carrier>>,
}

impl Carriers {
    /// The carrier of a means.
    pub fn of(&self, means: Means) -> Option<Arc<dyn Carrier>> {
        match means {
            Means::Email => self.email.clone(),
            Means::Sms => self.sms.clone(),
        }
    }
}
