//! Makes the requests and keeps what came of them. [`super::judge`] decides what they mean.

use super::client::{Answer, Ask, Client, Exchange, Failure, PATIENCE, Payload};
use super::page;
use super::target::Target;
use super::trial::{Trial, random_proof};
use hyper::Method;
use hyper::body::Bytes;
use onetimeshare_envelope::parts::LARGEST_PART;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::join;
use tokio::time::timeout;

/// Time over which the slow upload is sent.
pub(super) const SLOW: Duration = Duration::from_secs(10);

/// Seconds that the status request asks to wait.
pub(super) const WAIT: u64 = 30;

/// Time for a request that takes long by itself, beyond that.
const SPARE: Duration = Duration::from_secs(30);

/// Time for the answer to a body that is not sent. The program discards such a body for 10 seconds before it answers.
pub(super) const STALL: Duration = Duration::from_secs(20);

/// Length that the small stalled body announces: less than the default limit of nginx, and more than proxies keep in memory.
const SMALL_STALL: u64 = 900_000;

/// Pause within the body without a length.
const PAUSE: Duration = Duration::from_secs(2);

/// Time for all requests together.
const WHOLE: Duration = Duration::from_secs(150);

/// The encodings that a browser accepts.
const ENCODINGS: &str = "gzip, deflate, br, zstd";

/// An address that no client has (RFC 5737).
const FORGED: &str = "192.0.2.77";

const JSON: &str = "application/json";

/// What the site says about itself.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Its release.
    pub(super) version: String,
    /// Maximum bytes of the files of a share.
    pub(super) max_size: u64,
    /// The shortest lifetime of a share, in seconds.
    lifetime: u64,
}

/// A style sheet or script of the page.
pub(super) struct Asset {
    /// The path, the base path included.
    pub(super) path: String,
    pub(super) got: Exchange,
}

/// Parts on their way up and down.
pub(super) struct Upload {
    pub(super) created: Exchange,
    /// The bytes of each part.
    pub(super) part: Bytes,
    /// A part sent at once, and one sent over [`SLOW`].
    pub(super) whole: Exchange,
    pub(super) slow: Exchange,
    /// Whether it was completed, and the status before and after, which differ then.
    pub(super) completed: bool,
    pub(super) before: Exchange,
    pub(super) after: Exchange,
    /// The first part, fetched again by its receiver.
    pub(super) fetched: Exchange,
}

/// Tries with a wrong password and looks, which tell how many tries are left to a client.
pub(super) struct Clients {
    /// The wrong try.
    pub(super) tried: Exchange,
    /// Looks by connections of their own.
    pub(super) again: [Exchange; 2],
    /// A look with a forged `X-Forwarded-For`.
    pub(super) forged: Exchange,
    /// A look from another address, if this machine has one.
    pub(super) other: Option<Exchange>,
}

/// Everything that was seen.
pub(super) struct Observations {
    pub(super) target: Target,
    pub(super) site: Site,
    /// The page of a link, twice, uncompressed.
    pub(super) pages: [Exchange; 2],
    /// The same as a browser asks for it.
    pub(super) compressed: Exchange,
    /// A page that the program does not compress, as a browser asks for it.
    pub(super) about: Exchange,
    pub(super) assets: Vec<Asset>,
    pub(super) ready: Exchange,
    /// The page of a link whose `#` became `%23`.
    pub(super) damaged: Exchange,
    /// `/health/live%23x`, which is no page.
    pub(super) marked: Exchange,
    pub(super) metrics: Vec<Exchange>,
    /// The same host without TLS.
    pub(super) plain: Option<Exchange>,
    pub(super) upload: Upload,
    /// The status request that waits.
    pub(super) waited: Exchange,
    pub(super) clients: Clients,
    /// A body of which hardly more than the start is sent, with a small and with the largest length.
    pub(super) stalled: Exchange,
    pub(super) announced: Exchange,
    /// A request without an announced length.
    pub(super) chunked: Exchange,
}

