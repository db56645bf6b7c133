//! Passwords: argon2id, off the async threads, as many at once as there are cores.

use crate::{Error, Office, Result};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// Shortest password accepted, in characters.
pub const LEAST: usize = 8;

/// A hash of no password, checked when the account does not exist, so that both answers take the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bW90Y3VhLW5vYm9keQ$L0wDM9dJYwrvjTgbzGkQn9cXJ7CPIdGYyRfYZZkXQyM";

impl Office {
    /// The hash to store for a password.
    pub async fn hash_password(&self, password: String) -> Result<String> {
        let _turn = self.0.hashing.acquire().await.map_err(|e| Error::Broken(e.to_string()))?;
        tokio::task::spawn_blocking(move || {
            Argon2::default()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|e| Error::Broken(e.to_string()))
        })
        .await
        .map_err(|e| Error::Broken(e.to_string()))?
    }

    /// Whether the password fits the hash; without a hash, takes as long and answers no.
    pub(crate) async fn password_fits(&self, password: String, hash: Option<String>) -> Result<bool> {
        let _turn = self.0.hashing.acquire().await.map_err(|e| Error::Broken(e.to_string()))?;
        tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.into());
            let Ok(parsed) = PasswordHash::new(&hash) else { return false };
            Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known
        })
        .await
        .map_err(|e| Error::Broken(e.to_string()))
    }
}
