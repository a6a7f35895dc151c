//! The command line.

use crate::input::parse_span;
use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use std::path::PathBuf;

/// Send messages and files by a link that opens once, and open such links.
///
/// Everything is encrypted on this computer; the site never sees it.
#[derive(Parser)]
#[command(name = "ots", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Address of the site; otherwise `OTS_SITE` or the config file says it, and a link names its own.
    #[arg(long, global = true, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) site: Option<String>,
    /// Print one JSON object on standard output.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Task,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed on this computer, 2 called wrongly, 3 expired, deleted or unknown, 4 opened by another, \
5 wrong password, 6 damaged link, 7 altered content, 8 refused by the site, 9 site not reachable.";

/// A folder for files, and whether to ask.
#[derive(Args)]
pub(crate) struct Receiving {
    /// Folder for the files.
    #[arg(short, long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) output: PathBuf,
    /// Open without asking.
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// File that holds the password.
    #[arg(long, value_name = "FILE", env = "OTS_PASSWORD_FILE", value_hint = ValueHint::FilePath)]
    pub(crate) password_file: Option<PathBuf>,
}

/// What to send.
#[derive(Args)]
pub(crate) struct Content {
    /// Files to send; “-” reads a message from standard input.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// A message; “-” reads it from standard input, which keeps it out of the shell's history.
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) message: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Send a message or files, and print the link.
    Send {
        #[command(flatten)]
        content: Content,
        /// Ask for a password that the receiver needs as well.
        #[arg(short, long, conflicts_with = "password_file")]
        password: bool,
        /// File that holds the password.
        #[arg(long, value_name = "FILE", env = "OTS_PASSWORD_FILE", value_hint = ValueHint::FilePath)]
        password_file: Option<PathBuf>,
        /// How long it can be opened, such as 30m, 12h or 7d.
        #[arg(short, long, value_name = "TIME", value_parser = parse_span)]
        ttl: Option<u64>,
    },
    /// Open a link: print the message and save the files.
    Open {
        /// The link; “-”, or nothing, reads it from standard input.
        link: Option<String>,
        #[command(flatten)]
        receiving: Receiving,
    },
    /// Ask for something: print a link to send, and a private link that opens the answers.
    Ask {
        /// What you ask for; “-” reads it from standard input.
        note: Option<String>,
        /// How many answers it takes.
        #[arg(short, long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=20))]
        answers: u8,
        /// How long it takes them, such as 12h or 7d.
        #[arg(short, long, value_name = "TIME", value_parser = parse_span)]
        ttl: Option<u64>,
    },
    /// Answer a request with files or a message.
    Answer {
        /// The link of the request; “-” reads it from standard input.
        link: String,
        #[command(flatten)]
        content: Content,
    },
    /// Open the answers to a request.
    Collect {
        /// The private link; “-”, or nothing, reads it from standard input.
        link: Option<String>,
        #[command(flatten)]
        receiving: Receiving,
        /// Wait until there is an answer.
        #[arg(short, long)]
        wait: bool,
    },
    /// Show what became of a share or a request, without opening anything.
    Status {
        /// The status link, the private link of a request, or a link that opens; “-”, or nothing, reads it from standard input.
        link: Option<String>,
        /// Wait until it was opened or has ended.
        #[arg(short, long)]
        wait: bool,
    },
    /// Delete a share before it is opened, or end a request.
    Delete {
        /// The status link, or the private link of a request; “-”, or nothing, reads it from standard input.
        link: Option<String>,
    },
    /// Show the site that is used, or store another one.
    Config {
        /// Address of the site to store.
        #[arg(value_name = "URL", value_hint = ValueHint::Url)]
        new: Option<String>,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Write the manual pages into a folder.
    Man {
        /// The folder.
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
}