impl Observations {
    /// Returns the responses to requests without a wait, which name the proxy.
    pub(super) fn answers(&self) -> impl Iterator<Item = &Answer> {
        let pages = self.pages.iter().chain([&self.compressed, &self.about, &self.ready, &self.marked]);
        pages.chain(self.assets.iter().map(|asset| &asset.got)).chain(&self.metrics).filter_map(|got| got.as_ref().ok())
    }
}

/// Examines the site. `connect` replaces the address of its host.
///
/// # Errors
/// A message for operators when there is no such site at the address.
pub(super) async fn observe(target: Target, connect: Option<SocketAddr>) -> Result<Observations, String> {
    let client = Client::reach(target, connect).await?;
    let visit = Visit { base: client.target().base.clone(), client };
    let site = visit.site().await?;
    let lifetime = site.lifetime;
    let piece = (LARGEST_PART as u64).min(site.max_size / 2);
    let files = Trial::message(lifetime)?.with_files(2, piece * 2);
    let (waiting, guarded) = (Trial::message(lifetime)?, Trial::message(lifetime)?.guarded()?);
    // Boxed, because the future of all requests is large.
    let all = Box::pin(visit.all(&site, [&files, &waiting, &guarded], connect.is_some()));
    let seen = timeout(WHOLE, all).await;
    // Also when a request failed: its response may have been lost.
    for trial in [&files, &waiting, &guarded] {
        visit.remove(trial).await;
    }
    seen.unwrap_or_else(|_| Err(format!("the examination took more than {} seconds", WHOLE.as_secs())))
}

/// The examination of one site.
struct Visit {
    client: Client,
    base: String,
}

impl Visit {
    fn get(&self, path: &str) -> Ask {
        Ask::get(format!("{}{path}", self.base))
    }

    fn ask(&self, method: Method, path: &str) -> Ask {
        Ask::new(method, format!("{}{path}", self.base))
    }

    async fn page(&self, path: &str, encodings: &str) -> Exchange {
        self.client.send(self.get(path).header("accept", "text/html").header("accept-encoding", encodings)).await
    }

    async fn json(&self, method: Method, path: &str, token: Option<String>, body: String) -> Exchange {
        let ask = self.ask(method, path).body(JSON, Payload::Whole(body.into()));
        let ask = token.into_iter().fold(ask, |ask, token| ask.header("authorization", token));
        self.client.send(ask).await
    }

    async fn status(&self, trial: &Trial) -> Exchange {
        self.client.send(self.get(&trial.path()).header("authorization", trial.sender())).await
    }

    /// Asks the site what it is.
    async fn site(&self) -> Result<Site, String> {
        let answer = self.client.send(self.get("/api/v1/site")).await.map_err(|failure| match failure {
            Failure::Unreachable(reason) => reason,
            Failure::Silent(time) => format!("no answer within {} seconds", time.as_secs()),
            Failure::Cut(_) => "the connection ended without an answer; is the port that of the site?".to_owned(),
            Failure::TooLong => "something else than OneTimeShare answers".to_owned(),
        })?;
        if let (300..=399, Some(elsewhere)) = (answer.status, answer.header("location")) {
            let elsewhere: String = elsewhere.chars().filter(|letter| !letter.is_control()).take(200).collect();
            return Err(format!("the site redirects to {elsewhere}; examine that address"));
        }
        let body = answer.json();
        let lifetime =
            body["lifetimes"].as_array().and_then(|all| all.iter().filter_map(serde_json::Value::as_u64).min());
        match (answer.status, body["version"].as_str(), body["max_size"].as_u64(), lifetime) {
            (200, Some(version), Some(max_size), Some(lifetime)) => Ok(Site {
                version: version.chars().filter(|letter| !letter.is_control()).take(20).collect(),
                max_size,
                lifetime,
            }),
            (status @ (429 | 502..=504), ..) => {
                Err(format!("/api/v1/site answers with status {status}; is the program running?"))
            }
            (status, ..) => Err(format!(
                "no OneTimeShare is at this address: /api/v1/site answers with status {status}; a base path is part of the address"
            )),
        }
    }

