//! Tests the appearance of every page and state: accessibility, narrow windows, light and dark mode.

use crate::browser::{Browser, Options};
use crate::page_states::{Tour, Visitor};
use crate::pages::{ReceiverPage, SenderPage};
use crate::with_permit;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::rc::Rc;

/// The width of a usual window, and the narrowest supported width.
pub(crate) const WIDE: u32 = 1280;
pub(crate) const NARROW: u32 = 320;

/// The tour provokes a failed request, and leaves a link page during its status request.
const PROVOKED: &str = "net::ERR_";

/// Returns axe-core's script: `OTS_AXE`, or where `bin/test` installs it.
fn axe_source() -> String {
    let path = std::env::var_os("OTS_AXE").map_or_else(
        || {
            let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(target).join("browser/node_modules/axe-core/axe.min.js")
        },
        PathBuf::from,
    );
    std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "axe-core is absent ({}: {error}). Accessibility was not looked at. bin/test installs it; or run \
             `npm ci` in a copy of tests/browser and name its axe.min.js in OTS_AXE.",
            path.display()
        )
    })
}

/// Runs axe-core, and checks for horizontal overflow, which axe-core does not see.
pub(crate) struct Inspector {
    axe: String,
    /// Whether to run axe-core in every state, or only in those whose name begins with one of these.
    sample: Option<&'static [&'static str]>,
    pub(crate) states: usize,
    inspected: usize,
    pub(crate) faults: Vec<String>,
}

