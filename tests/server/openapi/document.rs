//! `docs/openapi.yaml` as a check of responses: each one must be described, and what was described is kept to find what no
//! response ever showed.

use crate::client::Response;
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// Address of the document for the compiler of schemas.
const ADDRESS: &str = "https://share.example/openapi.json";

/// Headers that HTTP itself defines for every response.
const FRAMING: [&str; 2] = ["content-type", "connection"];

/// Members of a problem that say the same each time.
const WORDS: [&str; 5] = ["type", "title", "status", "code", "detail"];

/// Members that problems of one code have or lack.
const OPTIONAL: [&str; 2] = ["fits", "yours"];

/// One thing that the document says, such as `openShare 403 wrong_password`.
pub type Fact = String;

/// What the document says and what responses showed.
#[derive(Default, Clone)]
pub struct Facts {
    /// `operation status code` of each error, `operation status` of each other response.
    pub answers: BTreeSet<Fact>,
    /// `operation status header` of headers that only some responses carry, and the names of the others.
    pub headers: BTreeSet<Fact>,
    /// `schema.member` of each member of a response.
    pub members: BTreeSet<Fact>,
}

/// The document, and the facts that were seen so far.
pub struct Document {
    /// The document as the repository has it.
    pub root: Value,
    schemas: Schemas,
    compiled: BTreeMap<String, SchemaIndex>,
    common: BTreeSet<String>,
    seen: Mutex<(Facts, usize)>,
}

