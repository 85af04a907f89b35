//! The colours of `web/src/tokens.css` against each other, by the formula of WCAG 2.2 (1.4.3, 1.4.11); and that the style uses
//! nothing that Chromium 90 does not know.

use std::collections::BTreeMap;
use std::path::Path;

fn web(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The colours of the block that begins with `mark`.
fn colours(css: &str, mark: &str) -> BTreeMap<String, [f64; 3]> {
    let block = css.split(mark).nth(1).expect("a block").split('}').next().expect("its end");
    let mut found = BTreeMap::new();
    for line in block.lines() {
        let Some((name, value)) = line.trim().strip_prefix("--").and_then(|line| line.split_once(": #"))
        else {
            continue;
        };
        let number = u32::from_str_radix(value.trim_end_matches(';'), 16).expect("a colour");
        let part = |shift: u32| f64::from((number >> shift) & 255) / 255.0;
        found.insert(name.to_owned(), [part(16), part(8), part(0)]);
    }
    found
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_formula_is_that_of_the_guidelines() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    // #767676 on white is the well-known lightest grey that passes: 4.54.
    let grey = 118.0 / 255.0;
    assert!((contrast([grey; 3], [1.0; 3]) - 4.54).abs() < 0.01);
}

#[test]
fn text_and_marks_can_be_told_from_their_ground() {
    let css = web("src/tokens.css");
    let blocks = [":root {", ":root:not([data-theme=\"light\"]) {", ":root[data-theme=\"dark\"] {"];
    for block in blocks {
        let colours = colours(&css, block);
        let of = |name: &str| *colours.get(name).unwrap_or_else(|| panic!("{block} has no {name}"));
        for (text, ground, least) in [
            ("ink", "ground", 7.0),
            ("ink", "raised", 7.0),
            ("soft", "ground", 4.5),
            ("soft", "raised", 4.5),
            ("link", "ground", 4.5),
            ("link", "raised", 4.5),
            ("brand", "ground", 4.5),
            ("on-brand", "brand", 4.5),
            ("ok", "ground", 4.5),
            ("warn", "ground", 4.5),
            ("mark", "ground", 3.0),
            ("series", "ground", 3.0),
            ("line", "ground", 3.0),
            ("focus", "halo", 3.0),
            ("ink", "tile-1", 4.5),
            ("ink", "tile-2", 4.5),
            ("ink", "tile-3", 4.5),
            ("ink", "tile-4", 4.5),
            ("ground", "tile-5", 4.5),
            ("ground", "tile-6", 4.5),
        ] {
            let found = contrast(of(text), of(ground));
            assert!(found >= least, "{block} {text} on {ground}: {found:.2}");
        }
    }
    assert_eq!(colours(&css, blocks[1]), colours(&css, blocks[2]), "the two dark blocks differ");
}

#[test]
fn the_style_is_for_chromium_90() {
    for file in [
        "src/tokens.css",
        "src/base.css",
        "src/parts.css",
        "src/figures.css",
        "src/print.css",
        "dist/style.css",
    ] {
        let css = web(file);
        for new in [
            ":has(",
            "@container",
            "@layer",
            "light-dark(",
            "color-mix(",
            "oklch(",
            "@scope",
            "&:",
            "accent-color",
            "dvh",
            "popover",
            "http://",
            "https://",
        ] {
            assert!(!css.contains(new), "{file}: {new}");
        }
    }
    let script = web("dist/app.js");
    assert!(script.len() < 60_000 && !script.contains("eval("), "{} bytes", script.len());
}
