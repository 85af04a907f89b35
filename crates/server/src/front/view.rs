//! How somebody wants to see pages: language, light or dark, size of letters.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use zhiheng_base::Lang;

use super::cookie::{Jar, read};

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// Size of letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Size {
    #[default]
    Normal,
    /// For elderly readers (适老化): large letters and targets.
    Large,
}

/// What was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) size: Size,
}

impl Theme {
    /// Words of the cookie, the form and the style sheet.
    pub(crate) const ALL: [(Theme, &'static str); 3] =
        [(Theme::System, "system"), (Theme::Light, "light"), (Theme::Dark, "dark")];

    pub(crate) fn word(self) -> &'static str {
        Theme::ALL.into_iter().find(|(theme, _)| *theme == self).map_or("system", |(_, word)| word)
    }

    pub(crate) fn parse(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|(_, each)| *each == word).map(|(theme, _)| theme)
    }
}

impl Size {
    pub(crate) const ALL: [(Size, &'static str); 2] = [(Size::Normal, "normal"), (Size::Large, "large")];

    pub(crate) fn word(self) -> &'static str {
        Size::ALL.into_iter().find(|(size, _)| *size == self).map_or("normal", |(_, word)| word)
    }

    pub(crate) fn parse(word: &str) -> Option<Size> {
        Size::ALL.into_iter().find(|(_, each)| *each == word).map(|(size, _)| size)
    }
}

/// The tag of a language in HTML and cookies.
pub(crate) fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

impl View {
    /// What the cookies say; for the language, else what the browser asks for, else Chinese.
    pub(crate) fn of(headers: &HeaderMap, jar: Jar) -> View {
        let cookie = |name: &str| read(headers, &jar.name(name));
        View {
            lang: cookie("lang").and_then(Lang::parse).unwrap_or_else(|| accepted(headers)),
            theme: cookie("theme").and_then(Theme::parse).unwrap_or_default(),
            size: cookie("size").and_then(Size::parse).unwrap_or_default(),
        }
    }
}

/// The first language of `Accept-Language`, by weight, that there is.
fn accepted(headers: &HeaderMap) -> Lang {
    let text = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (0, Lang::Zh);
    for part in text.split(',') {
        let (name, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let weight =
            weight.trim().parse::<f32>().map_or(0, |weight| (weight.clamp(0.0, 1.0) * 1000.0) as u32);
        if let Some(lang) = Lang::parse(name.trim())
            && weight > best.0
        {
            best = (weight, lang);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::{Jar, Size, Theme, View};
    use axum::http::HeaderMap;
    use zhiheng_base::Lang;

    #[test]
    fn a_choice_goes_before_what_the_browser_asks_for() {
        let of = |cookie: &str, accept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("cookie", cookie.parse().expect("a value"));
            headers.insert("accept-language", accept.parse().expect("a value"));
            View::of(&headers, Jar { https: false })
        };
        let lang = |cookie: &str, accept: &str| of(cookie, accept).lang;
        assert_eq!(lang("", ""), Lang::Zh);
        assert_eq!(lang("", "fr, de"), Lang::Zh);
        assert_eq!(lang("", "fr, en-GB;q=0.8, zh;q=0.3"), Lang::En);
        assert_eq!(lang("", "zh-CN, zh;q=0.9, en;q=0.8"), Lang::Zh);
        assert_eq!(lang("", "en;q=NaN, zh;q=0.1"), Lang::Zh);
        assert_eq!(lang("zh-lang=en", "zh-CN"), Lang::En);
        assert_eq!(lang("zh-lang=<script>", "en"), Lang::En);
        let view = of("zh-theme=dark; zh-size=large", "");
        assert_eq!((view.theme, view.size), (Theme::Dark, Size::Large));
    }
}
