//! The use cases over an embedded store, without a server.

use super::{ServiceError, Shares};
use crate::share::record::{Creation, OpenRequest, Peek, State};
use crate::share::{Digest, Owner, ShareId};
use crate::store::{EmbeddedOptions, EmbeddedStorage, Store};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

fn shares(folder: &TempDir) -> Shares {
    let storage = EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap();
    Shares::new(Store::new(Arc::new(storage), Duration::from_secs(10)).unwrap(), 600, None)
}

fn creation(owner: &Owner, parts: u32, size: u64) -> Creation {
    Creation {
        id: ShareId::of(owner),
        owner: owner.digest(),
        open_verifier: Digest::of(b"open"),
        password_verifier: None,
        parts,
        size,
        part0: 4,
        lifetime: 3600,
        body: Digest::of(b"body"),
    }
}

fn request(claim: &[u8]) -> OpenRequest {
    OpenRequest { open: Digest::of(b"open"), claim: Digest::of(claim), password: None }
}

#[tokio::test]
async fn one_claim_opens_confirms_and_ends_a_share() {
    let folder = TempDir::new().unwrap();
    let (shares, owner) = (shares(&folder), Owner::random().unwrap());
    let creation = creation(&owner, 1, 0);
    let id = creation.id;
    assert!(shares.unchecked_changes().create(&creation, b"part").await.unwrap().fresh);
    assert!(!shares.unchecked_changes().create(&creation, b"part").await.unwrap().fresh, "the same create again");
    assert!(matches!(shares.peek(id, &Digest::of(b"other")).await.unwrap().0, Peek::NotFound));
    assert!(matches!(shares.peek(id, &Digest::of(b"open")).await.unwrap().0, Peek::Waiting { .. }));
    assert_eq!(shares.unchecked_changes().open(id, &request(b"reader")).await.unwrap().part0, b"part");
    assert!(matches!(shares.unchecked_changes().open(id, &request(b"thief")).await, Err(ServiceError::Gone(_))));
    assert_eq!(
        shares.unchecked_changes().open(id, &request(b"reader")).await.unwrap().part0,
        b"part",
        "within the grace"
    );
    assert_eq!(shares.unchecked_changes().confirm(id, &Digest::of(b"thief")).await, Err(ServiceError::NotFound));
    shares.unchecked_changes().confirm(id, &Digest::of(b"reader")).await.unwrap();
    assert!(shares.unchecked_changes().open(id, &request(b"reader")).await.is_err(), "confirmed");
    assert_eq!(shares.status(id, &owner.digest()).await.unwrap().state, State::Opened);
    assert!(matches!(shares.unchecked_changes().delete(id, &owner.digest()).await, Err(ServiceError::Gone(_))));
}

#[tokio::test]
async fn an_upload_completes_only_with_every_part() {
    let folder = TempDir::new().unwrap();
    let (shares, owner) = (shares(&folder), Owner::random().unwrap());
    let creation = creation(&owner, 2, 5);
    let (id, digest) = (creation.id, owner.digest());
    shares.unchecked_changes().create(&creation, b"part").await.unwrap();
    assert_eq!(
        shares.unchecked_changes().open(id, &request(b"reader")).await.unwrap_err(),
        ServiceError::NotFound,
        "still uploading"
    );
    assert_eq!(
        shares.unchecked_changes().complete(id, &digest).await.unwrap_err(),
        ServiceError::MissingParts(vec![1])
    );
    assert_eq!(
        shares.unchecked_changes().put_part(id, &Digest::of(b"other"), 1, vec![1; 5]).await,
        Err(ServiceError::NotFound)
    );
    assert_eq!(shares.unchecked_changes().put_part(id, &digest, 1, vec![1; 6]).await, Err(ServiceError::TooLarge));
    shares.unchecked_changes().put_part(id, &digest, 1, vec![1; 5]).await.unwrap();
    assert_eq!(shares.unchecked_changes().complete(id, &digest).await.unwrap().state, State::Waiting);
    assert_eq!(shares.unchecked_changes().put_part(id, &digest, 1, vec![2; 5]).await, Err(ServiceError::Complete));
    shares.unchecked_changes().open(id, &request(b"reader")).await.unwrap();
    assert_eq!(shares.part(id, &Digest::of(b"thief"), 1).await, Err(ServiceError::NotFound));
    assert_eq!(shares.part(id, &Digest::of(b"reader"), 1).await.unwrap(), vec![1; 5]);
}
