//! The web: Rocket's routes, guards and fairings over the domain and the store.

pub mod api;
pub mod assets;
pub mod body;
pub mod catchers;
pub mod errors;
pub mod forms;
pub mod guards;
pub mod headers;
pub mod limits;
pub mod locale;
pub mod observe;
pub mod ops;
pub mod pages;
pub mod representation;
pub mod request_notes;
pub mod store_fairings;
