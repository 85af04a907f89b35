//! Pieces of text into inlines.

use super::session::Session;
use crate::language::{Call, Piece};
use crate::model::Inline;

impl Session<'_> {
    /// Evaluates text.
    pub(super) fn inlines(&mut self, pieces: &[Piece]) -> Vec<Inline> {
        let mut found = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => found.push(Inline::Text(text.clone())),
                Piece::Strong(inner) => {
                    // Numbers in strong text keep their address; the words around them are strong.
                    found.extend(self.inlines(inner).into_iter().map(|inline| match inline {
                        Inline::Text(text) => Inline::Strong(text),
                        other => other,
                    }));
                }
                Piece::Note(inner) => {
                    let text = self.inlines(inner);
                    found.push(Inline::NoteRef(self.notes.add(None, text)));
                }
                Piece::Call(call) => found.extend(self.directive(call)),
            }
        }
        found
    }

    /// A caption written by hand may hold inline directives.
    pub(super) fn caption(&mut self, call: &Call) -> Option<String> {
        let written = call.option("caption")?.to_owned();
        let text = crate::language::Text { file: "", body: &written, first_line: 1 };
        let pieces = crate::language::inline_text(&text);
        Some(self.plain(&pieces))
    }
}
