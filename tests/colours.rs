//! Computes the contrast of the colours in `static/css/tokens.css`, in both themes (WCAG 2.2, 1.4.3 and 1.4.11).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assumption should fail the test")]
#![allow(clippy::print_stdout, reason = "tests print figures")]

use std::{collections::BTreeMap, fs, path::Path};

/// Pairs of texts and what they stand on.
const TEXTS: [(&str, &[&str]); 10] = [
    ("ink", &["page", "card", "well"]),
    ("muted", &["page", "card", "well"]),
    ("pine", &["page", "card", "well"]),
    ("pine-deep", &["page", "card", "well"]),
    ("danger", &["page", "card", "well"]),
    ("danger-deep", &["page", "card", "well"]),
    ("ok", &["card", "ok-bg"]),
    ("on-pine", &["pine", "pine-deep"]),
    ("on-danger", &["danger", "danger-deep"]),
    ("on-sand", &["sand"]),
];

/// Borders of controls, notes and the focus, and what they stand on.
const BORDERS: [(&str, &[&str]); 4] = [
    ("edge", &["page", "card", "well"]),
    ("amber", &["page", "card"]),
    ("ring", &["page", "card", "well"]),
    ("pine", &["page", "card", "well"]),
];

type Theme = BTreeMap<String, [f64; 3]>;

/// Reads the colours of a block of declarations.
fn colours(block: &str) -> Theme {
    let mut found = Theme::new();
    for declaration in block.split(';') {
        let Some((_, declaration)) = declaration.split_once("--") else { continue };
        let Some((name, value)) = declaration.split_once(": #") else { continue };
        let value = value.trim();
        let long: String =
            if value.len() == 3 { value.chars().flat_map(|digit| [digit; 2]).collect() } else { value.into() };
        let part = |at: usize| f64::from(u8::from_str_radix(&long[at..at + 2], 16).unwrap()) / 255.0;
        found.insert(name.to_owned(), [part(0), part(2), part(4)]);
    }
    found
}

/// Returns the relative luminance of a colour.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (one / other).max(other / one)
}

#[test]
fn every_pair_of_colours_has_enough_contrast() {
    let style = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("static/css/tokens.css")).unwrap();
    let (light, dark) = style.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let (light, dark) = (colours(light), colours(dark));
    assert_eq!(light.keys().collect::<Vec<_>>(), dark.keys().collect::<Vec<_>>(), "each theme has every colour");
    assert!(light.len() >= 26, "{light:?}");
    assert!((contrast(light["card"], light["ink"]) - 16.5).abs() < 0.1, "the formula is that of WCAG");

    let mut weak = Vec::new();
    let mut pairs = 0;
    for (theme, colours) in [("light", &light), ("dark", &dark)] {
        for (least, list) in [(4.5, &TEXTS[..]), (3.0, &BORDERS[..])] {
            for (name, others) in list {
                for other in *others {
                    let found = contrast(colours[*name], colours[*other]);
                    println!("{theme}: {name} on {other} {found:.1}");
                    pairs += 1;
                    if found < least {
                        weak.push(format!("{theme}: {name} on {other} is {found:.2}, below {least}"));
                    }
                }
            }
        }
    }
    assert!(weak.is_empty(), "{weak:#?}");
    println!("{pairs} pairs");
}
