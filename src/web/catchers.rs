//! Responses where no handler gives one: missing routes, panics and unreadable requests.

use super::body::drain;
use super::errors::{Code, Problem, code_of};
use super::guards::Site;
use super::headers;
use super::help::with_commands;
use super::pages::frame::Frame;
use rocket::catcher::BoxFuture;
use rocket::data::{Data, ToByteUnit as _};
use rocket::http::{Method, Status};
use rocket::response::{self, Responder as _};
use rocket::route::{Handler, Outcome};
use rocket::{Catcher, Request, Route};

/// Handler of requests without a route. Drains the body first, because the client may still be writing it.
#[derive(Clone)]
struct NotFound;

#[rocket::async_trait]
impl Handler for NotFound {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        drain(data.open(16.mebibytes())).await;
        let mut problem = Problem::new(Code::NotFound);
        // Programs that send a file to an address of its name.
        if matches!(request.method(), Method::Put | Method::Post) && !is_api(request) {
            problem = problem.explained(with_commands("Nothing is taken at this address.", &Site::of(request)));
        }
        match respond_with(problem, request).await {
            Ok(response) => Outcome::Success(response),
            Err(status) => Outcome::Error(status),
        }
    }
}

/// Returns routes for requests that match no other route, so that [`NotFound`] handles them instead of Rocket.
pub(crate) fn fallback_routes() -> Vec<Route> {
    // HEAD is left out: Rocket answers it with the GET route.
    use Method::{Connect, Delete, Get, Options, Patch, Post, Put, Trace};
    [Connect, Delete, Get, Options, Patch, Post, Put, Trace]
        .into_iter()
        .map(|method| Route::ranked(1_000, method, "/<_..>", NotFound))
        .collect()
}

async fn respond<'r>(status: Status, request: &'r Request<'_>) -> response::Result<'r> {
    respond_with(Problem::new(code_of(status)), request).await
}

fn is_api(request: &Request<'_>) -> bool {
    request.uri().path().segments().any(|segment| segment == "api")
}

/// Responds with problem details to API clients and with a page to browsers.
pub(crate) async fn respond_with<'r>(problem: Problem, request: &'r Request<'_>) -> response::Result<'r> {
    if !is_api(request)
        && let Some(frame) = Frame::of(request).await
    {
        return frame.problem(problem).respond_to(request);
    }
    problem.respond_to(request)
}

fn respond_to_error<'r>(status: Status, request: &'r Request<'_>) -> BoxFuture<'r> {
    Box::pin(respond(status, request))
}

/// Responds to an unreadable request. Rocket runs no fairings for it, so this sets the headers.
fn respond_to_unreadable<'r>(_: Status, request: &'r Request<'_>) -> BoxFuture<'r> {
    Box::pin(async move {
        let mut response = Problem::new(Code::Malformed).respond_to(request)?;
        headers::apply(&mut response);
        Ok(response)
    })
}

/// Returns the catchers, to be registered at the root.
pub(crate) fn catchers() -> Vec<Catcher> {
    vec![Catcher::new(None, respond_to_error), Catcher::new(400, respond_to_unreadable)]
}
