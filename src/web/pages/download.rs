//! One file of an open share, decrypted part by part while it is sent.

use super::form_decryption::DecryptedShare;
use crate::service::Shares;
use crate::web::limits::Permit;
use onetimeshare_envelope::parts::FileOpener;
use onetimeshare_envelope::{Digest, ShareId};
use rocket::http::{ContentType, Header};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::tokio::io::{AsyncWriteExt as _, DuplexStream, duplex};
use std::ops::Range;

/// Most decrypted bytes buffered for the network.
const AHEAD: usize = 256 * 1024;

/// The response that streams a decrypted file to a browser in no-script mode.
pub(crate) struct Download {
    name: String,
    size: u64,
    source: Source,
}

/// The encrypted file in the store, and the key to it.
struct Source {
    shares: Shares,
    id: ShareId,
    claim: Digest,
    parts: Range<u32>,
    opener: FileOpener,
    /// The receiver's transfer permit, held until the file is sent.
    _permit: Permit,
}

impl Download {
    /// Prepares file `n`, counted from 1. Returns `None` when there is no such file.
    pub(crate) fn new(shares: Shares, share: DecryptedShare, n: usize, permit: Permit) -> Option<Self> {
        let index = n.checked_sub(1)?;
        let file = share.manifest.files.get(index)?;
        let parts = share.layout.parts_of_file(index)?;
        let opener = FileOpener::new(&share.key, &share.id, index, file.size).ok()?;
        let (name, size) = (file.safe_name(), file.size);
        let source = Source { shares, id: share.id, claim: share.claim.digest(), parts, opener, _permit: permit };
        Some(Self { name, size, source })
    }
}

impl Source {
    /// Sends the file. Stops early when a part is missing or altered, or when the receiver disconnects. The body is
    /// then shorter than its `Content-Length`, so browsers report a failed download.
    async fn send(mut self, mut to: DuplexStream) -> Option<()> {
        for n in self.parts.clone() {
            let part = self.shares.part(self.id, &self.claim, n).await.ok()?;
            let plain = self.opener.open(part).ok()?;
            to.write_all(&plain).await.ok()?;
        }
        self.opener.finish().ok()?;
        to.shutdown().await.ok()
    }
}

impl<'r> Responder<'r, 'static> for Download {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let (to, from) = duplex(AHEAD);
        rocket::tokio::spawn(self.source.send(to));
        Response::build()
            .header(ContentType::Binary)
            .header(Header::new("Content-Disposition", disposition(&self.name)))
            .header(Header::new("Content-Length", self.size.to_string()))
            .streamed_body(from)
            .ok()
    }
}

/// Returns the `Content-Disposition` of an attachment, with an ASCII and an extended file name (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " ._-".contains(c) { c } else { '_' }).collect();
    let encoded = name.bytes().fold(String::new(), |text, byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' => text + &char::from(byte).to_string(),
        _ => text + &format!("%{byte:02X}"),
    });
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn file_names_have_an_ascii_and_an_extended_form() {
        assert_eq!(disposition("a b.txt"), "attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt");
        assert_eq!(
            disposition("r\u{e9}sum\u{e9}\".pdf"),
            "attachment; filename=\"r_sum__.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9%22.pdf"
        );
    }
}
