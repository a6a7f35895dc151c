//! The tables of the embedded store and the formats of their rows.

use crate::share::Timestamp;
use crate::store::PartReference;
use onetimeshare_envelope::ShareId;
use redb::TableDefinition;

/// [`RecordRow`] by share id.
pub(super) const RECORDS: TableDefinition<'_, &[u8; 10], &[u8]> = TableDefinition::new("records");
/// [`StoredPart`] by share id and part number, from part 1 on. Part 0 is in the share's [`RecordRow`].
pub(super) const PARTS: TableDefinition<'_, &[u8; 14], &[u8]> = TableDefinition::new("parts");
/// [`FileRow`] by file name.
pub(super) const FILES: TableDefinition<'_, &[u8; 16], &[u8]> = TableDefinition::new("files");
/// References that no share holds any more, by its id and their random number, until they are taken.
pub(super) const REFERENCES: TableDefinition<'_, &[u8; 26], &[u8]> = TableDefinition::new("references");
/// Shares by [`RecordRow::due`], for the sweep.
pub(super) const ENDS: TableDefinition<'_, &[u8; 18], ()> = TableDefinition::new("ends");
/// Counters, which do not expire.
pub(super) const COUNTERS: TableDefinition<'_, &str, u64> = TableDefinition::new("counters");

/// The counter of the bytes of all objects in a part store.
pub(super) const FILE_BYTES: &str = "file_bytes";

/// The random name of a part file.
pub(super) type FileName = [u8; 16];

/// Version of the row format.
const FORMAT: u8 = 2;
/// Length of a [`RecordRow`] before the record, in bytes.
const HEADER_LENGTH: usize = 33 + PartRow::LENGTH;

/// A record and its expiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecordRow {
    pub(super) record_until: Timestamp,
    /// Zero when the parts have been removed.
    pub(super) parts_until: Timestamp,
    /// The share's key in [`ENDS`]: not later than the next expiry of the record or the parts.
    pub(super) due: Timestamp,
    /// Total length of the parts from 1 on, in bytes.
    pub(super) extra_bytes: u64,
    /// `None` when the parts have been removed.
    pub(super) part0: Option<PartRow>,
    pub(super) record: Vec<u8>,
}

impl RecordRow {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_LENGTH + self.record.len());
        bytes.push(FORMAT);
        for number in [self.record_until.0, self.parts_until.0, self.due.0, self.extra_bytes] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&self.part0.map_or([0; PartRow::LENGTH], PartRow::encode));
        bytes.extend_from_slice(&self.record);
        bytes
    }

    /// Returns `None` for bytes in another format.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (head, record) = bytes.split_at_checked(HEADER_LENGTH)?;
        let (head, part0) = head.split_last_chunk::<{ PartRow::LENGTH }>()?;
        let [format, numbers @ ..] = head else { return None };
        let (numbers, _) = numbers.as_chunks::<8>();
        let [record_until, parts_until, due, extra_bytes] = numbers else { return None };
        let time = |bytes: &[u8; 8]| Timestamp(u64::from_be_bytes(*bytes));
        (*format == FORMAT).then(|| Self {
            record_until: time(record_until),
            parts_until: time(parts_until),
            due: time(due),
            extra_bytes: u64::from_be_bytes(*extra_bytes),
            part0: PartRow::decode(part0).filter(|part| part.name != FileName::default()),
            record: record.to_vec(),
        })
    }

    /// Returns whether the record has not expired.
    pub(super) fn is_live(&self, now: Timestamp) -> bool {
        now < self.record_until
    }

    /// Returns whether neither the record nor the parts have expired.
    pub(super) fn parts_are_live(&self, now: Timestamp) -> bool {
        now < self.parts_until && self.is_live(now)
    }

    /// Returns the next expiry of the record or the parts.
    pub(super) fn next_end(&self) -> Timestamp {
        match self.parts_until {
            Timestamp(0) => self.record_until,
            parts_until => parts_until.min(self.record_until),
        }
    }
}

