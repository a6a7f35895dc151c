//! Bundles the modules that a page imports statically into one module, so that a page needs few requests.
//!
//! Each module becomes a block, in evaluation order. The block keeps the module's names private, top-level `await`
//! works in it, and its exports are passed on in a numbered variable. Unsupported syntax aborts startup, because
//! bundling it could change its meaning.

mod module;
#[cfg(test)]
mod tests;
mod tokens;

use module::{Import, Module, Taken};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Directory of the pages' entry modules.
const PAGES: &str = "js/pages/";

/// Directory of the only modules that a page may hold twice: in its own bundle and in one that it loads dynamically.
const SHARED: &str = "js/lib/";

/// A module that cannot be bundled.
#[derive(Debug, thiserror::Error)]
#[error("{path}, line {line}: {reason}")]
pub(super) struct BundleError {
    path: String,
    line: usize,
    reason: String,
}

/// Bundles the entry module of each page, and each dynamically imported module, with its static imports. `scripts` and
/// the returned bundles are source texts, keyed by path below the static directory. A bundle replaces the module at its
/// path.
///
/// # Errors
/// The first construct whose meaning bundling could change.
pub(super) fn bundle(scripts: &BTreeMap<&str, &str>) -> Result<BTreeMap<String, String>, BundleError> {
    let pages = || scripts.keys().copied().filter(|path| path.starts_with(PAGES));
    let modules = read(scripts, pages().collect())?;
    let mut roots: BTreeSet<&str> = pages().collect();
    roots.extend(modules.values().flat_map(|module| module.dynamic.iter().map(|import| import.target.as_str())));

    let mut orders = BTreeMap::new();
    for root in roots.iter().copied() {
        let mut order = Order { modules: &modules, roots: &roots, active: Vec::new(), done: Vec::new() };
        order.visit(root)?;
        orders.insert(root, order.done);
    }
    for (root, order) in orders.iter().filter(|(root, _)| !root.starts_with(PAGES)) {
        let copied = |path: &str| orders.iter().any(|(other, order)| other != root && order.contains(&path));
        for path in order.iter().copied().filter(|path| copied(path)) {
            let state = modules.get(path).and_then(|module| module.state);
            if state.is_some() || !path.starts_with(SHARED) {
                let reason = format!(
                    "{root}, which is imported dynamically, would hold a second copy of this module: it may only \
                     import modules of {SHARED} without classes and variables of their own"
                );
                return Err(error(&modules, path, state.unwrap_or_default(), reason));
            }
        }
    }
    Ok(orders.into_iter().map(|(root, order)| (root.to_owned(), write(&modules, root, &order))).collect())
}

/// Parses the modules reachable from `left`, which are the pages' entries.
fn read<'a>(
    scripts: &BTreeMap<&'a str, &'a str>,
    mut left: Vec<&'a str>,
) -> Result<BTreeMap<&'a str, Module<'a>>, BundleError> {
    let mut modules = BTreeMap::new();
    while let Some(path) = left.pop() {
        let Some(text) = scripts.get(path).filter(|_| !modules.contains_key(path)) else { continue };
        let module = Module::read(path, text).map_err(|error| BundleError {
            path: path.into(),
            line: module::line(text, error.at),
            reason: error.reason,
        })?;
        for import in module.imports.iter().chain(&module.dynamic) {
            let Some((target, _)) = scripts.get_key_value(import.target.as_str()) else {
                let reason = format!("{} is imported but does not exist", import.target);
                return Err(BundleError { path: path.into(), line: module.line(import.at()), reason });
            };
            left.push(target);
        }
        modules.insert(path, module);
    }
    for (path, module) in &modules {
        for Import { target, taken, .. } in &module.imports {
            let exports = modules.get(target.as_str()).map(|module| &module.exports);
            let Taken::Names(names) = taken else { continue };
            for (name, _) in names {
                if !exports.is_some_and(|exports| exports.contains(name)) {
                    return Err(error(&modules, path, 0, format!("{target} does not export {name}")));
                }
            }
        }
    }
    Ok(modules)
}

fn error(modules: &BTreeMap<&str, Module<'_>>, path: &str, at: usize, reason: String) -> BundleError {
    BundleError { path: path.to_owned(), line: modules.get(path).map_or(1, |module| module.line(at)), reason }
}

/// Depth-first traversal of the imports, which yields the modules in evaluation order.
struct Order<'a> {
    modules: &'a BTreeMap<&'a str, Module<'a>>,
    roots: &'a BTreeSet<&'a str>,
    /// The modules between the root and the current one, to detect cycles.
    active: Vec<&'a str>,
    done: Vec<&'a str>,
}

impl<'a> Order<'a> {
    fn visit(&mut self, path: &'a str) -> Result<(), BundleError> {
        let Some(module) = self.modules.get(path) else { return Ok(()) };
        self.active.push(path);
        for import in &module.imports {
            let target = import.target.as_str();
            let reason = if self.active.contains(&target) {
                format!("import cycle through {target}")
            } else if self.roots.contains(target) {
                format!(
                    "{target} is imported here and is also a page's entry or imported dynamically: it would exist twice"
                )
            } else {
                if !self.done.contains(&target) {
                    self.visit(target)?;
                }
                continue;
            };
            return Err(error(self.modules, path, import.at(), reason));
        }
        self.active.pop();
        self.done.push(path);
        Ok(())
    }
}

/// Writes the bundle of `root`, whose modules are in evaluation order.
fn write(modules: &BTreeMap<&str, Module<'_>>, root: &str, order: &[&str]) -> String {
    let numbers: BTreeMap<&str, usize> = order.iter().zip(1..).map(|(path, number)| (*path, number)).collect();
    let mut text = String::new();
    for (path, number) in order.iter().zip(1..) {
        let Some(module) = modules.get(path) else { continue };
        let exports = module.exports.iter().copied().collect::<Vec<_>>().join(", ");
        let body = module.body(root, &numbers);
        // Writing to a String cannot fail.
        let _ = match exports.as_str() {
            "" => writeln!(text, "// {path}\n{{\n{body}\n}}"),
            // Like a module namespace object: no prototype and not extensible.
            _ => writeln!(
                text,
                "// {path}\nlet ${number};\n{{\n{body}\n${number} = Object.freeze({{ __proto__: null, {exports} }});\n}}"
            ),
        };
        if *path == root && !exports.is_empty() {
            let names =
                |form: fn(&str) -> String| module.exports.iter().copied().map(form).collect::<Vec<_>>().join(", ");
            let (ours, theirs) = (names(|name| format!("{name}: ${name}")), names(|name| format!("${name} as {name}")));
            let _ = writeln!(text, "const {{ {ours} }} = ${number};\nexport {{ {theirs} }};");
        }
    }
    text
}
