//! The shelf of bytes, by content: in a folder, or in a bucket that speaks S3.
//!
//! Bytes come in two steps, so that their hash is known before they lie under it. [`Blobs::receive`] reads a stream to its
//! end and makes it durable aside, under the name of its upload; [`Blobs::place`] puts it under its hash and answers only
//! when that is durable too. What is not wanted is [`Blobs::discard`]ed and never was on the shelf.
//!
//! Invariant: whoever places bytes has a committed row that points at their hash, and whoever removes bytes holds the row
//! of that hash: so no bytes go that somebody counts on. `uploads` keeps both sides.

mod bucket;
mod folder;

pub use bucket::{Bucket, BucketSettings, Secret};

use sha2::{Digest, Sha256};
use std::{io, path::PathBuf, pin::Pin};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Where bytes lie.
#[derive(Debug, Clone)]
pub enum Blobs {
    /// A folder: `ab/cd/<sha-256>`.
    Folder(PathBuf),
    /// A bucket, with the same names under a prefix.
    Bucket(Bucket),
}

/// Bytes that are durable aside, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The name they lie aside under.
    pub name: String,
    pub sha256: String,
    pub size: i64,
    /// The first bytes, for sniffing the type.
    pub head: Vec<u8>,
}

/// The bytes of a file, to be read once.
pub type Contents = Pin<Box<dyn AsyncRead + Send>>;

/// Why bytes were not taken.
#[derive(Debug)]
pub enum KeepError {
    TooLarge { most: i64 },
    Empty,
    Broken(io::Error),
}

impl From<io::Error> for KeepError {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

/// How many first bytes are enough to tell a file's type.
const HEAD: usize = 8192;
/// The folder, or the prefix, of bytes that lie aside.
const COMING: &str = "coming";

impl Blobs {
    /// Reads the stream to its end and makes it durable aside, under `name`, a word that nothing else is called.
    pub async fn receive(&self, bytes: impl AsyncRead + Unpin, most: i64, name: &str) -> Result<Received, KeepError> {
        match self {
            Self::Folder(root) => folder::receive(root, bytes, most, name).await,
            Self::Bucket(bucket) => bucket.receive(bytes, most, name).await,
        }
    }

    /// Puts received bytes under their hash, over what may lie there: it is the same. Answers when they are durable there.
    pub async fn place(&self, received: &Received) -> io::Result<()> {
        match self {
            Self::Folder(root) => folder::place(root, received).await,
            Self::Bucket(bucket) => bucket.place(received).await,
        }
    }

    /// Opens bytes that lie aside.
    pub(crate) async fn open_aside(&self, name: &str) -> io::Result<Contents> {
        match self {
            Self::Folder(root) => Ok(Box::pin(tokio::fs::File::open(root.join(COMING).join(name)).await?)),
            Self::Bucket(bucket) => bucket.open_aside(name).await,
        }
    }

    /// Removes bytes that lie aside. Nothing there is as good.
    pub async fn discard(&self, name: &str) -> io::Result<()> {
        match self {
            Self::Folder(root) => folder::remove(&root.join(COMING).join(name)).await,
            Self::Bucket(bucket) => bucket.discard(name).await,
        }
    }

    /// Opens the bytes of a hash.
    pub async fn open(&self, sha256: &str) -> io::Result<Contents> {
        match self {
            Self::Folder(root) => Ok(Box::pin(tokio::fs::File::open(root.join(place_of(sha256))).await?)),
            Self::Bucket(bucket) => bucket.open(sha256).await,
        }
    }

    /// Removes the bytes of a hash, whose row the caller holds. Nothing there is as good.
    pub(crate) async fn remove(&self, sha256: &str) -> io::Result<()> {
        match self {
            Self::Folder(root) => folder::remove(&root.join(place_of(sha256))).await,
            Self::Bucket(bucket) => bucket.remove(sha256).await,
        }
    }

    /// Names of bytes that lie aside.
    pub async fn lying_aside(&self) -> io::Result<Vec<String>> {
        match self {
            Self::Folder(root) => folder::names(root.join(COMING)).await,
            Self::Bucket(bucket) => bucket.names(COMING).await,
        }
    }

    /// Hashes on the shelf whose first byte is this: a 256th of them.
    pub async fn hashes_of(&self, first: u8) -> io::Result<Vec<String>> {
        let first = format!("{first:02x}");
        let names = match self {
            Self::Folder(root) => folder::names(root.join(first)).await?,
            Self::Bucket(bucket) => bucket.names(&first).await?,
        };
        // Something else that lies there is not ours.
        Ok(names.into_iter().filter(|name| is_hash(name)).collect())
    }

    /// Whether the shelf answers: a sentence for the operator when it does not.
    pub async fn check(&self) -> io::Result<()> {
        match self {
            Self::Folder(root) => folder::check(root).await,
            Self::Bucket(bucket) => bucket.check().await,
        }
    }

    /// The place, for the operator: never a key or a password.
    pub fn describe(&self) -> String {
        match self {
            Self::Folder(root) => root.display().to_string(),
            Self::Bucket(bucket) => bucket.describe(),
        }
    }
}

/// Where the bytes of a hash lie, on either shelf.
fn place_of(sha256: &str) -> String {
    let (a, b) = (sha256.get(..2).unwrap_or("00"), sha256.get(2..4).unwrap_or("00"));
    format!("{a}/{b}/{sha256}")
}

pub(crate) fn is_hash(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Copies the stream to its end, hashing what goes by, and stops at the first byte too many. The caller makes it durable.
async fn copy_and_hash(
    mut bytes: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    most: i64,
    name: &str,
) -> Result<Received, KeepError> {
    let mut hash = Sha256::new();
    let (mut size, mut head, mut buffer) = (0_i64, Vec::new(), vec![0; 64 * 1024]);
    loop {
        let count = bytes.read(&mut buffer).await?;
        if count == 0 {
            break;
        }
        size += count as i64;
        if size > most {
            return Err(KeepError::TooLarge { most });
        }
        if head.len() < HEAD {
            head.extend_from_slice(&buffer[..count.min(HEAD - head.len())]);
        }
        hash.update(&buffer[..count]);
        to.write_all(&buffer[..count]).await?;
    }
    if size == 0 {
        return Err(KeepError::Empty);
    }
    Ok(Received { name: name.into(), sha256: hex::encode(hash.finalize()), size, head })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_lies_two_folders_deep_and_nothing_else_is_taken_for_one() {
        let hash = "ab12".repeat(16);
        assert_eq!(place_of(&hash), format!("ab/12/{hash}"));
        assert!(is_hash(&hash));
        for other in ["", "ab", "lost+found", &"AB12".repeat(16), &"ab1.".repeat(16)] {
            assert!(!is_hash(other), "{other}");
        }
    }
}
