//! The use cases over an embedded store, without a server.

use super::watch::Watch;
use super::{Attempt, Changes, Opened, ServiceError, Shares};
use crate::share::guesser::ClientNetwork;
use crate::share::record::{Creation, Peek, State};
use crate::store::{EmbeddedOptions, EmbeddedStorage, Store};
use onetimeshare_envelope::keys::Proof;
use onetimeshare_envelope::{Claim, Digest, Owner, ShareId};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

fn shares(folder: &TempDir) -> Shares {
    let storage = EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap();
    Shares::new(Store::new(Arc::new(storage), Duration::from_secs(10)).unwrap(), 600_u64.into(), None, None)
}

fn creation(owner: &Owner, parts: u32, size: u64) -> Creation {
    Creation {
        id: ShareId::of(owner),
        owner: owner.digest(),
        open_verifier: proof(1).verifier(),
        password_verifier: None,
        parts,
        size,
        part0: 4,
        lifetime: 3600,
        body: Digest::of(b"body"),
    }
}

fn claim(number: u8) -> Claim {
    Claim::from_bytes([number; 20])
}

const READER: u8 = 1;
const THIEF: u8 = 2;

fn proof(number: u8) -> Proof {
    Proof::from_bytes([number; 32])
}

async fn open(changes: Changes<'_>, id: ShareId, by: u8) -> Result<Opened, ServiceError> {
    let attempt = Attempt { open_proof: &proof(1), claim: &claim(by), password_proof: None, handover: None };
    changes.open(id, &attempt).await
}

#[tokio::test]
async fn one_claim_opens_confirms_and_ends_a_share() {
    let folder = TempDir::new().unwrap();
    let (shares, owner) = (shares(&folder), Owner::random().unwrap());
    let creation = creation(&owner, 1, 0);
    let (id, changes) = (creation.id, shares.unchecked_changes(ClientNetwork::default()));
    assert!(changes.create(&creation, b"part").await.unwrap().fresh);
    assert!(!changes.create(&creation, b"part").await.unwrap().fresh, "the same create again");
    assert!(matches!(changes.peek(id, &proof(2)).await.unwrap(), Peek::NotFound));
    assert!(matches!(changes.peek(id, &proof(1)).await.unwrap(), Peek::Waiting { .. }));
    assert_eq!(open(changes, id, READER).await.unwrap().part0, b"part");
    assert!(matches!(open(changes, id, THIEF).await, Err(ServiceError::Gone(_))));
    assert_eq!(open(changes, id, READER).await.unwrap().part0, b"part", "within the grace");
    assert_eq!(changes.confirm(id, &claim(THIEF).digest()).await, Err(ServiceError::NotFound));
    changes.confirm(id, &claim(READER).digest()).await.unwrap();
    assert!(open(changes, id, READER).await.is_err(), "confirmed");
    assert_eq!(shares.status(id, &owner.digest()).await.unwrap().state, State::Opened);
    assert!(matches!(changes.delete(id, &owner.digest()).await, Err(ServiceError::Gone(_))));
}

#[tokio::test]
async fn an_upload_completes_only_with_every_part() {
    let folder = TempDir::new().unwrap();
    let (shares, owner) = (shares(&folder), Owner::random().unwrap());
    let creation = creation(&owner, 2, 5);
    let (id, digest) = (creation.id, owner.digest());
    let changes = shares.unchecked_changes(ClientNetwork::default());
    changes.create(&creation, b"part").await.unwrap();
    assert_eq!(open(changes, id, READER).await.unwrap_err(), ServiceError::NotFound, "still uploading");
    assert_eq!(changes.complete(id, &digest).await.unwrap_err(), ServiceError::MissingParts(vec![1]));
    assert_eq!(changes.put_part(id, &Digest::of(b"other"), 1, vec![1; 5]).await, Err(ServiceError::NotFound));
    assert_eq!(changes.put_part(id, &digest, 1, vec![1; 6]).await, Err(ServiceError::TooLarge));
    changes.put_part(id, &digest, 1, vec![1; 5]).await.unwrap();
    assert_eq!(changes.complete(id, &digest).await.unwrap().state, State::Waiting);
    assert_eq!(changes.put_part(id, &digest, 1, vec![2; 5]).await, Err(ServiceError::Complete));
    open(changes, id, READER).await.unwrap();
    assert_eq!(shares.part(id, &claim(THIEF).digest(), 1).await, Err(ServiceError::NotFound));
    assert_eq!(shares.part(id, &claim(READER).digest(), 1).await.unwrap(), vec![1; 5]);
}

#[tokio::test]
async fn one_client_leaves_places_for_the_status_pages_of_others() {
    let folder = TempDir::new().unwrap();
    let watch = Watch::new(shares(&folder).store().clone());
    let client = |n| ClientNetwork::of(std::net::Ipv4Addr::new(192, 0, 2, n).into());
    let wait = |n: u32, by| {
        let mut id = [0; 10];
        id[..4].copy_from_slice(&n.to_be_bytes());
        watch.register(ShareId::from_bytes(id), client(by))
    };
    let held: Vec<_> = (0..).map_while(|n| wait(n, 1)).collect();
    assert_eq!(held.len(), 2_000, "half of the places");
    let others: Vec<_> = (0..1_000).map(|n| wait(10_000 + n, 2).expect("a quarter for another client")).collect();
    assert!(wait(20_000, 2).is_none());
    assert!(wait(20_000, 3).is_some());
    drop((held, others));
    assert!(wait(20_000, 1).is_some(), "places are free again");
}
