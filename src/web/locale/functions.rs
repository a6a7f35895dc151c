//! Template functions.

use std::collections::HashMap;

use rocket_dyn_templates::tera::{Error, Result, Tera, Value};

use super::{Arg, LanguageId, Locales, MARK, TextError};

type Args = HashMap<String, Value>;

impl Locales {
    /// Registers the functions `t`, `halves`, `words`, `when`, `size` and `iso` (see the [module](super)).
    pub(crate) fn register(&self, tera: &mut Tera) {
        let locales = self.clone();
        tera.register_function("t", move |args: &Args| {
            let texts = Texts::read(&locales, args, &[])?;
            texts.format().map(Value::from)
        });
        let locales = self.clone();
        tera.register_function("halves", move |args: &Args| {
            let mut texts = Texts::read(&locales, args, &["at"])?;
            texts.values.push((string(args, "at")?, Arg::Text(MARK)));
            let text = texts.format()?;
            let (before, after) =
                text.split_once(MARK).ok_or_else(|| Error::msg(format!("no such variable in \"{}\"", texts.key)))?;
            Ok(Value::from(vec![before, after]))
        });
        let locales = self.clone();
        tera.register_function("words", move |args: &Args| words(&locales, args));
        let locales = self.clone();
        tera.register_function("when", move |args: &Args| {
            locales.when(language(&locales, args)?, ms(args)?).map(Value::from).map_err(error)
        });
        let locales = self.clone();
        tera.register_function("size", move |args: &Args| {
            let bytes = args.get("bytes").and_then(Value::as_u64).ok_or_else(|| missing("bytes"))?;
            Ok(Value::from(locales.size(language(&locales, args)?, bytes)))
        });
        tera.register_function("iso", |args: &Args| Locales::iso(ms(args)?).map(Value::from).map_err(error));
    }
}

/// Arguments of a call of `t` or `halves`.
struct Texts<'a> {
    locales: &'a Locales,
    language: LanguageId,
    key: &'a str,
    values: Vec<(&'a str, Arg<'a>)>,
}

impl<'a> Texts<'a> {
    /// Reads the arguments. All except `key`, `lang` and `others` are variables of the message.
    fn read(locales: &'a Locales, args: &'a Args, others: &[&str]) -> Result<Self> {
        let key = string(args, "key")?;
        let language = language(locales, args)?;
        let values = args
            .iter()
            .filter(|(name, _)| *name != "key" && *name != "lang" && !others.contains(&name.as_str()))
            .map(|(name, value)| Ok((name.as_str(), arg(key, name, value)?)))
            .collect::<Result<_>>()?;
        Ok(Self { locales, language, key, values })
    }

    fn format(&self) -> Result<String> {
        self.locales.try_text(self.language, self.key, &self.values).map_err(error)
    }
}

fn words(locales: &Locales, args: &Args) -> Result<Value> {
    let keys = args.get("keys").and_then(Value::as_array).ok_or_else(|| missing("keys"))?;
    let keys = keys.iter().map(|key| key.as_str().ok_or_else(|| missing("keys"))).collect::<Result<Vec<_>>>()?;
    let known = [("site", string(args, "site")?), ("host", string(args, "host")?)];
    locales.words(language(locales, args)?, &keys, &known).map(Value::from).map_err(error)
}

fn arg<'a>(key: &str, name: &str, value: &'a Value) -> Result<Arg<'a>> {
    match value {
        Value::String(text) => Ok(Arg::Text(text)),
        Value::Number(n) if name == "n" => n.as_u64().map(Arg::Number).ok_or_else(|| missing("n")),
        _ => Err(Error::msg(format!("message \"{key}\": {name} must be a string, or an integer if it is n"))),
    }
}

fn language(locales: &Locales, args: &Args) -> Result<LanguageId> {
    let code = string(args, "lang")?;
    locales.find(code).ok_or_else(|| error(TextError::Language(code.to_owned())))
}

fn string<'a>(args: &'a Args, name: &str) -> Result<&'a str> {
    args.get(name).and_then(Value::as_str).ok_or_else(|| missing(name))
}

fn ms(args: &Args) -> Result<i64> {
    args.get("ms").and_then(Value::as_i64).ok_or_else(|| missing("ms"))
}

fn missing(name: &str) -> Error {
    Error::msg(format!("argument {name} is missing or has the wrong type"))
}

fn error(error: TextError) -> Error {
    Error::msg(error.to_string())
}
