//! The templates of the pages. The fairing of `rocket_dyn_templates` renders them.
//!
//! The fairing reads a folder, in which each template must find what it extends. It therefore gets none of ours: the
//! templates are added to its engine, those of the program together with those that replace them.

use super::site_files::{Part, SiteFiles};
use crate::config::{BadSetting, Settings};
use rocket_dyn_templates::tera::Tera;
use std::error::Error as _;
use std::path::{Path, PathBuf};

/// Ending of the file of a template, which is not part of its name.
const ENDING: &str = ".html.tera";

/// All templates, unparsed. Cheap to clone next to parsing them.
#[derive(Debug, Clone)]
pub(crate) struct Templates(SiteFiles);

/// Why the templates cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct TemplateError(String);

impl Templates {
    /// Finds the templates of a site.
    ///
    /// # Errors
    /// When the folder of the setting cannot be read.
    pub(crate) fn of(settings: &Settings) -> Result<Self, BadSetting> {
        SiteFiles::of(Part::Templates, settings).map(Self)
    }

    /// Parses all templates into `tera`, under their paths without [`ENDING`], such as `partials/gone`.
    ///
    /// # Errors
    /// When a template cannot be read or parsed, or extends or imports one that is missing. The message names it.
    pub(crate) fn add_to(&self, tera: &mut Tera) -> Result<(), TemplateError> {
        // The texts of all names end with the empty one, so that every template is escaped.
        tera.autoescape_on(vec![""]);
        let mut texts = Vec::new();
        for path in self.0.paths() {
            let text = self.0.read_text(path).map_err(|error| TemplateError(error.to_string()))?;
            texts.push((path.strip_suffix(ENDING).unwrap_or(path), text));
        }
        tera.add_raw_templates(texts).map_err(|error| {
            let (mut text, mut cause) = (error.to_string(), error.source());
            while let Some(found) = cause {
                text = format!("{text}: {found}");
                cause = found.source();
            }
            // Tera draws the faulty line over several lines; the log has one.
            TemplateError(text.split_whitespace().collect::<Vec<_>>().join(" "))
        })
    }
}

/// Returns the `template_dir` for the fairing, which must exist: the program's own file, which holds the templates.
pub(crate) fn root() -> PathBuf {
    let program = std::env::current_exe().and_then(|path| path.canonicalize());
    let program = program.ok().filter(|path| path.to_str().is_some());
    program.unwrap_or_else(|| Path::new("/dev/null").to_owned())
}

#[cfg(test)]
mod tests {
    use super::Templates;
    use crate::web::site_files::{Part, SiteFiles};
    use rocket_dyn_templates::tera::{Context, Tera, Value};
    use std::collections::HashMap;
    use std::path::Path;

    /// Parses the program's templates, with those in `files` in place of theirs.
    fn parsed(files: &[(&str, &str)]) -> Result<Tera, String> {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            std::fs::write(folder.path().join(path), text).unwrap();
        }
        let mut tera = Tera::default();
        for name in ["asset", "t", "halves", "words", "when", "iso", "size"] {
            tera.register_function(name, |_: &HashMap<String, Value>| Ok(Value::Null));
        }
        let templates = Templates(SiteFiles::find(Part::Templates, Some(folder.path())).unwrap());
        templates.add_to(&mut tera).map(|()| tera).map_err(|error| error.to_string())
    }

    #[test]
    fn a_template_of_a_folder_extends_one_of_the_program_and_is_escaped() {
        let ours = "{% extends \"plain\" %}{% block content %}{{ text }}{% endblock %}";
        let plain = "<p>{% block content %}{% endblock %}</p>";
        let tera = parsed(&[("about.html.tera", ours), ("plain.html.tera", plain)]).unwrap();
        let context = Context::from_value(serde_json::json!({ "text": "<b>" })).unwrap();
        assert_eq!(tera.render("about", &context).unwrap(), "<p>&lt;b&gt;</p>");

        // Its parent is in the program alone.
        let tera = parsed(&[("about.html.tera", "{% extends \"base\" %}")]).unwrap();
        assert!(tera.get_template_names().any(|name| name == "partials/gone"));
    }

    #[test]
    fn the_program_renders_without_its_file_as_a_folder_of_templates() {
        let root = super::root();
        assert!(root.is_file() && root.extension().is_none_or(|ending| ending != "tera"), "{}", root.display());
        assert_ne!(root, Path::new("/dev/null"), "tests know their own file");
    }

    #[test]
    fn the_error_names_the_template_and_the_line() {
        let error = parsed(&[("about.html.tera", "<p>\n{% extends %}")]).unwrap_err();
        assert!(error.contains("'about'") && error.contains("2:"), "{error}");
        assert!(!error.contains('\n'), "{error}");
        let error = parsed(&[("about.html.tera", "{% extends \"nowhere\" %}")]).unwrap_err();
        assert!(error.contains("about") && error.contains("nowhere"), "{error}");
    }
}
