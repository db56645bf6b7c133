//! Backups in one file, and moving from one engine to the other.
//!
//! A backup is a tar: a file of lines for each table ([`store::copying`]), a file for each hash that something points at,
//! and at its end what was in it. It is made while the site serves, from one view of the database; so it is restored on
//! either engine, over an empty database, and compared line by line before that counts.

use crate::{
    Error, Office, Who,
    audit::{self, Object},
    blobs::{Blobs, is_hash},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::{Duration, Instant},
};
use store::{Db, Tx, copying, uploads};
use tar::{Archive, Builder, Header};
use tokio::io::AsyncReadExt;
use uuid::Uuid;

/// What a backup holds. It stands at the end of the file: one that was broken off has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of the form of the file.
    pub form: u32,
    /// The newest migration of the tables.
    pub tables_at: i64,
    /// When it was made, in milliseconds.
    pub made_at: i64,
    pub tables: BTreeMap<String, TableSum>,
    pub files: u64,
    pub file_bytes: u64,
}

/// What two tables with the same rows have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    pub rows: u64,
    /// The hashes of the lines, combined so that their order does not matter: engines sort text each in its own way.
    pub hash: String,
}

/// Why a file is not restored, or a database not copied. For the operator.
#[derive(Debug, thiserror::Error)]
pub enum CopyProblem {
    #[error("there is something in the database already: it must be empty")]
    NotEmpty,
    #[error("this is no whole backup: {0}")]
    NotWhole(String),
    #[error(
        "the backup was made with other tables ({theirs}) than this program has ({ours}): restore it with that program"
    )]
    OtherTables { theirs: i64, ours: i64 },
    #[error("table {0} came out different: nothing was kept")]
    Differs(String),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error("{0}")]
    Office(String),
}

impl From<Error> for CopyProblem {
    fn from(error: Error) -> Self {
        Self::Office(error.to_string())
    }
}

const FORM: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// How often a backup that is being written asks for the shelf to stay as it is.
const KEEP_SHELF: Duration = Duration::from_secs(60);
/// Lines that are written to a database at once.
const LINES_AT_ONCE: usize = 1_000;

impl Office {
    /// Writes everything into one file, beside the serving: its name appears when it is whole. On the record.
    ///
    /// **Permissions**: the operator at the terminal.
    pub async fn backup(&self, who: &Who, file: &Path) -> std::result::Result<Manifest, CopyProblem> {
        self.may_operate(who)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let partial = file.with_extension("partial");
        let id = self.new_id();
        let made = match self.keep_shelf(id).await {
            Ok(()) => self.write_backup(folder, &partial, id).await,
            Err(error) => Err(error.into()),
        };
        // The lease ends by itself, too.
        if let Err(error) = self.free_shelf(id).await {
            tracing::warn!(%error, "the shelf of files stays as it is for an hour");
        }
        let manifest = match made {
            Ok(manifest) => manifest,
            Err(problem) => {
                let _ = std::fs::remove_file(&partial);
                return Err(problem);
            }
        };
        std::fs::rename(&partial, file)?;
        File::open(folder)?.sync_all()?;
        let object = Object { kind: "database", id: "backup".into(), office: None };
        let rows: u64 = manifest.tables.values().map(|table| table.rows).sum();
        let mut tx = self.db().write().await?;
        audit::record(self, &mut tx, who, "backup", &object, json!({ "rows": rows, "files": manifest.files })).await?;
        tx.commit().await?;
        Ok(manifest)
    }

