//! Messages as files: nothing leaves the machine.

use domain::message::Means;
use office::messages::{Carried, Carrier, Carrying, Letter};
use std::{
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// A folder that messages are laid into, one file each, named by means and message.
pub struct Folder {
    folder: PathBuf,
    means: Means,
}

impl Folder {
    pub const fn new(folder: PathBuf, means: Means) -> Self {
        Self { folder, means }
    }
}

impl Carrier for Folder {
    fn carry<'a>(&'a self, letter: &'a Letter) -> Carrying<'a> {
        Box::pin(async move {
            let name = format!("{}-{}.txt", self.means.key(), letter.id);
            let subject =
                if letter.subject.is_empty() { String::new() } else { format!("Subject: {}\n", letter.subject) };
            let text = format!("To: {}\n{subject}\n{}\n", letter.to, letter.body);
            let (folder, text) = (self.folder.clone(), text.into_bytes());
            let written = tokio::task::spawn_blocking(move || write(&folder, &name, &text)).await;
            match written {
                Ok(Ok(())) => Carried::Taken,
                Ok(Err(_)) | Err(_) => Carried::Trouble("folder".into()),
            }
        })
    }
}

/// Whole or not at all: a file is renamed into place once its bytes are synced.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    crate::folder::make_private_folder(folder).map_err(std::io::Error::other)?;
    let aside = folder.join(format!(".{name}"));
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&aside, folder.join(name))
}
