//! The shelf as a bucket that speaks S3. The store's answer takes the place of the folder's sync: it answers a put, the end
//! of a multipart upload and a copy when the bytes are durable, and nothing here goes on before.

use super::{COMING, Contents, KeepError, Received, copy_and_hash, place_of};
use futures::{StreamExt, TryStreamExt};
use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    buffered::BufWriter,
    path::Path,
};
use std::{fmt, io, sync::Arc, time::Duration};
use tokio::io::{AsyncRead, AsyncWriteExt};
use tokio_util::io::StreamReader;

/// Where the bucket is, and what opens it.
#[derive(Debug, Clone)]
pub struct BucketSettings {
    pub bucket: String,
    /// Before every name in the bucket; may be empty.
    pub prefix: String,
    /// `https://…` of the store; without it, Amazon's own of the region.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: Secret,
    pub secret_key: Secret,
    /// Of keys that end by themselves.
    pub session_token: Option<Secret>,
}

/// A word that is never shown: not in a log, not in an error, not when something is printed for a developer.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn new(word: String) -> Self {
        Self(word)
    }

    /// The word itself, for whoever it has to be told.
    pub fn word(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// An opened bucket. Cheap to clone.
#[derive(Clone)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Path,
    described: String,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bucket").field(&self.described).finish()
    }
}

/// A file smaller than this goes in one request; a larger one in parts of this size, and no more than two parts of it are
/// in memory. S3 takes no smaller part.
const PART: usize = 5 * 1024 * 1024;
/// How long the store may take to answer one request.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a request that failed is tried again, with pauses.
const PERSEVERANCE: RetryConfig = RetryConfig {
    backoff: BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(2), base: 2.0 },
    max_retries: 3,
    retry_timeout: PATIENCE,
};

impl Bucket {
    /// Makes ready to speak with the bucket; nothing is asked of it yet.
    ///
    /// # Errors
    /// When the settings cannot be those of a bucket.
    pub fn at(settings: &BucketSettings) -> io::Result<Self> {
        // Taken once for the process; a second time it is there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let plain = settings.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key.0)
            .with_secret_access_key(&settings.secret_key.0)
            .with_retry(PERSEVERANCE)
            .with_client_options(ClientOptions::new().with_timeout(PATIENCE).with_allow_http(plain));
        if let Some(token) = &settings.session_token {
            builder = builder.with_token(&token.0);
        }
        if let Some(endpoint) = &settings.endpoint {
            builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
        }
        let store = Arc::new(builder.build().map_err(io::Error::other)?);
        let described = format!("s3://{}/{}", settings.bucket, settings.prefix);
        Ok(Self { store, prefix: Path::from(settings.prefix.as_str()), described })
    }

    pub(super) async fn receive(
        &self,
        bytes: impl AsyncRead + Unpin,
        most: i64,
        name: &str,
    ) -> Result<Received, KeepError> {
        let store: Arc<dyn ObjectStore> = self.store.clone();
        let mut writer = BufWriter::with_capacity(store, self.aside(name), PART).with_max_concurrency(1);
        match copy_and_hash(bytes, &mut writer, most, name).await {
            Ok(received) => {
                writer.shutdown().await?;
                Ok(received)
            }
            Err(error) => {
                // Parts of a broken upload are nothing anybody reads; the bucket's own rule ends what stays.
                let _ = writer.abort().await;
                Err(error)
            }
        }
    }

    pub(super) async fn place(&self, received: &Received) -> io::Result<()> {
        let aside = self.aside(&received.name);
        self.store.copy(&aside, &self.under(&place_of(&received.sha256))).await.map_err(plainly)?;
        // The bytes are where they belong; what is left aside goes with the next sweep if it does not go now.
        let _ = self.store.delete(&aside).await;
        Ok(())
    }

    pub(super) async fn discard(&self, name: &str) -> io::Result<()> {
        self.delete(&self.aside(name)).await
    }

    pub(super) async fn open(&self, sha256: &str) -> io::Result<Contents> {
        self.get(&self.under(&place_of(sha256))).await
    }

