//! Tests the pages in a browser that lacks newer features of style sheets: plainer, never broken.

use crate::browser::Browser;
use crate::looks::{Inspector, NARROW, SAMPLE, WIDE, window};
use crate::page_states::{Tour, Visitor};
use crate::with_permit;
use serde_json::json;
use std::rc::Rc;

/// Reads the style sheets as a browser does without `:has`, `field-sizing`, `color-mix` and the query for scripts: drops rules
/// with such selectors and conditions, and such declarations. Returns how many it dropped.
const STRIP: &str = "
    const newer = /:has\\(|field-sizing|color-mix|scripting/;
    let dropped = 0;
    const strip = (parent) => {
        for (let at = parent.cssRules.length - 1; at >= 0; at -= 1) {
            const rule = parent.cssRules[at];
            const condition = rule.conditionText ?? rule.selectorText ?? '';
            if (newer.test(condition)) {
                const instead = condition.startsWith('not ') ? [...rule.cssRules].map((one) => one.cssText) : [];
                parent.deleteRule(at);
                for (const text of instead.reverse()) parent.insertRule(text, at);
                dropped += 1;
                continue;
            }
            if (rule.style && newer.test(rule.style.cssText)) {
                // Of a shorthand with variables, the longhands have no value.
                rule.style.cssText = rule.style.cssText.split(';').filter((one) => !newer.test(one)).join(';');
                dropped += 1;
            }
            if (rule.cssRules?.length) strip(rule);
        }
    };
    for (const sheet of document.styleSheets) strip(sheet);
    return dropped;";

/// Returns the controls that cannot be pressed in their middle.
const COVERED: &str = "
    const controls = [...document.querySelectorAll('main :is(a, button, summary, select, textarea, input:not([type=hidden]))')];
    return controls.filter((control) => {
        if (!control.checkVisibility({ visibilityProperty: true }) || control.closest('.hidden')) return false;
        control.scrollIntoView({ block: 'center' });
        const box = control.getClientRects()[0];
        const at = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return !at || !(control.contains(at) || at.contains(control) || at.closest('label')?.contains(control));
    }).map((control) => control.outerHTML.slice(0, 200));";

/// Inspects each state in a browser without the newer features.
struct OldWindow {
    inspector: Inspector,
    /// Pages whose style sheets lost something.
    stripped: usize,
}

impl Visitor for OldWindow {
    async fn look(&mut self, browser: &Browser, name: &str) {
        // A state of a page that was looked at before has its style sheets stripped.
        self.stripped += usize::from(browser.run(STRIP, Vec::new()).await != 0);
        assert_eq!(browser.run(STRIP, Vec::new()).await, 0, "{name}: features are left");
        self.inspector.look(browser, name).await;
        for width in [NARROW, WIDE] {
            browser.width(width, 900);
            let covered = browser.run(COVERED, Vec::new()).await;
            if covered != json!([]) {
                self.inspector.faults.push(format!("{name}: covered at {width}px: {covered:#}"));
            }
        }
    }
}

#[test]
fn without_newer_features_of_style_sheets_pages_are_plainer_and_not_broken() {
    with_permit(async {
        for scripts in [true, false] {
            let mut visitor = OldWindow { inspector: Inspector::new(Some(SAMPLE)), stripped: 0 };
            let browser = window(scripts).await;
            browser.at_start_of_pages("delete Document.prototype.startViewTransition;");
            Tour::new(&mut visitor, Rc::clone(&browser), "", scripts).all(true).await;
            Rc::into_inner(browser).unwrap().close().await;
            let OldWindow { inspector, stripped } = visitor;
            println!("{stripped} of {} states are on pages whose style sheets were just stripped", inspector.states);
            assert!(stripped > inspector.states / 3, "{stripped}");
            inspector.verdict("without newer features of style sheets");
        }
    });
}