    async fn all(
        &self,
        site: &Site,
        [files, waiting, guarded]: [&Trial; 3],
        redirected: bool,
    ) -> Result<Observations, String> {
        let (quiet, upload, waited, clients, stalled, announced, chunked) = join!(
            self.quiet(redirected),
            self.upload(files, site),
            self.wait(waiting),
            self.clients(guarded),
            self.stall(SMALL_STALL),
            self.stall(site.max_size),
            self.chunked(),
        );
        let Quiet { pages, compressed, about, assets, ready, damaged, marked, metrics, plain } = quiet?;
        Ok(Observations {
            target: self.client.target().clone(),
            site: site.clone(),
            pages,
            compressed,
            about,
            assets,
            ready,
            damaged,
            marked,
            metrics,
            plain,
            upload,
            waited,
            clients: clients?,
            stalled,
            announced,
            chunked: chunked?,
        })
    }

    /// Makes the requests that take no time.
    async fn quiet(&self, redirected: bool) -> Result<Quiet, String> {
        let id = Trial::message(1)?.path();
        let id = id.rsplit('/').next().unwrap_or_default();
        let path = format!("/s/{id}");
        let pages = [self.page(&path, "identity").await, self.page(&path, "identity").await];
        let found = match &pages[0] {
            Ok(answer) => page::assets(&answer.text()),
            Err(_) => [None, None],
        };
        let mut assets = Vec::new();
        for path in found.into_iter().flatten() {
            let got = self.client.send(Ask::get(path.as_str()).header("accept-encoding", "identity")).await;
            assets.push(Asset { path, got });
        }
        let mut metrics = vec![self.client.send(self.get("/metrics")).await];
        if !self.base.is_empty() {
            metrics.push(self.client.send(Ask::get("/metrics")).await);
        }
        let mark = random_proof()?;
        Ok(Quiet {
            compressed: self.page(&path, ENCODINGS).await,
            about: self.page("/about", ENCODINGS).await,
            ready: self.client.send(self.get("/health/ready").header("accept", JSON)).await,
            damaged: self.page(&format!("{path}%23{mark}"), "identity").await,
            marked: self.client.send(self.get("/health/live%23x")).await,
            plain: self.plain(redirected).await,
            pages,
            assets,
            metrics,
        })
    }

    /// Asks for the site without TLS, at the default port.
    async fn plain(&self, redirected: bool) -> Option<Exchange> {
        let target = self.client.target();
        if !target.https || target.port != 443 || redirected {
            return None;
        }
        let plain = Target { https: false, port: 80, ..target.clone() };
        let client = Client::reach(plain, None).await;
        Some(match client {
            Ok(client) => client.send(self.get("/api/v1/site")).await,
            Err(reason) => Err(Failure::Unreachable(reason)),
        })
    }

    async fn upload(&self, trial: &Trial, site: &Site) -> Upload {
        let (path, sender) = (trial.path(), trial.sender());
        let created = self.json(Method::PUT, &path, Some(sender.clone()), trial.creation()).await;
        let length = (LARGEST_PART as u64).min(site.max_size / 2);
        let part: Bytes = noise(usize::try_from(length).unwrap_or_default()).into();
        let put = |n: u32, payload| {
            let ask = self.ask(Method::PUT, &format!("{path}/parts/{n}")).body("application/octet-stream", payload);
            self.client.send(ask.header("authorization", sender.clone()).within(SLOW + SPARE))
        };
        let before = self.status(trial).await;
        let (whole, slow) = join!(put(1, Payload::Whole(part.clone())), put(2, Payload::Slow(part.clone(), SLOW)));
        let complete = self.ask(Method::POST, &format!("{path}/complete")).header("authorization", sender.clone());
        let completed = self.client.send(complete).await.is_ok_and(|answer| answer.status == 200);
        let after = self.status(trial).await;
        let _ = self.json(Method::POST, &format!("{path}/open"), None, trial.opening()).await;
        let fetch = self.get(&format!("{path}/parts/1")).header("authorization", trial.receiver()).within(SPARE);
        let fetched = self.client.send(fetch.header("accept-encoding", ENCODINGS)).await;
        Upload { created, part, whole, slow, completed, before, after, fetched }
    }