impl Inspector {
    pub(crate) fn new(sample: Option<&'static [&'static str]>) -> Self {
        Self { axe: axe_source(), sample, states: 0, inspected: 0, faults: Vec::new() }
    }

    /// In dark mode only colours are checked: nothing else differs (`static/css/tokens.css`).
    async fn axe(&mut self, browser: &Browser, name: &str, dark: bool) {
        let name = format!("{name}, {}", if dark { "dark" } else { "light" });
        browser.dark(dark);
        if browser.eval("typeof axe").await == "undefined" {
            browser.run(&self.axe, Vec::new()).await;
        }
        let run = "const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
             const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
             const runOnly = arguments[0] ? colours : tags;
             const found = await axe.run(document, { runOnly, resultTypes: ['violations'] });
             return [found.passes.length, found.violations.map((fault) =>
                 [fault.id, fault.help, fault.nodes.map((node) => `${node.html}\n${node.failureSummary}`)])];";
        let found = browser.run_async(run, vec![dark.into()]).await;
        let least = if dark { 1 } else { 11 };
        assert!(found[0].as_u64().unwrap() >= least, "{name}: axe-core checked nothing");
        self.inspected += 1;
        for fault in found[1].as_array().unwrap() {
            self.faults.push(format!("{name}: {fault:#}"));
        }
    }

    /// Fails if anything is wider than the window, even with increased text spacing (WCAG 2.2, 1.4.12).
    /// Columns keep their spaces and scroll in their own box (1.4.10 excepts them).
    pub(crate) async fn check_overflow(&mut self, browser: &Browser, name: &str) {
        let spaced = "const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; \
            word-spacing: .16em !important; } p { margin-block-end: 2em !important; }');
            document.adoptedStyleSheets = arguments[0] ? [sheet] : [];
            const wide = document.documentElement.clientWidth;
            const over = [...document.body.querySelectorAll('*')].filter((element) => {
              if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.hidden, .skip')) return false;
              const box = element.getBoundingClientRect();
              const clipped = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
                && !['visible', 'clip'].includes(getComputedStyle(element).overflowX)
                && !element.matches('input, .aligned');
              return clipped || box.right > wide + 1 || box.left < -1;
            });
            const whole = document.documentElement.scrollWidth;
            document.adoptedStyleSheets = [];
            return whole > wide || over.length > 0
              ? [whole, over.map((element) => element.outerHTML.slice(0, 200))] : null;";
        for text_spacing in [false, true] {
            let found = browser.run(spaced, vec![text_spacing.into()]).await;
            if !found.is_null() {
                self.faults.push(format!("{name}: over the side at {NARROW}px, spaced {text_spacing}: {found:#}"));
            }
        }
    }

    pub(crate) fn verdict(&self, what: &str) {
        let Self { states, inspected, faults, .. } = self;
        println!("{what}: {states} page states, {inspected} axe-core runs, {} faults", faults.len());
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

impl Visitor for Inspector {
    async fn look(&mut self, browser: &Browser, name: &str) {
        self.states += 1;
        let scripts_off = name.contains("-noscript");
        if self.sample.is_none_or(|names| names.iter().any(|begin| name.starts_with(begin))) {
            if scripts_off {
                // The page was loaded with its scripts disabled; those of the test may run.
                browser.scripts(true);
            }
            for dark in [false, true] {
                self.axe(browser, name, dark).await;
            }
            if scripts_off {
                browser.scripts(false);
            }
        }
        browser.width(NARROW, 800);
        self.check_overflow(browser, name).await;
        browser.width(WIDE, 900);
    }
}

pub(crate) async fn window(scripts: bool) -> Rc<Browser> {
    let browser = Options::default().expect(PROVOKED).start().await;
    browser.width(WIDE, 900);
    if !scripts {
        browser.scripts(false);
    }
    Rc::new(browser)
}

async fn tour(visitor: &mut impl Visitor, language: &str, scripts: bool, files: bool) {
    let browser = window(scripts).await;
    Tour::new(visitor, Rc::clone(&browser), language, scripts).all(files).await;
    Rc::into_inner(browser).unwrap().close().await;
}

#[test]
fn every_page_state_is_accessible_and_fits() {
    with_permit(async {
        let mut inspector = Inspector::new(None);
        tour(&mut inspector, "", true, true).await;
        inspector.verdict("with scripts");
    });
}

#[test]
fn every_page_state_without_scripts_is_accessible_and_fits() {
    with_permit(async {
        let mut inspector = Inspector::new(None);
        tour(&mut inspector, "", false, true).await;
        inspector.verdict("without scripts");
    });
}

/// Tours the pages in another language: with scripts and without files, or in full with `bin/test --full`.
pub(crate) async fn language_tour(language: &str) -> Inspector {
    let full = std::env::var_os("OTS_FULL").is_some();
    let ways: &[bool] = if full { &[true, false] } else { &[true] };
    let mut inspector = Inspector::new(Some(SAMPLE));
    for scripts in ways {
        tour(&mut inspector, language, *scripts, full).await;
    }
    inspector
}

/// States on which axe-core runs in other languages, one of each kind.
pub(crate) const SAMPLE: &[&str] = &[
    "create-problems",
    "create-until",
    "ready-password",
    "open-password",
    "opened",
    "gone-opened",
    "status-waiting",
    "request-ready",
    "give-form",
    "collect",
];

#[test]
fn long_words_fit_and_are_accessible() {
    with_permit(async {
        language_tour("?lang=en-XA").await.verdict("long words");
    });
}

#[test]
fn mirrored_pages_fit_and_are_accessible() {
    with_permit(async {
        language_tour("?lang=ar-XB").await.verdict("mirrored");
    });
}

#[test]
fn the_pages_of_a_journey_are_accessible() {
    with_permit(async {
        let server = crate::server::Server::start();
        let (sender, receiver) = (window(true).await, window(true).await);
        let mut inspector = Inspector::new(None);
        let page = SenderPage(&sender);
        page.visit(&server.url(), true).await;
        inspector.look(&sender, "create").await;
        page.write("The code is 4711.").await;
        let made = page.make().await;
        inspector.look(&sender, "ready").await;
        let page = ReceiverPage(&receiver);
        page.follow(&made.link, true).await;
        inspector.look(&receiver, "open").await;
        page.press().await;
        assert_eq!(page.message().await, "The code is 4711.");
        inspector.look(&receiver, "opened").await;
        inspector.verdict("journey");
        for browser in [sender, receiver] {
            Rc::into_inner(browser).unwrap().close().await;
        }
    });
}

#[test]
fn the_inspection_notices_faults() {
    with_permit(async {
        let server = crate::server::Server::start();
        let browser = window(true).await;
        browser.goto(&server.url()).await;
        let spoil = "document.querySelector('label[for=message]').remove();
            const wide = document.createElement('p');
            wide.textContent = 'x'.repeat(500);
            wide.attributeStyleMap.set('white-space', 'nowrap');
            wide.attributeStyleMap.set('width', CSS.px(2000));
            document.querySelector('main').append(wide);
            const picture = new Image();
            picture.src = 'https://elsewhere.invalid/';
            document.querySelector('main').append(picture);";
        browser.run(spoil, Vec::new()).await;
        let mut inspector = Inspector::new(None);
        inspector.look(&browser, "spoilt").await;
        let faults = inspector.faults.join("\n");
        assert!(faults.contains("label") && faults.contains("over the side"), "{faults}");
        let console = browser.console().join("\n");
        assert!(console.contains("Content Security Policy"), "{console}");
        Rc::into_inner(browser).unwrap().close().await;
    });
}

/// Takes screenshots of every page and state.
struct Screenshots {
    folder: PathBuf,
    themes: &'static [bool],
}

impl Visitor for Screenshots {
    async fn look(&mut self, browser: &Browser, name: &str) {
        for width in [NARROW, WIDE] {
            browser.width(width, if width == NARROW { 640 } else { 900 });
            for &dark in self.themes {
                browser.dark(dark);
                let height = browser.eval("document.documentElement.scrollHeight").await;
                let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
                let wish = json!({ "format": "png", "clip": clip, "captureBeyondViewport": true });
                let picture: Value = browser.cdp("Page.captureScreenshot", wish);
                let picture = STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
                let theme = if dark { "dark" } else { "light" };
                std::fs::write(self.folder.join(format!("{name}-{width}-{theme}.png")), picture).unwrap();
            }
        }
        browser.width(WIDE, 900);
    }
}

/// For manual review: does nothing unless `OTS_SCREENSHOTS` names a folder. `OTS_LANGUAGES` chooses languages, by commas.
#[test]
fn screenshots() {
    let Some(folder) = std::env::var_os("OTS_SCREENSHOTS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let languages = std::env::var("OTS_LANGUAGES").unwrap_or_default();
    let chosen = languages.split(',').filter(|code| !code.is_empty()).map(|code| format!("?lang={code}"));
    let mut tours: Vec<_> = chosen.map(|language| (language, true)).collect();
    // The themes look the same in every language.
    let themes = if tours.is_empty() { &[false, true][..] } else { &[false] };
    if tours.is_empty() {
        let every = [("", true), ("", false), ("?lang=en-XA", true), ("?lang=ar-XB", true)];
        tours.extend(every.map(|(language, scripts)| (language.to_owned(), scripts)));
    }
    with_permit(async {
        let mut photographer = Screenshots { folder, themes };
        for (language, scripts) in tours {
            tour(&mut photographer, &language, scripts, true).await;
        }
    });
}
