//! The description of the HTTP interface for programs (`docs/openapi.yaml`), as JSON with the address of the site.

use crate::web::errors::{Code, Problem};
use crate::web::guards::Site;
use rocket::http::ContentType;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

const DOCUMENT: &str = include_str!("../../../docs/openapi.yaml");

/// The members of the document besides `servers`, as JSON without the first brace. Converted at the first request: text
/// takes a fraction of the memory of the parsed document.
static MEMBERS: LazyLock<Result<String, String>> = LazyLock::new(|| {
    let mut document: Map<String, Value> = serde_saphyr::from_str(DOCUMENT).map_err(|error| error.to_string())?;
    document.remove("servers");
    // The extension exists for the references in the YAML, which the JSON does not have.
    if let Some(Value::Object(components)) = document.get_mut("components") {
        components.retain(|name, _| !name.starts_with("x-"));
    }
    let text = Value::Object(document).to_string();
    Ok(text.strip_prefix('{').unwrap_or_default().to_owned())
});

/// Returns the document with the address of the site as its server.
#[rocket::get("/openapi.json")]
pub(crate) fn openapi(site: Site) -> Result<(ContentType, String), Problem> {
    let members = MEMBERS.as_ref().map_err(|error| {
        tracing::error!(%error, "docs/openapi.yaml is not readable");
        Code::Broken
    })?;
    let servers = json!([{ "url": site.origin }]);
    Ok((ContentType::JSON, format!("{{\"servers\":{servers},{members}")))
}
