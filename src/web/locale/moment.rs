//! Moments as numbers, for sentences and for `datetime`.

use time::{OffsetDateTime, macros::format_description};

use super::WordError;

/// A point in time, in UTC.
pub(super) struct Moment(OffsetDateTime);

impl Moment {
    /// From Unix milliseconds.
    pub(super) fn from_ms(ms: i64) -> Result<Self, WordError> {
        let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).ok();
        moment.filter(|moment| (1..=9999).contains(&moment.year())).map(Self).ok_or(WordError::Moment)
    }

    /// 1 on Monday, 7 on Sunday.
    pub(super) fn weekday(&self) -> u8 {
        self.0.weekday().number_from_monday()
    }

    /// 1 to 12.
    pub(super) fn month(&self) -> u8 {
        self.0.month().into()
    }

    /// Without leading zero.
    pub(super) fn day(&self) -> String {
        self.0.day().to_string()
    }

    /// As is.
    pub(super) fn year(&self) -> String {
        self.0.year().to_string()
    }

    /// `13:05`.
    pub(super) fn time(&self) -> String {
        format!("{:02}:{:02}", self.0.hour(), self.0.minute())
    }

    /// RFC 3339 to the second: `2026-03-04T13:05:00Z`.
    pub(super) fn rfc3339(&self) -> Result<String, WordError> {
        let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
        self.0.format(format).map_err(|_| WordError::Moment)
    }
}
