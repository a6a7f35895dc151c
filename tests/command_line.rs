//! Tests of the program as one file: its command line, and a site that runs from an empty folder without settings.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// Every subcommand that an operator may run.
const SUBCOMMANDS: [&str; 7] = ["check-config", "completions", "doctor", "healthcheck", "man", "take-down", "usage"];

/// Runs the program in an empty folder with a setting that aborts everything that reads settings.
fn run(arguments: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_onetimeshare"));
    let output = command.args(arguments).current_dir(folder.path()).env("ROCKET_PORT", "none").output().unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{arguments:?} leaves nothing behind");
    output
}

/// Runs the program, which must succeed, and returns what it prints.
#[track_caller]
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns whether a program is installed.
fn is_installed(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap().status.success()
}

/// Runs a program on a file, which it must accept without a word on standard error. Returns what it prints.
#[track_caller]
fn accepted(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).env("LC_ALL", "C.UTF-8").output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{program} {}: {errors}", file.display());
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the subcommands that the help lists.
fn listed() -> BTreeSet<String> {
    let help = printed(&["--help"]);
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list").to_owned();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_help_names_every_subcommand_and_where_the_data_goes() {
    assert_eq!(listed(), SUBCOMMANDS.map(str::to_owned).into());
    let help = printed(&["--help"]);
    for words in
        ["127.0.0.1:8000", "\"data\" in the working directory", "ROCKET_PUBLIC_URL", "REDIS_HOST", "Rocket.toml"]
    {
        assert!(help.contains(words), "{words}: {help}");
    }
    for name in SUBCOMMANDS {
        let help = printed(&[name, "--help"]);
        assert!(help.contains(&format!("Usage: onetimeshare {name}")), "{help}");
    }
    assert!(printed(&["-h"]).lines().count() < 25, "the short help fits a screen");
}

