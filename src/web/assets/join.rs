//! Joins the modules that a page loads at once into one, so that a page is a few requests and its scripts stay small
//! modules as they were written.
//!
//! Each module becomes a block, in the order in which browsers run them: its names are its own, it waits where it says
//! `await`, and what it exports is handed on under a number. What is not surely the same afterwards ends the launch.

mod module;
#[cfg(test)]
mod tests;
mod tokens;

use module::{Import, Module, Taken};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Modules here are the entries of pages.
const PAGES: &str = "js/pages/";

/// Only modules here may be in a page twice: once at once, and once in what it loads later.
const SHARED: &str = "js/lib/";

/// A module that cannot be joined.
#[derive(Debug, thiserror::Error)]
#[error("{path}, line {line}: {why}")]
pub(super) struct Refusal {
    path: String,
    line: usize,
    why: String,
}

/// Joins the entry of each page, and each module that is loaded later, with all that they import. `scripts` and the
/// answer are texts by their paths below the folder of assets; the answer takes the place of what was there.
///
/// # Errors
/// At the first thing that might mean something else when joined.
pub(super) fn join(scripts: &BTreeMap<&str, &str>) -> Result<BTreeMap<String, String>, Refusal> {
    let pages = || scripts.keys().copied().filter(|path| path.starts_with(PAGES));
    let modules = read(scripts, pages().collect())?;
    let mut roots: BTreeSet<&str> = pages().collect();
    roots.extend(modules.values().flat_map(|module| module.later.iter().map(|import| import.target.as_str())));

    let mut orders = BTreeMap::new();
    for root in roots.iter().copied() {
        let mut order = Order { modules: &modules, roots: &roots, under_way: Vec::new(), done: Vec::new() };
        order.visit(root)?;
        orders.insert(root, order.done);
    }
    for (root, order) in orders.iter().filter(|(root, _)| !root.starts_with(PAGES)) {
        let copied = |path: &str| orders.iter().any(|(other, order)| other != root && order.contains(&path));
        for path in order.iter().copied().filter(|path| copied(path)) {
            let state = modules.get(path).and_then(|module| module.state);
            if state.is_some() || !path.starts_with(SHARED) {
                let why = format!(
                    "{root}, which is loaded later, would have a second copy of this module: it may only import what \
                     is in {SHARED} and has no class and no variable of its own"
                );
                return Err(refusal(&modules, path, state.unwrap_or_default(), why));
            }
        }
    }
    Ok(orders.into_iter().map(|(root, order)| (root.to_owned(), write(&modules, root, &order))).collect())
}

/// Reads all modules that can be reached.
fn read<'a>(
    scripts: &BTreeMap<&'a str, &'a str>,
    mut left: Vec<&'a str>,
) -> Result<BTreeMap<&'a str, Module<'a>>, Refusal> {
    let mut modules = BTreeMap::new();
    while let Some(path) = left.pop() {
        let Some(text) = scripts.get(path).filter(|_| !modules.contains_key(path)) else { continue };
        let module = Module::read(path, text).map_err(|stop| Refusal {
            path: path.into(),
            line: module::line(text, stop.at),
            why: stop.why,
        })?;
        for import in module.imports.iter().chain(&module.later) {
            let Some((target, _)) = scripts.get_key_value(import.target.as_str()) else {
                let why = format!("{} is imported and not there", import.target);
                return Err(Refusal { path: path.into(), line: module.line(import.at()), why });
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
                    return Err(refusal(&modules, path, 0, format!("{target} does not export {name}")));
                }
            }
        }
    }
    Ok(modules)
}

fn refusal(modules: &BTreeMap<&str, Module<'_>>, path: &str, at: usize, why: String) -> Refusal {
    Refusal { path: path.to_owned(), line: modules.get(path).map_or(1, |module| module.line(at)), why }
}

/// Modules in the order in which they run: each behind those that it imports.
struct Order<'a> {
    modules: &'a BTreeMap<&'a str, Module<'a>>,
    roots: &'a BTreeSet<&'a str>,
    under_way: Vec<&'a str>,
    done: Vec<&'a str>,
}

impl<'a> Order<'a> {
    fn visit(&mut self, path: &'a str) -> Result<(), Refusal> {
        let Some(module) = self.modules.get(path) else { return Ok(()) };
        self.under_way.push(path);
        for import in &module.imports {
            let target = import.target.as_str();
            let why = if self.under_way.contains(&target) {
                format!("{target} is imported in a circle")
            } else if self.roots.contains(target) {
                format!(
                    "{target} is imported here, and it is also a page's entry or loaded later: there would be two of it"
                )
            } else {
                if !self.done.contains(&target) {
                    self.visit(target)?;
                }
                continue;
            };
            return Err(refusal(self.modules, path, import.at(), why));
        }
        self.under_way.pop();
        self.done.push(path);
        Ok(())
    }
}

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
            // As browsers make them: without a prototype, and nobody adds to them.
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
