#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption stops the test, with its place")]
#![allow(clippy::print_stdout, reason = "figures are printed")]

use super::{PAGES, SHARED, bundle};
use crate::web::assets::{brotli, bundle_scripts};
use crate::web::site_files::{Part, SiteFiles};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// Maximum size of a page's bundle in bytes, compressed.
const PAGE_BUDGET: usize = 25_000;

fn bundled(scripts: &[(&str, &str)]) -> BTreeMap<String, String> {
    bundle(&scripts.iter().copied().collect()).unwrap()
}

fn error_of(scripts: &[(&str, &str)]) -> String {
    bundle(&scripts.iter().copied().collect()).unwrap_err().to_string()
}

/// Returns the block that a page of one module becomes, without its frame.
fn alone(text: &str) -> String {
    let bundles = bundled(&[("js/pages/a.js", text)]);
    let frame = ("// js/pages/a.js\nlet $1;\n{\n", "\n$1 = {  };\n}\n");
    bundles["js/pages/a.js"].strip_prefix(frame.0).unwrap().strip_suffix(frame.1).unwrap().to_owned()
}

#[test]
fn modules_become_blocks_after_their_imports() {
    let bundles = bundled(&[
        (
            "js/pages/a.js",
            "import { one } from \"../behaviours/b.js\";\nimport {\n  two as other,\n} from \"../lib/c.js\";\n\
             import * as all from \"../lib/c.js\";\n\nawait one(other, all.Three);\n",
        ),
        ("js/behaviours/b.js", "import { two } from \"../lib/c.js\";\nexport const one = two;\n"),
        ("js/lib/c.js", "/** Two. */\nexport async function two() {}\nexport class Three {}\nfunction own() {}\n"),
        ("js/lib/unused.js", "export default 1;\n"),
    ]);
    assert_eq!(bundles.keys().collect::<Vec<_>>(), ["js/pages/a.js"]);
    assert_eq!(
        bundles["js/pages/a.js"],
        "// js/lib/c.js\nlet $1;\n{\nasync function two() {}\nclass Three {}\nfunction own() {}\n\
         $1 = { two, Three };\n}\n\
         // js/behaviours/b.js\nlet $2;\n{\nconst { two } = $1;\nconst one = two;\n$2 = { one };\n}\n\
         // js/pages/a.js\nlet $3;\n{\nconst { one } = $2;\nconst { two: other } = $1;\nconst all = $1;\n\
         await one(other, all.Three);\n$3 = {  };\n}\n"
    );
}

#[test]
fn a_dynamic_import_gets_its_own_bundle_and_an_adjusted_specifier() {
    let bundles = bundled(&[
        ("js/pages/a.js", "import { ask } from \"../lib/b.js\";\nask(() => import(\"./c.js\"));\n"),
        ("js/lib/b.js", "export const ask = (job) => [job, import(\"./d.js\"), import(\"./d.js\")];\n"),
        ("js/pages/c.js", "import(\"../x.js\");\n"),
        ("js/lib/d.js", "import { pure } from \"./e.js\";\nexport function one() {}\nexport const two = pure;\n"),
        ("js/lib/e.js", "export function pure() {}\n"),
        ("js/x.js", "start();\n"),
    ]);
    assert_eq!(
        bundles.keys().collect::<Vec<_>>(),
        ["js/lib/d.js", "js/pages/a.js", "js/pages/c.js", "js/x.js"],
        "one bundle per root"
    );
    let page = &bundles["js/pages/a.js"];
    assert!(page.contains("[job, import(\"../../js/lib/d.js\"), import(\"../../js/lib/d.js\")]"), "{page}");
    assert!(page.contains("import(\"../../js/pages/c.js\")"), "{page}");
    let loaded = &bundles["js/lib/d.js"];
    assert!(loaded.ends_with("}\nexport const { one, two } = $2;\n"), "{loaded}");
}

