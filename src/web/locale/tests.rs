use std::{collections::HashMap, fs, path::Path};

use rocket_dyn_templates::tera::{Context, Tera, Value};

use crate::web::site_files::{Part, SiteFiles};

use super::{Arg, DEFAULT, LONG, LanguageId, LocaleError, Locales, MIRRORED, TextError};

const PLURALS: &str = "language-name = English
plain = Hello { $name }
days = { $n ->
    [one] { $n } day on { $site }
   *[other] { $n } days on { $site }
}
";

fn real() -> Locales {
    Locales::load(None).unwrap()
}

/// Loads locales with one file per language.
fn locales_of(files: &[(&str, &str)]) -> Result<Locales, LocaleError> {
    let dir = tempfile::tempdir().unwrap();
    for (language, text) in files {
        fs::create_dir_all(dir.path().join(language)).unwrap();
        fs::write(dir.path().join(language).join("page.ftl"), text).unwrap();
    }
    let locales = in_folder(dir.path())?;
    locales.check()?;
    // Keeps what was read: the directory goes.
    for code in locales.codes() {
        let _ = locales.texts(id(&locales, code));
    }
    Ok(locales)
}

/// Loads the locales of a folder, without those of the program.
fn in_folder(dir: &Path) -> Result<Locales, LocaleError> {
    Locales::from_files(SiteFiles::only(Part::Locales, dir)?)
}

fn id(locales: &Locales, code: &str) -> LanguageId {
    locales.negotiate(Some(code), None)
}

fn render(locales: &Locales, template: &str) -> Result<String, String> {
    let mut tera = Tera::default();
    locales.register(&mut tera);
    tera.add_raw_template("page.html", template).unwrap();
    tera.render("page.html", &Context::new()).map_err(|error| format!("{error:?}"))
}

#[test]
fn the_query_precedes_accept_language_which_precedes_english() {
    let locales = locales_of(&[("en", PLURALS), ("de", PLURALS), ("pt-BR", PLURALS)]).unwrap();
    let picked = |query, header| locales.code(locales.negotiate(query, header)).to_owned();

    assert_eq!(picked(None, None), "en");
    assert_eq!(picked(Some("de"), Some("pt-BR")), "de");
    assert_eq!(picked(Some("DE"), None), "de");
    assert_eq!(picked(Some("xx"), Some("de")), "de");
    assert_eq!(picked(None, Some("de-AT, en;q=0.5")), "de");
    assert_eq!(picked(None, Some("fr, de;q=0.4, pt-BR;Q=0.6")), "pt-BR");
    assert_eq!(picked(None, Some("pt, en;q=0.5")), "pt-BR");
    assert_eq!(picked(None, Some("de;q=0, en;q=0.1")), "en");
    assert_eq!(picked(None, Some("fr;q=0.9, *")), "en");
    assert_eq!(picked(None, Some("de;q=abc, ;;, =, en;q=2")), "en");
    assert_eq!(picked(None, Some("en;q=0.8, de;q=0.8")), "en");
    assert_eq!(picked(None, Some("en;q=0.001, de;q=0.01")), "de");
}

