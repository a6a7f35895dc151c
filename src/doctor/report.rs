//! Prints what was found, for people or as JSON.

use super::judge::{Finding, Verdict};
use super::proxy::Proxy;
use super::remedy::Trouble;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// What was examined, and what was found.
pub(super) struct Report {
    /// The site's address.
    pub(super) url: String,
    /// The site's release.
    pub(super) version: String,
    /// The proxies that named themselves.
    pub(super) proxies: Vec<Proxy>,
    pub(super) findings: Vec<Finding>,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning(_) => "warning",
            Self::Fault(_) => "fault",
            Self::NotTried => "not tried",
        }
    }

    fn trouble(self) -> Option<Trouble> {
        match self {
            Self::Warning(trouble) | Self::Fault(trouble) => Some(trouble),
            Self::Ok | Self::NotTried => None,
        }
    }
}

impl Report {
    /// Returns the number of faults.
    pub(super) fn faults(&self) -> usize {
        self.findings.iter().filter(|finding| matches!(finding.verdict, Verdict::Fault(_))).count()
    }

    fn warnings(&self) -> usize {
        self.findings.iter().filter(|finding| matches!(finding.verdict, Verdict::Warning(_))).count()
    }

    /// Returns the settings that mend a trouble, each with the program that it is for: those of the proxies that named
    /// themselves, or else of all.
    fn settings(&self, trouble: Trouble) -> Vec<(&'static str, String)> {
        let remedy = trouble.remedy();
        let shown = if self.proxies.is_empty() { &Proxy::ALL[..] } else { &self.proxies };
        let own = (!remedy.program.is_empty()).then_some(("OneTimeShare", remedy.program));
        let proxies = shown.iter().filter_map(|proxy| Some((proxy.name(), remedy.of(*proxy)?)));
        own.into_iter().chain(proxies).map(|(name, text)| (name, text.replace("{url}", &self.url))).collect()
    }

    /// Returns the report for people, one line a check; a trouble adds its effect and the settings.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{}: OneTimeShare {}", self.url, self.version);
        let names: Vec<&str> = self.proxies.iter().map(|proxy| proxy.name()).collect();
        if !names.is_empty() {
            // Writing to a `String` cannot fail.
            let _ = write!(text, ", behind {}", names.join(" and "));
        }
        text.push('\n');
        for finding in &self.findings {
            let _ = writeln!(text, "{:<9}  {:<18}  {}", finding.verdict.word(), finding.check, finding.seen);
            let Some(trouble) = finding.verdict.trouble() else { continue };
            let _ = writeln!(text, "{:>11}effect: {}", "", trouble.remedy().effect);
            for (name, setting) in self.settings(trouble) {
                let _ = writeln!(text, "{:>11}{name}: {setting}", "");
            }
        }
        let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        text + &format!("{}, {}\n", count(self.faults(), "fault"), count(self.warnings(), "warning"))
    }

    /// Returns the report as JSON.
    pub(super) fn json(&self) -> String {
        let check = |finding: &Finding| {
            let mut check = Map::new();
            check.insert("check".into(), finding.check.into());
            check.insert("verdict".into(), finding.verdict.word().into());
            check.insert("seen".into(), finding.seen.as_str().into());
            if let Some(trouble) = finding.verdict.trouble() {
                let settings = self.settings(trouble).into_iter().map(|(name, text)| (name.to_owned(), text.into()));
                check.insert("trouble".into(), trouble.name().into());
                check.insert("effect".into(), trouble.remedy().effect.into());
                check.insert("settings".into(), Value::Object(settings.collect()));
            }
            Value::Object(check)
        };
        let report = json!({
            "url": self.url,
            "version": self.version,
            "proxies": self.proxies.iter().map(|proxy| proxy.name()).collect::<Vec<_>>(),
            "faults": self.faults(),
            "warnings": self.warnings(),
            "checks": self.findings.iter().map(check).collect::<Vec<_>>(),
        });
        format!("{report}\n")
    }
}
