//! Documents against the code: what comments and documents cite exists, and the HTTP interface is documented in full.

use super::{anchors, file, root};
use onetimeshare::config;
use rocket::figment::Figment;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Files and folders that are searched for citations.
const SEARCHED: [&str; 17] = [
    ".ci",
    "Cargo.toml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "README.md",
    "Rocket.toml",
    "SECURITY.md",
    "benches",
    "bin",
    "docker-compose.yml",
    "docs",
    "fuzz",
    "packaging",
    "src",
    "static/js",
    "templates",
];

/// Folders that a path in backquotes may start with.
const FOLDERS: [&str; 12] = [
    ".cargo/",
    ".ci/",
    "benches/",
    "bin/",
    "docs/",
    "fuzz/",
    "locales/",
    "packaging/",
    "src/",
    "static/",
    "templates/",
    "tests/",
];

fn collect(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        let sources = entries.iter().filter(|entry| !entry.ends_with("node_modules") && !entry.ends_with("vectors"));
        sources.for_each(|entry| collect(entry, found));
    } else {
        found.push(path.to_owned());
    }
}

/// Every searched text file with its lines joined to one, so that a citation may span lines of a comment.
fn searched() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    SEARCHED.iter().chain(&["tests"]).for_each(|name| collect(&root().join(name), &mut files));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let lines = text.lines().map(|line| line.trim_start().trim_start_matches(['/', '!', '#', '*']).trim());
        let joined = lines.collect::<Vec<_>>().join(" ");
        Some((path.strip_prefix(root()).unwrap().to_owned(), joined))
    };
    files.into_iter().filter_map(read).collect()
}

/// The documents that `text` names, each with the text before its name and after it.
fn names(text: &str) -> Vec<(&str, &str, &str)> {
    let part_of_a_path = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    let ends = text.match_indices(".md").map(|(place, found)| place + found.len());
    let whole = ends.filter(|end| !text[*end..].starts_with(|letter: char| letter.is_ascii_alphanumeric()));
    let split = whole.map(|end| {
        let start = text[..end]
            .rfind(|letter| !part_of_a_path(letter))
            .map_or(0, |place| place + text[place..].chars().next().map_or(1, char::len_utf8));
        (&text[..start], &text[start..end], &text[end..])
    });
    split.filter(|(_, name, _)| *name != ".md").collect()
}

/// Returns the document that a file calls `name`: a path from the root, from `docs/` or from the file's own folder.
fn document(citing: &Path, name: &str) -> Option<String> {
    let own = citing.parent().unwrap().join(name);
    let paths = [PathBuf::from(name), Path::new("docs").join(name), own];
    paths.into_iter().find_map(|path| fs::read_to_string(root().join(path)).ok())
}

fn headings(document: &str) -> BTreeSet<String> {
    let lines = document.lines().filter(|line| line.starts_with('#'));
    lines.map(|line| line.trim_start_matches('#').trim().to_owned()).collect()
}

/// The titles of sections cited next to a document's name: `docs/envelope.md`, "Keys" and "Link"; or “Keys” in
/// `docs/envelope.md`.
fn titles<'t>(before: &'t str, after: &'t str) -> Vec<&'t str> {
    let mut titles = Vec::new();
    let mut rest = after.trim_start_matches('`');
    while let Some(quoted) = rest.strip_prefix(", \"").or(rest.strip_prefix(" and \"")) {
        let Some((title, further)) = quoted.split_once('"') else { break };
        titles.push(title);
        rest = further;
    }
    let before = before.trim_end_matches('`');
    if let Some(quoted) = before.strip_suffix("” in ").or(before.strip_suffix("” of ")) {
        titles.extend(quoted.rsplit('“').next());
    }
    titles
}

