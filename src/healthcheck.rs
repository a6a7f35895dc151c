//! Client for `onetimeshare healthcheck`, which containers use as their health check.

use rocket::Config;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// Timeout of connecting, of each read and of each write.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Requests `/health/ready` from the server that `config` describes. An unspecified address stands for the loopback
/// one.
///
/// # Errors
/// A message for operators when the server does not respond or is not ready.
pub fn ask(config: &Config) -> Result<(), String> {
    let address = match config.address {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    };
    let server = SocketAddr::new(address, config.port);
    let response = get(server).map_err(|error| format!("no response from {server}: {error}"))?;
    if response.starts_with(b"HTTP/1.1 200 ") { Ok(()) } else { Err(format!("{server} is not ready")) }
}

fn get(server: SocketAddr) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect_timeout(&server, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    stream.write_all(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut response = Vec::new();
    stream.take(4096).read_to_end(&mut response)?;
    Ok(response)
}
