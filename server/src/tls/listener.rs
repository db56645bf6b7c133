//! The port that speaks TLS, and sends who comes in plain HTTP there.

use axum::{
    extract::{ConnectInfo, Request, connect_info::Connected},
    middleware::Next,
    response::Response,
    serve::{IncomingStream, Listener},
};
use rustls::ServerConfig;
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    task::JoinHandle,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// A visitor that opens a connection says what it wants within this time.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most connections that have not said yet what they are; the next wait.
const UNDECIDED_MOST: usize = 512;
/// The first byte of a connection that wants TLS.
const HANDSHAKE: u8 = 0x16;
/// The longest head of a plain request that is read.
const HEAD_MOST: usize = 16 * 1024;
/// Headers of a plain request that are read.
const HEADERS_MOST: usize = 64;
/// What each answer in plain HTTP ends in: nothing follows, and the headers of every answer that a bare one can use.
const REST: &str =
    "x-content-type-options: nosniff\r\nreferrer-policy: same-origin\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Connections over TLS, ready to be served. Handshakes go on beside each other: a slow phone keeps nobody waiting.
pub struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl TlsListener {
    /// Begins to accept.
    ///
    /// # Errors
    /// When the listener has no address.
    pub fn new(listener: TcpListener, config: Arc<ServerConfig>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (send, ready) = mpsc::channel(UNDECIDED_MOST);
        let accepting = tokio::spawn(accept(listener, TlsAcceptor::from(config), send));
        Ok(Self { ready, address, accepting })
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        // The port is free as soon as nobody listens.
        self.accepting.abort();
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

async fn accept(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    ready: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let undecided = Arc::new(Semaphore::new(UNDECIDED_MOST));
    loop {
        let Ok(place) = undecided.clone().acquire_owned().await else { return };
        // The listener's own way with errors: it waits when the machine has no more files to open.
        let (stream, peer) = Listener::accept(&mut listener).await;
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            match tokio::time::timeout(PATIENCE, decide(stream, &acceptor)).await {
                Ok(Ok(Some(stream))) => drop(ready.send((stream, peer)).await),
                Ok(Ok(None)) => {}
                Ok(Err(error)) => tracing::debug!(%error, "a connection came to nothing"),
                Err(_) => tracing::debug!("a connection said nothing"),
            }
            drop(place);
        });
    }
}

/// The connection over TLS; nothing when it was one in plain HTTP, which has its answer.
async fn decide(stream: TcpStream, acceptor: &TlsAcceptor) -> io::Result<Option<TlsStream<TcpStream>>> {
    stream.set_nodelay(true)?;
    let mut first = [0];
    if stream.peek(&mut first).await? == 0 {
        return Ok(None);
    }
    if first[0] == HANDSHAKE {
        return acceptor.accept(stream).await.map(Some);
    }
    send_to_tls(stream).await.map(|()| None)
}

/// Reads the head of a plain request and answers with the same address over TLS.
async fn send_to_tls(mut stream: TcpStream) -> io::Result<()> {
    let mut head = Vec::new();
    let answer = loop {
        let mut buffer = [0; 1024];
        let count = stream.read(&mut buffer).await?;
        head.extend_from_slice(&buffer[..count]);
        match address_over_tls(&head) {
            Read::Whole(address) => {
                break format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {address}\r\n{REST}");
            }
            Read::Part if count > 0 && head.len() < HEAD_MOST => {}
            _ => break format!("HTTP/1.1 400 Bad Request\r\n{REST}"),
        }
    };
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

/// What the head of a plain request says.
#[derive(Debug, PartialEq, Eq)]
enum Read {
    Whole(String),
    Part,
    Wrong,
}

fn address_over_tls(head: &[u8]) -> Read {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MOST];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Read::Part,
        Err(_) => return Read::Wrong,
    }
    let path = request.path.filter(|path| path.starts_with('/'));
    let host = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("host"));
    let host = host.and_then(|header| std::str::from_utf8(header.value).ok());
    // A name or an address with its port, and nothing that could stand for something else in an address.
    let is_host = |host: &&str| {
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'))
    };
    match (host.filter(is_host), path) {
        (Some(host), Some(path)) => Read::Whole(format!("https://{host}{path}")),
        _ => Read::Wrong,
    }
}

/// Who is at the other end of a connection over TLS.
#[derive(Debug, Clone, Copy)]
pub struct Peer(SocketAddr);

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// Puts the visitor's address on the request as a connection without TLS has it.
pub async fn name_peer(mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(Peer(address))) = request.extensions().get::<ConnectInfo<Peer>>().copied() {
        request.extensions_mut().insert(ConnectInfo(address));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_request_is_sent_to_the_same_address_over_tls() {
        let over = |head: &str| address_over_tls(head.as_bytes());
        let whole = |address: &str| Read::Whole(address.to_owned());
        assert_eq!(
            over("GET /can-bo?a=1 HTTP/1.1\r\nHost: 10.0.0.7:3000\r\n\r\n"),
            whole("https://10.0.0.7:3000/can-bo?a=1")
        );
        assert_eq!(over("GET / HTTP/1.1\r\nHost: [::1]:3000\r\n\r\n"), whole("https://[::1]:3000/"));
        assert_eq!(over("GET / HTTP/1.1\r\nHost: a"), Read::Part);
        for wrong in [
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: evil.example/@motcua\r\n\r\n",
            "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "SSH-2.0-OpenSSH\r\n\r\n",
        ] {
            assert_eq!(over(wrong), Read::Wrong, "{wrong}");
        }
    }
}
