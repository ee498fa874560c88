//! Writes the JSON Schemas of the wire to `schema/`.

use std::path::Path;

use anyhow::Context as _;

/// Writes every schema that `irenic-report` generates.
pub(crate) fn write() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema");
    std::fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    for (name, text) in irenic_report::schema::files() {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
        eprintln!("{}", path.display());
    }
    Ok(())
}
