//! The part of the store's room that one client may fill.

use crate::store::Room;

/// Fraction of the room that only messages without files may use, and fraction of it that one client may use.
const KEPT: u64 = 10;

/// Multiple of a client's share that all clients in one /48 of IPv6 may use together.
const SITE: u64 = 2;

/// A part of the room with its own limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Pot {
    /// For all shares.
    Open,
    /// For messages without files that the open pot has no room for.
    Kept,
    /// For parts from 1 on, where a part store holds them.
    Files,
}

impl Pot {
    /// Returns the number of the pot in the names of accounts.
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Kept => 1,
            Self::Files => 2,
        }
    }
}

/// The clients that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Extent {
    /// One IPv4 address or one /64 of IPv6.
    Client,
    /// One /48 of IPv6.
    Site,
}

/// Returns the bytes that the clients in `extent` may keep stored in a part store, when one client may use one part in
/// `share` of its room.
pub(crate) fn files_limit(room: Room, share: u32, extent: Extent) -> u64 {
    let client = room.total / u64::from(share.max(1));
    match extent {
        Extent::Client => client,
        Extent::Site => client.saturating_mul(SITE),
    }
}

/// Limits that follow from the room of the store, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Room that only messages without files may use.
    pub(crate) kept: u64,
    client: u64,
    kept_client: u64,
}

impl Allowance {
    /// Returns the limits when one client may use one part in `share` of the room.
    pub(crate) fn of(room: Room, share: u32) -> Self {
        let kept = room.total / KEPT;
        Self { kept, client: room.total / u64::from(share.max(1)), kept_client: kept / KEPT }
    }

    /// Returns the bytes that the clients in `extent` may keep stored in a pot.
    pub(crate) fn limit(&self, extent: Extent, pot: Pot) -> u64 {
        let client = match pot {
            Pot::Open | Pot::Files => self.client,
            Pot::Kept => self.kept_client,
        };
        match extent {
            Extent::Client => client,
            Extent::Site => client.saturating_mul(SITE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, Extent, Pot};
    use crate::store::Room;

    #[test]
    fn an_eighth_for_an_address_a_quarter_for_a_48_and_a_tenth_for_messages() {
        let allowance = Allowance::of(Room { free: 1, total: 8_000 }, 8);
        assert_eq!(allowance.limit(Extent::Client, Pot::Open), 1_000);
        assert_eq!(allowance.limit(Extent::Site, Pot::Open), 2_000);
        assert_eq!(allowance.kept, 800);
        assert_eq!(allowance.limit(Extent::Client, Pot::Kept), 80);
        assert_eq!(allowance.limit(Extent::Site, Pot::Kept), 160);
        assert_eq!(Allowance::of(Room { free: 0, total: u64::MAX }, 1).limit(Extent::Site, Pot::Open), u64::MAX);
    }
}
