#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption stops the test, with its place")]
#![allow(clippy::print_stdout, reason = "figures are printed")]

use super::{PAGES, SHARED, bundle};
use crate::web::assets::{brotli, bundle_scripts, read_folder};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
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
    bundles["js/pages/a.js"].strip_prefix("// js/pages/a.js\n{\n").unwrap().strip_suffix("\n}\n").unwrap().to_owned()
}

#[test]
fn modules_become_blocks_after_their_imports() {
    let bundles = bundled(&[
        (
            "js/pages/a.js",
            "import \"../behaviours/b.js\";\nimport {\n  one, // the first\n  two as other,\n} from '../lib/c.js';\nimport * as all \
             from \"../lib/c.js\";\n\nawait one(other, all.Three);\n",
        ),
        ("js/behaviours/b.js", "import { one } from \"../lib/c.js\";\none();\n"),
        (
            "js/lib/c.js",
            "/** One. */\nexport async function one() {}\nexport const two = [1, 2];\nexport class Three {}\nfunction own() {}\n",
        ),
        ("js/lib/unused.js", "export default 1;\n"),
    ]);
    assert_eq!(bundles.keys().collect::<Vec<_>>(), ["js/pages/a.js"]);
    assert_eq!(
        bundles["js/pages/a.js"],
        "// js/lib/c.js\nlet $1;\n{\nasync function one() {}\nconst two = [1, 2];\nclass Three {}\nfunction own() {}\n\
         $1 = Object.freeze({ __proto__: null, Three, one, two });\n}\n\
         // js/behaviours/b.js\n{\nconst { one } = $1;\none();\n}\n\
         // js/pages/a.js\n{\nconst { one, two: other } = $1;\nconst all = $1;\n\nawait one(other, all.Three);\n}\n"
    );
}