/// The location of a part in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartRow {
    pub(super) name: FileName,
    pub(super) offset: u32,
    pub(super) length: u32,
}

impl PartRow {
    /// Length of an encoded row, in bytes.
    const LENGTH: usize = 24;

    pub(super) fn encode(self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        bytes[..4].copy_from_slice(&self.offset.to_be_bytes());
        bytes[4..8].copy_from_slice(&self.length.to_be_bytes());
        bytes[8..].copy_from_slice(&self.name);
        bytes
    }

    /// Returns `None` for bytes in another format.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (offset, bytes) = bytes.split_first_chunk::<4>()?;
        let (length, name) = bytes.split_first_chunk::<4>()?;
        let name = name.try_into().ok()?;
        Some(Self { name, offset: u32::from_be_bytes(*offset), length: u32::from_be_bytes(*length) })
    }
}

/// A row of [`PARTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoredPart {
    /// The part is in a file of this store.
    File(PartRow),
    /// The part is in a part store.
    Object(PartReference),
}

impl StoredPart {
    pub(super) fn encode(self) -> Vec<u8> {
        match self {
            Self::File(row) => row.encode().to_vec(),
            Self::Object(reference) => reference.encode().into_bytes(),
        }
    }

    /// Returns `None` for bytes in another format. References are longer than rows of files.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        match bytes.len() {
            PartRow::LENGTH => PartRow::decode(bytes).map(Self::File),
            _ => PartReference::decode(bytes).map(Self::Object),
        }
    }

    /// Returns the length of the part in bytes.
    pub(super) fn length(self) -> u32 {
        match self {
            Self::File(row) => row.length,
            Self::Object(reference) => reference.length,
        }
    }

    /// Returns its place in a file of this store.
    pub(super) fn file(self) -> Option<PartRow> {
        match self {
            Self::File(row) => Some(row),
            Self::Object(_) => None,
        }
    }

    /// Returns the reference to a part in a part store.
    pub(super) fn reference(self) -> Option<PartReference> {
        match self {
            Self::File(_) => None,
            Self::Object(reference) => Some(reference),
        }
    }
}

/// The live and the removed parts of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileRow {
    /// Number of live parts. The file is removed with the last one.
    pub(super) live: u32,
    /// Offset and length of the removed parts. They are cleared after the commit, and again at the next start in case the
    /// server was killed in between.
    pub(super) dropped: Vec<(u32, u32)>,
}

impl FileRow {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 + 8 * self.dropped.len());
        bytes.extend_from_slice(&self.live.to_be_bytes());
        for (offset, length) in &self.dropped {
            bytes.extend_from_slice(&offset.to_be_bytes());
            bytes.extend_from_slice(&length.to_be_bytes());
        }
        bytes
    }

    /// Returns `None` for bytes in another format.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        let (live, dropped) = numbers.split_first()?;
        let (dropped, odd) = dropped.as_chunks::<2>();
        let number = |bytes: &[u8; 4]| u32::from_be_bytes(*bytes);
        (rest.is_empty() && odd.is_empty()).then(|| Self {
            live: number(live),
            dropped: dropped.iter().map(|[offset, length]| (number(offset), number(length))).collect(),
        })
    }
}

/// A file or part that no row refers to after the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Garbage {
    File(FileName),
    /// One part of a file that has other live parts.
    Part(PartRow),
}

/// Returns the key of part `n` in [`PARTS`].
pub(super) fn part_key(id: ShareId, n: u32) -> [u8; 14] {
    let mut key = [0; 14];
    key[..10].copy_from_slice(id.as_bytes());
    key[10..].copy_from_slice(&n.to_be_bytes());
    key
}

/// Returns the part number in a key of [`PARTS`].
pub(super) fn part_number(key: &[u8; 14]) -> u32 {
    let [.., a, b, c, d] = *key;
    u32::from_be_bytes([a, b, c, d])
}

