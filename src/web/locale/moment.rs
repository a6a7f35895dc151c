//! Calendar fields of a time, for messages and for `datetime` attributes.

use time::{OffsetDateTime, macros::format_description};

use super::TextError;

/// A time in UTC.
pub(super) struct Moment(OffsetDateTime);

impl Moment {
    /// Converts Unix milliseconds.
    pub(super) fn from_ms(ms: i64) -> Result<Self, TextError> {
        let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).ok();
        moment.filter(|moment| (1..=9999).contains(&moment.year())).map(Self).ok_or(TextError::Moment)
    }

    /// Returns 1 on Monday to 7 on Sunday.
    pub(super) fn weekday(&self) -> u8 {
        self.0.weekday().number_from_monday()
    }

    /// Returns 1 to 12.
    pub(super) fn month(&self) -> u8 {
        self.0.month().into()
    }

    /// Returns the day of the month without a leading zero.
    pub(super) fn day(&self) -> String {
        self.0.day().to_string()
    }

    /// Returns the year.
    pub(super) fn year(&self) -> String {
        self.0.year().to_string()
    }

    /// Returns the hour, `00` to `23`.
    pub(super) fn hour(&self) -> String {
        format!("{:02}", self.0.hour())
    }

    /// Returns the minute, `00` to `59`.
    pub(super) fn minute(&self) -> String {
        format!("{:02}", self.0.minute())
    }

    /// Formats in RFC 3339 to the second: `2026-03-04T13:05:00Z`.
    pub(super) fn rfc3339(&self) -> Result<String, TextError> {
        let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
        self.0.format(format).map_err(|_| TextError::Moment)
    }
}
