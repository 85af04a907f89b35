//! Labels that keep out of each other's way.

use super::scene::{Anchor, Area, Form, Look, Scene};

/// Areas that are taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(Vec<Area>);

impl Taken {
    /// Everything in `scene` that is text.
    pub(super) fn texts(scene: &Scene) -> Taken {
        Taken(
            scene
                .shapes
                .iter()
                .filter(|shape| matches!(shape.form, Form::Text { .. }))
                .map(|shape| shape.form.area())
                .collect(),
        )
    }

    /// Marks `area` as taken.
    pub(super) fn take(&mut self, area: Area) {
        self.0.push(area);
    }

    /// Puts `text` at the first of `places` where it is free and inside `bounds`. False if there is none.
    pub(super) fn put(
        &mut self,
        scene: &mut Scene,
        bounds: &Area,
        places: &[(f64, f64, Anchor)],
        size: f64,
        look: Look,
        text: &str,
    ) -> bool {
        for &(x, y, anchor) in places {
            let form = Form::Text { x, y, size, anchor, text: text.to_owned() };
            let area = form.area();
            let inside = area.x >= bounds.x
                && area.y >= bounds.y
                && area.x + area.width <= bounds.x + bounds.width
                && area.y + area.height <= bounds.y + bounds.height;
            if inside && !self.0.iter().any(|taken| taken.overlaps(&area)) {
                self.take(area);
                scene.add(form, look);
                return true;
            }
        }
        false
    }
}