#[test]
fn cited_documents_and_sections_exist() {
    let (mut documents, mut sections) = (0, 0);
    let mut missing = Vec::new();
    for (path, text) in searched() {
        for (before, name, after) in names(&text) {
            if before.ends_with("://") || name.contains("//") {
                continue;
            }
            documents += 1;
            let Some(cited) = document(&path, name) else {
                missing.push(format!("{}: {name}", path.display()));
                continue;
            };
            let anchor = after.strip_prefix('#').map(|rest| {
                rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').next().unwrap_or_default()
            });
            if let Some(anchor) = anchor.filter(|anchor| !anchors(&cited).contains(*anchor)) {
                missing.push(format!("{}: {name}#{anchor}", path.display()));
            }
            for title in titles(before, after) {
                sections += 1;
                if !headings(&cited).contains(title) {
                    missing.push(format!("{}: {name}, \"{title}\"", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "cited and missing:\n{}", missing.join("\n"));
    assert!(documents > 80 && sections > 15, "only {documents} documents and {sections} sections were found");
}

#[test]
fn cited_files_exist() {
    let mut checked = 0;
    let mut missing = Vec::new();
    for (path, text) in searched() {
        for quoted in text.split('`').skip(1) {
            let name = quoted.split_whitespace().next().unwrap_or_default();
            let is_path = FOLDERS.iter().any(|folder| name.starts_with(folder));
            let is_pattern = name.contains(['<', '{', '*', '…', '"', '(', '$']) || name.contains("/name.");
            if is_path && !is_pattern {
                checked += 1;
                if !root().join(name).exists() {
                    missing.push(format!("{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "cited and missing:\n{}", missing.join("\n"));
    assert!(checked > 100, "only {checked} paths were found");
}

/// One section of `docs/http-api.md`, up to the next heading.
fn section(title: &str) -> String {
    let document = file("docs/http-api.md");
    let start = format!("\n## {title}\n");
    let rest = document.split_once(&start).unwrap_or_else(|| panic!("there is no section {title}")).1;
    rest.split("\n#").next().unwrap().to_owned()
}

/// The requests that a table lists in its first column, such as `GET /s/{}`: parameters without their names.
fn documented(table: &str) -> BTreeSet<String> {
    let cells = table.lines().filter_map(|row| row.strip_prefix("| ")?.split(" |").next());
    let requests = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    requests.map(|request| without_names(request, '{', '}')).collect()
}

/// Replaces each parameter of a path by `{}`.
fn without_names(path: &str, open: char, close: char) -> String {
    let mut pieces = path.split(open);
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str("{}");
        plain.push_str(piece.split_once(close).map_or("", |(_, rest)| rest));
    }
    plain
}

/// The requests that the program routes, written as [`documented`] does, without the route for all other addresses.
fn routed() -> BTreeSet<String> {
    let figment = Figment::from(config::defaults()).select(rocket::Config::DEFAULT_PROFILE).merge(("metrics", true));
    let rocket = onetimeshare::rocket(&figment).expect("the default settings are valid");
    let requests = rocket.routes().map(|route| {
        let method = route.method.as_str();
        format!("{method} {}", without_names(route.uri.path(), '<', '>'))
    });
    requests.filter(|request| !request.ends_with(" /{}")).collect()
}

/// The operations of `docs/openapi.yaml` below `/api/`, written as [`documented`] does.
fn described() -> BTreeSet<String> {
    let document: serde_json::Value = serde_saphyr::from_str(&file("docs/openapi.yaml")).unwrap();
    let paths = document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/api/"));
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys().filter(|name| *name != "parameters");
        methods.map(move |method| format!("{} {}", method.to_uppercase(), without_names(path, '{', '}')))
    });
    operations.collect()
}

#[test]
fn every_route_is_documented_and_every_documented_route_exists() {
    let (calls, pages): (BTreeSet<_>, BTreeSet<_>) =
        routed().into_iter().partition(|request| request.contains(" /api/"));
    assert_eq!(described(), calls);
    assert_eq!(documented(&section("Pages")), pages);
    // The document that says in which order to call them names no other.
    let document = file("docs/http-api.md");
    let quoted = document.split('`').skip(1).step_by(2).filter(|text| text.contains(" /api/v1"));
    let named: BTreeSet<_> = quoted.map(|request| without_names(request, '{', '}')).collect();
    assert!(named.len() > 12, "{named:?}");
    assert_eq!(named.difference(&calls).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_error_code_is_documented_with_its_status() {
    let source = file("src/web/errors.rs");
    let definitions = source.lines().filter_map(|line| {
        let (_, rest) = line.trim().split_once(" = ")?;
        let (status, rest) = rest.split_once(" \"")?;
        let status: u16 = status.parse().ok()?;
        Some((status, rest.split('"').next()?.to_owned()))
    });
    let table = section("Errors");
    let rows = table.lines().filter_map(|row| {
        let (status, rest) = row.strip_prefix("| ")?.split_once(" | `")?;
        Some((status.parse().ok()?, rest.split('`').next()?.to_owned()))
    });
    let defined: BTreeSet<(u16, String)> = definitions.collect();
    assert!(defined.len() > 15, "only {} codes were found", defined.len());
    assert_eq!(rows.collect::<BTreeSet<(u16, String)>>(), defined);
}

#[test]
fn every_promise_names_tests_that_exist() {
    let document = file("SECURITY.md");
    let promises = document.split_once("\n## Promises\n").unwrap().1.split("\n## ").next().unwrap();
    let mut sources = Vec::new();
    for folder in ["src", "crates", "tests"] {
        collect(&root().join(folder), &mut sources);
    }
    let sources: String = sources.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let (mut promised, mut named) = (0, 0);
    for promise in promises.replace('\n', " ").split(". **").skip(1) {
        promised += 1;
        let (text, tests) = promise.split_once("Tests: ").unwrap_or_else(|| panic!("{promise} names no test"));
        assert!(text.contains("**"), "{text}");
        for test in tests.split('`').skip(1).step_by(2) {
            assert!(sources.contains(&format!("fn {test}()")), "there is no test {test}");
            named += 1;
        }
    }
    assert!(promised >= 7 && named >= 2 * promised, "{promised} promises, {named} tests");
}
