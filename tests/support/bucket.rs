//! A real object store on a port of 127.0.0.1: s3s-fs in the test's process, or Garage where a test takes either.
#![allow(dead_code, reason = "each test binary uses a part of this module")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]

#[path = "garage.rs"]
mod garage;

use garage::Garage;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use onetimeshare::store::{Credentials, Objects, ObjectsSettings};
use s3s::Body;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// Its name.
pub const NAME: &str = "files";
/// The credentials that it accepts, in the form that Garage wants.
pub const KEY: [&str; 2] =
    ["GK0123456789abcdef01234567", "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"];
/// Its region.
pub const REGION: &str = "us-east-1";

/// A running object store with one bucket; stopped when dropped.
pub enum Bucket {
    /// In this process.
    Here(Here),
    /// In a process of its own.
    Garage(Garage),
}

/// An object store in the test's process.
pub struct Here {
    port: u16,
    folder: TempDir,
    /// The status with which every request is refused; 0 for none.
    refusal: Arc<AtomicU16>,
    _runtime: Runtime,
}

impl Bucket {
    /// Starts it with an empty bucket: Garage when `OTS_GARAGE` names its program.
    pub fn start_any() -> Self {
        Garage::program().map_or_else(Self::start, |program| Self::Garage(Garage::start(&program)))
    }

    /// Starts it in this process, where tests can refuse requests and change objects.
    pub fn start() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join(NAME)).unwrap();
        let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single(KEY[0], KEY[1]));
        let service = builder.build();
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        listener.set_nonblocking(true).unwrap();
        let refusal = Arc::<AtomicU16>::default();
        let its_refusal = Arc::clone(&refusal);
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            while let Ok((socket, _)) = listener.accept().await {
                let (service, refusal) = (service.clone(), Arc::clone(&its_refusal));
                let answer = service_fn(move |request: Request<Incoming>| {
                    let (service, status) = (service.clone(), refusal.load(Ordering::SeqCst));
                    async move {
                        if status == 0 {
                            return service.call(request.map(Body::from)).await;
                        }
                        drop(request.into_body().collect().await);
                        Ok(Response::builder().status(status).body(Body::empty()).unwrap())
                    }
                });
                tokio::spawn(async move { http1::Builder::new().serve_connection(TokioIo::new(socket), answer).await });
            }
        });
        Self::Here(Here { port, folder, refusal, _runtime: runtime })
    }

    /// Answers every request with this status, or with 0 as usual.
    pub fn refuse(&self, status: u16) {
        self.here().refusal.store(status, Ordering::SeqCst);
    }

    fn here(&self) -> &Here {
        match self {
            Self::Here(here) => here,
            Self::Garage(_) => panic!("Garage runs in another process"),
        }
    }

    /// Number of its objects below the prefix of [`Self::url`], without the tag of the store.
    pub fn count(&self) -> usize {
        match self {
            Self::Here(_) => self.objects().len(),
            Self::Garage(garage) => garage.objects().iter().filter(|name| name.matches('/').count() == 2).count(),
        }
    }

    /// The files of its objects below the prefix of [`Self::url`], without the tag of the store.
    pub fn objects(&self) -> Vec<PathBuf> {
        let hours = self.folder().join("site").read_dir().into_iter().flatten();
        let objects = hours.filter_map(|hour| hour.unwrap().path().read_dir().ok()).flatten();
        objects.map(|object| object.unwrap().path()).collect()
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        match self {
            Self::Here(here) => here.port,
            Self::Garage(garage) => garage.port(),
        }
    }

    /// The folder of its objects.
    pub fn folder(&self) -> PathBuf {
        self.here().folder.path().join(NAME)
    }

    /// Returns a part store in it with `room` bytes, reached on `port`.
    pub fn part_store(port: u16, room: u64) -> Objects {
        Objects::new(&Self::settings(port), room).unwrap()
    }

    /// The settings of a part store in it, reached on `port`.
    pub fn settings(port: u16) -> ObjectsSettings {
        ObjectsSettings {
            bucket: NAME.into(),
            prefix: "site".into(),
            endpoint: Some(format!("http://127.0.0.1:{port}")),
            region: REGION.into(),
            path_style: true,
            credentials: Credentials { id: KEY[0].into(), secret: KEY[1].into(), token: None },
        }
    }

    /// The setting `files_url` for it, reached on `port`.
    pub fn url(port: u16) -> String {
        format!("s3://{NAME}/site?endpoint=http://127.0.0.1:{port}&region={REGION}")
    }
}
