//! Pages whose path was written in capitals: some programs change a whole link.

use crate::config::Settings;
use rocket::fairing::AdHoc;
use rocket::http::uri::Origin;
use rocket::request::Request;

/// Returns a fairing that routes such a request as the page that it means.
pub(crate) fn lowering() -> AdHoc {
    AdHoc::on_request("capitals", |request, _| {
        Box::pin(async move {
            let base = request.rocket().state::<Settings>().map(Settings::base).unwrap_or_default();
            if let Some(address) = in_lower_case(request, base)
                && let Ok(uri) = Origin::parse_owned(address)
            {
                request.set_uri(uri);
            }
        })
    })
}

/// Returns the address of a page whose path is written in capitals, or `None` when it is not.
fn in_lower_case(request: &Request<'_>, base: &str) -> Option<String> {
    let path = request.uri().path().raw().as_str();
    let page = |page: &str, below: bool| {
        let prefix = format!("{base}{page}");
        let (start, rest) = path.split_at_checked(prefix.len())?;
        let matches = start.eq_ignore_ascii_case(&prefix) && start != prefix && (below || rest.is_empty());
        matches.then(|| format!("{prefix}{rest}"))
    };
    let address = page("/s/", true).or_else(|| page("/status", false)).or_else(|| page("/about", false))?;
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{address}{query}"))
}
