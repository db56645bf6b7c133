//! The shelf of bytes, by content. A file is synced, renamed and its folder synced before its row commits.

use sha2::{Digest, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

/// Where bytes lie.
#[derive(Debug, Clone)]
pub enum Blobs {
    /// A folder: `ab/cd/<sha-256>`.
    Folder(PathBuf),
}

/// Bytes that are on the disk for good, under their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub sha256: String,
    pub size: i64,
    /// The first bytes, for sniffing the type.
    pub head: Vec<u8>,
}

/// Why bytes were not kept.
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

impl Blobs {
    /// Reads the stream to its end and makes it durable. Answers only after the bytes, the name and the folder are
    /// on the disk.
    pub async fn keep(&self, mut bytes: impl AsyncRead + Unpin, most: i64, name: &str) -> Result<Kept, KeepError> {
        let Self::Folder(root) = self;
        let coming = root.join("coming");
        tokio::fs::create_dir_all(&coming).await?;
        let temporary = coming.join(name);
        let written = write_and_sync(&mut bytes, &temporary, most).await;
        let kept = match written {
            Ok(kept) => kept,
            Err(error) => {
                // A half-written file is worth nothing; the upload row shows that it never finished.
                let _ = tokio::fs::remove_file(&temporary).await;
                return Err(error);
            }
        };
        let place = self.place(&kept.sha256);
        let folder = place.parent().map(Path::to_path_buf).unwrap_or_default();
        tokio::fs::create_dir_all(&folder).await?;
        tokio::fs::rename(&temporary, &place).await?;
        sync_folder(&folder).await?;
        Ok(kept)
    }

    /// Opens kept bytes.
    pub async fn open(&self, sha256: &str) -> io::Result<tokio::fs::File> {
        tokio::fs::File::open(self.place(sha256)).await
    }

    fn place(&self, sha256: &str) -> PathBuf {
        let Self::Folder(root) = self;
        let (a, b) = (sha256.get(..2).unwrap_or("00"), sha256.get(2..4).unwrap_or("00"));
        root.join(a).join(b).join(sha256)
    }
}

async fn write_and_sync(bytes: &mut (impl AsyncRead + Unpin), temporary: &Path, most: i64) -> Result<Kept, KeepError> {
    let mut file = tokio::fs::File::create(temporary).await?;
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
        file.write_all(&buffer[..count]).await?;
    }
    if size == 0 {
        return Err(KeepError::Empty);
    }
    file.flush().await?;
    file.sync_all().await?;
    Ok(Kept { sha256: hex::encode(hash.finalize()), size, head })
}

/// A renamed file survives a power cut only when its folder was synced too.
async fn sync_folder(folder: &Path) -> io::Result<()> {
    tokio::fs::File::open(folder).await?.sync_all().await
}
