//! Shares with files, encrypted as a client does: part by part, so that no test holds a large file in memory.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use crate::client::{Client, Response, Share};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use onetimeshare_envelope::chunked::{SALT, Salt};
use onetimeshare_envelope::keys::{ContentKey, LinkKeys, Password};
use onetimeshare_envelope::manifest::{FileEntry, Manifest};
use onetimeshare_envelope::parts::{FileOpener, FileSealer, Layout, PART};
use onetimeshare_envelope::{self, Altered, EncryptedShare};
use onetimeshare_envelope::{Claim, Link, LinkKey, Owner, ShareId};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::io::{Cursor, Read};

/// Deterministic pseudo-random bytes, generated while they are read.
#[derive(Clone)]
pub struct Content {
    state: u64,
    left: u64,
}

impl Content {
    /// Creates `size` bytes from a seed.
    pub fn new(seed: u64, size: u64) -> Self {
        Self { state: seed | 1, left: size }
    }
}

impl Read for Content {
    /// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016). Every
    /// call but the last must read a multiple of 8 bytes.
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let length = if most as u64 == self.left { most } else { most / 8 * 8 };
        for word in buffer[..length].chunks_mut(8) {
            self.state ^= self.state >> 12;
            self.state ^= self.state << 25;
            self.state ^= self.state >> 27;
            word.copy_from_slice(&self.state.wrapping_mul(0x2545_f491_4f6c_dd1d).to_le_bytes()[..word.len()]);
        }
        self.left -= length as u64;
        Ok(length)
    }
}

/// Source of a file's bytes.
#[derive(Clone)]
enum Source {
    Bytes(Vec<u8>),
    Made(u64),
}

/// A file to send.
#[derive(Clone)]
pub struct File {
    /// Its file name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    source: Source,
}

impl File {
    /// Creates a file with these bytes.
    pub fn of(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self { name: name.to_owned(), size: bytes.len() as u64, source: Source::Bytes(bytes) }
    }

    /// Creates a file of `size` bytes generated from `seed`.
    pub fn made(name: &str, size: u64, seed: u64) -> Self {
        Self { name: name.to_owned(), size, source: Source::Made(seed) }
    }

    /// Reads its bytes; all reads but the last must be multiples of 8 bytes.
    pub fn read(&self) -> Box<dyn Read + '_> {
        match &self.source {
            Source::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            Source::Made(seed) => Box::new(Content::new(*seed, self.size)),
        }
    }

    /// The SHA-256 of its bytes.
    pub fn sha256(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let (mut from, mut buffer) = (self.read(), vec![0; 64 * 1024]);
        while let length @ 1.. = from.read(&mut buffer).unwrap() {
            hash.update(&buffer[..length]);
        }
        hash.finalize().into()
    }
}

/// A share with files. Parts are encrypted on demand, each time to the same bytes.
pub struct Files {
    /// The share, with the create request that announces its parts.
    pub share: Share,
    /// The files it holds.
    pub sent: Vec<File>,
    /// Sizes of its parts.
    pub layout: Layout,
    key: ContentKey,
    salts: Vec<[u8; SALT]>,
}

impl Files {
    /// Encrypts files without a message, with a lifetime of one hour.
    pub fn new(files: Vec<File>) -> Self {
        Self::with(None, files, 3_600)
    }

    /// Encrypts files and an optional message, with a `lifetime` in seconds.
    pub fn with(message: Option<&str>, files: Vec<File>, lifetime: u64) -> Self {
        Self::guarded(message, files, lifetime, None)
    }

