//! Tests the languages: their pages in narrow windows and with axe-core, and their dates, spans and sizes against the
//! browser's `Intl`.

use crate::browser::Browser;
use crate::looks::{Inspector, NARROW, language_tour};
use crate::rng::Rng;
use crate::server::Server;
use crate::table::row;
use crate::with_permit;
use onetimeshare::web::locale::Locales;
use serde_json::{Value, json};

/// Languages whose states only `bin/test --full` looks at, or those in `OTS_LANGUAGES`.
const OTHERS: [&str; 19] = [
    "cs", "da", "es", "fi", "fr", "hu", "it", "ja", "ko", "nb", "nl", "pl", "pt-BR", "ru", "sv", "tr", "uk", "zh-Hans",
    "zh-Hant",
];

/// The pages that everybody sees.
const PAGES: [&str; 6] = ["/", "/about", "/status", "/request", "/s/0000000000000000", "/nowhere"];

/// Values per language and kind.
const VALUES: u64 = 200;

#[test]
fn pages_in_german_fit_and_are_accessible() {
    with_permit(async { language_tour("?lang=de").await.verdict("German") });
}

#[test]
fn pages_in_arabic_fit_and_are_accessible() {
    with_permit(async { language_tour("?lang=ar").await.verdict("Arabic") });
}

#[test]
fn pages_in_the_other_languages_fit() {
    let only = std::env::var("OTS_LANGUAGES").unwrap_or_default();
    let full = std::env::var_os("OTS_FULL").is_some();
    with_permit(async {
        let server = Server::start();
        let browser = Browser::start().await;
        browser.width(NARROW, 800);
        let mut inspector = Inspector::new(Some(&[]));
        for language in OTHERS {
            for page in PAGES {
                browser.goto(&format!("{}{page}?lang={language}", server.url())).await;
                assert_eq!(browser.eval("document.documentElement.lang").await, language);
                inspector.check_overflow(&browser, &format!("{language}, {page}")).await;
            }
        }
        inspector.verdict("other languages");
        browser.close().await;
    });
    for language in OTHERS.into_iter().filter(|language| full || only.split(',').any(|code| code == *language)) {
        with_permit(async { language_tour(&format!("?lang={language}")).await.verdict(language) });
    }
}

/// Numbers of every length up to `most`, the same in every run.
fn values(most: u64) -> impl Iterator<Item = u64> {
    let mut rng = Rng::seeded(0);
    (0..VALUES).map(move |n| match n {
        0..25 => n,
        _ => rng.number() % most.min(10_u64.saturating_pow(u32::try_from(n % 20).unwrap())).max(30),
    })
}

/// The same by `Intl`, for the arguments: the language, times, sizes as unit and tenths, and counts of days.
const BY_INTL: &str = "const [language, times, sizes, days] = arguments;
    const locale = new Intl.Locale(language === 'en' ? 'en-GB' : language, { numberingSystem: 'latn' });
    const date = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric',
        hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC', timeZoneName: 'short' });
    const unit = (unit, unitDisplay, value) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(value);
    return [times.map((ms) => date.format(ms)),
        sizes.map(([name, value]) => unit(name, name === 'byte' ? 'long' : 'short', value)),
        days.map((n) => unit('day', 'long', n)),
        days.map((n) => new Intl.PluralRules(locale).select(n))];";

/// The unit and number of a size, as the scripts choose them (`static/js/lib/format.js`).
fn size_parts(bytes: u64) -> (&'static str, f64) {
    let units = [("terabyte", 1e12), ("gigabyte", 1e9), ("megabyte", 1e6), ("kilobyte", 1e3)];
    #[expect(clippy::cast_precision_loss, reason = "sizes are below 2^53")]
    let bytes = bytes as f64;
    let (name, unit) = units.into_iter().find(|(_, unit)| bytes >= *unit).unwrap_or(("byte", 1.0));
    let tenths = (bytes / (unit / 10.0)).floor();
    (name, if name == "byte" || tenths >= 100.0 { (bytes / unit).floor() } else { tenths / 10.0 })
}

#[test]
fn dates_spans_sizes_and_plurals_are_those_of_the_browser() {
    let locales = Locales::load(None).unwrap();
    with_permit(async {
        let browser = Browser::start().await;
        let (mut faults, mut compared) = (Vec::new(), 0);
        for code in locales.codes().map(str::to_owned).collect::<Vec<_>>() {
            let id = locales.negotiate(Some(&code), None);
            let times: Vec<u64> = values(4_102_444_800).map(|second| second * 1_000).collect();
            let sizes: Vec<u64> = values(9_000_000_000_000).collect();
            let days: Vec<u64> = values(10_000_000).collect();
            let ours = [
                times.iter().map(|ms| locales.when(id, i64::try_from(*ms).unwrap()).unwrap()).collect::<Vec<_>>(),
                sizes.iter().map(|bytes| locales.size(id, *bytes)).collect(),
                days.iter().map(|n| locales.text(id, "span-days", Some(*n))).collect(),
            ];
            let named: Vec<Value> = sizes.iter().map(|bytes| json!(size_parts(*bytes))).collect();
            let theirs = browser.run(BY_INTL, vec![json!(code), json!(times), json!(named), json!(days)]).await;
            for (kind, ours) in ours.iter().enumerate() {
                for (at, text) in ours.iter().enumerate() {
                    compared += 1;
                    // Isolates of right-to-left languages are for texts with Latin words in them. Releases of CLDR differ
                    // in which spaces may break.
                    let plain =
                        |text: &str| text.replace(['\u{2068}', '\u{2069}'], "").replace(['\u{a0}', '\u{202f}'], " ");
                    let (text, other) = (plain(text), plain(theirs[kind][at].as_str().unwrap()));
                    if text != other {
                        faults.push(format!("{code}: {text:?}, by Intl {other:?}"));
                    }
                }
            }
        }
        faults.dedup();
        row(
            "texts without scripts equal to Intl's, 22 languages",
            format!("{} of {compared}", compared - faults.len()),
        );
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
        browser.close().await;
    });
}
