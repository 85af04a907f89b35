//! Drawings as pixels, for files whose readers draw no SVG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::error::PressError;
use crate::fonts::FontSet;

/// Pixels per point: about 200 to the inch.
const SCALE: f32 = 200.0 / 72.0;

/// Largest side of a picture, pixels.
const LARGEST: f32 = 6_000.0;

/// A picture.
pub(crate) struct Picture {
    /// PNG file.
    pub(crate) png: Vec<u8>,
    /// Width and height as drawn, pt.
    pub(crate) size: (f64, f64),
}

/// Draws `svg` in the fonts of the documents. Nothing outside the drawing is read.
pub(crate) fn picture(svg: &str, number: u32, fonts: &FontSet) -> Result<Picture, PressError> {
    let refused = |reason: &dyn std::fmt::Display| PressError::Drawing { number, reason: reason.to_string() };
    let options = Options {
        font_family: "Noto Sans SC".to_owned(),
        fontdb: fonts.drawing(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|problem| refused(&problem))?;
    // SVG lengths come in pixels of 1/96 inch.
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = (SCALE * 0.75).min(LARGEST / width.max(height));
    let mut pixels = Pixmap::new((width * scale).ceil() as u32, (height * scale).ceil() as u32)
        .ok_or_else(|| refused(&"it has no size"))?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let png = pixels.encode_png().map_err(|problem| refused(&problem))?;
    Ok(Picture { png, size: (f64::from(width) * 0.75, f64::from(height) * 0.75) })
}