    async fn write_backup(
        &self,
        folder: &Path,
        partial: &Path,
        id: Uuid,
    ) -> std::result::Result<Manifest, CopyProblem> {
        let out = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(partial)?;
        let mut tar = Builder::new(BufWriter::new(out));
        let mut tx = self.db().read().await?;
        let mut tables = BTreeMap::new();
        let mut kept_at = Instant::now();
        for &table in copying::TABLES {
            self.keep_shelf_on(id, &mut kept_at).await?;
            let mut lines = BufWriter::new(tempfile::tempfile_in(folder)?);
            let sum = sum_of(&mut tx, table, |line| Ok(writeln!(lines, "{line}")?)).await?;
            let mut lines = lines.into_inner().map_err(io::IntoInnerError::into_error)?;
            lines.rewind()?;
            let size = lines.metadata()?.len();
            tar.append_data(&mut header(size), format!("tables/{table}.jsonl"), lines)?;
            tables.insert(table.to_owned(), sum);
        }
        let hashes = uploads::counted_blobs(&mut tx).await?;
        let tables_at = copying::newest_migration(&mut tx).await?;
        drop(tx);
        let (mut files, mut file_bytes) = (0, 0);
        for sha256 in hashes {
            self.keep_shelf_on(id, &mut kept_at).await?;
            let bytes = self.bytes_of(&sha256).await?;
            tar.append_data(&mut header(bytes.len() as u64), format!("files/{sha256}"), bytes.as_slice())?;
            (files, file_bytes) = (files + 1, file_bytes + bytes.len() as u64);
        }
        let manifest = Manifest { form: FORM, tables_at, made_at: self.now().0, tables, files, file_bytes };
        let text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::other)?;
        tar.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
        let out = tar.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        out.sync_all()?;
        Ok(manifest)
    }

    /// Asks again for the shelf to stay as it is, when it is time to.
    async fn keep_shelf_on(&self, id: Uuid, kept_at: &mut Instant) -> std::result::Result<(), CopyProblem> {
        if kept_at.elapsed() >= KEEP_SHELF {
            self.keep_shelf(id).await?;
            *kept_at = Instant::now();
        }
        Ok(())
    }

    /// The bytes of a hash. They are there: nothing goes from the shelf while a backup is written.
    async fn bytes_of(&self, sha256: &str) -> std::result::Result<Vec<u8>, CopyProblem> {
        let mut bytes = Vec::new();
        self.blobs().open(sha256).await?.read_to_end(&mut bytes).await?;
        if hex::encode(Sha256::digest(&bytes)) != sha256 {
            return Err(CopyProblem::NotWhole(format!("the file {sha256} does not have its own bytes any more")));
        }
        Ok(bytes)
    }
}

/// Puts a backup into an empty database and an empty shelf; nothing is kept unless every table came out the same.
///
/// # Errors
/// [`CopyProblem`].
pub async fn restore(db: &Db, blobs: &Blobs, file: &Path) -> std::result::Result<Manifest, CopyProblem> {
    let manifest = manifest_of(file)?;
    let mut tx = db.write().await?;
    let ours = copying::newest_migration(&mut tx).await?;
    if manifest.tables_at != ours {
        return Err(CopyProblem::OtherTables { theirs: manifest.tables_at, ours });
    }
    if copying::is_anything_there(&mut tx).await? {
        return Err(CopyProblem::NotEmpty);
    }
    let spool = tempfile::tempdir()?;
    let hashes = unpack(file, spool.path())?;
    for &table in copying::TABLES {
        let lines = File::open(spool.path().join(format!("{table}.jsonl")));
        read_table(&mut tx, table, lines.map_err(|_| CopyProblem::NotWhole(format!("it lacks {table}")))?).await?;
    }
    for sha256 in &hashes {
        let bytes = tokio::fs::File::open(spool.path().join(sha256)).await?;
        let received = blobs.receive(bytes, i64::MAX, sha256).await;
        let received = received.map_err(|error| CopyProblem::Office(format!("{error:?}")))?;
        if received.sha256 != *sha256 {
            return Err(CopyProblem::NotWhole(format!("the file {sha256} has other bytes than its name says")));
        }
        blobs.place(&received).await?;
    }
    let files = hashes.len() as u64;
    if files != manifest.files {
        return Err(CopyProblem::NotWhole(format!("{files} files instead of {}", manifest.files)));
    }
    finish(tx, &manifest.tables).await?;
    Ok(manifest)
}

