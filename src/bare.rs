//! Rocket without the app: the baseline for benchmarks.

use rocket::data::ToByteUnit as _;
use rocket::figment::Figment;
use rocket::http::Status;
use rocket::{Build, Data, Rocket};

const BODY: &str = "hello";

#[rocket::get("/<_..>")]
fn get() -> &'static str {
    BODY
}

/// Reads the body, as an app that uses it must.
async fn respond(body: Data<'_>) -> Result<&'static str, Status> {
    match body.open(2.mebibytes()).into_bytes().await {
        Ok(body) if body.is_complete() => Ok(BODY),
        _ => Err(Status::BadRequest),
    }
}

#[rocket::put("/<_..>", data = "<body>")]
async fn put(body: Data<'_>) -> Result<&'static str, Status> {
    respond(body).await
}

#[rocket::post("/<_..>", data = "<body>")]
async fn post(body: Data<'_>) -> Result<&'static str, Status> {
    respond(body).await
}

/// Builds the baseline server, with the workers and the address of `figment`.
pub fn rocket(figment: &Figment) -> Rocket<Build> {
    rocket::custom(figment).attach(crate::logging::liftoff()).mount("/", rocket::routes![get, put, post])
}