    /// Encrypts files and an optional message, with an optional password.
    pub fn guarded(message: Option<&str>, files: Vec<File>, lifetime: u64, password: Option<&str>) -> Self {
        let owner = Owner::random().unwrap();
        let id = ShareId::of(&owner);
        let entry = |file: &File| FileEntry {
            name: file.name.clone(),
            media_type: "application/octet-stream".to_owned(),
            size: file.size,
        };
        let manifest = Manifest { message: message.map(str::to_owned), files: files.iter().map(entry).collect() };
        let layout = manifest.layout().unwrap();
        let (password, link_key) = (password.and_then(Password::parse), LinkKey::random().unwrap());
        let EncryptedShare { key, part0, open_verifier, password_verifier } =
            onetimeshare_envelope::encrypt(&id, link_key, password.as_ref(), &manifest, Salt::random().unwrap())
                .unwrap();
        let keys = LinkKeys::derive(&id, &key);
        let with_password = password.map(|password| keys.stretch(&password));
        let password_proof = with_password.as_ref().map(|keys| keys.password_proof().expose());
        let content_key = with_password.map_or_else(|| keys.content_key(), |keys| keys.content_key());
        let mut body = json!({
            "version": 1,
            "open_verifier": URL_SAFE_NO_PAD.encode(open_verifier.as_bytes()),
            "parts": layout.parts(),
            "size": layout.size(),
            "lifetime": lifetime,
            "part0": URL_SAFE_NO_PAD.encode(&part0),
        });
        if let Some(verifier) = password_verifier {
            body["password_verifier"] = URL_SAFE_NO_PAD.encode(verifier.as_bytes()).into();
        }
        let salts = files.iter().map(|_| onetimeshare_envelope::random::bytes().unwrap()).collect();
        let share = Share { owner, link: Link { id, key, handover: None }, body, password_proof };
        Self { share, sent: files, layout, key: content_key, salts }
    }

    /// Number of parts, part 0 included.
    pub fn parts(&self) -> u32 {
        self.layout.parts()
    }

