//! The time in which an opened share stays readable for the claim that opened it.

/// The grace of a site, in seconds, before the time that the bytes of a share add to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grace {
    /// Grace of a share with files.
    files: u64,
    /// Reading window of a message without files; `None` when pages confirm a message as soon as they show it.
    reading: Option<u64>,
}

impl Grace {
    /// Returns the grace of a site with this `reading_window`, of which 0 is none. A window never outlasts the grace.
    pub const fn new(grace: u64, reading_window: u64) -> Self {
        let window = if reading_window < grace { reading_window } else { grace };
        Self { files: grace, reading: if window == 0 { None } else { Some(window) } }
    }

    /// Returns the seconds for a share of this many parts, part 0 included.
    pub fn of(self, parts: u32) -> u64 {
        self.window(parts).unwrap_or(self.files)
    }

    /// Returns the reading window of a share of this many parts, if it has one.
    pub fn window(self, parts: u32) -> Option<u64> {
        self.reading.filter(|_| parts == 1)
    }
}

/// A grace without a reading window.
impl From<u64> for Grace {
    fn from(grace: u64) -> Self {
        Self::new(grace, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Grace;

    #[test]
    fn only_messages_have_a_reading_window_and_none_outlasts_the_grace() {
        let grace = Grace::new(3_600, 600);
        assert_eq!((grace.of(1), grace.of(2)), (600, 3_600));
        assert_eq!((grace.window(1), grace.window(2)), (Some(600), None));
        assert_eq!(Grace::new(120, 600).of(1), 120);
        assert_eq!(Grace::new(3_600, 0), Grace::from(3_600));
        assert_eq!((Grace::from(3_600).of(1), Grace::from(3_600).window(1)), (3_600, None));
    }
}
