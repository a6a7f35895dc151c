//! `X-Forwarded-For`: parsing never panics, only trusted proxies are honoured, and clients cannot forge their address.

use onetimeshare::network::{Network, TrustedProxies, client_address};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

static TRUSTED: LazyLock<TrustedProxies> = LazyLock::new(|| {
    TrustedProxies::parse(["127.0.0.1", "10.0.0.0/8", "fd00::/8", "::ffff:192.168.0.0/112"]).expect("valid networks")
});

pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().collect();
    let (proxy, client) = (IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9)));
    let address = client_address(proxy, lines.iter().copied(), &TRUSTED);
    assert_eq!(address, address.to_canonical(), "the address is canonical");
    assert_eq!(client_address(client, lines.iter().copied(), &TRUSTED), client);
    // The proxy appends the client's address, in a line of its own or in the client's line.
    let appended = lines.iter().copied().chain(["203.0.113.9"]);
    assert_eq!(client_address(proxy, appended, &TRUSTED), client);
    let joined = format!("{}, 203.0.113.9", lines.join(", "));
    assert_eq!(client_address(proxy, [joined.as_str()], &TRUSTED), client);
    for line in lines {
        if let Some(network) = Network::parse(line) {
            let address = line.trim().split('/').next().and_then(|text| text.parse::<IpAddr>().ok());
            assert!(
                address.is_some_and(|address| network.contains(address)),
                "a network contains the address in its notation"
            );
        }
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    [
        "198.51.100.1, 10.2.3.4",
        "[2001:db8::1]:4711\n\"2001:db8::1\" , fd00::7",
        "10.0.0.0/8\n::ffff:10.0.0.0/104\n::/0",
        "unknown, , 1.2.3.4:80",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}
