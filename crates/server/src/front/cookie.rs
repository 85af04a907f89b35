//! Cookies: read with suspicion, written so that only this host ever sees them.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The value of the cookie `name`. If a client sends it twice, somebody else may have planted one: then there is none.
pub(crate) fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut found = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(each, _)| *each == name)
        .map(|(_, value)| value);
    let value = found.next()?;
    found.next().is_none().then_some(value)
}

/// How a cookie is named and written at one door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Jar {
    /// Over HTTPS cookies carry the prefix `__Host-`, which browsers only take from this host, for all paths, over HTTPS.
    /// Plain HTTP exists on loopback addresses only, where browsers refuse the prefix.
    pub(crate) https: bool,
}

impl Jar {
    /// The full name of a cookie.
    pub(crate) fn name(self, name: &str) -> String {
        if self.https { format!("__Host-zh-{name}") } else { format!("zh-{name}") }
    }

    /// `Set-Cookie` for a secret that scripts never see; without an age it goes with the browser.
    pub(crate) fn secret(self, name: &str, value: &str, age_secs: Option<i64>) -> String {
        format!("{}; HttpOnly", self.plain(name, value, age_secs))
    }

    /// `Set-Cookie` for a choice such as the language.
    pub(crate) fn plain(self, name: &str, value: &str, age_secs: Option<i64>) -> String {
        let secure = if self.https { "; Secure" } else { "" };
        let age = age_secs.map_or_else(String::new, |secs| format!("; Max-Age={secs}"));
        format!("{}={value}; Path=/; SameSite=Lax{secure}{age}", self.name(name))
    }

    /// `Set-Cookie` that removes a cookie.
    pub(crate) fn gone(self, name: &str) -> String {
        self.secret(name, "", Some(0))
    }
}

#[cfg(test)]
mod tests {
    use super::{Jar, read};
    use axum::http::HeaderMap;
    use axum::http::header::COOKIE;

    #[test]
    fn a_cookie_that_comes_twice_is_none() {
        let of = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(COOKIE, line.parse().expect("a value"));
            }
            read(&headers, "zh-session").map(str::to_owned)
        };
        assert_eq!(of(&["a=b; zh-session=1; c=d"]), Some("1".into()));
        assert_eq!(of(&["a=b", "zh-session=1"]), Some("1".into()));
        assert_eq!(of(&["zh-session=1; zh-session=2"]), None);
        assert_eq!(of(&["zh-session=1", "zh-session=1"]), None);
        assert_eq!(of(&["zh-sessions=1; xzh-session=2; zh-session"]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn secrets_stay_with_this_host() {
        insta::assert_snapshot!(Jar { https: true }.secret("session", "x", None), @"__Host-zh-session=x; Path=/; SameSite=Lax; Secure; HttpOnly");
        insta::assert_snapshot!(Jar { https: false }.plain("lang", "en", Some(60)), @"zh-lang=en; Path=/; SameSite=Lax; Max-Age=60");
    }
}