#[test]
fn comments_on_lines_of_their_own_are_removed() {
    for (text, left) in [
        ("a();\n  // one\n  /* two\n   */\n  b();", "a();\n  b();"),
        ("/** @type {import(\"./nowhere.js\").X} */\nlet a;", "let a;"),
        ("/**\n * @param {import(\"./nowhere.js\").X} a\n */\nlet a;", "let a;"),
        ("a(\"// no\"); // last", "a(\"// no\"); // last"),
        ("const a = `\nno import\n`;", "const a = `\nno import\n`;"),
    ] {
        assert_eq!(alone(text), left, "{text}");
    }
}

#[test]
fn unsupported_forms_are_errors_with_their_line() {
    for (text, line, reason) in [
        ("\nimport a from \"./b.js\";", 2, "imports must"),
        ("import a, { one } from \"./b.js\";", 1, "imports must"),
        ("import \"./b.js\";", 1, "imports must"),
        ("import { one } from \"./b.js\"", 1, "unterminated import"),
        ("import { one } from \"./b.js\" with { type: \"json\" };", 1, "imports must"),
        ("import { one } from 'b.js';", 1, "imports must"),
        ("import { one } from \"b.js\";", 1, "imports must"),
        ("import { one } from \"https://example.org/b.js\";", 1, "imports must"),
        ("import { one } from \"./b.js?x\";", 1, "imports must"),
        ("import { one } from \"../../../b.js\";", 1, "imports must"),
        ("\n\nimport { no } from \"./b.js\";", 3, "js/pages/b.js does not export no"),
        ("\nimport { one } from \"./no.js\";", 2, "js/pages/no.js is imported but does not exist"),
        ("a();\nimport { one } from \"./b.js\";", 2, "precede other code"),
        ("a();\nimport(b);", 2, "dynamic imports must"),
        ("import(\"./b.js\" + c);", 1, "dynamic imports must"),
        ("import(`./b.js`);", 1, "dynamic imports must"),
        ("import(\"./no.js\");", 1, "js/pages/no.js is imported but does not exist"),
        ("export default 1;", 1, "only functions"),
        ("export { a };", 1, "only functions"),
        ("export * from \"./b.js\";", 1, "only functions"),
        ("export let a = 1;", 1, "only functions"),
        ("export function* a() {}", 1, "only functions"),
        ("export const { a } = b;", 1, "only functions"),
        ("var a = 1;", 1, "var"),
        ("a();\n/* b", 2, "unterminated comment"),
        ("/* b */ a();", 1, "code after a comment"),
    ] {
        let message = error_of(&[("js/pages/a.js", text), ("js/pages/b.js", "export function one() {}")]);
        assert!(message.starts_with(&format!("js/pages/a.js, line {line}: ")), "{text}: {message}");
        assert!(message.contains(reason), "{text}: {message}");
    }
}

#[test]
fn a_module_with_state_in_two_bundles_is_an_error() {
    let page = ("js/pages/a.js", "import { b } from \"../lib/b.js\";\nimport(\"../lib/c.js\");\n");
    let loaded = ("js/lib/c.js", "import { b } from \"./b.js\";\n");
    let one = |b: &'static str| error_of(&[page, ("js/lib/b.js", b), loaded]);
    assert!(
        one("export const b = 1;\nlet kept = false;")
            .starts_with("js/lib/b.js, line 2: js/lib/c.js, which is imported dynamically, would")
    );
    assert!(one("export class b extends Error {}").contains("a second copy"));
    bundled(&[page, ("js/lib/b.js", "export function b() {\n  let c;\n}"), loaded]);

    let elsewhere = error_of(&[
        ("js/pages/a.js", "import { b } from \"../behaviours/b.js\";\nimport(\"../lib/c.js\");\n"),
        ("js/behaviours/b.js", "export const b = 1;\n"),
        ("js/lib/c.js", "import { b } from \"../behaviours/b.js\";\n"),
    ]);
    assert!(elsewhere.contains("a second copy"), "{elsewhere}");
}

