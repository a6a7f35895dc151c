//! Requests of the operator to the server that uses the embedded store, as files.
//!
//! The folder `requests` in `data_dir` has mode 0700: only the user of the server, or root, can write to it. A request
//! is `{name}.request`, its answer `{name}.answer`; both get their names when they are complete. The server looks once a
//! second, removes a request before it executes it, and never reads more than [`LONGEST`] bytes of one.

use super::Order;
use crate::config::Settings;
use crate::service::Shares;
use onetimeshare_envelope::ShareId;
use rocket::fairing::AdHoc;
use rocket::tokio::task::spawn_blocking;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How often the server looks for requests.
const INTERVAL: Duration = Duration::from_secs(1);
/// How long the command waits for the answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the command looks for the answer.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// Age at which the server removes what was left in the folder.
const STALE: Duration = Duration::from_secs(600);
/// Maximum length of a request in bytes.
const LONGEST: u64 = 64;
/// Maximum number of requests that the server takes at a time.
const MOST: usize = 16;

const REQUEST: &str = "request";
const ANSWER: &str = "answer";
const SUCCESS: &str = "ok\n";
const FAILURE: &str = "failed\n";

fn folder_in(data_dir: &Path) -> PathBuf {
    data_dir.join("requests")
}

impl Order {
    fn encode(self) -> String {
        match self {
            Self::TakeDown(id) => format!("take-down {id}"),
            Self::Usage => "usage".to_owned(),
        }
    }

    fn decode(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            Some(("take-down", id)) => ShareId::parse(id).map(Self::TakeDown),
            None if text == "usage" => Some(Self::Usage),
            _ => None,
        }
    }
}

/// Leaves a request for the server that uses `data_dir`, and waits for the answer.
///
/// # Errors
/// A message for operators when the server refuses or does not answer.
pub(super) fn ask(data_dir: &Path, order: Order) -> Result<String, String> {
    let folder = folder_in(data_dir);
    let unusable =
        |error: io::Error| format!("data_dir: cannot leave a request for the server in {}: {error}", folder.display());
    let mut name = [0; 8];
    getrandom::fill(&mut name).map_err(|_| "no random numbers".to_owned())?;
    let path = folder.join(format!("{:016x}", u64::from_be_bytes(name)));
    let (request, answer) = (path.with_extension(REQUEST), path.with_extension(ANSWER));
    write_whole(&request, &order.encode()).map_err(unusable)?;
    let until = Instant::now() + PATIENCE;
    loop {
        match fs::read_to_string(&answer) {
            Ok(text) => {
                let _ = fs::remove_file(&answer);
                return match (text.strip_prefix(SUCCESS), text.strip_prefix(FAILURE)) {
                    (Some(text), _) => Ok(text.to_owned()),
                    (_, text) => Err(text.unwrap_or("the server's answer is damaged").to_owned()),
                };
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unusable(error)),
            Err(_) if Instant::now() < until => thread::sleep(POLL_INTERVAL),
            Err(_) => {
                let _ = fs::remove_file(&request);
                return Err(format!(
                    "the process that uses data_dir did not answer within {} seconds; repeat the command",
                    PATIENCE.as_secs()
                ));
            }
        }
    }
}

/// Writes a file that appears under its name when it is complete. It belongs to the owner of its folder, so that the
/// server can read a request of root.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let partial = path.with_extension("partial");
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| {
        let folder = fs::metadata(path.parent().unwrap_or(Path::new(".")))?;
        if file.metadata()?.uid() != folder.uid() {
            chown(&partial, Some(folder.uid()), Some(folder.gid()))?;
        }
        fs::rename(&partial, path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written
}

/// Returns a fairing that answers the operator's requests while the server uses an embedded store.
pub(crate) fn answering() -> AdHoc {
    AdHoc::on_liftoff("operator", |rocket| {
        Box::pin(async move {
            let settings = rocket.state::<Settings>();
            let Some(data_dir) = settings.and_then(|settings| settings.store.embedded_folder()) else { return };
            let Some(shares) = rocket.state::<Shares>().cloned() else { return };
            let folder = folder_in(data_dir);
            if let Err(error) = prepare(&folder) {
                tracing::warn!(%error, "data_dir: the folder \"requests\" cannot be used; take-down and usage need a stop of the server");
                return;
            }
            let mut end = rocket.shutdown();
            rocket::tokio::spawn(async move {
                loop {
                    rocket::tokio::select! {
                        () = rocket::tokio::time::sleep(INTERVAL) => answer_all(&folder, &shares).await,
                        () = &mut end => return,
                    }
                }
            });
        })
    })
}

/// Creates the folder, or restricts it to the user of the server.
fn prepare(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

async fn answer_all(folder: &Path, shares: &Shares) {
    let its_folder = folder.to_owned();
    let taken = spawn_blocking(move || take(&its_folder)).await.unwrap_or_default();
    for (request, order) in taken {
        let answer = match order {
            Some(order) => super::execute(shares, order).await,
            None => Err("the server does not know this command; it may be of another release".to_owned()),
        };
        let text = match answer {
            Ok(text) => format!("{SUCCESS}{text}"),
            Err(text) => format!("{FAILURE}{text}"),
        };
        let written = spawn_blocking(move || write_whole(&request.with_extension(ANSWER), &text)).await;
        if let Ok(Err(error)) = written {
            tracing::warn!(%error, "data_dir: cannot answer a request of the operator");
        }
    }
}

/// Removes requests from the folder and returns them, with `None` for an unknown command.
fn take(folder: &Path) -> Vec<(PathBuf, Option<Order>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut taken = Vec::new();
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == REQUEST) {
            if taken.len() < MOST
                && let Ok(order) = read_order(&path)
                && fs::remove_file(&path).is_ok()
            {
                taken.push((path, order));
            }
        } else if is_stale(&path) {
            let _ = fs::remove_file(&path);
        }
    }
    taken
}

fn read_order(path: &Path) -> io::Result<Option<Order>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(std::str::from_utf8(&bytes).ok().and_then(Order::decode))
}

fn is_stale(path: &Path) -> bool {
    let changed = fs::symlink_metadata(path).and_then(|metadata| metadata.modified());
    changed.ok().and_then(|changed| changed.elapsed().ok()).is_some_and(|age| age > STALE)
}

#[cfg(test)]
mod tests {
    use super::{Order, ask, folder_in, prepare, take, write_whole};
    use std::fs;

    #[test]
    fn the_server_takes_each_request_once_and_ignores_unknown_files() {
        let data = tempfile::tempdir().unwrap();
        let folder = folder_in(data.path());
        prepare(&folder).unwrap();
        write_whole(&folder.join("1.request"), "take-down 0123456789abcdef").unwrap();
        write_whole(&folder.join("2.request"), "usage\n").unwrap();
        write_whole(&folder.join("3.request"), &"take-down ".repeat(100)).unwrap();
        fs::write(folder.join("4.partial"), "usage").unwrap();
        let taken = take(&folder);
        assert_eq!(taken.len(), 3);
        let known: Vec<_> = taken.iter().filter_map(|(_, order)| *order).collect();
        assert!(matches!(known[..], [Order::TakeDown(id)] if id.to_string() == "0123456789abcdef"));
        assert!(take(&folder).is_empty());
        assert!(folder.join("4.partial").exists());
    }

    #[test]
    fn without_the_folder_of_a_server_nothing_is_left_behind() {
        let data = tempfile::tempdir().unwrap();
        let error = ask(data.path(), Order::Usage).unwrap_err();
        assert!(error.starts_with("data_dir: cannot leave a request"), "{error}");
        assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0);
    }
}
