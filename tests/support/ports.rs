//! Free ports for programs that must be told their port.
#![allow(dead_code, reason = "each test binary uses a part of this module")]

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::process;
use std::sync::atomic::{AtomicU16, Ordering};

/// Ports below those that Linux gives to outgoing connections (32768 and up), and low enough for Redis to add 10,000.
const FIRST: u16 = 10_000;
const COUNT: u16 = 10_000;

/// Ports tried by this process.
static TRIED: AtomicU16 = AtomicU16::new(0);

/// Returns a port that is free on all addresses. A port of the system's choice could be taken by any connection before the
/// program binds it, and may be in use on another address of this machine.
pub(crate) fn free_port() -> u16 {
    // Processes that run at the same time begin far from each other.
    let begin = u16::try_from(u64::from(process::id()) * 7919 % u64::from(COUNT)).unwrap();
    (0..COUNT)
        .map(|_| FIRST + (begin + TRIED.fetch_add(1, Ordering::Relaxed) % COUNT) % COUNT)
        .find(|port| is_free(*port))
        .expect("one of 10,000 ports is free")
}

fn is_free(port: u16) -> bool {
    match TcpListener::bind((Ipv6Addr::UNSPECIFIED, port)) {
        Ok(_) => true,
        Err(error) if error.kind() == ErrorKind::AddrInUse => false,
        // Without IPv6.
        Err(_) => TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok(),
    }
}
