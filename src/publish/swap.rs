//! The swap: on Linux the two folders are exchanged in one call; elsewhere, two renames and a journal that the next run completes.

use std::fs;
use std::path::Path;

use super::clear;
use crate::system::told;

/// Puts `staged` at `output`. What was there is removed.
///
/// # Errors
/// What the system said no to; `output` then holds what it held.
pub(super) fn swap(output: &Path, staged: &Path, old: &Path, journal: &Path) -> Result<(), String> {
    let told = |e: std::io::Error| told("publicar en", output, &e);
    if !output.exists() {
        return fs::rename(staged, output).map_err(told);
    }
    if exchange(output, staged) {
        // The old site now stands under the staged name, which is cleared with the stage.
        return Ok(());
    }
    clear(old)?;
    fs::write(journal, b"").map_err(told)?;
    let moved = fs::rename(output, old).and_then(|()| {
        fs::rename(staged, output).inspect_err(|_| {
            // The old site goes back; if even that fails, the journal lets the next run finish.
            let _ = fs::rename(old, output);
        })
    });
    if output.exists() {
        fs::remove_file(journal).map_err(told)?;
    }
    moved.map_err(told)?;
    clear(old)
}

/// Completes a swap by renames that was cut short.
///
/// # Errors
/// What the system said no to.
pub(super) fn recover(output: &Path, staged: &Path, old: &Path, journal: &Path) -> Result<(), String> {
    if !journal.exists() {
        return Ok(());
    }
    let told = |e: std::io::Error| told("completar la publicación anterior en", output, &e);
    if !output.exists() {
        // The journal is written when the new site is whole.
        let whole = if staged.exists() { staged } else { old };
        if whole.exists() {
            fs::rename(whole, output).map_err(told)?;
        }
    }
    fs::remove_file(journal).map_err(told)?;
    clear(old)
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites() -> (tempfile::TempDir, [std::path::PathBuf; 4]) {
        let dir = tempfile::tempdir().unwrap();
        let places = ["public", "nuevo", "viejo", "cambio"].map(|name| dir.path().join(name));
        (dir, places)
    }

    fn site(path: &Path, text: &str) {
        fs::create_dir(path).unwrap();
        fs::write(path.join("x"), text).unwrap();
    }

    fn shown(path: &Path) -> String {
        fs::read_to_string(path.join("x")).unwrap()
    }

    #[test]
    fn a_killed_rename_is_completed() {
        let (_dir, [output, staged, old, journal]) = sites();
        site(&staged, "new");
        site(&old, "old");
        fs::write(&journal, b"").unwrap();
        recover(&output, &staged, &old, &journal).unwrap();
        assert_eq!(shown(&output), "new");
        assert!(!old.exists() && !journal.exists());
    }

    #[test]
    fn a_stale_stage_is_never_published() {
        let (_dir, [output, staged, old, journal]) = sites();
        site(&staged, "half");
        recover(&output, &staged, &old, &journal).unwrap();
        assert!(!output.exists());
        site(&output, "old");
        fs::write(&journal, b"").unwrap();
        recover(&output, &staged, &old, &journal).unwrap();
        assert_eq!(shown(&output), "old");
    }

    #[test]
    fn the_new_site_takes_the_place() {
        let (_dir, [output, staged, old, journal]) = sites();
        site(&staged, "first");
        swap(&output, &staged, &old, &journal).unwrap();
        assert_eq!(shown(&output), "first");
        site(&staged, "second");
        swap(&output, &staged, &old, &journal).unwrap();
        assert_eq!(shown(&output), "second");
    }
}
