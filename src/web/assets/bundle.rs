//! Joins the modules that a page imports statically into one module, and drops their comments.
//!
//! Served as written, with links that preload the 35 modules of the create page, the page was ready after 1,196 ms instead
//! of 760 (medians of five rounds by turns; Chromium with 150 ms and 1.6 Mbit/s, nginx with HTTP/2, both with gzip), and
//! after 1,122 ms without comments. A bundler or parser from crates.io would add 79 crates (`oxc_parser`) to 134
//! (`swc_bundler`) to the build. The modules are therefore joined line by line. This parses no JavaScript: it relies on
//! the layout of the scripts. Top-level `import` and `export` begin a line, a comment has its lines to itself or ends
//! one, and no line of a template literal looks like any of these. Other forms abort startup.
//!
//! Each module becomes a block, in evaluation order. The block keeps the module's names private, top-level `await` works
//! in it, and its exports are passed on in a numbered variable.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Directory of the pages' entry modules.
const PAGES: &str = "js/pages/";

/// Directory of the only modules that a page may hold twice: in its own bundle and in one that it loads dynamically.
const SHARED: &str = "js/lib/";

/// Keywords of the declarations that can be exported.
const DECLARATIONS: [&str; 4] = ["async function ", "function ", "class ", "const "];

/// A module that cannot be bundled.
#[derive(Debug, thiserror::Error)]
#[error("{path}, line {line}: {reason}")]
pub(super) struct BundleError {
    path: String,
    line: usize,
    reason: String,
}

/// A static import.
struct Import {
    line: usize,
    /// Path of the imported module below the static directory.
    target: String,
    /// The pattern of a `const` that receives the exports of `target`.
    pattern: String,
    /// The exports of `target` in the pattern. Empty for `* as x`.
    names: Vec<String>,
}

/// A module, split into what a bundle needs.
#[derive(Default)]
struct Module {
    imports: Vec<Import>,
    /// The text and the target of each `import(…)`, and its line.
    dynamic: Vec<(String, String, usize)>,
    exports: Vec<String>,
    /// Line of the first top-level variable or class, of which there must be only one.
    state: Option<usize>,
    /// The code without imports, `export` keywords and comments.
    body: String,
}

/// Bundles the entry module of each page, and each dynamically imported module, with its static imports. `scripts` and
/// the returned bundles are source texts, keyed by path below the static directory. A bundle replaces the module at its
/// path.
///
/// # Errors
/// A form that is not supported, or an import that does not resolve.
pub(super) fn bundle(scripts: &BTreeMap<&str, &str>) -> Result<BTreeMap<String, String>, BundleError> {
    let pages: Vec<String> = scripts.keys().filter(|path| path.starts_with(PAGES)).map(ToString::to_string).collect();
    let modules = read_all(scripts, pages.clone())?;
    let mut roots: BTreeSet<&str> = pages.iter().map(String::as_str).collect();
    roots.extend(modules.values().flat_map(|module| &module.dynamic).map(|(_, target, _)| target.as_str()));
    let mut orders = BTreeMap::new();
    for root in roots {
        let mut order = Vec::new();
        visit(&modules, root, &mut Vec::new(), &mut order)?;
        orders.insert(root, order);
    }
    for (root, order) in orders.iter().filter(|(root, _)| !root.starts_with(PAGES)) {
        let copied = |path: &str| orders.iter().any(|(other, order)| other != root && order.contains(&path));
        for path in order.iter().filter(|path| copied(path)) {
            let state = modules.get(*path).and_then(|module| module.state);
            if state.is_some() || !path.starts_with(SHARED) {
                let reason = format!(
                    "{root}, which is imported dynamically, would hold a second copy of this module: it may only \
                     import modules of {SHARED} without classes and variables of their own"
                );
                return Err(error(path, state.unwrap_or(1), reason));
            }
        }
    }
    Ok(orders.iter().map(|(root, order)| ((*root).to_owned(), write(&modules, root, order))).collect())
}

fn error(path: &str, line: usize, reason: impl Into<String>) -> BundleError {
    BundleError { path: path.to_owned(), line, reason: reason.into() }
}

/// Reads the modules `left` and everything that they import.
fn read_all(scripts: &BTreeMap<&str, &str>, mut left: Vec<String>) -> Result<BTreeMap<String, Module>, BundleError> {
    let mut modules = BTreeMap::new();
    while let Some(path) = left.pop() {
        if modules.contains_key(&path) {
            continue;
        }
        let module = Module::read(&path, scripts.get(path.as_str()).copied().unwrap_or_default())?;
        let imports = module.imports.iter().map(|import| (&import.target, import.line));
        for (target, line) in imports.chain(module.dynamic.iter().map(|(_, target, line)| (target, *line))) {
            if !scripts.contains_key(target.as_str()) {
                return Err(error(&path, line, format!("{target} is imported but does not exist")));
            }
            left.push(target.clone());
        }
        modules.insert(path, module);
    }
    for (path, module) in &modules {
        for Import { line, target, names, .. } in &module.imports {
            let missing = |name: &&String| modules.get(target).is_none_or(|module| !module.exports.contains(name));
            if let Some(name) = names.iter().find(missing) {
                return Err(error(path, *line, format!("{target} does not export {name}")));
            }
        }
    }
    Ok(modules)
}

