//! The interface of a part store.

use crate::store::{ObjectName, Room, StoreError, StoreTag};

/// A place for parts: objects that are written once, read and removed. Calls block.
pub trait PartStore: Send + Sync + 'static {
    /// Returns the random name of this store, which is stored in it.
    fn tag(&self) -> Result<StoreTag, StoreError>;

    /// Writes an object. It is durable when this returns.
    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<(), StoreError>;

    /// Reads an object of `length` bytes. Returns `None` when the store works, but does not hold the object with that
    /// length.
    fn get(&self, name: &ObjectName, length: u32) -> Result<Option<Vec<u8>>, StoreError>;

    /// Removes objects. A missing object is no error.
    fn remove(&self, names: &[ObjectName]) -> Result<(), StoreError>;

    /// Removes all objects of the hours before `hour`. Returns the number of hours.
    fn remove_hours_before(&self, hour: u32) -> Result<usize, StoreError>;

    /// Counts the bytes of all objects. Takes long.
    fn count(&self) -> Result<u64, StoreError>;

    /// Returns whether [`Self::room`] depends on the bytes of all objects, so that each change of them is counted.
    fn is_counted(&self) -> bool {
        false
    }

    /// Ends running counts and removals of hours, and fails later ones.
    fn stop(&self) {}

    /// Returns how many bytes fit while all objects have `used` bytes.
    fn room(&self, used: u64) -> Result<Option<Room>, StoreError>;
}
