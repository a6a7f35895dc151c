//! Throughput of encrypting and decrypting messages and parts of files.
//!
//!     cargo bench --bench envelope
#![allow(clippy::unwrap_used, reason = "a failed assumption stops the benchmark")]
#![allow(missing_docs, reason = "not a library")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use onetimeshare_envelope::chunked::Salt;
use onetimeshare_envelope::keys::{LinkKeys, Password};
use onetimeshare_envelope::manifest::Manifest;
use onetimeshare_envelope::parts::{FileOpener, FileSealer};
use onetimeshare_envelope::{self, EncryptError, EncryptedShare};
use onetimeshare_envelope::{LinkKey, Owner, ShareId};
use std::hint::black_box;

/// Size of the file in bytes: 16 full parts.
const FILE: usize = 16 * 1024 * 1024;

fn id() -> ShareId {
    ShareId::of(&Owner::random().unwrap())
}

fn encrypt(id: &ShareId, manifest: &Manifest) -> Result<EncryptedShare, EncryptError> {
    onetimeshare_envelope::encrypt(id, LinkKey::random().unwrap(), None, manifest, Salt::random().unwrap())
}

fn messages(criterion: &mut Criterion) {
    let (id, manifest) = (id(), Manifest::of_message("A".repeat(1024)));
    let EncryptedShare { key, part0, .. } = encrypt(&id, &manifest).unwrap();
    let mut group = criterion.benchmark_group("message of 1 KiB");
    group.bench_function("encrypt", |bencher| bencher.iter(|| encrypt(&id, black_box(&manifest))));
    group.bench_function("decrypt", |bencher| {
        bencher.iter(|| {
            let keys = LinkKeys::derive(&id, &key);
            onetimeshare_envelope::decrypt(&keys.content_key(), &id, black_box(&part0), 1, 0)
        });
    });
    group.sample_size(10);
    let (keys, password) = (LinkKeys::derive(&id, &key), Password::parse("four good words here").unwrap());
    group.bench_function("stretch a password", |bencher| bencher.iter(|| keys.stretch(black_box(&password))));
    group.finish();
}

fn files(criterion: &mut Criterion) {
    let id = id();
    let key = LinkKeys::derive(&id, &LinkKey::random().unwrap()).content_key();
    let file = vec![7; FILE];
    let seal = |mut rest: &[u8]| {
        let mut sealer = FileSealer::new(&key, &id, 0, Salt::random().unwrap());
        let mut parts = Vec::with_capacity(17);
        while let Some(part) = sealer.push(&mut rest).unwrap() {
            parts.push(part);
        }
        parts.extend(sealer.finish().map(Result::unwrap));
        parts
    };
    let parts = seal(&file);
    let mut group = criterion.benchmark_group("file of 16 MiB");
    group.throughput(Throughput::Bytes(FILE as u64)).sample_size(20);
    group.bench_function("encrypt", |bencher| bencher.iter(|| seal(black_box(&file))));
    group.bench_function("decrypt", |bencher| {
        let size = FILE as u64;
        let prepare = || (FileOpener::new(&key, &id, 0, size).unwrap(), parts.clone());
        let open = |(mut opener, parts): (FileOpener, Vec<Vec<u8>>)| {
            for part in parts {
                black_box(opener.open(part).unwrap());
            }
            opener.finish().unwrap();
        };
        bencher.iter_batched(prepare, open, BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, messages, files);
criterion_main!(benches);
