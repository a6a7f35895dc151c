//! Clients that send wrong passwords, as a record names them.

use super::envelope::keys::Proof;
use core::net::IpAddr;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Network of a client: an IPv4 address or an IPv6 /64, the usual size of a provider's allocation to one customer.
/// Without limits per address, all clients count as one.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ClientNetwork([u8; 9]);

impl ClientNetwork {
    /// Returns the network of `address`.
    pub fn of(address: IpAddr) -> Self {
        let mut bytes = [0; 9];
        match address.to_canonical() {
            IpAddr::V4(address) => {
                bytes[0] = 4;
                bytes[1..5].copy_from_slice(&address.octets());
            }
            IpAddr::V6(address) => {
                bytes[0] = 6;
                bytes[1..].copy_from_slice(&address.octets()[..8]);
            }
        }
        Self(bytes)
    }

    /// Returns the name of this client in the record of one share. It depends on the proof of the link key, which is
    /// not stored, so that stored records do not reveal addresses.
    pub fn guesser(&self, open_proof: &Proof) -> Guesser {
        let digest = Sha256::new().chain_update(b"onetimeshare/v1/guesser").chain_update(open_proof.as_bytes());
        let digest = digest.chain_update(self.0).finalize();
        let mut name = [0; 8];
        name.copy_from_slice(&digest[..8]);
        Guesser(name)
    }
}

/// `Debug` omits the value, so that addresses stay out of logs.
impl fmt::Debug for ClientNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientNetwork(..)")
    }
}

/// Name of a client in the record of one share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guesser(pub [u8; 8]);

#[cfg(test)]
mod tests {
    use super::ClientNetwork;
    use crate::share::envelope::keys::Proof;
    use core::net::IpAddr;

    #[test]
    fn a_guesser_is_named_by_its_network_and_the_share() {
        let name = |address: &str, proof| {
            ClientNetwork::of(address.parse::<IpAddr>().unwrap()).guesser(&Proof::from_bytes([proof; 32]))
        };
        assert_eq!(name("192.0.2.1", 1), name("::ffff:192.0.2.1", 1));
        assert_eq!(name("2001:db8::1", 1), name("2001:db8::ffff:1", 1));
        assert_ne!(name("192.0.2.1", 1), name("192.0.2.2", 1));
        assert_ne!(name("2001:db8::1", 1), name("2001:db8:0:1::1", 1));
        assert_ne!(name("192.0.2.1", 1), name("192.0.2.1", 2));
    }
}
