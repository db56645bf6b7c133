//! Commands carried out once: a form sent twice changes nothing the second time, and gets the answer of the first.
//!
//! A phone that loses its network before the answer comes sends again; a person presses twice; a browser repeats a post.

use crate::{Error, Office, Result, Who};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::{StoreError, Tx, commands};
use uuid::Uuid;

impl Office {
    /// The answer kept for this command of this person, when it was carried out before. Whoever asks holds what the
    /// command is about, so that a twin that runs at the same time has answered or has not begun.
    ///
    /// # Errors
    /// `Stale` when the command was another's, with another answer.
    pub(crate) async fn answered_before<T>(&self, tx: &mut Tx, who: &Who, command: Uuid) -> Result<Option<T>>
    where
        T: DeserializeOwned,
    {
        let answer: Option<Value> = commands::answer_of(tx, who.subject(), command).await?;
        answer.map(|answer| serde_json::from_value(answer).map_err(|_| Error::Stale)).transpose()
    }

    /// Keeps the answer in the act's own transaction. `Stale` when a twin was first after all: nothing of this one stays.
    pub(crate) async fn keep_once<T: Serialize>(
        &self,
        tx: &mut Tx,
        who: &Who,
        command: Uuid,
        act: &str,
        answer: &T,
    ) -> Result<()> {
        match commands::keep_answer(tx, who.subject(), command, act, answer, self.now()).await {
            Err(StoreError::Duplicate(_)) => Err(Error::Stale),
            done => Ok(done?),
        }
    }
}