impl Document {
    /// Reads the document and compiles its schemas.
    pub fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.yaml");
        let root: Value = serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let common = &root["components"]["x-headers"];
        let common = common.as_object().unwrap().keys().map(|name| name.to_lowercase()).collect();
        // Strict in the tests alone: clients must ignore members that they do not know.
        let mut strict = root.clone();
        let mut pointers = Vec::new();
        for (path, method, operation) in operations(&root) {
            for (status, response) in operation["responses"].as_object().unwrap() {
                for kind in contents(&root, response).keys().filter(|kind| kind.ends_with("json")) {
                    let place = place(&root, (&path, &method), status, kind);
                    let schema = strict.pointer_mut(&place).unwrap();
                    if schema.get("unevaluatedProperties").is_none() {
                        let is_open = schema["additionalProperties"] == true;
                        *schema = json!({ "allOf": [schema], "unevaluatedProperties": is_open });
                    }
                    pointers.push(place);
                }
            }
            if let Some(content) = operation["requestBody"]["content"].as_object() {
                let place = |kind: &str| format!("{}/requestBody/content/{}/schema", at(&path, &method), escaped(kind));
                pointers.extend(content.keys().filter(|kind| kind.ends_with("json")).map(|kind| place(kind)));
            }
        }
        let answer = &mut strict["components"]["schemas"]["ReceivedAnswer"];
        answer["additionalProperties"] = false.into();
        for name in root["components"]["headers"].as_object().unwrap().keys() {
            pointers.push(format!("/components/headers/{name}/schema"));
        }
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.enable_format_assertions();
        compiler.add_resource(ADDRESS, strict).unwrap();
        let mut compile = |place: &str| {
            let location = format!("{ADDRESS}#{}", place.replace('{', "%7B").replace('}', "%7D"));
            compiler.compile(&location, &mut schemas).unwrap_or_else(|error| panic!("{place}: {error}"))
        };
        let compiled = pointers.into_iter().map(|place| (place.clone(), compile(&place))).collect();
        Self { root, schemas, compiled, common, seen: Mutex::default() }
    }

    /// Fails unless the document describes this response to this request. Requests to other addresses are ignored.
    #[track_caller]
    pub fn check(&self, (method, path): (&str, &str), body: Option<&[u8]>, response: &Response) {
        let Some((pattern, operation)) = self.operation(method, path) else { return };
        let name = operation["operationId"].as_str().unwrap();
        let status = response.status.to_string();
        let what = format!("{name} {status}");
        let documented = &operation["responses"][&status];
        assert!(documented.is_object(), "{what} is not documented: {}", response.text());
        self.check_headers(&what, resolved(&self.root, documented), response);
        let kind = response.header("content-type").unwrap_or_default();
        let contents = contents(&self.root, documented);
        let mut code = String::new();
        if method == "HEAD" || response.status == 204 {
            assert!(response.body.is_empty(), "{what}");
        } else {
            let content = contents.get(kind).unwrap_or_else(|| panic!("{what} is documented without {kind}"));
            if kind.ends_with("json") {
                let place = place(&self.root, (&pattern, &method.to_lowercase()), &status, kind);
                self.is_valid(&what, &place, &response.json());
                let mut seen = self.seen.lock().unwrap();
                walk(&self.root, &content["schema"], Some(&response.json()), "", &mut seen.0.members);
                drop(seen);
                code = response.code();
            }
            if kind == "application/problem+json" {
                self.is_like_example(&what, content, &response.json());
            }
        }
        // What the server accepted, the document must allow.
        if let (Some(body), 200..=299) = (body, response.status)
            && operation["requestBody"]["content"]["application/json"].is_object()
        {
            let place =
                format!("{}/requestBody/content/application~1json/schema", at(&pattern, &method.to_lowercase()));
            self.is_valid(&format!("{name}, request"), &place, &serde_json::from_slice(body).unwrap());
        }
        let mut seen = self.seen.lock().unwrap();
        seen.1 += 1;
        seen.0.answers.insert(format!("{what} {code}").trim_end().to_owned());
    }

    /// Returns whether the schema of an operation's JSON body allows this one.
    pub fn allows(&self, (pattern, method): (&str, &str), body: &Value) -> bool {
        let place = format!("{}/requestBody/content/application~1json/schema", at(pattern, method));
        self.schemas.validate(body, self.compiled[&place]).is_ok()
    }

    /// Fails unless a problem is like one of the examples: the same words, and the members of its code.
    #[track_caller]
    fn is_like_example(&self, what: &str, content: &Value, problem: &Value) {
        let mut examples = content["examples"].as_object().unwrap().values();
        let same = |example: &&Map<String, Value>| WORDS.iter().all(|name| example[*name] == problem[*name]);
        let example = examples.find_map(|example| resolved(&self.root, example)["value"].as_object().filter(same));
        let example = example.unwrap_or_else(|| panic!("{what} has no example: {problem}"));
        let required = example.keys().filter(|name| !OPTIONAL.contains(&name.as_str()));
        let missing: Vec<_> = required.filter(|name| problem.get(name.as_str()).is_none()).collect();
        assert!(missing.is_empty(), "{what} lacks {missing:?}: {problem}");
        let others: Vec<_> = problem.as_object().unwrap().keys().filter(|name| !example.contains_key(*name)).collect();
        assert!(others.is_empty(), "{what}: the example lacks {others:?}: {problem}");
    }

    fn check_headers(&self, what: &str, documented: &Value, response: &Response) {
        let headers = documented["headers"].as_object().unwrap();
        let named = |name: &str| headers.iter().find(|(documented, _)| documented.eq_ignore_ascii_case(name));
        for (name, value) in response.headers.iter().filter(|(name, _)| !FRAMING.contains(&name.as_str())) {
            let (_, header) = named(name).unwrap_or_else(|| panic!("{what}: {name} is not documented"));
            let place = format!("{}/schema", header["$ref"].as_str().unwrap().trim_start_matches('#'));
            self.is_valid(&format!("{what}, {name}"), &place, &value.as_str().into());
            let fact = if self.common.contains(name) { name.clone() } else { format!("{what} {name}") };
            self.seen.lock().unwrap().0.headers.insert(fact);
        }
        for (name, header) in headers {
            let is_there = response.header(&name.to_lowercase()).is_some();
            assert!(is_there || resolved(&self.root, header)["required"] != true, "{what}: {name} is missing");
        }
    }

    #[track_caller]
    fn is_valid(&self, what: &str, place: &str, value: &Value) {
        let schema = self.compiled.get(place).unwrap_or_else(|| panic!("{what}: no schema at {place}"));
        if let Err(error) = self.schemas.validate(value, *schema) {
            panic!("{what}: {value} is not as documented: {error:#}");
        }
    }

    /// Finds the operation of a request, and its path in the document.
    fn operation(&self, method: &str, path: &str) -> Option<(String, &Value)> {
        let path = path.split('?').next().unwrap();
        let fits = |pattern: &str| {
            let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
            let same = |(wanted, given): (&&str, &&str)| wanted.starts_with('{') || wanted == given;
            pattern.len() == path.len() && pattern.iter().zip(&path).all(same)
        };
        let paths = self.root["paths"].as_object().unwrap();
        let (pattern, item) = paths.iter().find(|(pattern, _)| fits(pattern))?;
        let method = if method == "HEAD" && item.get("head").is_none() { "get".into() } else { method.to_lowercase() };
        Some((pattern.clone(), item.get(method)?))
    }

    /// Returns everything that the document says about responses.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts { headers: self.common.clone(), ..Facts::default() };
        for (_, method, operation) in operations(&self.root) {
            let name = operation["operationId"].as_str().unwrap();
            for (status, response) in operation["responses"].as_object().unwrap() {
                let mut codes = BTreeSet::new();
                for content in contents(&self.root, response).values() {
                    let examples = content["examples"].as_object().into_iter().flatten();
                    let code = |example| resolved(&self.root, example)["value"]["code"].as_str().unwrap().to_owned();
                    codes.extend(examples.map(|(_, example)| code(example)));
                    walk(&self.root, &content["schema"], None, "", &mut facts.members);
                }
                // A response to HEAD has no body, which would tell the code.
                if codes.is_empty() || method == "head" {
                    codes.clear();
                    codes.insert(String::new());
                }
                facts.answers.extend(codes.iter().map(|code| format!("{name} {status} {code}").trim_end().to_owned()));
                let headers = resolved(&self.root, response)["headers"].as_object().unwrap();
                let own = headers.keys().map(|name| name.to_lowercase()).filter(|name| !self.common.contains(name));
                facts.headers.extend(own.map(|header| format!("{name} {status} {header}")));
            }
        }
        facts
    }

    /// Returns what responses have shown so far, and their number.
    pub fn seen(&self) -> (Facts, usize) {
        self.seen.lock().unwrap().clone()
    }
}

