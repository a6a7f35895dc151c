//! Clients that send wrong passwords, as a record names them.

use core::net::IpAddr;
use onetimeshare_envelope::keys::Proof;
use serde::{Deserialize, Serialize};
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

    /// Returns the IPv6 /48 around this network, or `None` for IPv4.
    pub fn site(&self) -> Option<Self> {
        let mut bytes = self.0;
        (bytes[0], bytes[7], bytes[8]) = (48, 0, 0);
        (self.0[0] == 6).then_some(Self(bytes))
    }

    /// Returns the name of this network's bytes in a store that several servers share. `kept`: the bytes in the room
    /// that is kept for messages. `key` is random and changes every day.
    pub fn account_name(&self, key: &[u8; 32], pot: u8) -> [u8; 16] {
        let digest = Sha256::new().chain_update(b"onetimeshare/v1/account").chain_update(key);
        let digest = digest.chain_update(self.0).chain_update([pot]).finalize();
        let mut name = [0; 16];
        name.copy_from_slice(&digest[..16]);
        name
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guesser(pub [u8; 8]);

#[cfg(test)]
mod tests {
    use super::ClientNetwork;
    use core::net::IpAddr;
    use onetimeshare_envelope::keys::Proof;

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

    #[test]
    fn an_ipv6_network_belongs_to_a_48() {
        let site = |address: &str| ClientNetwork::of(address.parse::<IpAddr>().unwrap()).site();
        assert!(site("192.0.2.1").is_none() && site("::ffff:192.0.2.1").is_none());
        assert_eq!(site("2001:db8:1:2::1"), site("2001:db8:1:3::1"));
        assert_ne!(site("2001:db8:1:2::1"), site("2001:db8:2:2::1"));
        let network = ClientNetwork::of("2001:db8:1::1".parse::<IpAddr>().unwrap());
        assert_ne!(network.site(), Some(network), "a /48 is not its first /64");
        assert_ne!(network.account_name(&[1; 32], 0), network.account_name(&[2; 32], 0));
        assert_ne!(network.account_name(&[1; 32], 0), network.account_name(&[1; 32], 1));
    }
}