    async fn wait(&self, trial: &Trial) -> Exchange {
        self.json(Method::PUT, &trial.path(), Some(trial.sender()), trial.creation()).await?;
        let status = self.status(trial).await?;
        let Some(tag) = status.header("etag").map(|tag| tag.trim_start_matches("W/").trim_matches('"').to_owned())
        else {
            return Ok(status);
        };
        let path = format!("{}?wait={WAIT}&seen={tag}", trial.path());
        let ask = self.get(&path).header("authorization", trial.sender());
        self.client.send(ask.within(Duration::from_secs(WAIT) + SPARE)).await
    }

    async fn clients(&self, trial: &Trial) -> Result<Clients, String> {
        let wrong = trial.wrong_opening()?;
        let created = self.json(Method::PUT, &trial.path(), Some(trial.sender()), trial.creation()).await;
        let look = || {
            let payload = Payload::Whole(trial.look().into());
            self.ask(Method::POST, &format!("{}/peek", trial.path())).body(JSON, payload)
        };
        let tried = match created {
            Ok(answer) if matches!(answer.status, 200 | 201) => {
                self.json(Method::POST, &format!("{}/open", trial.path()), None, wrong).await
            }
            created => created,
        };
        Ok(Clients {
            tried,
            again: [self.client.send(look()).await, self.client.send(look()).await],
            forged: self.client.send(look().header("x-forwarded-for", FORGED)).await,
            other: match self.client.second_way() {
                Some(way) => Some(self.client.send(look().by(way)).await),
                None => None,
            },
        })
    }

    /// Announces a body and sends hardly more than its start. The page discards every body, so nothing is stored.
    async fn stall(&self, length: u64) -> Exchange {
        let start = Bytes::from_static(b"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n");
        let payload = Payload::Stalled(length.max(start.len() as u64 + STALL.as_secs()), start);
        let ask = self.ask(Method::POST, "/share").body("multipart/form-data; boundary=x", payload);
        self.client.send(ask.header("accept", "text/html").within(STALL)).await
    }

    /// Sends a body without announcing its length, which the program refuses with 411 before it reads it.
    async fn chunked(&self) -> Result<Exchange, String> {
        let trial = Trial::message(1)?;
        let payload = Payload::Chunked(trial.look().into(), PAUSE);
        let ask = self.ask(Method::POST, &format!("{}/peek", trial.path())).body(JSON, payload);
        Ok(self.client.send(ask.within(PATIENCE)).await)
    }

    /// Deletes a share. One that was opened is confirmed instead.
    async fn remove(&self, trial: &Trial) {
        let delete = self.ask(Method::DELETE, &trial.path()).header("authorization", trial.sender());
        if self.client.send(delete).await.is_ok_and(|answer| answer.status == 204) {
            return;
        }
        let confirm = self.ask(Method::POST, &format!("{}/confirm", trial.path()));
        let _ = self.client.send(confirm.header("authorization", trial.receiver())).await;
    }
}

/// What came of the requests that take no time.
struct Quiet {
    pages: [Exchange; 2],
    compressed: Exchange,
    about: Exchange,
    assets: Vec<Asset>,
    ready: Exchange,
    damaged: Exchange,
    marked: Exchange,
    metrics: Vec<Exchange>,
    plain: Option<Exchange>,
}

/// Returns bytes of every value, without a pattern that compresses or that a filter replaces.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let next = || {
        // xorshift64
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}