#[test]
fn languages_are_found_by_likely_subtags_and_relatives() {
    let codes = ["en", "zh-Hans", "zh-Hant", "nb", "pt-BR", "sv"];
    let locales = locales_of(&codes.map(|code| (code, PLURALS))).unwrap();
    let picked = |header| locales.code(locales.negotiate(None, Some(header))).to_owned();

    for (header, code) in [
        ("zh-TW", "zh-Hant"),
        ("zh-HK, en;q=0.9", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("nb-NO", "nb"),
        ("pt", "pt-BR"),
        ("pt-PT, en;q=0.8", "pt-BR"),
        ("sv-FI", "sv"),
        ("en-AU", "en"),
        ("el, sv;q=0.2", "sv"),
    ] {
        assert_eq!(picked(header), code, "{header}");
    }
}

#[test]
fn visitors_without_a_language_of_the_site_get_the_default() {
    let locales = locales_of(&[("en", PLURALS), ("de", PLURALS)]).unwrap();
    let locales = Locales { default: locales.find("de").unwrap(), ..locales };
    let picked = |header| locales.code(locales.negotiate(None, header)).to_owned();

    assert_eq!(picked(None), "de");
    assert_eq!(picked(Some("fr")), "de");
    assert_eq!(picked(Some("en-GB")), "en");
}

#[test]
fn a_language_that_cannot_be_read_shows_english() {
    let dir = tempfile::tempdir().unwrap();
    for (code, text) in [("en", PLURALS), ("de", "language-name = Deutsch\nplain = \n")] {
        fs::create_dir_all(dir.path().join(code)).unwrap();
        fs::write(dir.path().join(code).join("page.ftl"), text).unwrap();
    }
    let locales = in_folder(dir.path()).unwrap();
    assert!(locales.check().is_err());
    let say = |code| locales.try_text(id(&locales, code), "plain", &[("name", Arg::Text("you"))]).unwrap();
    assert_eq!(say("de"), "Hello you");
    assert_eq!(locales.menu(id(&locales, "de"))[1].name, "Deutsch");
}

#[test]
fn a_language_without_a_name_shows_its_code_and_is_named_with_the_fix() {
    let dir = tempfile::tempdir().unwrap();
    for (code, text) in [("en", PLURALS), ("de", "plain = Hallo { $name }\n")] {
        fs::create_dir_all(dir.path().join(code)).unwrap();
        fs::write(dir.path().join(code).join("page.ftl"), text).unwrap();
    }
    let locales = in_folder(dir.path()).unwrap();
    assert_eq!(locales.menu(id(&locales, "de"))[1].name, "de");
    let named = dir.path().join("de/frame.ftl").display().to_string();
    for message in [locales.faults()[0].to_string(), locales.check().unwrap_err().to_string()] {
        assert!(
            message.contains(&named) && message.contains("add") && message.contains("language-name = "),
            "{message}"
        );
    }
}

#[test]
fn a_file_of_locale_dir_replaces_that_of_the_program() {
    let dir = tempfile::tempdir().unwrap();
    let program = SiteFiles::find(Part::Locales, None).unwrap();
    let text = program.read_text("de/frame.ftl").unwrap();
    fs::create_dir_all(dir.path().join("de")).unwrap();
    fs::write(
        dir.path().join("de/frame.ftl"),
        text.replace("language-name = Deutsch", "language-name = Unser Deutsch"),
    )
    .unwrap();
    fs::create_dir_all(dir.path().join("el")).unwrap();
    fs::write(dir.path().join("el/frame.ftl"), "language-name = Ελληνικά\n").unwrap();
    let locales = Locales::load(Some(dir.path())).unwrap();
    let name = |code| locales.menu(id(&locales, code)).into_iter().find(|entry| entry.current).unwrap().name;
    assert_eq!((name("de"), name("fr"), name("el")), ("Unser Deutsch".into(), "Français".into(), "Ελληνικά".into()));
    assert_ne!(locales.text(id(&locales, "de"), "span-days", Some(2)), "span-days");
    // The whole language must be there.
    let message = locales.check().unwrap_err().to_string();
    assert!(message.contains("el: message") && message.contains("is missing"), "{message}");
}

#[test]
fn only_the_start_of_a_long_accept_language_is_read() {
    let locales = locales_of(&[("en", PLURALS), ("de", PLURALS)]).unwrap();
    let picked = |header: &str| locales.code(locales.negotiate(None, Some(header))).to_owned();

    assert_eq!(picked(&format!("{}de", "fr,".repeat(31))), "de");
    assert_eq!(picked(&format!("{}de", "fr,".repeat(32))), "en");
}

#[test]
fn pseudolocales_are_selected_only_by_the_query() {
    let locales = real();
    for code in [LONG, MIRRORED] {
        assert_eq!(locales.code(locales.negotiate(Some(code), None)), code);
        assert!(!locales.code(locales.negotiate(None, Some(code))).contains("-X"));
        assert_eq!(locales.query_suffix(Some(code)), format!("?lang={code}"));
        assert!(locales.menu(id(&locales, DEFAULT)).iter().all(|entry| entry.code != code));
        assert!(locales.menu(id(&locales, code)).iter().any(|entry| entry.code == code && entry.current));
    }
    assert_eq!(locales.query_suffix(Some("nonsense")), "");
    assert_eq!(locales.direction(id(&locales, LONG)), "ltr");
    assert_eq!(locales.direction(id(&locales, MIRRORED)), "rtl");
}

#[test]
fn pseudolocales_transform_messages_but_not_values() {
    let locales = locales_of(&[("en", PLURALS)]).unwrap();
    let say = |code| locales.try_text(id(&locales, code), "plain", &[("name", Arg::Text("x.example"))]).unwrap();

    assert_eq!(say("en"), "Hello x.example");
    assert_eq!(say(LONG), "Hééllöö x.example");
    assert_eq!(say(MIRRORED), "\u{202e}Hello\u{202c} \u{2068}x.example\u{2069}");
}

#[test]
fn plurals_select_on_the_number() {
    let locales = real();
    let english = id(&locales, "en");
    assert_eq!(locales.text(english, "span-days", Some(1)), "1 day");
    assert_eq!(locales.text(english, "span-days", Some(7)), "7 days");
    assert_eq!(locales.text(english, "span-days", Some(0)), "0 days");
}

#[test]
fn a_missing_key_or_variable_is_an_error() {
    let locales = locales_of(&[("en", PLURALS)]).unwrap();
    let english = id(&locales, "en");
    assert!(matches!(locales.try_text(english, "nothing", &[]), Err(TextError::Key(key)) if key == "nothing"));
    assert!(matches!(locales.try_text(english, "plain", &[]), Err(TextError::Format { .. })));
    assert!(locales.words(english, &["nothing"], &[]).is_err());
    assert!(render(&locales, r#"{{ t(key="nothing", lang="en") }}"#).is_err());
    assert!(render(&locales, r#"{{ t(key="plain", lang="en") }}"#).is_err());
    assert!(render(&locales, r#"{{ t(key="plain", lang="xx", name="a") }}"#).is_err());
    assert_eq!(locales.text(english, "nothing", None), "nothing");
}

#[test]
fn messages_for_scripts_keep_variables_and_plurals() {
    let locales = locales_of(&[("en", PLURALS)]).unwrap();
    let words = |code| -> Value {
        let text = locales.words(id(&locales, code), &["plain", "days"], &[("site", "Ours")]).unwrap();
        serde_json::from_str(&text).unwrap()
    };

    let english = words("en");
    assert_eq!(english["plain"], "Hello {name}");
    assert_eq!(english["days"]["one"], "{n} day on Ours");
    assert_eq!(english["days"]["other"], "{n} days on Ours");
    assert_eq!(english["days"].as_object().unwrap().len(), 2);
    assert!(words(LONG)["days"]["other"].as_str().unwrap().contains("{n}"));
    assert!(words(MIRRORED)["days"]["other"].as_str().unwrap().contains("{n}"));
}

#[test]
fn each_language_has_its_own_plural_categories() {
    let polish = "language-name = Polski
plain = { $name }
days = { $n ->
    [one] { $n } dzień { $site }
    [few] { $n } dni { $site }
   *[many] { $n } dni. { $site }
}
";
    let locales = locales_of(&[("en", PLURALS), ("pl", polish)]).unwrap();
    let text = locales.words(id(&locales, "pl"), &["days"], &[("site", "")]).unwrap();
    let words: HashMap<String, HashMap<String, String>> = serde_json::from_str(&text).unwrap();
    let mut forms: Vec<_> = words["days"].keys().map(String::as_str).collect();
    forms.sort_unstable();
    assert_eq!(forms, ["few", "many", "one", "other"]);
    assert_eq!(words["days"]["few"], "{n} dni ");
}

#[test]
fn template_functions_format_messages_and_times() {
    let locales = real();
    let page = |template| render(&locales, template).unwrap();

    assert_eq!(page(r#"{{ t(key="span-hours", lang="en", n=1) }}"#), "1 hour");
    assert_eq!(page(r#"{{ t(key="home-link", lang="en", site="A & B") }}"#), "Go to A &amp; B");
    assert_eq!(
        page(r#"{% set around = halves(key="gone-opened", at="date", lang="en") %}{{ around.0 }}|{{ around.1 }}"#),
        "On |. Was it not you? Tell the sender now, so they can change the password or code in it."
    );
    assert_eq!(page(r#"{{ when(ms=1772629500000, lang="en") }}"#), "Wednesday, 4 March 2026 at 13:05 UTC");
    assert_eq!(page("{{ iso(ms=1772629500999) }}"), "2026-03-04T13:05:00Z");
    assert_eq!(
        page(r#"{{ words(lang="en", keys=["home-link"], site="S", host="h") }}"#),
        "{&quot;home-link&quot;:&quot;Go to S&quot;}"
    );
}

#[test]
fn times_outside_the_years_1_to_9999_are_errors() {
    let locales = real();
    let english = id(&locales, "en");
    assert_eq!(locales.when(english, 0).unwrap(), "Thursday, 1 January 1970 at 00:00 UTC");
    assert!(locales.when(english, i64::MAX).is_err());
    assert!(locales.when(english, i64::MIN).is_err());
}

#[test]
fn errors_name_the_invalid_file() {
    let message = |files: &[(&str, &str)]| locales_of(files).err().unwrap().to_string();

    let syntax = message(&[("en", "language-name = English\n\nbroken = { $n ->\n")]);
    assert!(syntax.contains("page.ftl, line 4"), "{syntax}");
    let twice = message(&[("en", "language-name = English\na = 1\na = 2\n")]);
    assert!(twice.contains("duplicate message \"a\""), "{twice}");
    let missing = message(&[("en", "language-name = English\na = 1\n"), ("de", "language-name = Deutsch\n")]);
    assert!(missing.contains("de: message \"a\" is missing"), "{missing}");
    let extra = message(&[("en", "language-name = English\n"), ("de", "language-name = Deutsch\na = 1\n")]);
    assert!(extra.contains("\"a\" is not in English"), "{extra}");
    assert!(message(&[("de", "language-name = Deutsch\n")]).contains("no directory \"en\""));
    assert!(message(&[("en", PLURALS), ("not a language", PLURALS)]).contains("not named after a language"));
    assert!(matches!(Locales::load(Some("no/such/folder".as_ref())), Err(LocaleError::Read(_))));
}