/// Adds `path` and its static imports to `done`, in evaluation order. `active` holds the modules that led here.
fn visit<'m>(
    modules: &'m BTreeMap<String, Module>,
    path: &'m str,
    active: &mut Vec<&'m str>,
    done: &mut Vec<&'m str>,
) -> Result<(), BundleError> {
    active.push(path);
    for Import { line, target, .. } in modules.get(path).map_or(&[][..], |module| &module.imports) {
        if active.contains(&target.as_str()) {
            return Err(error(path, *line, format!("import cycle through {target}")));
        }
        if !done.contains(&target.as_str()) {
            visit(modules, target, active, done)?;
        }
    }
    active.pop();
    done.push(path);
    Ok(())
}

/// Writes the bundle of `root`, whose modules are in evaluation order.
fn write(modules: &BTreeMap<String, Module>, root: &str, order: &[&str]) -> String {
    let mut text = String::new();
    for (path, number) in order.iter().zip(1..) {
        let Some(module) = modules.get(*path) else { continue };
        let exports = module.exports.join(", ");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "// {path}\nlet ${number};\n{{");
        for Import { target, pattern, .. } in &module.imports {
            let from = order.iter().position(|path| path == target).unwrap_or_default() + 1;
            let _ = writeln!(text, "const {pattern} = ${from};");
        }
        let mut body = module.body.clone();
        for (import, target, _) in &module.dynamic {
            let up = "../".repeat(root.matches('/').count());
            body = body.replace(import, &format!("import(\"{up}{target}\")"));
        }
        let _ = writeln!(text, "{}\n${number} = {{ {exports} }};\n}}", body.trim());
        if *path == root && !exports.is_empty() {
            let _ = writeln!(text, "export const {{ {exports} }} = ${number};");
        }
    }
    text
}

impl Module {
    /// Splits the text of a module.
    fn read(path: &str, text: &str) -> Result<Self, BundleError> {
        let mut module = Self::default();
        let mut lines = text.lines().zip(1..);
        while let Some((line, number)) = lines.next() {
            let fail = |reason: &str| Err(error(path, number, reason));
            if line.trim_start().starts_with("//") {
                continue;
            }
            if line.trim_start().starts_with("/*") {
                let mut end = line;
                while !end.contains("*/") {
                    let Some((next, _)) = lines.next() else { return fail("unterminated comment") };
                    end = next;
                }
                if !end.trim_end().ends_with("*/") {
                    return fail("code after a comment, in its line");
                }
            } else if line.starts_with("import ") {
                let mut statement = line.to_owned();
                while !statement.ends_with(';') {
                    let Some((next, _)) = lines.next() else { return fail("unterminated import") };
                    statement += next;
                }
                if !module.body.trim().is_empty() {
                    return fail("static imports must precede other code");
                }
                let Some(import) = import(path, &statement, number) else {
                    return fail("imports must be like import { a, b as c } from \"./x.js\"; or import * as x …");
                };
                module.imports.push(import);
            } else {
                module.code(path, line, number)?;
            }
        }
        Ok(module)
    }

    /// Adds a line of code.
    fn code(&mut self, path: &str, line: &str, number: usize) -> Result<(), BundleError> {
        let declaration = line.strip_prefix("export ");
        if let Some(declaration) = declaration {
            let name = DECLARATIONS.iter().find_map(|keyword| declaration.strip_prefix(keyword)).unwrap_or_default();
            let end = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            match &name[..end.unwrap_or(name.len())] {
                "" => {
                    let reason = "only functions, classes and consts can be exported, each at its declaration";
                    return Err(error(path, number, reason));
                }
                name => self.exports.push(name.to_owned()),
            }
        }
        let code = declaration.unwrap_or(line);
        if code.starts_with("var ") {
            return Err(error(path, number, "var would be visible to other modules; use const or let"));
        }
        if code.starts_with("let ") || code.starts_with("class ") {
            self.state = self.state.or(Some(number));
        }
        for rest in code.split("import(").skip(1) {
            let specifier = rest.strip_prefix('"').and_then(|rest| rest.split_once("\")")).map(|(text, _)| text);
            let Some((specifier, target)) = specifier.and_then(|text| Some((text, resolve(path, text)?))) else {
                return Err(error(path, number, "dynamic imports must be like import(\"./x.js\")"));
            };
            self.dynamic.push((format!("import(\"{specifier}\")"), target, number));
        }
        self.body.push_str(code);
        self.body.push('\n');
        Ok(())
    }
}

/// Parses a static import of the module at `path`.
fn import(path: &str, statement: &str, line: usize) -> Option<Import> {
    let (bindings, specifier) = statement.strip_prefix("import ")?.strip_suffix("\";")?.split_once(" from \"")?;
    let target = resolve(path, specifier)?;
    if let Some(name) = bindings.strip_prefix("* as ") {
        return Some(Import { line, target, pattern: name.to_owned(), names: Vec::new() });
    }
    let bindings = bindings.strip_prefix('{')?.strip_suffix('}')?.split(',').map(str::trim);
    let pairs: Vec<(&str, &str)> = bindings
        .filter(|binding| !binding.is_empty())
        .map(|binding| binding.split_once(" as ").unwrap_or((binding, binding)))
        .collect();
    let rename = |(theirs, ours): &(&str, &str)| {
        if theirs == ours { (*ours).to_owned() } else { format!("{theirs}: {ours}") }
    };
    let pattern: Vec<String> = pairs.iter().map(rename).collect();
    let names = pairs.iter().map(|(theirs, _)| (*theirs).to_owned()).collect();
    Some(Import { line, target, pattern: format!("{{ {} }}", pattern.join(", ")), names })
}

/// Resolves a module specifier in the module at `from`. Returns `None` unless it is a relative path to a script.
fn resolve(from: &str, specifier: &str) -> Option<String> {
    if !specifier.starts_with('.') || specifier.strip_suffix(".js").is_none() {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "" => return None,
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
