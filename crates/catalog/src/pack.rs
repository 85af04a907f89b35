//! A catalog as one text: all files of all layers, the shipped ones included, so that figures and grades can be computed again
//! by the very definitions of then, whatever the folders and the program say by now.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;

use crate::load::{Loaded, layers_of, load_layers};

/// What marks the text as a pack, with the version of its form.
const FORM: &str = "zhiheng-catalog-1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    form: String,
    /// Layers from the shipped one upwards: path and text.
    layers: Vec<BTreeMap<String, String>>,
}

/// The files of the built-in catalog and of the folders over it, as one JSON text. The same files give the same bytes.
pub fn pack(folders: &[&Path]) -> String {
    let layers = layers_of(folders).into_iter().map(|files| files.into_iter().collect()).collect();
    serde_json::to_string(&Pack { form: FORM.to_owned(), layers }).unwrap_or_default()
}

/// The catalog of a pack.
///
/// Errors: ZH2090 for a text that is no pack.
pub fn unpack(text: &str) -> Result<Loaded, Diagnostic> {
    let pack: Pack =
        serde_json::from_str(text).map_err(|error| Diagnostic::error("ZH2090").arg("why", error))?;
    if pack.form != FORM {
        return Err(Diagnostic::error("ZH2090").arg("why", pack.form));
    }
    let layers: Vec<Vec<(&str, &str)>> = (pack.layers.iter())
        .map(|files| files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect())
        .collect();
    Ok(load_layers(&layers))
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};

    #[test]
    fn a_pack_gives_the_catalog_that_was_packed() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("own");
        std::fs::create_dir(&own).unwrap();
        std::fs::write(own.join("README.md"), "# own\n").unwrap();
        let list = |name: &str| {
            format!(
                "[list.x]\nname = {{ zh = \"{name}\", en = \"x\" }}\nbasis = [\"b\"]\nowner = \"o\"\nsince = 2020-01-01\n\
                 items = [{{ code = \"a\", zh = \"甲\", en = \"a\" }}]\n"
            )
        };
        std::fs::write(own.join("lists.toml"), list("前")).unwrap();
        let before = crate::load(&[folder.path()]);
        let text = pack(&[folder.path()]);
        std::fs::write(own.join("lists.toml"), list("后")).unwrap();
        let after = crate::load(&[folder.path()]);
        let again = unpack(&text).unwrap();
        assert_eq!(again.catalog.digest, before.catalog.digest);
        assert_ne!(after.catalog.digest, before.catalog.digest);
        assert_eq!(again.catalog.lists["own.x"].head.name.zh, "前");
        assert!(!again.has_errors());
        assert_eq!(text, {
            std::fs::write(own.join("lists.toml"), list("前")).unwrap();
            pack(&[folder.path()])
        });
    }

    #[test]
    fn what_is_no_pack_is_refused() {
        for text in ["", "{}", "[]", r#"{"form":"other","layers":[]}"#] {
            assert_eq!(unpack(text).unwrap_err().code, "ZH2090", "{text}");
        }
    }
}