/// Copies every row of one database into another that is empty, on whatever engines; nothing is kept unless every table came
/// out the same.
///
/// # Errors
/// [`CopyProblem`].
pub async fn copy_database(from: &Db, to: &Db) -> std::result::Result<BTreeMap<String, TableSum>, CopyProblem> {
    let (mut source, mut target) = (from.read().await?, to.write().await?);
    let (theirs, ours) = (copying::newest_migration(&mut source).await?, copying::newest_migration(&mut target).await?);
    if theirs != ours {
        return Err(CopyProblem::OtherTables { theirs, ours });
    }
    if copying::is_anything_there(&mut target).await? {
        return Err(CopyProblem::NotEmpty);
    }
    let mut sums = BTreeMap::new();
    for &table in copying::TABLES {
        let mut spool = BufWriter::new(tempfile::tempfile()?);
        let sum = sum_of(&mut source, table, |line| Ok(writeln!(spool, "{line}")?)).await?;
        let mut spool = spool.into_inner().map_err(io::IntoInnerError::into_error)?;
        spool.rewind()?;
        read_table(&mut target, table, spool).await?;
        sums.insert(table.to_owned(), sum);
    }
    finish(target, &sums).await?;
    Ok(sums)
}

/// Compares what was written with what was to be, and keeps it when it is the same.
async fn finish(mut tx: Tx, tables: &BTreeMap<String, TableSum>) -> std::result::Result<(), CopyProblem> {
    copying::go_on_numbering(&mut tx).await?;
    for &table in copying::TABLES {
        if tables.get(table) != Some(&sum_of(&mut tx, table, |_| Ok(())).await?) {
            return Err(CopyProblem::Differs(table.into()));
        }
    }
    Ok(tx.commit().await?)
}

/// Adds up a table, line by line.
async fn sum_of(
    tx: &mut Tx,
    table: &str,
    mut each: impl FnMut(&str) -> std::result::Result<(), CopyProblem>,
) -> std::result::Result<TableSum, CopyProblem> {
    let mut all = [0_u8; 32];
    let rows = copying::each_line(tx, table, |line| {
        for (sum, byte) in all.iter_mut().zip(Sha256::digest(line)) {
            *sum ^= byte;
        }
        each(line)
    })
    .await?;
    Ok(TableSum { rows, hash: hex::encode(all) })
}

async fn read_table(tx: &mut Tx, table: &str, lines: impl Read) -> std::result::Result<(), CopyProblem> {
    let mut waiting = Vec::with_capacity(LINES_AT_ONCE);
    for line in BufReader::new(lines).lines() {
        waiting.push(line?);
        if waiting.len() == LINES_AT_ONCE {
            copying::insert_lines(tx, table, &waiting).await?;
            waiting.clear();
        }
    }
    Ok(copying::insert_lines(tx, table, &waiting).await?)
}

/// Lays what a backup holds into a folder, under names of ours alone; answers the hashes of its files.
fn unpack(file: &Path, folder: &Path) -> std::result::Result<Vec<String>, CopyProblem> {
    let mut archive = Archive::new(BufReader::new(File::open(file)?));
    let mut hashes = Vec::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        let place = match name.split_once('/') {
            None if name == MANIFEST => continue,
            Some(("tables", table)) if copying::TABLES.iter().any(|known| table == format!("{known}.jsonl")) => table,
            Some(("files", sha256)) if is_hash(sha256) => {
                hashes.push(sha256.to_owned());
                sha256
            }
            _ => return Err(CopyProblem::NotWhole(format!("nobody knows {name}"))),
        };
        io::copy(&mut entry, &mut File::create(folder.join(place))?)?;
    }
    Ok(hashes)
}

fn manifest_of(file: &Path) -> std::result::Result<Manifest, CopyProblem> {
    let broken = |error: io::Error| CopyProblem::NotWhole(error.to_string());
    let mut archive = Archive::new(BufReader::new(File::open(file)?));
    for entry in archive.entries().map_err(broken)? {
        let entry = entry.map_err(broken)?;
        if entry.path().map_err(broken)?.as_os_str() == MANIFEST {
            let manifest: Manifest =
                serde_json::from_reader(entry).map_err(|error| CopyProblem::NotWhole(error.to_string()))?;
            return match manifest.form {
                FORM => Ok(manifest),
                other => Err(CopyProblem::NotWhole(format!("it has the form {other}, which is not known here"))),
            };
        }
    }
    Err(CopyProblem::NotWhole("it ends before its list of contents".into()))
}

fn header(size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header
}
