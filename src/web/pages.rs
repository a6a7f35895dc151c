//! HTML pages, rendered from `templates/` in the visitor's language. All of them work without scripts.

pub(crate) mod about;
pub(crate) mod app_manifest;
pub(crate) mod create;
pub(crate) mod create_form;
pub(crate) mod derivation_queue;
pub(crate) mod download;
pub(crate) mod file_room;
pub(crate) mod form_decryption;
pub(crate) mod form_encryption;
pub(crate) mod frame;
pub(crate) mod give;
pub(crate) mod note;
pub(crate) mod open;
pub(crate) mod page_cache;
pub(crate) mod recipient;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod status;

/// Returns the page routes, to be mounted at the base path.
pub(crate) fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        create::page,
        create::submit,
        open::page,
        open::submit,
        open::file,
        status::page,
        status::check,
        status::delete,
        give::page,
        give::submit,
        request::page,
        request::make,
        request::collect,
        about::page,
        note::note,
        app_manifest::manifest,
        app_manifest::offline,
        app_manifest::share,
        app_manifest::lost
    ]
}
