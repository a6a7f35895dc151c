//! Minimal model of `docs/http-api.md` for one share and a monotonic clock. Written from the document, not from the
//! code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The grace configured for the servers under test, in seconds.
pub const GRACE: i64 = 2_100;
/// The reading window configured for them, in seconds. With the second for the bytes of a short message it ends with a
/// step of the clock.
pub const READING: i64 = 899;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// Immutable properties of a share.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Lifetime in seconds.
    pub lifetime: i64,
    /// Whether it has a password.
    pub password: bool,
    /// Length of each part from 1 on.
    pub lengths: Vec<usize>,
    /// Bytes in all parts, part 0 included.
    pub bytes: usize,
}

impl Terms {
    /// The grace, of a message its reading window, with one second for each 64 KiB.
    pub fn grace(&self) -> i64 {
        let base = if self.lengths.is_empty() { READING } else { GRACE };
        base + i64::try_from(self.bytes.div_ceil(64 * 1024)).unwrap()
    }

    fn size(&self) -> usize {
        self.lengths.iter().sum()
    }

    fn parts(&self) -> usize {
        self.lengths.len() + 1
    }
}

/// State of a share.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Unknown.
    Nothing,
    /// Received parts with their lengths, and when the upload expires.
    Uploading { there: BTreeMap<usize, usize>, until: i64 },
    /// When it expires.
    Waiting { until: i64 },
    /// When it was opened and by which claim, and when that one confirmed.
    Opened { until: i64, at: i64, by: usize, confirmed: Option<i64> },
    /// When it was deleted, and when it would have expired.
    Deleted { until: i64, at: i64 },
}

/// A modelled share.
#[derive(Clone, Debug)]
pub struct Model {
    pub terms: Terms,
    pub stage: Stage,
    created: i64,
    wrong: u32,
    next_try: i64,
}

/// The password sent with `open`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Typed {
    Nothing,
    Right,
    Wrong,
}

impl Model {
    pub fn new(terms: Terms) -> Self {
        Self { terms, stage: Stage::Nothing, created: 0, wrong: 0, next_try: 0 }
    }

    /// Moments from which the store may have dropped something.
    pub fn ends(&self) -> Vec<i64> {
        let tombstone = |until: i64| until + self.terms.grace() + WEEK;
        match self.stage {
            Stage::Nothing => Vec::new(),
            Stage::Uploading { until, .. } => vec![until],
            Stage::Waiting { until } | Stage::Deleted { until, .. } => vec![until, tombstone(until)],
            Stage::Opened { until, at, .. } => vec![until, at + self.terms.grace(), tombstone(until)],
        }
    }

    /// Applies the passage of time.
    pub fn forget(&mut self, now: i64) {
        if self.ends().iter().max().is_some_and(|end| now >= *end) {
            *self = Self::new(self.terms.clone());
        }
    }

    /// Returns whether its parts may still be downloaded.
    fn has_parts(&self, now: i64) -> bool {
        match self.stage {
            Stage::Nothing | Stage::Deleted { .. } => false,
            Stage::Uploading { until, .. } | Stage::Waiting { until } => now < until,
            Stage::Opened { at, confirmed, .. } => confirmed.is_none() && now < at + self.terms.grace(),
        }
    }

