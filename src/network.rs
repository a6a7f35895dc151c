//! Client addresses: networks, trusted proxies, and `X-Forwarded-For`.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4};

/// An address range in CIDR notation. IPv4-mapped IPv6 (`::ffff:10.0.0.1`) counts as IPv4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

impl Network {
    /// Parses `10.1.2.3`, `10.0.0.0/8` or `fd00::/8`, clearing the host bits.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.trim().split_once('/') {
            None => (text.trim(), None),
            Some((address, bits)) if bits.len() <= 3 && bits.bytes().all(|digit| digit.is_ascii_digit()) => {
                (address, Some(bits.parse::<u32>().ok()?))
            }
            Some(_) => return None,
        };
        let written: IpAddr = address.parse().ok()?;
        let address = written.to_canonical();
        let mapped = written.is_ipv6() && address.is_ipv4();
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => most,
            Some(bits) if mapped => bits.checked_sub(96)?,
            Some(bits) => bits,
        };
        (bits <= most).then(|| Self { first: first_address(address, bits), bits })
    }

    /// Returns whether `address` is in this network.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4() && first_address(address, self.bits) == self.first
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

impl fmt::Display for TrustedProxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let networks: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&networks.join(", "))
    }
}

/// Returns the first address of the network of `address` with a prefix of `bits`.
fn first_address(address: IpAddr, bits: u32) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - bits.min(32)).unwrap_or(0);
            Ipv4Addr::from_bits(address.to_bits() & mask).into()
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - bits.min(128)).unwrap_or(0);
            Ipv6Addr::from_bits(address.to_bits() & mask).into()
        }
    }
}

/// The proxies whose `X-Forwarded-For` is trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// Parses addresses and networks. Returns `None` when one of them is malformed.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        texts.into_iter().map(Network::parse).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Returns whether no proxy is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether `address` is a trusted proxy.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

/// Returns the client's address: `peer`, unless that is a trusted proxy. Then it is the right-most address in
/// `X-Forwarded-For` that is not a trusted proxy; entries to its left can be forged. `forwarded` holds the header's
/// lines in the order received.
///
/// A malformed entry ends the search at the last trusted proxy to its right. `Forwarded` (RFC 7239) is ignored:
/// accepting both would oblige proxies to strip both.
pub fn client_address<'h>(
    peer: IpAddr,
    forwarded: impl IntoIterator<Item = &'h str>,
    trusted: &TrustedProxies,
) -> IpAddr {
    let mut known = peer.to_canonical();
    if !trusted.contains(known) {
        return known;
    }
    let lines: Vec<&str> = forwarded.into_iter().collect();
    for entry in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Some(address) = parse_hop(entry) else {
            return known;
        };
        known = address;
        if !trusted.contains(known) {
            return known;
        }
    }
    known
}

/// Parses one entry of `X-Forwarded-For`: an address, which some proxies write with a port, in brackets or in quotes.
fn parse_hop(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let entry = entry.strip_prefix('"').and_then(|entry| entry.strip_suffix('"')).unwrap_or(entry);
    let address = if let Some(rest) = entry.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let valid_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
        IpAddr::V6(address.parse().ok().filter(|_| valid_port)?)
    } else if let Ok(with_port) = entry.parse::<SocketAddrV4>() {
        (*with_port.ip()).into()
    } else {
        entry.parse().ok()?
    };
    Some(address.to_canonical())
}

/// Returns whether the address could be that of a proxy of this site.
pub(crate) fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Network, TrustedProxies, client_address};
    use std::net::IpAddr;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_contains_the_addresses_with_its_prefix() {
        let cases = [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.1.2.3/8", "10.9.9.9", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.1", "10.0.0.1", true),
            ("10.0.0.1", "10.0.0.2", false),
            ("10.0.0.1", "::ffff:10.0.0.1", true),
            ("::ffff:10.0.0.0/104", "10.3.2.1", true),
            ("::ffff:10.0.0.1", "10.0.0.1", true),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "203.0.113.9", false),
            ("fd00::/8", "fdff::1", true),
            ("2001:db8::/64", "2001:db8::ffff:1", true),
            ("2001:db8::/64", "2001:db8:0:1::1", false),
        ];
        for (network, address, held) in cases {
            assert_eq!(Network::parse(network).unwrap().contains(ip(address)), held, "{address} in {network}");
        }
        let malformed =
            ["", "localhost", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "::ffff:10.0.0.0/95"];
        for text in malformed {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_client_is_the_right_most_address_that_is_not_a_trusted_proxy() {
        let trusted = TrustedProxies::parse(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]).unwrap();
        let cases: [(&str, &[&str], &str); 17] = [
            ("203.0.113.9", &[], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("203.0.113.9", &["127.0.0.1"], "203.0.113.9"),
            ("127.0.0.1", &[], "127.0.0.1"),
            ("127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["192.0.2.66, 198.51.100.1, 10.2.3.4"], "198.51.100.1"),
            ("127.0.0.1", &["192.0.2.66", "198.51.100.1", "10.2.3.4"], "198.51.100.1"),
            ("127.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("127.0.0.1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("127.0.0.1", &["[2001:db8::1]"], "2001:db8::1"),
            ("127.0.0.1", &["\"2001:db8::1\" , fd00::7"], "2001:db8::1"),
            ("127.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["10.0.0.7, 10.0.0.8"], "10.0.0.7"),
            ("127.0.0.1", &["198.51.100.1, unknown, 10.0.0.8"], "10.0.0.8"),
            ("127.0.0.1", &["198.51.100.1, "], "127.0.0.1"),
        ];
        for (peer, lines, client) in cases {
            assert_eq!(client_address(ip(peer), lines.iter().copied(), &trusted), ip(client), "{peer} {lines:?}");
        }
    }

    #[test]
    fn a_spoofed_header_from_an_untrusted_peer_is_ignored() {
        let trusted = TrustedProxies::parse(["127.0.0.1", "10.0.0.0/8"]).unwrap();
        let client = ip("203.0.113.9");
        let mut counted = 0;
        for n in 0..10_000_u32 {
            let made_up = std::net::Ipv4Addr::from_bits(n.wrapping_mul(2_654_435_761));
            let lines = [format!("{made_up}"), format!("10.0.0.1, {made_up}:80, 127.0.0.1"), "127.0.0.1".to_owned()];
            let line = &lines[n as usize % 3];
            assert_eq!(client_address(client, [line.as_str()], &trusted), client, "{line}");
            // The proxy appends the real address to the right of the spoofed entries.
            let added = format!("{line}, 203.0.113.9");
            assert_eq!(client_address(ip("127.0.0.1"), [added.as_str()], &trusted), client, "{added}");
            counted += 2;
        }
        assert_eq!(counted, 20_000);
    }
}
