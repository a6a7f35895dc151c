//! Checks of the module structure: layers depend one way, and sibling files do not import each other in circles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer, the modules of this crate that it may use, and the external crates that it must not use.
const LAYERS: [(&str, &[&str], &[&str]); 3] = [
    ("share", &["share"], &["rocket", "tokio", "redis", "redb", "tracing", "getrandom"]),
    ("store", &["share", "store"], &[]),
    ("service", &["share", "store", "service", "metrics", "pot"], &["rocket", "redis", "redb"]),
];

/// Returns the `use` paths of every source file by its module path, such as `["web", "pages", "open"]`. Skips tests.
fn modules() -> BTreeMap<Vec<String>, Vec<Vec<String>>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let parsed = files.into_iter().filter_map(|file| {
        let inside = file.strip_prefix(&root).unwrap().with_extension("");
        let mut path: Vec<String> = inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        if path.last().is_some_and(|name| matches!(name.as_str(), "mod" | "lib" | "main")) {
            path.pop();
        }
        let is_test = path.iter().any(|name| name == "tests" || name == "layers");
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        (!is_test).then(|| (path.clone(), uses(&path, &code)))
    });
    parsed.collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Returns the absolute paths of all `use` items, with `super` and `self` resolved against `module`. Skips re-exports.
fn uses(module: &[String], code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let items =
        code.split(';').map(str::trim).filter_map(|item| item.rsplit_once("\nuse ").or(item.split_once("use ")));
    for (before, tree) in items {
        if before.lines().last().is_some_and(|line| line.starts_with("pub") || line.contains("//")) {
            continue;
        }
        expand(&tree.split_whitespace().collect::<String>(), &[], &mut found);
    }
    let resolve = |path: Vec<String>| {
        let mut base = module.to_vec();
        let mut rest = path.as_slice();
        match path.first().map(String::as_str) {
            Some("crate") => (base.clear(), rest = &path[1..]).1,
            Some("self") => rest = &path[1..],
            Some("super") => {
                while rest.first().is_some_and(|name| name == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            _ => return path,
        }
        [vec!["crate".to_owned()], base, rest.to_vec()].concat()
    };
    found.into_iter().map(resolve).collect()
}

/// Adds every path of a `use` tree without whitespace, such as `a::{b,c::D}`.
fn expand(tree: &str, prefix: &[String], found: &mut Vec<Vec<String>>) {
    let (head, group) = tree.split_once('{').map_or((tree, None), |(head, rest)| (head, rest.strip_suffix('}')));
    let mut path = prefix.to_vec();
    path.extend(head.split("::").filter(|name| !name.is_empty()).map(|name| name.trim_start_matches("r#").to_owned()));
    let Some(group) = group else { return found.push(path) };
    let (mut depth, mut start) = (0, 0);
    for (place, letter) in group.char_indices().chain([(group.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if start < place {
                    expand(&group[start..place], &path, found);
                }
                start = place + 1;
            }
            _ => {}
        }
    }
}

/// The longest prefix of an absolute path that is a module of this crate.
fn module_of<'m>(path: &[String], modules: &'m BTreeMap<Vec<String>, Vec<Vec<String>>>) -> Option<&'m Vec<String>> {
    let inside = path.strip_prefix(&["crate".to_owned()])?;
    let longest = (1..=inside.len()).rev().find_map(|length| modules.get_key_value(&inside[..length]))?;
    Some(longest.0)
}

#[test]
fn each_layer_uses_only_the_layers_below_it() {
    let modules = modules();
    let mut checked = 0;
    for (module, paths) in &modules {
        let layer = LAYERS.iter().find(|(name, _, _)| module.first().is_some_and(|first| first == name));
        let Some((_, allowed, forbidden)) = layer else { continue };
        for path in paths {
            checked += 1;
            if path[0] == "crate" {
                assert!(allowed.contains(&path[1].as_str()), "{} uses {}", module.join("::"), path.join("::"));
            }
            assert!(!forbidden.contains(&path[0].as_str()), "{} uses {}", module.join("::"), path.join("::"));
        }
    }
    assert!(checked > 200, "only {checked} imports were found");
}

#[test]
fn files_do_not_import_each_other_in_circles() {
    let modules = modules();
    let related = |a: &[String], b: &[String]| a.starts_with(b) || b.starts_with(a);
    let mut edges: BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> = BTreeMap::new();
    for (module, paths) in &modules {
        let targets = paths.iter().filter_map(|path| module_of(path, &modules));
        edges.insert(module, targets.filter(|target| !related(module, target)).collect());
    }
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > 100, "too few imports were found");
    for module in modules.keys() {
        let (mut reached, mut next) = (BTreeSet::new(), vec![module]);
        while let Some(from) = next.pop() {
            next.extend(edges[from].iter().filter(|to| reached.insert(**to)));
        }
        assert!(!reached.contains(module), "{} imports itself through others", module.join("::"));
    }
}

#[test]
fn the_formats_and_the_domain_have_no_clock_randomness_or_io() {
    let mut files = Vec::new();
    for folder in ["crates/envelope/src", "src/share"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    files.retain(|file| !file.ends_with("crates/envelope/src/random.rs"));
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
        let code: Vec<_> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for impure in ["getrandom", "::random()", "SystemTime", "Instant", "std::fs", "std::net", "std::env", "std::io"]
        {
            assert!(!code.iter().any(|line| line.contains(impure)), "{} uses {impure}", file.display());
        }
    }
    assert!(files.len() > 25, "only {} files were found", files.len());
}

#[test]
fn only_the_guard_and_the_operator_get_the_use_cases_that_change_shares() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let callers = files.iter().filter(|file| fs::read_to_string(file).unwrap().contains(".unchecked_changes("));
    let callers: BTreeSet<_> = callers.map(|file| file.strip_prefix(&root).unwrap().to_str().unwrap()).collect();
    assert_eq!(callers, BTreeSet::from(["layers.rs", "operator.rs", "service/tests.rs", "web/limits.rs"]));
}
