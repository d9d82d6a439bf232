//! Shows a site while it is edited. Nothing is written: a page is drawn when it is asked for, from content kept in memory, and an
//! edit makes a new state of the site beside the one that is being served.

mod content;
mod http;
mod problems;
mod state;
mod verify;
mod watch;
mod worker;

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch as live;

use crate::content::valor::Fecha;
use crate::diagnostic::Diagnostic;
use crate::system::why;
use state::State;

/// What is served, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// Cut-off date; without it, the newest date of the content.
    pub date: Option<Fecha>,
    /// Whether the site has a search.
    pub search: bool,
    /// Address to listen on; only a loopback one keeps the site on this machine.
    pub address: IpAddr,
    /// Port; 0 takes a free one.
    pub port: u16,
}

/// What the person at the terminal is told.
pub enum Notice<'a> {
    /// The site is there, at this address.
    Ready(&'a str),
    /// One line on what was done.
    Line(&'a str),
    /// The problems changed to these.
    Problems(&'a [Diagnostic]),
}

/// What wakes the worker.
enum Event {
    /// Files changed; `lost`: the system could not tell which.
    Changed { paths: Vec<PathBuf>, lost: bool },
    /// All pages of a state were drawn.
    Verified { turn: u64, verified: verify::Verified },
}

/// Files of an index, by their paths.
type Index = HashMap<String, Vec<u8>>;

/// What is served now.
#[derive(Clone, Default)]
struct Live {
    /// The last good state of the site.
    state: Option<Arc<State>>,
    /// Counts the states served.
    site: u64,
    /// Counts the reports.
    told: u64,
    /// The problems, as JSON.
    problems: Arc<str>,
    /// The index, and the one before it, whose files an open page may still ask for.
    indexes: Vec<Arc<Index>>,
}

/// What the worker and the answers share.
struct Shared {
    live: live::Sender<Live>,
    /// The page that was asked for last: the one somebody looks at.
    looked: Mutex<String>,
    address: IpAddr,
    search: bool,
}

impl Shared {
    fn looked(&self) -> String {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn look(&self, path: &str) {
        path.clone_into(&mut self.looked.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Serves a site until the process ends.
///
/// # Errors
/// A port that is taken, a folder that cannot be watched.
pub fn run(options: &Options, tell: &dyn Fn(Notice<'_>)) -> Result<(), String> {
    let port = options.port;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_io().enable_time().build();
    let runtime = runtime.map_err(|e| format!("no se pudo iniciar el servidor: {}", why(&e)))?;
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind((options.address, port)))
        .map_err(|e| format!("no se pudo abrir el puerto {port}: {}; pruebe otro con --port", why(&e)))?;
    let address = listener.local_addr().map_err(|e| why(&e).into_owned())?;
    let address = format!("http://{address}/");
    let (live, _) = live::channel(Live::default());
    let looked = Mutex::new("index.html".to_owned());
    let shared = Arc::new(Shared { live, looked, address: options.address, search: options.search });
    let (send, events) = mpsc::channel();
    let watch = watch::Watch::begin(&options.root, send.clone())?;
    let mut worker = worker::Worker::new(options, &address, Arc::clone(&shared), send, watch)?;
    worker.start(tell);
    runtime.spawn(http::serve(listener, shared));
    tell(Notice::Ready(&address));
    while let Ok(event) = events.recv() {
        let (event, other) = whole(event, &events);
        worker.take(event, tell);
        if let Some(other) = other {
            worker.take(other, tell);
        }
    }
    Ok(())
}

/// Files that come by the many, as a theme that is copied or a checkout, are taken together, until they cease for this long: half of
/// them is no site.
const BURST: Duration = Duration::from_millis(100);

/// A change with what belongs to it, and what came meanwhile that is no change. An edit is a file, or two where an editor writes another first.
fn whole(first: Event, events: &Receiver<Event>) -> (Event, Option<Event>) {
    let Event::Changed { mut paths, mut lost } = first else { return (first, None) };
    let is_many = |paths: &[PathBuf]| {
        let different: BTreeSet<&PathBuf> = paths.iter().collect();
        different.len() > 2 || different.iter().any(|path| path.is_dir())
    };
    while is_many(&paths) {
        match events.recv_timeout(BURST) {
            Ok(Event::Changed { paths: more, lost: too }) => {
                paths.extend(more);
                lost |= too;
            }
            Ok(other) => return (Event::Changed { paths, lost }, Some(other)),
            Err(_) => break,
        }
    }
    (Event::Changed { paths, lost }, None)
}