#[test]
fn the_variables_of_the_help_are_those_of_the_readme() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let help = printed(&["--help"]);
    let words = help.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
    let variables: BTreeSet<_> =
        words.filter(|word| word.starts_with("ROCKET_") || word.starts_with("REDIS_")).collect();
    for variable in variables.iter().filter(|name| !["ROCKET_", "ROCKET_CONFIG"].contains(name)) {
        assert!(readme.contains(&format!("`{variable}`")), "{variable}");
    }
    println!("{} variables in the help", variables.len());
    assert!(variables.len() > 10, "{variables:?}");
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(printed(&["--version"]), format!("onetimeshare {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_command_line_ends_with_2_and_the_usage() {
    for arguments in [&["serve"][..], &["--port", "80"], &["take-down"], &["completions", "dos"], &["man"]] {
        let output = run(arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
        assert!(text.contains("--help"), "{arguments:?}: {text}");
    }
}

#[test]
fn the_completions_of_each_shell_parse_and_name_every_subcommand() {
    let folder = TempDir::new().unwrap();
    let mut parsed = Vec::new();
    // Bash runs the checks of the project and is therefore installed; the others are checked where they are.
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        let script = printed(&["completions", shell]);
        for name in SUBCOMMANDS {
            assert!(script.contains(name), "{shell}: {name}");
        }
        let file = folder.path().join(shell);
        std::fs::write(&file, script).unwrap();
        if shell == "bash" || is_installed(shell) {
            accepted(shell, &[check], &file);
            parsed.push(shell);
        }
    }
    println!("completions parsed by {}", parsed.join(", "));

    // Completes the word after the program's name, as bash does.
    let complete = r#"source "$1"; COMP_WORDS=(onetimeshare ch) COMP_CWORD=1; _onetimeshare onetimeshare ch onetimeshare
        echo "${COMPREPLY[*]}""#;
    let output = Command::new("bash").args(["-c", complete, "-"]).arg(folder.path().join("bash")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "check-config\n");
}

#[test]
fn the_manual_pages_render_and_cover_every_subcommand() {
    let folder = TempDir::new().unwrap();
    let pages = folder.path().join("share/man1");
    let paths = printed(&["man", pages.to_str().unwrap()]);
    let mut wanted: BTreeSet<_> = SUBCOMMANDS.iter().map(|name| format!("onetimeshare-{name}.1")).collect();
    wanted.insert("onetimeshare.1".to_owned());
    let written = std::fs::read_dir(&pages).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(written.collect::<BTreeSet<_>>(), wanted);
    assert_eq!(paths.lines().count(), wanted.len());

    let renderer = ["mandoc", "groff"].into_iter().find(|program| is_installed(program));
    let renderer = renderer.expect("mandoc or groff renders the manual pages; install groff-base");
    let arguments: &[&str] =
        if renderer == "groff" { &["-man", "-Tutf8", "-ww", "-P-cbou"] } else { &["-Tutf8", "-Werror"] };
    for name in &wanted {
        let text = accepted(renderer, arguments, &pages.join(name));
        assert!(text.contains("SYNOPSIS") && text.contains("DESCRIPTION"), "{name}: {text}");
    }
    let text = accepted(renderer, arguments, &pages.join("onetimeshare.1"));
    for words in ["ENVIRONMENT", "FILES", "EXIT STATUS", "ROCKET_PUBLIC_URL", "onetimeshare-take-down(1)"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    println!("{} manual pages rendered by {renderer}", wanted.len());
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let output = run(&["man", "/proc/nowhere"]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("cannot write /proc/nowhere"), "{text}");
}

/// A server that is killed when it goes out of scope.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns the program, copied alone into a folder, with an empty environment.
fn alone(folder: &Path) -> Command {
    let program = folder.join("onetimeshare");
    // By another process: a program cannot run while a child that another test starts has inherited the open copy.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_onetimeshare")).arg(&program).status().unwrap();
    assert!(copied.success());
    let mut command = Command::new(&program);
    command.env_clear().current_dir(folder).stdin(Stdio::null());
    command
}

/// Starts a server and waits until it listens. Returns it and its log.
fn serving(mut command: Command) -> (Running, String) {
    let mut server = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
    let running = Running(server);
    let mut log = String::new();
    loop {
        let line = lines.next().unwrap_or_else(|| panic!("it ended:\n{log}")).unwrap();
        log += &line;
        log.push('\n');
        if line.contains("serving http://127.0.0.1:") {
            // Later lines are read until the end, so that the log never blocks.
            std::thread::spawn(move || lines.for_each(drop));
            return (running, log);
        }
    }
}

#[test]
fn the_program_alone_serves_a_whole_journey_from_an_empty_folder() {
    let folder = TempDir::new().unwrap();
    let mut command = alone(folder.path());
    let checked = command.arg("check-config").output().unwrap();
    let text = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success() && text.contains("listens at: http://127.0.0.1:8000\n"), "{text}");
    let data = folder.path().canonicalize().unwrap().join("data");
    assert!(text.contains(&format!("store: files in {}\n", data.display())) && !data.exists(), "{text}");

    // Another server may use the default port.
    let mut command = alone(folder.path());
    command.env("ROCKET_PORT", "0");
    let (_running, log) = serving(command);
    let address = log.split("serving ").nth(1).unwrap().split_whitespace().next().unwrap().trim_end_matches('/');
    assert!(
        log.contains(&format!("data_dir={:?}", data.display().to_string())),
        "the log says where shares are: {log}"
    );
    assert!(!log.contains("ERROR") && !log.contains("WARN"), "{log}");

    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let get = |path: &str| {
        let mut answer = agent.get(format!("{address}{path}")).call().unwrap();
        let body = answer.body_mut().read_to_vec().unwrap();
        (answer.status().as_u16(), String::from_utf8_lossy(&body).into_owned())
    };
    let send = |path: &str, fields: &[(&str, &str)]| {
        let mut answer = agent.post(format!("{address}{path}")).send_form(fields.iter().copied()).unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    };

    // The pages, in a language and with everything that they load.
    let (status, page) = get("/?lang=de");
    assert!(status == 200 && page.contains("lang=\"de\"") && page.contains("</html>"), "{page}");
    let mut loaded = 0;
    // Tera escapes slashes.
    for part in page.replace("&#x2F;", "/").split('"').filter(|part| part.starts_with("/assets/")) {
        assert_eq!(get(part).0, 200, "{part}");
        loaded += 1;
    }
    assert!(loaded >= 2, "{loaded} assets in {page}");
    for path in ["/about", "/status", "/request", "/offline", "/favicon.ico", "/sw.js", "/health/ready"] {
        assert_eq!(get(path).0, 200, "{path}");
    }

    // A share opens once.
    let (_, link) = send("/", &[("message", "by one file")]);
    let link = link.trim();
    let path = link.strip_prefix(address).unwrap().split('#').next().unwrap();
    assert_eq!(send(path, &[("link", link)]), (200, "by one file\n".to_owned()));
    let (status, text) = send(path, &[("link", link)]);
    assert!(status == 404 && text.contains("opened"), "{status}: {text}");
    assert!(data.join("shares.redb").is_file());
    println!("a journey and {loaded} assets from one file in an empty folder");
}
