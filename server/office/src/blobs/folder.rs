//! The shelf as a folder. A file is synced, renamed, and its folder synced, before anybody may count on it.

use super::{COMING, KeepError, Received, copy_and_hash, place_of};
use std::{
    io,
    path::{Path, PathBuf},
};
use tokio::io::{AsyncRead, AsyncWriteExt};

pub(super) async fn receive(
    root: &Path,
    bytes: impl AsyncRead + Unpin,
    most: i64,
    name: &str,
) -> Result<Received, KeepError> {
    let coming = root.join(COMING);
    tokio::fs::create_dir_all(&coming).await?;
    let aside = coming.join(name);
    let received = write_and_sync(bytes, &aside, most, name).await;
    if received.is_err() {
        // A half-written file is worth nothing; the upload's row shows that it never finished.
        let _ = tokio::fs::remove_file(&aside).await;
    }
    received
}

async fn write_and_sync(
    bytes: impl AsyncRead + Unpin,
    aside: &Path,
    most: i64,
    name: &str,
) -> Result<Received, KeepError> {
    // Not handed to another thread: there it would go on after this request is dropped, and make the file anew that was just
    // discarded.
    let mut file = tokio::fs::File::from_std(std::fs::File::create(aside)?);
    let received = copy_and_hash(bytes, &mut file, most, name).await?;
    file.flush().await?;
    file.sync_all().await?;
    Ok(received)
}

pub(super) async fn place(root: &Path, received: &Received) -> io::Result<()> {
    let place = root.join(place_of(&received.sha256));
    let folder = place.parent().map(Path::to_path_buf).unwrap_or_default();
    tokio::fs::create_dir_all(&folder).await?;
    tokio::fs::rename(root.join(COMING).join(&received.name), &place).await?;
    // The file's name stands in its folder, the folder's name in the one above: each is on the disk only once synced. A
    // folder that was there already may be one that nobody has synced yet.
    for folder in folder.ancestors().take_while(|above| above.starts_with(root)) {
        sync_folder(folder).await?;
    }
    Ok(())
}

/// Makes the folder itself, for good.
pub(super) async fn check(root: &Path) -> io::Result<()> {
    tokio::fs::create_dir_all(root).await?;
    match root.parent().filter(|above| !above.as_os_str().is_empty()) {
        Some(above) => sync_folder(above).await,
        None => Ok(()),
    }
}

/// Removes a file and makes that durable too. A file that is not there is as good.
pub(super) async fn remove(file: &Path) -> io::Result<()> {
    match tokio::fs::remove_file(file).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_folder(file.parent().unwrap_or(Path::new("."))).await,
    }
}

/// Names of the files below a folder, however deep; none when there is no such folder.
pub(super) async fn names(folder: PathBuf) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let mut entries = match tokio::fs::read_dir(&folder).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        while let Some(entry) = entries.next_entry().await? {
            if entry.file_type().await?.is_dir() {
                folders.push(entry.path());
            } else {
                names.extend(entry.file_name().into_string());
            }
        }
    }
    Ok(names)
}

/// Makes the names in a folder durable.
async fn sync_folder(folder: &Path) -> io::Result<()> {
    tokio::fs::File::open(folder).await?.sync_all().await
}
