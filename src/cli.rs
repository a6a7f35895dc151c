//! The command line: its definition, and the completions and manual pages made of it.

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::fmt::Write as _;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Name of the program, in completions and manual pages.
const PROGRAM: &str = "onetimeshare";

/// Environment variables that most sites set or that the program needs at first, with what they do.
const ENVIRONMENT: [(&str, &str); 14] = [
    ("ROCKET_ADDRESS", "address to listen on: 127.0.0.1 by default, 0.0.0.0 for all interfaces"),
    ("ROCKET_PORT", "port to listen on: 8000 by default"),
    ("ROCKET_PUBLIC_URL", "URL at which visitors reach the site, such as https://share.example; needed behind a proxy"),
    ("ROCKET_TRUSTED_PROXIES", "proxies whose X-Forwarded-For is trusted, such as 10.0.0.0/8"),
    ("ROCKET_DATA_DIR", "folder of the shares: \"data\" in the working directory by default; not used with Redis"),
    ("ROCKET_REDIS_URL", "Redis that stores the shares instead, such as redis://host:6379"),
    ("REDIS_HOST, REDIS_PORT", "the same, for a Redis that needs no URL"),
    ("REDIS_PASSWORD_FILE", "file with the password of Redis"),
    ("ROCKET_FILES_URL", "where files are stored: file:///folder or s3://bucket; with the shares by default"),
    ("ROCKET_MAX_SIZE", "most bytes of all files of a share, such as 500 MB: 2 GiB by default"),
    ("ROCKET_LIFETIMES", "how long shares may be kept, such as 1h, 1d, 7d"),
    ("ROCKET_LOG_FORMAT", "text or json"),
    ("ROCKET_LOG_LEVEL", "off, critical, normal or debug"),
    ("ROCKET_CONFIG", "settings file: Rocket.toml in the working directory by default"),
];

/// Where settings come from.
const SETTINGS: &str = "Without settings it serves http://127.0.0.1:8000 and stores the shares in the folder \"data\" of \
the working directory. A setting is a key of Rocket.toml, which lists all of them, or a variable: ROCKET_ and the key in \
capitals. Variables take precedence.";

/// Files, with what they hold.
const FILES: [(&str, &str); 2] = [
    ("Rocket.toml", "settings; need not exist"),
    ("data", "shares, when no Redis is set: the database, and files of random names in \"parts\"; created if missing"),
];

/// Exit codes, with their meaning.
const EXIT_CODES: [(&str, &str); 3] = [
    ("0", "success; for the server, after it was told to end"),
    ("1", "failure; standard error names what failed, the setting and the fix; for doctor: a fault was found"),
    ("2", "the command line cannot be parsed; for doctor also: there is no site to examine"),
];

/// Send a message or files by a link that opens once.
#[derive(Parser)]
#[command(
    name = PROGRAM,
    version,
    long_about = long_about(),
    after_help = "--help lists the environment variables.",
    after_long_help = after_long_help(),
    disable_help_subcommand = true
)]
pub(crate) struct Arguments {
    /// What to do instead of serving.
    #[command(subcommand)]
    pub(crate) command: Option<Task>,
}

/// A subcommand.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Check the settings without serving.
    ///
    /// Prints what the site will do with its settings, and what it lacks as a public site. Fails if the server would not
    /// start, or if a language cannot be read.
    CheckConfig,
    /// Check that the server running with these settings is ready.
    ///
    /// Requests /health/ready from it, and fails unless the store accepts writes. Made for the health checks of
    /// containers.
    Healthcheck,
    /// End a reported share, whether or not a server is running with these settings.
    ///
    /// Its receiver and its sender then read that it is gone. Nothing of what it holds is read.
    TakeDown {
        /// The link, or the id in it; "-" reads it from standard input, which keeps it out of the shell's history.
        share: String,
    },
    /// Print how many shares the store holds, their bytes, the room left, and the time of the oldest.
    Usage,
    /// Examine a site from outside, as its visitors reach it.
    ///
    /// Tells what its proxy does to pages, files, waits and addresses, and the settings that mend it. Takes about 35 seconds.
    /// Makes three small shares of its own and deletes them. Exits with 1 when it found a fault, and with 2 when there is no site
    /// to examine.
    Doctor {
        /// The address that visitors type, with the base path if there is one.
        url: String,
        /// Connect to this address and port instead of that of the host.
        #[arg(long)]
        connect: Option<SocketAddr>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print completions for a shell.
    ///
    /// For bash: onetimeshare completions bash > ~/.local/share/bash-completion/completions/onetimeshare
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Write the manual pages into a folder.
    ///
    /// One file for the program and one for each subcommand, in section 1. Prints their paths.
    Man {
        /// The folder, which is created if it is missing.
        folder: PathBuf,
    },
    /// Serve a five-byte response without the app, as a baseline for benchmarks.
    #[cfg(feature = "bench")]
    #[command(hide = true)]
    Bare,
}

fn long_about() -> String {
    format!(
        "Send a message or files by a link that opens once.\n\nWithout a subcommand the program is the server. {SETTINGS}"
    )
}

fn after_long_help() -> String {
    let mut text = String::new();
    for (heading, rows) in [("Environment", &ENVIRONMENT[..]), ("Files", &FILES), ("Exit codes", &EXIT_CODES)] {
        let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{heading}:");
        for (name, meaning) in rows {
            let _ = writeln!(text, "  {name:width$}  {meaning}");
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// Writes the completions for a shell.
pub(crate) fn completions(shell: Shell, out: &mut dyn io::Write) -> Result<(), String> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), PROGRAM, &mut script);
    out.write_all(&script).and_then(|()| out.flush()).map_err(|error| format!("cannot print: {error}"))
}

/// Writes the manual pages of the program and of its subcommands into `folder`. Returns their paths.
pub(crate) fn man(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |path: &Path, error: io::Error| format!("cannot write {}: {error}", path.display());
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let mut program = Arguments::command();
    program.build();
    let subcommands = program.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let mut paths = Vec::new();
    for command in subcommands.collect::<Vec<_>>().into_iter().chain([program]) {
        let (is_program, man) = (command.get_name() == PROGRAM, Man::new(command).manual("OneTimeShare"));
        let path = folder.join(man.get_filename());
        let page = page(&man, is_program).map_err(|error| failed(&path, error))?;
        std::fs::write(&path, page).map_err(|error| failed(&path, error))?;
        paths.push(path);
    }
    Ok(paths)
}

/// Renders a manual page. That of the program has the sections of its help.
fn page(man: &Man, is_program: bool) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if is_program {
        man.render_subcommands_section(&mut page)?;
        for (heading, rows) in [("ENVIRONMENT", &ENVIRONMENT[..]), ("FILES", &FILES), ("EXIT STATUS", &EXIT_CODES)] {
            section(heading, rows).to_writer(&mut page)?;
        }
    }
    Ok(page)
}

/// Returns a section of a manual page that lists `rows`.
fn section(heading: &str, rows: &[(&str, &str)]) -> Roff {
    let mut section = Roff::new();
    section.control("SH", [heading]);
    for (name, meaning) in rows {
        section.control("TP", []).text([bold(*name)]).text([roman(*meaning)]);
    }
    section
}