/// Returns path, method and description of each operation.
pub fn operations(root: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in root["paths"].as_object().unwrap() {
        let methods = item.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters");
        found.extend(methods.map(|(method, operation)| (path.clone(), method.clone(), operation)));
    }
    found
}

/// Follows a reference.
fn resolved<'v>(root: &'v Value, value: &'v Value) -> &'v Value {
    match value["$ref"].as_str() {
        Some(reference) => root.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

fn contents<'v>(root: &'v Value, response: &'v Value) -> Map<String, Value> {
    resolved(root, response)["content"].as_object().cloned().unwrap_or_default()
}

/// Escapes a token of a JSON pointer.
fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

fn at(path: &str, method: &str) -> String {
    format!("/paths/{}/{method}", escaped(path))
}

/// Returns the place of a response's schema.
fn place(root: &Value, (path, method): (&str, &str), status: &str, kind: &str) -> String {
    let method = if root["paths"][path].get(method).is_none() { "get" } else { method };
    let response = format!("{}/responses/{status}", at(path, method));
    let response = match root.pointer(&response).unwrap()["$ref"].as_str() {
        Some(reference) => reference.trim_start_matches('#').to_owned(),
        None => response,
    };
    format!("{response}/content/{}/schema", escaped(kind))
}

/// Collects the members of the named schemas that `value` has, or all that they define.
fn walk(root: &Value, schema: &Value, value: Option<&Value>, name: &str, found: &mut BTreeSet<Fact>) {
    if let Some(reference) = schema["$ref"].as_str() {
        walk(root, resolved(root, schema), value, reference.rsplit('/').next().unwrap(), found);
    }
    for combined in ["allOf", "oneOf"].iter().filter_map(|key| schema[*key].as_array()).flatten() {
        walk(root, combined, value, name, found);
    }
    for (member, schema) in schema["properties"].as_object().into_iter().flatten() {
        let inner = value.map(|value| value.get(member));
        if inner != Some(None) {
            if !name.is_empty() {
                found.insert(format!("{name}.{member}"));
            }
            walk(root, schema, inner.flatten(), "", found);
        }
    }
    if let Some(items) = schema.get("items") {
        match value {
            None => walk(root, items, None, "", found),
            Some(value) => {
                value.as_array().into_iter().flatten().for_each(|value| walk(root, items, Some(value), "", found));
            }
        }
    }
}
