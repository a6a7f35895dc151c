//! The HTTP layer: Rocket routes, guards and fairings over the service layer.

pub(crate) mod answers;
pub(crate) mod api;
pub(crate) mod assets;
pub(crate) mod base_path;
pub(crate) mod body;
pub(crate) mod capitals;
pub(crate) mod catchers;
pub(crate) mod charset;
pub(crate) mod errors;
pub(crate) mod forms;
pub(crate) mod forwarded;
pub(crate) mod guards;
pub(crate) mod header_params;
pub(crate) mod headers;
pub(crate) mod help;
pub(crate) mod limits;
pub mod locale;
pub(crate) mod multipart;
pub(crate) mod observe;
pub(crate) mod ops;
pub(crate) mod pages;
pub(crate) mod representation;
pub(crate) mod request_notes;
pub(crate) mod site_files;
pub mod store_fairings;
pub(crate) mod templates;
