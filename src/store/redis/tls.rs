//! Certificates for TLS connections to Redis.

use ::redis::{Client, ClientTlsConfig, ConnectionAddr, TlsCertificates};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fmt;
use std::path::Path;

/// Certificates and a key in PEM, in addition to the system's certificate authorities.
#[derive(Clone, Default)]
pub struct RedisTls {
    ca: Option<Vec<u8>>,
    client: Option<ClientTlsConfig>,
}

/// Prints no fields, so that logs contain no keys.
impl fmt::Debug for RedisTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisTls").finish_non_exhaustive()
    }
}

/// An unusable file: its setting and the reason.
type TlsFileError = (&'static str, String);

impl RedisTls {
    /// Reads the files of `redis_ca`, `redis_client_cert` and `redis_client_key`. An empty path means no file.
    ///
    /// # Errors
    /// The wrong setting and a message for operators.
    pub fn read(ca: &Path, cert: &Path, key: &Path) -> Result<Self, TlsFileError> {
        let named = |path: &Path| !path.as_os_str().is_empty();
        let ca = named(ca).then(|| certificates("redis_ca", ca)).transpose()?;
        let client = match (named(cert), named(key)) {
            (false, false) => None,
            (true, false) => return Err(("redis_client_key", "name the file of the key to redis_client_cert".into())),
            (false, true) => return Err(("redis_client_cert", "name the certificate to redis_client_key".into())),
            (true, true) => Some(ClientTlsConfig {
                client_cert: certificates("redis_client_cert", cert)?,
                client_key: private_key(key)?,
            }),
        };
        Ok(Self { ca, client })
    }

    /// Returns whether no file is set.
    pub(crate) fn is_empty(&self) -> bool {
        self.ca.is_none() && self.client.is_none()
    }

    /// Returns an address with these certificates, which is how the client library stores them.
    pub(super) fn addr(self) -> Result<ConnectionAddr, String> {
        let certificates = TlsCertificates { client_tls: self.client, root_cert: self.ca };
        let client = Client::build_with_tls("rediss://localhost/", certificates)
            .map_err(|_| "the certificates for TLS cannot be used".to_owned())?;
        Ok(client.get_connection_info().addr().clone())
    }
}

fn read(setting: &'static str, path: &Path) -> Result<Vec<u8>, TlsFileError> {
    std::fs::read(path).map_err(|error| (setting, format!("the file cannot be read: {error}")))
}

fn certificates(setting: &'static str, path: &Path) -> Result<Vec<u8>, TlsFileError> {
    let bytes = read(setting, path)?;
    match CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>() {
        Ok(certificates) if !certificates.is_empty() => Ok(bytes),
        _ => Err((setting, "name a file that holds certificates as PEM (-----BEGIN CERTIFICATE-----)".into())),
    }
}

fn private_key(path: &Path) -> Result<Vec<u8>, TlsFileError> {
    let bytes = read("redis_client_key", path)?;
    match PrivateKeyDer::from_pem_slice(&bytes) {
        Ok(_) => Ok(bytes),
        Err(_) => Err((
            "redis_client_key",
            "name a file that holds a private key as PEM, not encrypted with a password".into(),
        )),
    }
}
