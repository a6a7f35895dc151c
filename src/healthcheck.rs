//! Asks a running server whether it is ready, as a container's health check does.

use rocket::Config;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks `/health/ready` of the server that `config` describes.
///
/// # Errors
/// In plain words, when it does not answer or is not ready.
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
    let mut stream = TcpStream::connect_timeout(&server, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut response = Vec::new();
    stream.take(4096).read_to_end(&mut response)?;
    Ok(response)
}