    pub(super) async fn open_aside(&self, name: &str) -> io::Result<Contents> {
        self.get(&self.aside(name)).await
    }

    async fn get(&self, object: &Path) -> io::Result<Contents> {
        let found = self.store.get(object).await.map_err(plainly)?;
        Ok(Box::pin(StreamReader::new(found.into_stream().map_err(plainly))))
    }

    pub(super) async fn remove(&self, sha256: &str) -> io::Result<()> {
        self.delete(&self.under(&place_of(sha256))).await
    }

    pub(super) async fn names(&self, below: &str) -> io::Result<Vec<String>> {
        let below = self.under(below);
        let found: Vec<_> = self.store.list(Some(&below)).try_collect().await.map_err(plainly)?;
        Ok(found.into_iter().filter_map(|object| object.location.filename().map(str::to_string)).collect())
    }

    pub(super) async fn check(&self) -> io::Result<()> {
        match self.store.list(Some(&self.prefix)).next().await {
            None | Some(Ok(_)) => Ok(()),
            Some(Err(error)) => Err(plainly(error)),
        }
    }

    pub(super) fn describe(&self) -> String {
        self.described.clone()
    }

    async fn delete(&self, object: &Path) -> io::Result<()> {
        match self.store.delete(object).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(plainly(error)),
        }
    }

    fn aside(&self, name: &str) -> Path {
        self.under(&format!("{COMING}/{name}"))
    }

    fn under(&self, name: &str) -> Path {
        Path::from_iter(self.prefix.parts().chain(Path::from(name).parts()))
    }
}

/// The store's error as one of reading and writing.
fn plainly(error: object_store::Error) -> io::Error {
    match error {
        object_store::Error::NotFound { .. } => io::Error::new(io::ErrorKind::NotFound, "not in the bucket"),
        // The store's own words repeat the key's name and what was signed.
        object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
            io::Error::new(io::ErrorKind::PermissionDenied, "the store does not accept the keys for this bucket")
        }
        other => io::Error::other(in_one_line(&other.to_string())),
    }
}

/// What happened, without the store's own page about it, which may hold anything.
fn in_one_line(said: &str) -> String {
    let line = said.lines().next().unwrap_or_default();
    line.split(": <").next().unwrap_or_default().trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> BucketSettings {
        BucketSettings {
            bucket: "giay-to".into(),
            prefix: "xa/dong-xuan".into(),
            endpoint: Some("http://127.0.0.1:9/".into()),
            region: "vn-1".into(),
            access_key: Secret::new("open-sesame".into()),
            secret_key: Secret::new("very-secret".into()),
            session_token: Some(Secret::new("for-an-hour".into())),
        }
    }

    #[test]
    fn keys_are_shown_nowhere() {
        let settings = settings();
        let bucket = Bucket::at(&settings).unwrap();
        let shown =
            format!("{settings:?} {bucket:?} {:?} {}", super::super::Blobs::Bucket(bucket.clone()), bucket.describe());
        for secret in ["open-sesame", "very-secret", "for-an-hour"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert!(shown.contains("s3://giay-to/xa/dong-xuan"), "{shown}");
    }

    #[test]
    fn an_error_is_one_line_without_the_store_s_own_page() {
        let said =
            "Error performing GET http://s3.example/a: 404 Not Found: <?xml version=\"1.0\"?>\n<Error>key</Error>";
        assert_eq!(in_one_line(said), "Error performing GET http://s3.example/a: 404 Not Found");
    }

    #[test]
    fn names_stand_under_the_prefix() {
        let bucket = Bucket::at(&settings()).unwrap();
        assert_eq!(bucket.under("ab/cd/abcd").as_ref(), "xa/dong-xuan/ab/cd/abcd");
        let bare = Bucket::at(&BucketSettings { prefix: String::new(), ..settings() }).unwrap();
        assert_eq!(bare.aside("one").as_ref(), "coming/one");
    }
}