#[test]
fn a_dynamic_import_gets_its_own_bundle_and_an_adjusted_specifier() {
    let bundles = bundled(&[
        ("js/pages/a.js", "import { ask } from \"../lib/deep/b.js\";\nask(() => import(\"./c.js\"));\n"),
        ("js/lib/deep/b.js", "export const ask = (job) => [job, import(\"../d.js\")];\n"),
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
    assert!(bundles["js/pages/a.js"].contains("[job, import(\"../lib/d.js\")]"), "{}", bundles["js/pages/a.js"]);
    assert!(bundles["js/pages/a.js"].contains("import(\"./c.js\")"), "{}", bundles["js/pages/a.js"]);
    assert!(
        bundles["js/lib/d.js"]
            .ends_with("const { one: $one, two: $two } = $2;\nexport { $one as one, $two as two };\n"),
        "{}",
        bundles["js/lib/d.js"]
    );
}

#[test]
fn strings_regexes_and_templates_are_unchanged() {
    for text in [
        "const a = \"import b from 'c'; // no\";",
        "const a = 'it\\'s /* not */ a comment';",
        "const a = `\nimport x from \"y\";\nexport default ${b ? `// ${{ c: `}` }.c}` : \"`\"} /* kept */\n`;",
        "const a = /[/`\"]\\/\\/ var/u.test(b) ? 4 / 2 / 1 : c[0] / 2;",
        "if (a) /\"/.exec(b);",
        "const a = (b) / 2, c = \"/\";",
        "return_(/'/, !/`/.test(c), d.return / 2, \"/\");",
        "a.import = b.export + c.$d + this.#var;",
        "for (const { a, ...b } of c) d(b, .5, 1_000.5e-3, 0xFFn);",
    ] {
        assert_eq!(alone(text), text);
    }
}

#[test]
fn comments_are_removed_and_line_ends_kept() {
    for (text, left) in [
        ("a();\n  // one\n  /* two\n   */\n  b();", "a();\n  b();"),
        ("a(); // one\nb(); /* two */  \r\nc();", "a();\nb();  \r\nc();"),
        ("a/**/in/* x */b;", "a in b;"),
        ("a /* one\ntwo */ b", "a \n b"),
        ("/** @type {import(\"./nowhere.js\").X} */\nlet a;", "let a;"),
        ("a(); // last", "a();"),
    ] {
        assert_eq!(alone(text), left, "{text}");
    }
}

#[test]
fn unsupported_syntax_is_an_error_with_its_line() {
    for (text, line, reason) in [
        // Unsupported forms
        ("\nimport a from \"./b.js\";", 2, "default"),
        ("import { default as a } from \"./b.js\";", 1, "default"),
        ("import a, { one } from \"./b.js\";", 1, "default"),
        ("import { one } from \"./b.js\"", 1, "; expected"),
        ("import { one } from \"./b.js\" with { type: \"json\" };", 1, "; expected"),
        ("import { \"one\" as a } from \"./b.js\";", 1, "name expected"),
        ("import { one two } from \"./b.js\";", 1, ", expected"),
        ("import { one as $1 } from \"./b.js\";", 1, "names that begin with $"),
        ("import { one } from \"b\";", 1, "specifiers must"),
        ("import { one } from \"https://example.org/b.js\";", 1, "specifiers must"),
        ("import { one } from \"./b.js?x\";", 1, "specifiers must"),
        ("import { one } from \"../../../b.js\";", 1, "specifiers must"),
        ("\n\nimport { no } from \"./b.js\";", 1, "js/pages/b.js does not export no"),
        ("\nimport { one } from \"./no.js\";", 2, "js/pages/no.js is imported but does not exist"),
        ("a();\nimport { one } from \"./b.js\";", 2, "precede other code"),
        ("if (a) {\n  import \"./b.js\";\n}", 2, "precede other code"),
        ("a(import.meta.url);", 1, "precede other code"),
        ("import.meta;", 1, "specifiers must"),
        ("a();\nimport(b);", 2, "specifiers must"),
        ("import(\"./b.js\" + c);", 1, ") expected"),
        ("import(`./b.js`);", 1, "specifiers must"),
        ("export default 1;", 1, "only functions"),
        ("export { a };", 1, "only functions"),
        ("export * from \"./b.js\";", 1, "only functions"),
        ("export let a = 1;", 1, "only functions"),
        ("export function* a() {}", 1, "name expected"),
        ("export function default() {}", 1, "default"),
        ("export const { a } = b;", 1, "name expected"),
        ("export const a = (1, 2), b = 3;", 1, "one const per statement"),
        ("export const a = 1", 1, "one const per statement"),
        ("{\n  export const a = 1;\n}", 2, "inside a block"),
        ("export function a() {}\na = b;", 2, "assigned again"),
        ("export class A {}\nfunction c() {\n  A = 1;\n}", 3, "assigned again"),
        // Names visible to other modules
        ("var a = 1;", 1, "var"),
        ("const b = 1;\nconst $1 = 2;", 2, "names that begin with $"),
        // Ambiguous or malformed tokens
        ("const a = {} / 2;", 1, "ambiguous slash"),
        ("a++ / 2;", 1, "ambiguous slash"),
        ("for (a of /b/) c();", 1, "ambiguous slash"),
        ("const \\u0061 = 1;", 1, "unsupported character"),
        ("const é = 1;", 1, "not ASCII"),
        ("a(); // b\u{2028}c();", 1, "U+2028"),
        ("const a = \"b\nc\";", 1, "unterminated string"),
        ("const a = /b\n/;", 1, "unterminated regular"),
        ("a();\nconst b = `c ${d}", 2, "unterminated template"),
        ("a(); /* b", 1, "unterminated comment"),
        ("a(b;\n", 2, "unclosed bracket"),
        ("a(b];", 1, "unmatched closing"),
        ("}", 1, "unmatched closing"),
    ] {
        let message = error_of(&[("js/pages/a.js", text), ("js/pages/b.js", "export function one() {}")]);
        assert!(message.starts_with(&format!("js/pages/a.js, line {line}: ")), "{text}: {message}");
        assert!(message.contains(reason), "{text}: {message}");
    }
}

#[test]
fn exported_names_may_be_shadowed() {
    for text in ["export function a(a) {\n  return a === 1 || ((a) => a);\n}", "export const a = 1;\nb.a = 2;"] {
        assert_eq!(alone_with_exports(text), text.replace("export ", ""));
    }
}

fn alone_with_exports(text: &str) -> String {
    let bundles = bundled(&[("js/pages/a.js", text)]);
    let (_, rest) = bundles["js/pages/a.js"].split_once("{\n").unwrap();
    rest.split_once("\n$1 = ").unwrap().0.to_owned()
}

#[test]
fn a_module_with_state_in_two_bundles_is_an_error() {
    let page = ("js/pages/a.js", "import \"../lib/b.js\";\nimport(\"../lib/c.js\");\n");
    let one = |b: &'static str| error_of(&[page, ("js/lib/b.js", b), ("js/lib/c.js", "import \"./b.js\";\n")]);
    assert!(
        one("\nlet kept = false;")
            .starts_with("js/lib/b.js, line 2: js/lib/c.js, which is imported dynamically, would")
    );
    assert!(one("export class Altered extends Error {}").contains("a second copy"));
    bundled(&[page, ("js/lib/b.js", "export function a() { let b; }"), ("js/lib/c.js", "import \"./b.js\";\n")]);

    let elsewhere = error_of(&[
        ("js/pages/a.js", "import \"../behaviours/b.js\";\nimport(\"../lib/c.js\");\n"),
        ("js/behaviours/b.js", "a();\n"),
        ("js/lib/c.js", "import \"../behaviours/b.js\";\n"),
    ]);
    assert!(elsewhere.contains("a second copy"), "{elsewhere}");

    let both = error_of(&[page, ("js/lib/b.js", "import \"./c.js\";\n"), ("js/lib/c.js", "a();\n")]);
    assert!(both.starts_with("js/lib/b.js, line 1: js/lib/c.js is imported here and is also"), "{both}");
    let entry = error_of(&[("js/pages/a.js", "import \"./b.js\";\n"), ("js/pages/b.js", "a();\n")]);
    assert!(entry.contains("also a page's entry"), "{entry}");
}

#[test]
fn an_import_cycle_is_an_error() {
    let cycle = error_of(&[
        ("js/pages/a.js", "import \"../lib/b.js\";\n"),
        ("js/lib/b.js", "import \"./c.js\";\n"),
        ("js/lib/c.js", "\nimport \"./b.js\";\n"),
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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let mut contents = BTreeMap::new();
    read_folder(&folder, &folder, &mut contents).unwrap();
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
        let left: Vec<&str> = text.lines().filter(ends).filter(|line| !line.starts_with("export { $")).collect();
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
