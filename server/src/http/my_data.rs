//! The file of one's own data: a ZIP that is made while it goes out, of which no more than some pieces is in memory at once.
//!
//! One task reads (the office, the shelf, the printer of papers), one thread packs, the connection takes. When something
//! breaks on the way the connection is broken off, so that nobody takes a part for the whole.

use super::{State, files::send, print};
use app::{
    citizen::my_data::{self, Filed, MyDataPages},
    context::{Retry, Visitor},
    errors,
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::State as FromState,
    http::HeaderMap,
    response::Response,
};
use futures::StreamExt;
use office::{Error, Who, dossiers::UploadRow, error::Problem, my_data::MyData};
use std::io::{self, BufWriter, Write};
use tokio::{io::AsyncReadExt, sync::mpsc};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What the thread that packs is given.
enum Piece {
    /// A file of that name begins.
    File(String),
    Bytes(Vec<u8>),
    /// Everything is in it.
    End,
}

/// The pieces on their way to the thread.
struct Pieces(mpsc::Sender<Piece>);

/// Where packed bytes go.
struct Outlet(mpsc::Sender<io::Result<Bytes>>);

/// How large a piece is, in bytes, and how many of them wait at most.
const PIECE: usize = 64 * 1024;
const WAITING: usize = 4;

/// `POST /tai-khoan/du-lieu.zip`. With a wrong password, or a sign-in that is too old to stand in for one, the page comes
/// again.
pub async fn take(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let password = Retry::new(my_data::EXPORT, &body, Error::NotFound).typed("password").unwrap_or_default();
    let token = visitor.resident_token.as_deref();
    match state.office.take_my_data(&visitor.resident, token, password).await {
        Ok(data) => {
            let name = format!("du-lieu-cua-toi-{}.zip", data.made_at.day());
            send(packed(state, visitor.resident, data), "application/zip", &name, true)
        }
        Err(error) => {
            let status = errors::status_of(&error);
            let retry = Retry::new(my_data::EXPORT, &body, error);
            let mut page = super::pages::render_again(&state, &headers, &visitor, retry).await;
            *page.status_mut() = status;
            page
        }
    }
}

/// The body, which grows while it is taken.
fn packed(state: State, who: Who, data: MyData) -> Body {
    let (pieces, given) = mpsc::channel(WAITING);
    let (outlet, packed) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = pack(given, Outlet(outlet.clone())) {
            let _ = outlet.blocking_send(Err(error));
        }
    });
    tokio::spawn(async move {
        // What is refused here drops its end, and the thread breaks the connection off.
        if let Err(error) = fill(&state, &who, &data, &Pieces(pieces)).await {
            tracing::error!(%error, "the file of somebody's own data broke off");
        }
    });
    // Whoever takes it may ask once more after the end.
    let pieces = futures::stream::unfold(packed, async |mut packed| Some((packed.recv().await?, packed)));
    Body::from_stream(pieces.fuse())
}

/// Packs what it is given, without compressing: pictures and PDFs are compressed already.
fn pack(mut given: mpsc::Receiver<Piece>, outlet: Outlet) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(BufWriter::with_capacity(PIECE, outlet));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    loop {
        match given.blocking_recv() {
            Some(Piece::File(name)) => zip.start_file(name, options)?,
            Some(Piece::Bytes(bytes)) => zip.write_all(&bytes)?,
            Some(Piece::End) => break zip.finish()?.flush(),
            None => break Err(io::Error::other("broken off before the end")),
        }
    }
}

/// Gives everything, the page that explains it at the end.
async fn fill(state: &State, who: &Who, data: &MyData, pieces: &Pieces) -> Result<(), Error> {
    let mut pages = MyDataPages::new(state.office.clone());
    for (number, draft) in (1..).zip(&data.drafts) {
        let files = give_uploads(state, who, &format!("ban-nhap-{number}"), &draft.files, pieces).await?;
        pages.add_draft(draft, &files);
    }
    for id in &data.dossiers {
        let mine = match state.office.my_dossier_with_looks(who, *id).await {
            // Filed for an organisation that the person acts for no more: it is the organisation's.
            Err(Error::NotFound) => continue,
            other => other?,
        };
        let view = &mine.view;
        let folder = format!("ho-so/{}", my_data::code_of(&view.row));
        let mut papers = Vec::new();
        for (number, row) in (1..).zip(&view.papers) {
            let path = format!("{folder}/giay-to-{number}.pdf");
            let (_, bytes) = print::pdf(state, row.clone()).await?;
            pieces.file(path.clone(), bytes).await?;
            papers.push(Filed { name: my_data::paper_name(&row.kind, row.number.as_deref()), path: Some(path) });
        }
        let files = give_uploads(state, who, &folder, &view.uploads, pieces).await?;
        pages.add_dossier(&mine, &papers, &files);
    }
    let (page, facts) = pages.finish(data);
    let facts = serde_json::to_vec_pretty(&facts).map_err(|error| Error::Broken(error.to_string()))?;
    pieces.file("du-lieu.json".into(), facts).await?;
    pieces.file("doc-truoc.html".into(), page.into_bytes()).await?;
    pieces.give(Piece::End).await
}

/// Gives uploaded files, under names that say nothing of their matter. One that waits to be scanned is named and left out.
async fn give_uploads(
    state: &State,
    who: &Who,
    folder: &str,
    rows: &[UploadRow],
    pieces: &Pieces,
) -> Result<Vec<Filed>, Error> {
    let mut filed = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let path = match state.office.open_upload(who, row.id).await {
            Ok(mut open) => {
                let path = format!("{folder}/tep-{number}{}", ending_of(&row.mime));
                pieces.give(Piece::File(path.clone())).await?;
                loop {
                    let mut bytes = Vec::with_capacity(PIECE);
                    let read = (&mut open.file).take(PIECE as u64).read_to_end(&mut bytes).await;
                    if read.map_err(|error| Error::Broken(error.to_string()))? == 0 {
                        break;
                    }
                    pieces.give(Piece::Bytes(bytes)).await?;
                }
                Some(path)
            }
            Err(Error::Invalid(Problem::FileHeld) | Error::NotFound) => None,
            Err(error) => return Err(error),
        };
        filed.push(Filed { name: row.name.clone(), path });
    }
    Ok(filed)
}

fn ending_of(mime: &str) -> &'static str {
    match mime {
        "application/pdf" => ".pdf",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        _ => "",
    }
}

impl Pieces {
    async fn file(&self, name: String, bytes: Vec<u8>) -> Result<(), Error> {
        self.give(Piece::File(name)).await?;
        self.give(Piece::Bytes(bytes)).await
    }

    /// Refused when nobody takes the file any more.
    async fn give(&self, piece: Piece) -> Result<(), Error> {
        self.0.send(piece).await.map_err(|_| Error::Broken("nobody takes the file any more".into()))
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
