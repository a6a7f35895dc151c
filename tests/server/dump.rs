//! Dumps the content of a store for comparison.

use crate::embedded_files::copied;
use crate::site::{Site, files};
use redb::{ReadableTable as _, TableDefinition};
use std::collections::BTreeMap;

/// Returns everything in the site's store except the visit counter, by name.
pub fn dump(site: &Site) -> BTreeMap<String, Vec<u8>> {
    match &site.redis {
        Some(redis) => {
            let keys: Vec<String> = redis.ask(&["KEYS", "*"]);
            let keys = keys.into_iter().filter(|key| key != "hit_counter");
            let value = |key: &str| {
                let bytes: Vec<u8> = redis.ask(&["DUMP", key]);
                let until: i64 = redis.ask(&["PEXPIRETIME", key]);
                [bytes, until.to_be_bytes().to_vec()].concat()
            };
            keys.map(|key| (key.clone(), value(&key))).collect()
        }
        None => embedded(site),
    }
}

fn embedded(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let parts = files(&site.server.data_dir).into_iter().filter(|(name, _)| !name.ends_with("shares.redb"));
    let mut held: BTreeMap<_, _> = parts.collect();
    let rows = copied(&site.server.data_dir, |read| {
        let records = read.open_table(TableDefinition::<&[u8; 10], &[u8]>::new("records")).unwrap();
        for row in records.iter().unwrap() {
            let (id, row) = row.unwrap();
            held.insert(format!("record {:?}", id.value()), row.value().to_vec());
        }
        let parts = read.open_table(TableDefinition::<&[u8; 14], &[u8]>::new("parts")).unwrap();
        for row in parts.iter().unwrap() {
            let (part, row) = row.unwrap();
            held.insert(format!("part {:?}", part.value()), row.value().to_vec());
        }
    });
    rows.unwrap();
    held
}
