//! What surrounds every page: landmarks, menu, crumbs, language, and how a page becomes an answer.

use askama::Template;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use zhiheng_base::Lang;

use crate::authorize::{Action, Thing, Verdict, authorize};
use crate::call::Call;
use crate::front::Arrival;
use crate::front::view::{Size, Theme, View, tag};
use crate::problem::Problem;
use crate::route::{Answer, Kind, Of, table};
use crate::server::Server;
use crate::signin::{csrf, session};
use crate::text::Text;

/// A link of the menu or a crumb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// A choice of a form: value, text, whether chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: &'static str,
    pub(crate) text: String,
    pub(crate) chosen: bool,
}

/// Everything around the main part.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) t: Text,
    pub(crate) lang: &'static str,
    pub(crate) other: &'static str,
    pub(crate) title: String,
    pub(crate) theme: &'static str,
    pub(crate) size: &'static str,
    pub(crate) themes: Vec<Choice>,
    pub(crate) sizes: Vec<Choice>,
    pub(crate) style: String,
    pub(crate) script: String,
    /// The script of forms that are filled in without a network.
    pub(crate) field: String,
    pub(crate) icon: String,
    pub(crate) menu: Vec<Link>,
    pub(crate) crumbs: Vec<Link>,
    /// Name of whoever is signed in; empty if nobody.
    pub(crate) name: String,
    /// Whether there is a login at this door.
    pub(crate) inside: bool,
    /// Whether there is a search page.
    pub(crate) search: bool,
    /// What was looked for.
    pub(crate) typed: String,
    /// Token for forms; empty where there can be none.
    pub(crate) csrf: String,
    /// Where the page is, to come back to.
    pub(crate) here: String,
    /// Where it is kept as a view; empty where there is nobody to keep it.
    pub(crate) keep: String,
    pub(crate) request: String,
    /// Time at which the page was made, for prints.
    pub(crate) made: String,
}

/// A template that is a page.
pub(crate) trait Page: Template {
    /// The main part alone.
    fn part(&self) -> askama::Result<String>;
}

/// Makes templates with a block `main` pages.
macro_rules! pages {
    ($($page:ident),* $(,)?) => {
        $(impl $crate::pages::layout::Page for $page {
            fn part(&self) -> askama::Result<String> {
                askama::Template::render(&self.as_main())
            }
        })*
    };
}
pub(crate) use pages;

impl Frame {
    /// The frame of a call's page.
    pub(crate) fn of(call: &Call) -> Frame {
        let text = Text(call.view.lang);
        let title = text.say(&call.route.title());
        let mut frame = Frame::bare(&call.server, &call.arrival, call.view, title);
        frame.here.clone_from(&call.here);
        frame.name.clone_from(&call.visitor.name);
        if call.who().account.is_some() && call.route.method.is_safe() && frame.inside {
            frame.keep = format!("/account/views?path={}", crate::api::escaped(&call.here));
        }
        frame.csrf = call.visitor.cookie.as_deref().map(csrf::token).unwrap_or_default();
        frame.menu = menu(call);
        // The search of the office is not an enterprise's.
        let sees = authorize(call.who(), Action::See, &Thing::instance()) == Verdict::Allow;
        frame.search &= sees || call.who().firms().is_empty();
        frame
    }

    /// A frame without anybody in it, for pages that come before we know who asks.
    pub(crate) fn bare(server: &Server, arrival: &Arrival, view: View, title: String) -> Frame {
        let text = Text(view.lang);
        let choice = |id: &str, value: &'static str, chosen: bool| Choice {
            value,
            text: text.say(&format!("{id}-{value}")),
            chosen,
        };
        let themes = Theme::ALL.map(|(theme, word)| choice("server-theme", word, theme == view.theme));
        let sizes = Size::ALL.map(|(size, word)| choice("server-size", word, size == view.size));
        let other = if view.lang == Lang::Zh { Lang::En } else { Lang::Zh };
        let inside = arrival.door == crate::door::Door::Officers;
        Frame {
            t: text,
            lang: tag(view.lang),
            other: tag(other),
            title,
            theme: view.theme.word(),
            size: view.size.word(),
            themes: themes.to_vec(),
            sizes: sizes.to_vec(),
            style: server.assets.href("style.css"),
            script: server.assets.href("app.js"),
            field: server.assets.href("field.js"),
            icon: server.assets.href("icon.svg"),
            menu: Vec::new(),
            crumbs: Vec::new(),
            name: String::new(),
            inside,
            search: table::by_id("search.show").is_some_and(|route| route.doors.contains(&arrival.door)),
            typed: String::new(),
            csrf: String::new(),
            here: "/".to_owned(),
            keep: String::new(),
            request: arrival.id.clone(),
            made: server.today().to_string(),
        }
    }

    /// Adds a crumb before the page itself.
    pub(crate) fn under(mut self, id: &str) -> Frame {
        if let Some(route) = table::by_id(id) {
            let title = self.t.say(&route.title());
            self.crumbs.push(Link { title, href: route.path.to_owned(), current: false });
        }
        self
    }
}

/// The listed pages that the visitor may open.
pub(crate) fn menu(call: &Call) -> Vec<Link> {
    let text = Text(call.view.lang);
    let listed = table::routes().iter().filter(|route| {
        route.kind == Kind::Listed && route.doors.contains(&call.arrival.door) && !route.path.contains('{')
    });
    let open = listed.filter(|route| {
        let thing = match route.of {
            Of::Everybody => Thing::public(),
            Of::Own => Thing::own(call.account()),
            Of::Firm(level) => call.firm(level),
            // Of the lists only that of events is on something that the handler looks up.
            Of::Looked(_) => return crate::epcis::view::is_open(call, route.action),
            _ => Thing::instance(),
        };
        matches!(authorize(call.who(), route.action, &thing), Verdict::Allow | Verdict::StepUp)
    });
    open.map(|route| Link {
        title: text.say(&route.title()),
        href: route.path.to_owned(),
        current: route.path == call.route.path,
    })
    .collect()
}

/// Answers a page: whole, or its main part for htmx.
pub(crate) fn answer(call: &Call, status: StatusCode, page: &impl Page) -> Answer {
    let text = if call.wants_part() { page.part() } else { page.render() };
    let mut response = html(status, text.map_err(Problem::ours)?);
    if let Some(cookie) = &call.visitor.fresh {
        session::set(&mut response, cookie);
    }
    Ok(response)
}

/// An HTML answer.
pub(crate) fn html(status: StatusCode, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// Sends the browser to another page of this server after a form; htmx goes there as a whole.
pub(crate) fn go(call: &Call, path: &str) -> Answer {
    let path = local(path);
    let mut response = Response::new(Body::empty());
    let value = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    if call.wants_part() {
        response.headers_mut().insert(HeaderName::from_static("hx-redirect"), value);
    } else {
        *response.status_mut() = StatusCode::SEE_OTHER;
        response.headers_mut().insert(LOCATION, value);
    }
    Ok(response)
}

/// A path of this server, or its start: nobody is sent elsewhere by what stands in an address.
pub(crate) fn local(path: &str) -> &str {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && path.starts_with('/') && !path.starts_with("//") { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for good in ["/", "/account", "/r/621122?period=2013Q4"] {
            assert_eq!(local(good), good);
        }
        for bad in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\\\evil",
            "/a\r\nSet-Cookie: x",
            "javascript:alert(1)",
            "/ x",
        ] {
            assert_eq!(local(bad), "/", "{bad}");
        }
    }
}
