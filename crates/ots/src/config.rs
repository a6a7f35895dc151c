//! The site to use: from the command line, the environment, or the config file.

use crate::base::Base;
use crate::exit::Failure;
use crate::output::{Out, note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The config file, `ots/config.toml` below `XDG_CONFIG_HOME`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    /// Address of the site.
    site: Option<String>,
}

/// Returns a folder of the program below the folder that `variable` names, or `fallback` below the home folder.
///
/// # Errors
/// [`Failure::local`] when neither the variable nor `HOME` is set.
pub(crate) fn folder(variable: &str, fallback: &str) -> Result<PathBuf, Failure> {
    // A relative path is invalid (XDG Base Directory Specification).
    let named = env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let home =
        || env::var_os("HOME").map(PathBuf::from).filter(|path| path.is_absolute()).map(|home| home.join(fallback));
    let parent = named.or_else(home);
    parent
        .map(|parent| parent.join("ots"))
        .ok_or_else(|| Failure::local(format!("Set HOME or {variable}: the program needs a folder of its own.")))
}

fn path() -> Result<PathBuf, Failure> {
    Ok(folder("XDG_CONFIG_HOME", ".config")?.join("config.toml"))
}

fn read(path: &Path) -> Result<ConfigFile, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ConfigFile::default()),
        Err(error) => {
            return Err(Failure::local(format!("The config file {} cannot be read: {error}.", path.display())));
        }
    };
    toml::from_str(&text)
        .map_err(|error| Failure::usage(format!("The config file {} is wrong: {}.", path.display(), error.message())))
}

/// Returns the site that is set, and where.
fn found(argument: Option<&str>) -> Result<Option<(Base, &'static str)>, Failure> {
    if let Some(site) = argument {
        return Ok(Some((Base::parse(site)?, "--site")));
    }
    if let Ok(site) = env::var("OTS_SITE")
        && !site.is_empty()
    {
        return Ok(Some((Base::parse(&site)?, "OTS_SITE")));
    }
    let config = read(&path()?)?;
    config.site.map(|site| Ok((Base::parse(&site)?, "the config file"))).transpose()
}

/// Returns the site to send to.
///
/// # Errors
/// [`Failure::usage`] when none is set.
pub(crate) fn site(argument: Option<&str>) -> Result<Base, Failure> {
    let missing = || {
        Failure::usage("Which site? Set it once with: ots config https://share.example — or use --site or OTS_SITE.")
    };
    found(argument)?.map(|(base, _)| base).ok_or_else(missing)
}

/// Returns the site of a link: the one that --site names, the one in the link, or else the one that is set.
///
/// # Errors
/// [`Failure::usage`] when the link's text names no site, and none is set.
pub(crate) fn site_of(argument: Option<&str>, named: Option<Base>) -> Result<Base, Failure> {
    match named {
        Some(base) if argument.is_none() => Ok(base),
        _ => site(argument),
    }
}

/// Shows the site, or stores it in the config file.
///
/// # Errors
/// [`Failure`] when the address is none, or the file cannot be written.
pub(crate) fn run(argument: Option<&str>, new: Option<&str>, out: Out) -> Result<(), Failure> {
    let path = path()?;
    if let Some(new) = new {
        let base = Base::parse(new)?;
        let mut config = read(&path)?;
        config.site = Some(base.to_string());
        let text = toml::to_string(&config).map_err(|error| Failure::local(error.to_string()))?;
        let parent = path.parent().unwrap_or(&path);
        let beside = path.with_extension("toml.new");
        let written = fs::create_dir_all(parent)
            .and_then(|()| fs::write(&beside, text))
            .and_then(|()| fs::rename(&beside, &path));
        written.map_err(|error| {
            Failure::local(format!("The config file {} cannot be written: {error}.", path.display()))
        })?;
    }
    let now = found(argument)?;
    let (site, from) = now.as_ref().map_or((None, None), |(base, from)| (Some(base.as_str()), Some(*from)));
    out.result(&json!({ "site": site, "from": from, "config_file": path.display().to_string() }))?;
    match site {
        Some(site) => {
            note(&format!("From {}. The config file is {}.", from.unwrap_or_default(), path.display()));
            out.line(site)
        }
        None => {
            note(&format!("No site is set. The config file is {}.", path.display()));
            Ok(())
        }
    }
}