/// Returns the key in [`REFERENCES`].
pub(super) fn reference_key(id: ShareId, random: [u8; 16]) -> [u8; 26] {
    let mut key = [0; 26];
    key[..10].copy_from_slice(id.as_bytes());
    key[10..].copy_from_slice(&random);
    key
}

/// Returns the share in a key of [`REFERENCES`].
pub(super) fn referring_share(key: &[u8; 26]) -> ShareId {
    let mut id = [0; 10];
    id.copy_from_slice(&key[..10]);
    ShareId::from_bytes(id)
}

/// Returns the key in [`ENDS`].
pub(super) fn end_key(due: Timestamp, id: ShareId) -> [u8; 18] {
    let mut key = [0; 18];
    key[..8].copy_from_slice(&due.0.to_be_bytes());
    key[8..].copy_from_slice(id.as_bytes());
    key
}

/// Returns the due time and the share id in a key of [`ENDS`].
pub(super) fn parse_end_key(key: &[u8; 18]) -> (Timestamp, ShareId) {
    let (mut due, mut id) = ([0; 8], [0; 10]);
    due.copy_from_slice(&key[..8]);
    id.copy_from_slice(&key[8..]);
    (Timestamp(u64::from_be_bytes(due)), ShareId::from_bytes(id))
}

#[cfg(test)]
mod tests {
    use super::{
        FileRow, PartRow, RecordRow, StoredPart, end_key, parse_end_key, part_key, part_number, reference_key,
        referring_share,
    };
    use crate::share::Timestamp;
    use crate::store::{ObjectName, PartReference, StoreTag};
    use onetimeshare_envelope::ShareId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_decode_to_what_was_encoded(
            times: [u64; 3],
            record: Vec<u8>,
            name: [u8; 16],
            numbers: [u32; 3],
            dropped: Vec<(u32, u32)>,
        ) {
            let [record_until, parts_until, due] = times.map(Timestamp);
            let [offset, length, live] = numbers;
            let part = PartRow { name, offset, length };
            prop_assert_eq!(PartRow::decode(&part.encode()), Some(part));
            let name = ObjectName { hour: live, random: name };
            let object = PartReference { length, store: StoreTag([1, 2, 3, 4]), name };
            for stored in [StoredPart::File(part), StoredPart::Object(object)] {
                prop_assert_eq!(StoredPart::decode(&stored.encode()), Some(stored));
                prop_assert_eq!(stored.length(), length);
            }
            let row = RecordRow { record_until, parts_until, due, extra_bytes: 7, part0: Some(part), record };
            prop_assert_eq!(RecordRow::decode(&row.encode()), Some(row.clone()));
            let row = RecordRow { part0: None, ..row };
            prop_assert_eq!(RecordRow::decode(&row.encode()), Some(row));
            let file = FileRow { live, dropped };
            prop_assert_eq!(FileRow::decode(&file.encode()), Some(file));
        }

        #[test]
        fn keys_sort_by_time_and_by_number(id: [u8; 10], n: u32, m: u32, a: u64, b: u64) {
            let id = ShareId::from_bytes(id);
            prop_assert_eq!(part_key(id, n).cmp(&part_key(id, m)), n.cmp(&m));
            prop_assert_eq!(part_number(&part_key(id, n)), n);
            prop_assert_eq!(end_key(Timestamp(a), id).cmp(&end_key(Timestamp(b), id)), a.cmp(&b));
            prop_assert!(parse_end_key(&end_key(Timestamp(a), id)) == (Timestamp(a), id));
            prop_assert!(referring_share(&reference_key(id, [7; 16])) == id);
        }

        #[test]
        fn decoding_arbitrary_bytes_does_not_panic(bytes: Vec<u8>) {
            let _ = (RecordRow::decode(&bytes), StoredPart::decode(&bytes), FileRow::decode(&bytes));
        }
    }
}