    /// Encrypts the parts from 1 on, in order, and passes each to `to` until it returns an error.
    pub fn each_part<E>(&self, mut to: impl FnMut(u32, &[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut n = 1;
        for (index, file) in self.sent.iter().enumerate() {
            let mut sealer =
                FileSealer::new(&self.key, &self.share.link.id, index, Salt::from_bytes(self.salts[index]));
            let (mut from, mut buffer) = (file.read(), vec![0; 64 * 1024]);
            while let length @ 1.. = from.read(&mut buffer).unwrap() {
                let mut rest = &buffer[..length];
                while let Some(part) = sealer.push(&mut rest).unwrap() {
                    to(n, &part)?;
                    n += 1;
                }
            }
            for part in sealer.finish() {
                to(n, &part.unwrap())?;
                n += 1;
            }
        }
        Ok(())
    }

    /// All parts from 1 on, for small shares.
    pub fn all_parts(&self) -> Vec<Vec<u8>> {
        let mut parts = Vec::new();
        let Ok(()) = self.each_part(|_, part| {
            parts.push(part.to_vec());
            Ok::<(), std::convert::Infallible>(())
        });
        parts
    }

    /// Creates the share, uploads its parts and completes it; fails on any error.
    #[track_caller]
    pub fn send(&self, client: &Client) -> Response {
        client.create(&self.share);
        let Ok(()) = self.each_part(|n, part| {
            let response = client.put_part(&self.share, n, part);
            assert_eq!(response.status, 204, "part {n}: {}", response.text());
            Ok::<(), std::convert::Infallible>(())
        });
        let response = client.complete(&self.share);
        assert_eq!(response.status, 200, "{}", response.text());
        response
    }

    /// Decrypts the manifest in an `open` response, which must list the files that were sent.
    pub fn manifest_in(&self, opened: &Value) -> Result<Manifest, Altered> {
        let part0 = opened["part0"].as_str().ok_or(Altered)?;
        let part0 = URL_SAFE_NO_PAD.decode(part0).map_err(|_| Altered)?;
        let parts = opened["parts"].as_u64().and_then(|parts| u32::try_from(parts).ok()).ok_or(Altered)?;
        let (manifest, layout) =
            onetimeshare_envelope::decrypt(&self.key, &self.share.link.id, &part0, parts, self.layout.size())?;
        if layout == self.layout { Ok(manifest) } else { Err(Altered) }
    }

    /// Decrypts every file of an opened share from the parts that `fetch` returns, and returns their SHA-256.
    pub fn read<E>(&self, mut fetch: impl FnMut(u32) -> Result<Vec<u8>, E>) -> Result<Vec<[u8; 32]>, E> {
        let mut hashes = Vec::new();
        for (index, file) in self.sent.iter().enumerate() {
            let mut opener = FileOpener::new(&self.key, &self.share.link.id, index, file.size).unwrap();
            let mut hash = Sha256::new();
            for n in self.layout.parts_of_file(index).unwrap() {
                hash.update(opener.open(fetch(n)?).expect("the part decrypts"));
            }
            opener.finish().expect("the file is complete");
            hashes.push(hash.finalize().into());
        }
        Ok(hashes)
    }

    /// Downloads every file and fails unless each is unchanged.
    #[track_caller]
    pub fn arrives(&self, client: &Client, claim: &Claim) {
        let Ok(hashes) = self.read(|n| {
            let response = client.part(&self.share, claim, n);
            assert_eq!(response.status, 200, "part {n}: {}", response.text());
            Ok::<_, std::convert::Infallible>(response.body)
        });
        assert!(self.are(&hashes), "every file is unchanged");
    }

    /// Returns whether these are the hashes of its files.
    pub fn are(&self, hashes: &[[u8; 32]]) -> bool {
        self.sent.iter().map(File::sha256).eq(hashes.iter().copied())
    }
}

/// A share of undecryptable parts, for tests that only count bytes: the server cannot tell.
pub struct Bulk {
    /// The share.
    pub share: Share,
    /// Number of parts, part 0 included.
    pub parts: u32,
    part: Vec<u8>,
}

impl Bulk {
    /// Creates a share with as many full parts as `size` bytes need.
    pub fn new(size: u64) -> Self {
        let mut part = vec![0; PART];
        Content::new(size, PART as u64).read_exact(&mut part).unwrap();
        let count = u32::try_from(size.div_ceil(PART as u64)).unwrap();
        let mut share = Share::new("beside its parts");
        share.body["parts"] = (count + 1).into();
        share.body["size"] = (u64::from(count) * PART as u64).into();
        Self { share, parts: count + 1, part }
    }

    /// The bytes of part `n`; every part differs.
    pub fn part(&self, n: u32) -> Vec<u8> {
        let mut part = self.part.clone();
        part[..4].copy_from_slice(&n.to_be_bytes());
        part
    }

    /// Bytes in each part.
    pub fn length(&self) -> usize {
        self.part.len()
    }

    /// Appends the bytes of part `n`.
    pub fn write_part(&self, n: u32, to: &mut Vec<u8>) {
        to.extend_from_slice(&n.to_be_bytes());
        to.extend_from_slice(&self.part[4..]);
    }

    /// Returns whether these are the bytes of part `n`.
    pub fn is_part(&self, n: u32, bytes: &[u8]) -> bool {
        bytes.split_first_chunk::<4>().is_some_and(|(first, rest)| *first == n.to_be_bytes() && rest == &self.part[4..])
    }

    /// Creates the share, uploads its parts and completes it.
    #[track_caller]
    pub fn send(&self, client: &Client) {
        client.create(&self.share);
        for n in 1..self.parts {
            let response = client.put_part(&self.share, n, &self.part(n));
            assert_eq!(response.status, 204, "part {n}: {}", response.text());
        }
        let response = client.complete(&self.share);
        assert_eq!(response.status, 200, "{}", response.text());
    }

    /// Opens the share and downloads its parts without confirming.
    #[track_caller]
    pub fn fetch(&self, client: &Client, claim: &Claim) {
        assert_eq!(client.open(&self.share, claim).status, 200);
        for n in 1..self.parts {
            let response = client.part(&self.share, claim, n);
            assert!(response.status == 200 && response.body == self.part(n), "part {n} is unchanged");
        }
    }
}
