//! Text for people, in Chinese first and English complete.
//!
//! Sentences live in `i18n/<language>/<crate>.ftl` (Fluent). Code names a message by its id and hands
//! over arguments as text; [`say`] answers the sentence. Names that belong to a definition (an
//! indicator, a field) are [`Words`]: both languages beside the definition.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese, the source language.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Reads `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`, `en-GB`…; anything else is `None`.
    pub fn parse(text: &str) -> Option<Lang> {
        match text.get(..2)? {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// A name or sentence in both languages, as written in a definition: `{ zh = "…", en = "…" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Words {
    /// Chinese text.
    pub zh: String,
    /// English text.
    pub en: String,
}

impl Words {
    /// Both languages at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Words {
        Words { zh: zh.into(), en: en.into() }
    }

    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

macro_rules! sources {
    ($dir:literal) => {
        [
            include_str!(concat!("../../../i18n/", $dir, "/base.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/catalog.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/plan.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/record.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/release.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/measure.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/trace.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/epcis.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/judge.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/credit.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/act.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/publish.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/desk.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/server.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/signin.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/api.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/handin.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/open.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/panel.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/explore.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/upkeep.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/tasks.ftl")),
            include_str!(concat!("../../../i18n/", $dir, "/cli.ftl")),
        ]
    };
}

fn bundle(lang: Lang) -> &'static FluentBundle<FluentResource> {
    static ZH: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    static EN: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    let (cell, tag, sources) = match lang {
        Lang::Zh => (&ZH, "zh-CN", sources!("zh-CN")),
        Lang::En => (&EN, "en", sources!("en")),
    };
    cell.get_or_init(|| {
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().expect("a fixed language tag")]);
        bundle.set_use_isolating(false);
        for source in sources {
            let resource = FluentResource::try_new(source.to_owned())
                .unwrap_or_else(|(_, errors)| panic!("i18n/{tag}: {errors:?}"));
            bundle.add_resource(resource).unwrap_or_else(|errors| panic!("i18n/{tag}: {errors:?}"));
        }
        bundle
    })
}

fn pattern(lang: Lang, id: &str, attribute: Option<&str>, args: &[(&str, &str)]) -> Option<String> {
    let bundle = bundle(lang);
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let mut fluent = FluentArgs::new();
    for (name, value) in args {
        fluent.set(*name, *value);
    }
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned())
}

/// The sentence `id` in `lang`. An id that no file knows comes back as `«id»`, so that it is seen.
///
/// ```
/// use zhiheng_base::words::{say, Lang};
/// assert_eq!(say(Lang::En, "no-data", &[]), "no data");
/// ```
pub fn say(lang: Lang, id: &str, args: &[(&str, &str)]) -> String {
    pattern(lang, id, None, args).unwrap_or_else(|| format!("«{id}»"))
}

/// A text that goes between others, such as a comma. Fluent cuts spaces off the ends of a message, so it stands between bars there.
///
/// ```
/// use zhiheng_base::words::{between, Lang};
/// assert_eq!(["a", "b"].join(&between(Lang::En, "list-separator")), "a, b");
/// assert_eq!(["甲", "乙"].join(&between(Lang::Zh, "list-separator")), "甲、乙");
/// ```
pub fn between(lang: Lang, id: &str) -> String {
    say(lang, id, &[]).trim_matches('|').to_owned()
}

/// The attribute `name` (such as `hint`) of message `id`, if the message has one.
pub fn say_attribute(lang: Lang, id: &str, name: &str, args: &[(&str, &str)]) -> Option<String> {
    pattern(lang, id, Some(name), args)
}
