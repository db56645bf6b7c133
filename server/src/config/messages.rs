//! Which ways messages to residents go: a mail server, a gateway of short messages, a folder, or none.

use super::{flag, text};
use crate::carriers::{Carriers, Folder, Gateway, GatewaySettings, Mail, MailSettings, NumberForm, Way};
use anyhow::{Context, Result};
use domain::message::Means;
use office::{blobs::Secret, messages::Carrier};
use std::{path::Path, sync::Arc};

/// What the file of settings says of messages; the environment wins.
#[derive(Debug, Default)]
pub(super) struct InFile {
    pub mail: Option<String>,
    pub mail_from: Option<String>,
    pub sms: Option<String>,
    pub sms_method: Option<String>,
    pub sms_header: Option<String>,
    pub sms_header_prefix: Option<String>,
    pub sms_content_type: Option<String>,
    pub sms_body: Option<String>,
    pub sms_accepted: Option<String>,
    pub sms_rejected: Option<String>,
    pub sms_number: Option<String>,
    pub sms_accents: Option<bool>,
}

/// How messages go out.
#[derive(Debug, Clone)]
pub struct MessageSettings {
    /// `mail`, `MOTCUA_MAIL` and what belongs to it.
    pub mail: Option<Way<MailSettings>>,
    /// `sms`, `MOTCUA_SMS` and what belongs to it.
    pub sms: Option<Way<GatewaySettings>>,
    /// `sms_accents`, `MOTCUA_SMS_ACCENTS`.
    pub sms_accents: bool,
}

/// The word for a folder in place of an address.
const FOLDER: &str = "folder";
/// The word for no way at all, where a demonstration would take the folder.
const OFF: &str = "off";

impl MessageSettings {
    pub(super) fn read(file: InFile, data: &Path, demo: bool) -> Result<Self> {
        let folder = data.join("messages");
        // A demonstration shows what would be sent.
        let way = |name: &str, in_file: Option<String>| {
            let chosen = text(name).or(in_file).or_else(|| demo.then(|| FOLDER.to_owned()));
            chosen.filter(|chosen| chosen != OFF)
        };
        let mail = match way("MOTCUA_MAIL", file.mail) {
            None => None,
            Some(address) if address == FOLDER => Some(Way::Folder(folder.clone())),
            Some(address) => {
                let from = text("MOTCUA_MAIL_FROM").or(file.mail_from);
                let settings = MailSettings {
                    address,
                    from: from.context("MOTCUA_MAIL_FROM (mail_from): letters need a sender's address")?,
                    user: text("MOTCUA_MAIL_USER").map(Secret::new),
                    password: text("MOTCUA_MAIL_PASSWORD").map(Secret::new),
                };
                Mail::at(&settings)?;
                Some(Way::Out(settings))
            }
        };
        let sms = match way("MOTCUA_SMS", file.sms) {
            None => None,
            Some(address) if address == FOLDER => Some(Way::Folder(folder)),
            Some(address) => {
                let or = |name: &str, in_file: Option<String>, usual: &str| {
                    text(name).or(in_file).unwrap_or_else(|| usual.to_owned())
                };
                let number = or("MOTCUA_SMS_NUMBER", file.sms_number, "84");
                let settings = GatewaySettings {
                    address,
                    method: or("MOTCUA_SMS_METHOD", file.sms_method, "POST"),
                    header: or("MOTCUA_SMS_HEADER", file.sms_header, ""),
                    header_prefix: or("MOTCUA_SMS_HEADER_PREFIX", file.sms_header_prefix, ""),
                    secret: text("MOTCUA_SMS_SECRET").map(Secret::new),
                    content_type: or("MOTCUA_SMS_CONTENT_TYPE", file.sms_content_type, "application/json"),
                    body: or("MOTCUA_SMS_BODY", file.sms_body, r#"{"to":"{to}","text":"{text}"}"#),
                    accepted: or("MOTCUA_SMS_ACCEPTED", file.sms_accepted, ""),
                    rejected: or("MOTCUA_SMS_REJECTED", file.sms_rejected, ""),
                    number: NumberForm::from_key(&number).with_context(|| {
                        format!("MOTCUA_SMS_NUMBER (sms_number): \"{number}\" is none of 0, 84 and +84")
                    })?,
                };
                Gateway::at(&settings)?;
                Some(Way::Out(settings))
            }
        };
        Ok(Self { mail, sms, sms_accents: flag("MOTCUA_SMS_ACCENTS", file.sms_accents)? })
    }

    /// The ways that residents may choose from.
    pub fn means(&self) -> Vec<Means> {
        let email = self.mail.is_some().then_some(Means::Email);
        email.into_iter().chain(self.sms.is_some().then_some(Means::Sms)).collect()
    }

    /// What carries the messages of this run.
    pub fn carriers(&self) -> Result<Carriers> {
        let email: Option<Arc<dyn Carrier>> = match &self.mail {
            None => None,
            Some(Way::Folder(folder)) => Some(Arc::new(Folder::new(folder.clone(), Means::Email))),
            Some(Way::Out(settings)) => Some(Arc::new(Mail::at(settings)?)),
        };
        let sms: Option<Arc<dyn Carrier>> = match &self.sms {
            None => None,
            Some(Way::Folder(folder)) => Some(Arc::new(Folder::new(folder.clone(), Means::Sms))),
            Some(Way::Out(settings)) => Some(Arc::new(Gateway::at(settings)?)),
        };
        Ok(Carriers { email, sms })
    }
}
