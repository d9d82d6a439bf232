//! Tells when files of the site change. Only the folders that a site is made of are watched: not what is published, nor `.git`.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use super::Event;

/// An editor's save is several events a millisecond or two apart.
const SETTLED: Duration = Duration::from_millis(4);
const TICK: Duration = Duration::from_millis(2);

const FOLDERS: [&str; 3] = ["content", "themes", "themes/sede"];

/// A watch over a site.
pub(super) struct Watch {
    root: PathBuf,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

impl Watch {
    /// Begins to watch; what changes goes to `events`.
    pub(super) fn begin(root: &Path, events: Sender<Event>) -> Result<Watch, String> {
        let told = |e| format!("no se pueden vigilar los cambios de {}: {e}", root.display());
        let handler = move |result: DebounceEventResult| {
            let event = match result {
                Ok(found) => {
                    let lost = found.iter().any(|event| event.need_rescan());
                    let paths = found
                        .into_iter()
                        // Reading a file is an event too: it would wake us for ever.
                        .filter(|event| !matches!(event.kind, EventKind::Access(_)))
                        .flat_map(|event| event.event.paths)
                        .collect();
                    Event::Changed { paths, lost }
                }
                Err(_) => Event::Changed { paths: Vec::new(), lost: true },
            };
            if !matches!(&event, Event::Changed { paths, lost: false } if paths.is_empty()) {
                // It fails only when the server is ending.
                let _ = events.send(event);
            }
        };
        let mut debouncer = new_debouncer(SETTLED, Some(TICK), handler).map_err(told)?;
        debouncer.watch(root, RecursiveMode::NonRecursive).map_err(told)?;
        let mut watch = Watch { root: root.to_owned(), debouncer };
        watch.again();
        Ok(watch)
    }

    /// Watches the site's folders as they stand now: one that was deleted and made again is another.
    pub(super) fn again(&mut self) {
        for folder in ["content", "themes"] {
            let folder = self.root.join(folder);
            // One that is not watched cannot be forgotten, one that is not there cannot be watched: the root tells when it comes.
            let _ = self.debouncer.unwatch(&folder);
            if folder.is_dir() {
                let _ = self.debouncer.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }

    /// Whether a change may have replaced a watched folder.
    pub(super) fn concerns_folder(file: &str) -> bool {
        FOLDERS.contains(&file)
    }
}