    fn state(&self, now: i64) -> &'static str {
        match self.stage {
            Stage::Nothing => "nothing",
            Stage::Uploading { .. } => "uploading",
            Stage::Waiting { until } if now < until => "waiting",
            Stage::Waiting { .. } => "expired",
            Stage::Opened { .. } => "opened",
            Stage::Deleted { .. } => "deleted",
        }
    }

    /// How and when it ended, as the holder of the link is told.
    fn over(&self, now: i64) -> Option<String> {
        match self.stage {
            Stage::Waiting { until } if now >= until => Some(format!("expired at {until}")),
            Stage::Opened { at, .. } => Some(format!("opened at {at}")),
            Stage::Deleted { at, .. } => Some(format!("deleted at {at}")),
            _ => None,
        }
    }

    pub fn create(&mut self, now: i64, same: bool) -> String {
        if self.stage != Stage::Nothing {
            return if same { format!("200 {}", self.state(now)) } else { "409 taken".to_owned() };
        }
        self.created = now;
        self.stage = match self.terms.lengths.len() {
            0 => Stage::Waiting { until: now + self.terms.lifetime },
            _ => Stage::Uploading { there: BTreeMap::new(), until: now + HOUR },
        };
        format!("201 {}", self.state(now))
    }

    pub fn part(&mut self, now: i64, n: usize, length: usize, owner: bool) -> String {
        let (most, parts, created) = (self.terms.size(), self.terms.parts(), self.created);
        if self.stage == Stage::Nothing || !owner || n == 0 || n >= parts {
            return "404 not_found".to_owned();
        }
        let Stage::Uploading { there, until } = &mut self.stage else { return "409 complete".to_owned() };
        let others: usize = there.iter().filter(|(number, _)| **number != n).map(|(_, length)| length).sum();
        if others + length > most {
            return "413 too_large".to_owned();
        }
        there.insert(n, length);
        *until = (now + HOUR).min(created + DAY);
        "204".to_owned()
    }

    pub fn received(&self, now: i64) -> String {
        let all: Vec<usize> = (1..self.terms.parts()).collect();
        match &self.stage {
            Stage::Nothing => "404 not_found".to_owned(),
            Stage::Uploading { there, .. } => format!("200 {:?}", there.keys().collect::<Vec<_>>()),
            _ if self.has_parts(now) => format!("200 {all:?}"),
            _ => "200 []".to_owned(),
        }
    }

    pub fn complete(&mut self, now: i64) -> String {
        if let Stage::Uploading { there, .. } = &self.stage {
            let missing: Vec<usize> = (1..self.terms.parts()).filter(|n| !there.contains_key(n)).collect();
            if !missing.is_empty() {
                return format!("409 missing_parts {missing:?}");
            }
            if there.values().sum::<usize>() != self.terms.size() {
                return "409 size_mismatch".to_owned();
            }
            self.stage = Stage::Waiting { until: now + self.terms.lifetime };
        }
        match self.stage {
            Stage::Nothing => "404 not_found".to_owned(),
            _ => format!("200 {}", self.state(now)),
        }
    }

    pub fn peek(&self, now: i64, link: bool) -> String {
        match self.stage {
            Stage::Waiting { until } if link && now < until => {
                let tries = self.terms.password.then(|| {
                    let wait =
                        if now < self.next_try { format!(" after {}", self.next_try - now) } else { String::new() };
                    format!(" {} tries left{wait}", 5_u32.saturating_sub(self.wrong))
                });
                format!("200 waiting until {until}{}", tries.unwrap_or_default())
            }
            Stage::Nothing | Stage::Uploading { .. } => "404 not_found".to_owned(),
            _ if !link => "404 not_found".to_owned(),
            Stage::Opened { at, .. } if self.has_parts(now) => {
                format!("200 opened at {at}, grace until {}", at + self.terms.grace())
            }
            _ => format!("200 {}", self.over(now).unwrap_or_default()),
        }
    }

    pub fn open(&mut self, now: i64, by: usize, link: bool, typed: Typed) -> String {
        if !link || matches!(self.stage, Stage::Nothing | Stage::Uploading { .. }) {
            return "404 not_found".to_owned();
        }
        if let Some(over) = self.over(now) {
            let yours = matches!(self.stage, Stage::Opened { by: first, .. } if first == by);
            return match (yours, self.has_parts(now)) {
                (true, true) if self.terms.password && typed == Typed::Nothing => "422 password_needed".to_owned(),
                // The browser that opened the share knows the password: nothing is counted.
                (true, true) if self.terms.password && typed == Typed::Wrong => "403 wrong_password, 5 left".to_owned(),
                (true, true) => format!("200 opened, {over}"),
                (true, false) => format!("410 gone {over}, yours"),
                (false, _) => format!("410 gone {over}"),
            };
        }
        if self.terms.password {
            if typed == Typed::Nothing {
                return "422 password_needed".to_owned();
            }
            if now < self.next_try {
                return format!("429 slow_down {}", self.next_try - now);
            }
            if typed == Typed::Wrong {
                self.wrong += 1;
                if self.wrong >= 5 {
                    self.next_try = now + 60 * 2_i64.pow((self.wrong - 5).min(6)).min(60);
                }
                return format!("403 wrong_password, {} left", 5_u32.saturating_sub(self.wrong));
            }
        }
        let Stage::Waiting { until } = self.stage else { return "nothing else is left".to_owned() };
        self.stage = Stage::Opened { until, at: now, by, confirmed: None };
        format!("200 opened, opened at {now}")
    }

    pub fn fetch(&self, now: i64, by: usize, n: usize) -> String {
        match self.stage {
            Stage::Opened { by: first, .. } if first == by && self.has_parts(now) && n < self.terms.parts() => {
                "200 as sent".to_owned()
            }
            _ => "404 not_found".to_owned(),
        }
    }

    pub fn confirm(&mut self, now: i64, by: usize) -> String {
        let in_time = self.has_parts(now);
        match &mut self.stage {
            Stage::Opened { by: first, confirmed, .. } if *first == by => {
                if in_time {
                    *confirmed = Some(now);
                }
                "204".to_owned()
            }
            _ => "404 not_found".to_owned(),
        }
    }

    pub fn delete(&mut self, now: i64, owner: bool) -> String {
        match self.stage {
            Stage::Nothing => return "404 not_found".to_owned(),
            _ if !owner => return "404 not_found".to_owned(),
            Stage::Opened { at, .. } => return format!("410 gone opened at {at}"),
            Stage::Uploading { .. } => self.stage = Stage::Deleted { until: now, at: now },
            Stage::Waiting { until } if now < until => self.stage = Stage::Deleted { until, at: now },
            Stage::Waiting { .. } | Stage::Deleted { .. } => {}
        }
        "204".to_owned()
    }

    pub fn status(&self, now: i64) -> String {
        let expires = match self.stage {
            Stage::Nothing => return "404 not_found".to_owned(),
            Stage::Uploading { .. } => self.created + self.terms.lifetime,
            Stage::Waiting { until } | Stage::Opened { until, .. } | Stage::Deleted { until, .. } => until,
        };
        let mut text = format!("200 {} since {} until {expires}", self.state(now), self.created);
        if let Stage::Opened { at, confirmed, .. } = self.stage {
            write!(text, " opened_at {at}").unwrap();
            if let Some(confirmed) = confirmed {
                write!(text, " confirmed_at {confirmed}").unwrap();
            }
            if self.has_parts(now) {
                let name = if self.terms.lengths.is_empty() { "reading_until" } else { "grace_until" };
                write!(text, " {name} {}", at + self.terms.grace()).unwrap();
            }
        }
        format!("{text}, {} wrong", self.wrong)
    }
}
