//! Finds the share or request that a visitor reports.

use crate::base32;
use crate::id::ShareId;
use crate::link::{Blanks, Kind, Link, ids_in};
use crate::link_text::find_in_forms;
use crate::request::GiveLink;

/// Returns the id in `text`: of a complete link, of the address of a share or request without its key, or an id on its
/// own.
pub fn reported_id(text: &str) -> Option<ShareId> {
    if let Ok(link) = Link::parse(text) {
        return Some(link.id);
    }
    if let Ok(link) = GiveLink::parse(text) {
        return Some(link.id);
    }
    let in_address = find_in_forms(text, |form| {
        let mut ids = [Kind::Share, Kind::Request].into_iter().flat_map(|kind| ids_in(kind, form, Blanks::End));
        ids.next().map(|(id, _)| id)
    });
    in_address.or_else(|| ShareId::parse(&base32::normalize(text.trim())))
}

#[cfg(test)]
mod tests {
    use super::reported_id;
    use crate::request::{GiveLink, RequestKey};
    use crate::{Link, LinkKey, ShareId};

    #[test]
    fn reports_name_their_share_in_each_form() {
        let id = ShareId::from_bytes([3; 10]);
        let link = Link { id, key: LinkKey::from_bytes([7; 16]), handover: None };
        let url = link.url("https://share.example");
        for text in [
            url.clone(),
            format!("Look at this: <{url}>, please"),
            url[..url.len() - 4].to_owned(),
            format!("https://share.example/s/{id}"),
            format!("https://share.example/tools/s/{id}/?x=1"),
            format!("https://share.example/r/{id}"),
            GiveLink { id, key: RequestKey::from_bytes([7; 16]) }.url("https://share.example"),
            format!("  {id}\n"),
            id.to_string().to_uppercase(),
        ] {
            assert!(reported_id(&text) == Some(id), "{text}");
        }
        for text in ["", "hello", "/s/", "https://share.example/s/0000", "https://share.example/about"] {
            assert!(reported_id(text).is_none(), "{text}");
        }
    }
}
