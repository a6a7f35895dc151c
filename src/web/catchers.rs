//! Answers where no handler gives one: no such route, a panic, a request that cannot be read.

use super::body::drain;
use super::errors::{Code, Problem, code_of};
use super::headers;
use super::pages::frame::Frame;
use rocket::catcher::BoxFuture;
use rocket::data::{Data, ToByteUnit as _};
use rocket::http::{Method, Status};
use rocket::response::{self, Responder as _};
use rocket::route::{Handler, Outcome};
use rocket::{Catcher, Request, Route};

/// Turns away what no route takes, after reading a body that a client may still be writing.
#[derive(Clone)]
struct Nowhere;

#[rocket::async_trait]
impl Handler for Nowhere {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        drain(data.open(16.mebibytes())).await;
        match answer(Status::NotFound, request).await {
            Ok(response) => Outcome::Success(response),
            Err(status) => Outcome::Error(status),
        }
    }
}

/// Routes for everything that no other route takes, so that Rocket itself never looks for one in vain.
pub(crate) fn nowhere() -> Vec<Route> {
    // Not HEAD: Rocket answers it by the route for GET where it finds none.
    use Method::{Connect, Delete, Get, Options, Patch, Post, Put, Trace};
    [Connect, Delete, Get, Options, Patch, Post, Put, Trace]
        .into_iter()
        .map(|method| Route::ranked(1_000, method, "/<_..>", Nowhere))
        .collect()
}

/// Programs get problem details, people a page.
async fn answer<'r>(status: Status, request: &'r Request<'_>) -> response::Result<'r> {
    let problem = Problem::new(code_of(status));
    let api = request.uri().path().segments().any(|segment| segment == "api");
    if !api && let Some(frame) = Frame::of(request).await {
        return frame.problem(problem).respond_to(request);
    }
    problem.respond_to(request)
}

fn any<'r>(status: Status, request: &'r Request<'_>) -> BoxFuture<'r> {
    Box::pin(answer(status, request))
}

/// A request that cannot be read: answered without fairings, so the headers are set here.
fn unreadable<'r>(_: Status, request: &'r Request<'_>) -> BoxFuture<'r> {
    Box::pin(async move {
        let mut response = Problem::new(Code::Malformed).respond_to(request)?;
        headers::apply(&mut response);
        Ok(response)
    })
}

/// For the root, whatever the base path is.
pub(crate) fn catchers() -> Vec<Catcher> {
    vec![Catcher::new(None, any), Catcher::new(400, unreadable)]
}