#[test]
fn an_import_cycle_is_an_error() {
    let cycle = error_of(&[
        ("js/pages/a.js", "import { b } from \"../lib/b.js\";\n"),
        ("js/lib/b.js", "import { c } from \"./c.js\";\nexport const b = 1;\n"),
        ("js/lib/c.js", "\nimport { b } from \"./b.js\";\nexport const c = 1;\n"),
    ]);
    assert_eq!(cycle, "js/lib/c.js, line 2: import cycle through js/lib/b.js");
}

/// Adds `path` and its static imports to `into`, found by a line-based scan.
fn reachable(scripts: &BTreeMap<String, String>, path: &str, into: &mut BTreeSet<String>) {
    if !into.insert(path.to_owned()) {
        return;
    }
    for line in scripts[path].lines().filter(|line| line.starts_with("import ") || line.starts_with("} from ")) {
        let Some(address) = line.split('"').nth(1) else { continue };
        let name = address.rsplit('/').next().unwrap();
        let folder = match address.strip_suffix(name).unwrap() {
            "./" => path.rsplit_once('/').unwrap().0.to_owned(),
            other => format!("js/{}", other.strip_prefix("../").unwrap().trim_end_matches('/')),
        };
        reachable(scripts, &format!("{folder}/{name}"), into);
    }
}

#[test]
fn the_bundles_of_the_site_hold_each_of_their_modules_once() {
    let files = SiteFiles::find(Part::Static, None).unwrap();
    let contents: BTreeMap<_, _> = files.paths().map(|path| (path.to_owned(), files.read(path).unwrap())).collect();
    let began = Instant::now();
    let bundles = bundle_scripts(&contents).unwrap();
    let took = began.elapsed();

    let scripts: BTreeMap<String, String> = contents
        .into_iter()
        .filter(|(path, _)| path.starts_with("js/"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    let mut holders: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (root, bytes) in &bundles {
        let text = str::from_utf8(bytes).unwrap();
        let mut expected = BTreeSet::new();
        reachable(&scripts, root, &mut expected);
        let parts: Vec<&str> = text.split("// js/").skip(1).collect();
        let held: Vec<String> = parts.iter().map(|part| format!("js/{}", part.lines().next().unwrap())).collect();
        assert_eq!(held.len(), expected.len(), "{root}: {held:?}");
        assert_eq!(held.iter().cloned().collect::<BTreeSet<_>>(), expected, "{root}");
        assert_eq!(held.last(), Some(root));
        for (part, path) in parts.iter().zip(&held) {
            for line in scripts[path].lines().filter_map(|line| line.strip_prefix("export ")) {
                assert_eq!(part.matches(&format!("\n{line}")).count(), 1, "{root}, {path}: {line}");
            }
        }
        let ends = |line: &&str| line.starts_with("import ") || line.starts_with("export ");
        let left: Vec<&str> = text.lines().filter(ends).filter(|line| !line.starts_with("export const {")).collect();
        assert!(left.is_empty(), "{root}: {left:?}");
        let weight = brotli(bytes).unwrap().len();
        println!("{root}: {} modules, {} bytes, {weight} compressed", held.len(), bytes.len());
        assert!(weight <= PAGE_BUDGET, "{root}");
        for path in held {
            holders.entry(path).or_default().push(root);
        }
    }
    println!("bundled in {took:?}");

    let pages = bundles.keys().filter(|root| root.starts_with(PAGES)).count();
    assert!(pages >= 4 && bundles.len() > pages, "{:?}", bundles.keys());
    // A page may hold a second copy of stateless modules only.
    let shared = |roots: &Vec<&str>| roots.len() > 1 && roots.iter().any(|root| !root.starts_with(PAGES));
    let copied: Vec<&String> = holders.iter().filter(|(_, roots)| shared(roots)).map(|(path, _)| path).collect();
    assert!(copied.iter().all(|path| path.starts_with(SHARED)), "{copied:?}");
    assert!(!copied.is_empty(), "no dynamic bundle shares a module with a page, so this test checks nothing");
}
