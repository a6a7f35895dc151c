//! Durability guarantees of a store.

use std::fmt;

/// What happens to shares when a store is killed, loses power or fails over. Reported in the log, in `/health/ready`
/// and in the metrics (`docs/deployment.md`, "Guarantees").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guarantee {
    /// An opened share stays opened, and a waiting share is kept.
    Strict,
    /// An opened share stays opened; a waiting share may be lost.
    Volatile,
    /// An opened share may be restored and opened again.
    Weak,
    /// The settings of the store are unknown.
    Unverified,
}

impl Guarantee {
    pub(crate) const ALL: [Self; 4] = [Self::Strict, Self::Volatile, Self::Weak, Self::Unverified];

    /// Returns the name for logs, health checks and metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Volatile => "volatile",
            Self::Weak => "weak",
            Self::Unverified => "unverified",
        }
    }
}

impl fmt::Display for Guarantee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
