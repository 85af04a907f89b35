//! The text of a drawing.

use std::fmt::Write as _;

use zhiheng_base::Lang;

use super::palette::colour;
use super::scene::{Anchor, Form, Look, Scene, Shape};
use super::{Palette, Style};
use crate::chart::ChartSpec;

/// Millimetres in a point.
const MM: f64 = 25.4 / 72.0;

/// Writes a scene. With links it is a group of links (`role="group"`), without it is one picture (`role="img"`).
pub(super) fn svg(scene: &Scene, chart: &ChartSpec, style: &Style) -> String {
    let linked = style.links.is_some() && scene.shapes.iter().any(|shape| shape.measure.is_some());
    let mut out = String::with_capacity(8_192);
    out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    if style.palette == Palette::Print {
        let _ = write!(out, " width=\"{}mm\" height=\"{}mm\"", n(scene.width * MM), n(scene.height * MM));
    } else {
        out.push_str(" class=\"zh-figure\"");
    }
    let role = if linked { "group" } else { "img" };
    let lang = match style.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let _ = write!(
        out,
        " viewBox=\"0 0 {} {}\" role=\"{role}\" lang=\"{lang}\" aria-label=\"{}\"",
        n(scene.width),
        n(scene.height),
        escaped(&chart.title)
    );
    if let Some(font) = &style.font {
        let _ = write!(out, " font-family=\"{}\"", escaped(font));
    }
    let _ = write!(
        out,
        ">\n<title>{}</title>\n<desc>{}</desc>\n",
        escaped(&chart.title),
        escaped(&chart.subtitle)
    );
    if scene.shapes.iter().any(|shape| shape.look == Look::Hatch) {
        let _ = writeln!(
            out,
            "<defs><pattern id=\"zh-hatch\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect width=\"1.1\" height=\"4\" fill=\"{}\"/></pattern></defs>",
            colour("ink", style.palette)
        );
    }
    for shape in &scene.shapes {
        write_shape(&mut out, shape, style);
    }
    out.push_str("</svg>\n");
    out
}

fn write_shape(out: &mut String, shape: &Shape, style: &Style) {
    let link = style.links.as_ref().zip(shape.measure.as_ref());
    if let Some((base, (address, words))) = link {
        let href = escaped(&format!("{base}{address}"));
        let words = escaped(words);
        let _ = write!(out, "<a href=\"{href}\" aria-label=\"{words}\"><title>{words}</title>");
    }
    let look = look(shape.look, style.palette);
    let points = |points: &[(f64, f64)]| {
        points.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect::<Vec<_>>().join(" ")
    };
    let _ = match &shape.form {
        Form::Line(line) => write!(out, "<polyline points=\"{}\" {look}/>", points(line)),
        Form::Band(band) => write!(out, "<polygon points=\"{}\" {look}/>", points(band)),
        Form::Bar(area) | Form::Cell(area) => write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {look}/>",
            n(area.x),
            n(area.y),
            n(area.width),
            n(area.height)
        ),
        Form::Point { x, y, radius } => {
            write!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {look}/>", n(*x), n(*y), n(*radius))
        }
        Form::Rule { x1, y1, x2, y2 } => write!(
            out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {look}/>",
            n(*x1),
            n(*y1),
            n(*x2),
            n(*y2)
        ),
        Form::Text { x, y, size, anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            write!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor} {look}>{}</text>",
                n(*x),
                n(*y),
                n(*size),
                escaped(text)
            )
        }
    };
    if link.is_some() {
        out.push_str("</a>");
    }
    out.push('\n');
}

/// Presentation of a role.
fn look(look: Look, palette: Palette) -> String {
    let c = |role: &str| colour(role, palette);
    let stroke = |role: &str, width: f64, more: &str| {
        format!("fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{more}", c(role), n(width))
    };
    let fill = |role: &str| format!("fill=\"{}\"", c(role));
    // A paper-coloured rim keeps labels readable where they cross a line.
    let text = |role: &str| {
        format!(
            "fill=\"{}\" stroke=\"{}\" stroke-width=\"2.4\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            c(role),
            c("paper")
        )
    };
    match look {
        Look::Axis => stroke("soft", 0.8, ""),
        Look::Grid => stroke("grid", 0.6, ""),
        Look::Series => stroke("series", 1.6, " stroke-linejoin=\"round\" stroke-linecap=\"round\""),
        Look::Band => fill("band"),
        Look::Target => stroke("warn", 1.1, " stroke-dasharray=\"6 3\""),
        Look::Whole => stroke("soft", 1.1, " stroke-dasharray=\"2 2\""),
        Look::Break => stroke("ink", 0.9, " stroke-dasharray=\"1.5 2.5\""),
        Look::Bar => fill("bar"),
        Look::Full => format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"", c("series"), c("paper")),
        Look::Hollow => format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"1.3\"", c("paper"), c("series")),
        Look::Alarm => format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"", c("warn"), c("paper")),
        Look::Whisker => stroke("series", 1.2, ""),
        Look::Cumulative => stroke("warn", 1.4, " stroke-linejoin=\"round\""),
        Look::Inner => stroke("soft", 0.9, " stroke-dasharray=\"4 2.5\""),
        Look::Outer => stroke("soft", 1.1, ""),
        Look::Tile(class) => {
            format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"1\"", c(&format!("tile-{class}")), c("paper"))
        }
        Look::Hatch => "fill=\"url(#zh-hatch)\" fill-opacity=\"0.55\"".to_owned(),
        Look::Empty => format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"", c("paper"), c("soft")),
        Look::Ink => text("ink"),
        Look::Soft => text("soft"),
        Look::Warn => text("warn"),
        Look::OnLight => fill("ink"),
        Look::OnDark => fill("paper"),
    }
}

/// A length with two decimals at most, never `-0`.
fn n(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text that XML may hold: marks escaped, control characters dropped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
