//! The register (form 07) and the control slip (form 06), from the dossiers and their events.

use crate::{Error, Office, Result, Who, dossiers::DossierView, rights::Task};
use domain::time::Day;
use store::dossiers::{self, DossierRow};

/// A page of the register.
pub struct RegisterPage {
    pub unit: i64,
    pub from: Day,
    pub to: Day,
    pub rows: Vec<DossierRow>,
    /// The register goes on beyond what a page can hold: narrow the days.
    pub more: bool,
}

/// Lines of a register at once: a busy month of a commune.
const MOST: i64 = 2_000;

impl Office {
    /// The dossiers received between two days (both counted), in the order of reception.
    ///
    /// **Permissions**: [`Task::ReadRegister`] in that unit.
    pub async fn register(&self, who: &Who, unit: i64, from: Day, to: Day) -> Result<RegisterPage> {
        self.register_for(who, unit, from, to, "view_register").await
    }

    /// The same, to be taken away as a file.
    ///
    /// **Permissions**: [`Task::ReadRegister`] in that unit.
    pub async fn export_register(&self, who: &Who, unit: i64, from: Day, to: Day) -> Result<RegisterPage> {
        self.register_for(who, unit, from, to, "export_register").await
    }

    async fn register_for(&self, who: &Who, unit: i64, from: Day, to: Day, act: &str) -> Result<RegisterPage> {
        self.may(who, Task::ReadRegister, unit)?;
        let mut tx = self.db().read().await?;
        let mut rows = dossiers::received_between(&mut tx, unit, from.start(), to.next().start(), MOST + 1).await?;
        drop(tx);
        let more = rows.len() as i64 > MOST;
        rows.truncate(MOST as usize);
        let object = crate::audit::Object { kind: "register", id: format!("{from}/{to}"), office: Some(unit) };
        self.record_view(who, act, &object, serde_json::json!({ "rows": rows.len() })).await?;
        Ok(RegisterPage { unit, from, to, rows, more })
    }

    /// A dossier with its events, for the control slip.
    ///
    /// **Permissions**: [`Task::ReadDossier`] in its unit.
    pub async fn control_slip(&self, who: &Who, id: uuid::Uuid) -> Result<DossierView> {
        let view = self.dossier(who, id).await?;
        if view.row.received_at.is_none() {
            return Err(Error::NotFound);
        }
        Ok(view)
    }

    /// The same, to be taken away as a file.
    ///
    /// **Permissions**: [`Task::ReadDossier`] in its unit.
    pub async fn export_control_slip(&self, who: &Who, id: uuid::Uuid) -> Result<DossierView> {
        let view = self.control_slip(who, id).await?;
        let object = crate::act::object_of(&view.row);
        self.record_view(who, "export_control_slip", &object, serde_json::json!({})).await?;
        Ok(view)
    }
}
