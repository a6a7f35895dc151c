//! What a store promises about shares, whatever happens to the machine it is on.

use std::fmt;

/// What becomes of shares when a store is killed, loses its power or fails over. Operators read it in the log, from
/// `/health/ready` and among the metrics (`docs/deployment.md`, "Guarantees").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guarantee {
    /// An opened share stays opened, and a waiting one stays.
    Strict,
    /// An opened share stays opened; a waiting one can vanish.
    Volatile,
    /// An opened share can be there again.
    Weak,
    /// The store does not tell, or was not asked yet.
    Unverified,
}

impl Guarantee {
    /// Its name in one word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Volatile => "volatile",
            Self::Weak => "weak",
            Self::Unverified => "unverified",
        }
    }

    /// All of them, for metrics that name each.
    pub const ALL: [Self; 4] = [Self::Strict, Self::Volatile, Self::Weak, Self::Unverified];
}

impl fmt::Display for Guarantee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
