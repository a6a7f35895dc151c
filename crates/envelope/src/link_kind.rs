//! Tells the links of this site apart, so that one pasted in the wrong place is named instead of called damaged.

use crate::link::Link;
use crate::request::{GiveLink, PrivateLink};
use crate::status_link::StatusLink;

/// The kinds of links that the site makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Opens a share.
    Share,
    /// Shows the sender what became of a share.
    Status,
    /// Answers a request.
    Give,
    /// Opens the answers to a request.
    Private,
}

impl LinkKind {
    /// Returns the kind of the first complete link in `text`, in the order of the variants' use, or `None`. A status
    /// link counts only with its path, because nothing else tells an owner token from other text.
    pub fn of(text: &str) -> Option<Self> {
        if Link::parse(text).is_ok() {
            Some(Self::Share)
        } else if GiveLink::parse(text).is_ok() {
            Some(Self::Give)
        } else if PrivateLink::parse(text).is_some() {
            Some(Self::Private)
        } else if StatusLink::is_in(text) {
            Some(Self::Status)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::link_kind::LinkKind;
    use crate::request::PrivateLink;
    use crate::{Link, LinkKey, Owner, ShareId, StatusLink};

    #[test]
    fn each_kind_is_told_from_the_others() {
        let private = PrivateLink::from_bytes([5; 20]);
        let base = "https://share.example/tools";
        let share = Link { id: ShareId::from_bytes([3; 10]), key: LinkKey::from_bytes([7; 16]), handover: None };
        let status = StatusLink { owner: Owner::from_bytes([5; 20]), words: None };
        let links = [
            (LinkKind::Share, share.url(base)),
            (LinkKind::Status, format!("{base}/status#{}", *status.fragment())),
            (LinkKind::Give, private.keys().give_link().url(base)),
            (LinkKind::Private, private.url(base)),
        ];
        for (kind, link) in &links {
            for text in [link.clone(), format!("Here: {link}, please"), link.to_uppercase(), link.replace('#', "%23")] {
                assert_eq!(LinkKind::of(&text), Some(*kind), "{text}");
            }
            let cut = &link[..link.len() - 3];
            assert_eq!(LinkKind::of(cut), None, "{cut}");
        }
        assert_eq!(LinkKind::of(&private.fragment()), Some(LinkKind::Private), "its fragment has a checksum");
        for text in ["", "hello", "https://share.example/about", &status.fragment(), &share.fragment()] {
            assert_eq!(LinkKind::of(text), None, "{text}");
        }
    }
}
