//! What the program says about itself. Because this suite runs it, cargo builds it for the suites of the server as well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assumption should fail the test")]

use std::fs;
use std::process::Command;

fn run(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ots")).args(words).env_clear().output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn help_and_version_name_the_commands_and_the_exit_codes() {
    let help = run(&["--help"]);
    assert!(help.contains("Exit codes") && help.contains("collect"), "{help}");
    assert!(run(&["--version"]).starts_with("ots "));
}

#[test]
fn completions_know_every_command_and_option() {
    for shell in ["bash", "zsh", "fish"] {
        let script = run(&["completions", shell]);
        assert!(script.contains("collect") && script.contains("password-file"), "{shell}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = std::env::temp_dir().join(format!("ots-man-{}", std::process::id()));
    run(&["man", folder.to_str().unwrap()]);
    let mut pages: Vec<_> = fs::read_dir(&folder).unwrap().map(|page| page.unwrap().file_name()).collect();
    pages.sort();
    assert!(pages.len() > 10 && pages.contains(&"ots.1".into()) && pages.contains(&"ots-send.1".into()), "{pages:?}");
    fs::remove_dir_all(folder).unwrap();
}
