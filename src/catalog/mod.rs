//! The resolved content: every record by id, by kind and by name, with its address and everything that refers to it.
//! It is the only view of the content that later stages see.

pub mod address;
pub mod huella;
pub mod names;
pub mod relaciones;
pub mod replace;
pub mod title;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::{Config, FILE};
use crate::content::entidad::Entidad;
use crate::content::huellas::Memoria;
use crate::content::shape::closest;
use crate::content::valor::{Fecha, Ref};
use crate::content::{Broken, Clase, Contenido, Datos, Kind, Record, RefUse};
use crate::diagnostic::{Diagnostic, Span};

use names::Names;
use relaciones::PorEvidencia;

/// Place of a record in the catalog.
pub type Id = usize;

/// The published records and what relates them.
#[derive(Debug)]
pub struct Catalog {
    /// The site's configuration.
    pub config: Config,
    /// Records, drafts left out, in the order of their files.
    pub records: Vec<Arc<Record>>,
    /// Address of each record, relative to the site, with `#` for records that share a page.
    pub urls: Arc<Vec<Arc<str>>>,
    /// Title of each record.
    pub titles: Arc<Vec<String>>,
    /// Records that refer to each record, in order, each once.
    pub uses: Arc<Vec<Vec<Id>>>,
    /// Images beside the records.
    pub images: Arc<Vec<String>>,
    /// The cut-off date that rules «vencido»: given, or the newest date of the content.
    pub corte: Option<Fecha>,
    /// What was published before.
    pub memoria: Option<Arc<Memoria>>,
    /// What records are called.
    pub names: Arc<Names>,
    draft_names: Arc<Names>,
    broken: Arc<Vec<Broken>>,
    by_kind: Arc<BTreeMap<Kind, Vec<Id>>>,
    /// Made when it is first asked for.
    por_evidencia: OnceLock<Arc<PorEvidencia>>,
    own: Option<Id>,
}

impl Catalog {
    /// Resolves the content. Dangling, ambiguous and duplicate names are diagnostics, never panics.
    pub fn new(
        config: Config,
        config_refs: &[RefUse],
        contenido: Contenido,
        corte: Option<Fecha>,
    ) -> (Catalog, Vec<Diagnostic>) {
        let mut diagnostics = contenido.diagnostics;
        let broken = contenido.broken;
        let (drafts, records): (Vec<_>, Vec<_>) = contenido.records.into_iter().partition(|r| r.is_borrador());
        let (mut same_code, mut same_address) = (Vec::new(), Vec::new());
        let titled = || {
            let titles = title::all(&records);
            let names = Names::new(&records, &titles, &mut same_code);
            (titles, names)
        };
        let ((titles, names), urls) = rayon::join(titled, || address::all(&records, &mut same_address));
        diagnostics.extend(same_code.into_iter().chain(same_address));
        let draft_names = Names::new(&drafts, &title::all(&drafts), &mut Vec::new());

        let known = (records.as_slice(), titles.as_slice());
        let mut uses: Vec<Vec<Id>> = vec![Vec::new(); records.len()];
        let named = |record: &Arc<Record>| record.refs.iter().map(|use_| names.find(use_.kind, &use_.text)).collect();
        let named: Vec<Vec<Option<Id>>> = records.par_iter().map(named).collect();
        for (id, (record, named)) in records.iter().zip(named).enumerate() {
            for (use_, target) in record.refs.iter().zip(named) {
                match target {
                    Some(target) => {
                        if let Some(users) = uses.get_mut(target)
                            && users.last() != Some(&id)
                        {
                            users.push(id);
                        }
                    }
                    None if is_broken(&broken, use_) => {}
                    None => diagnostics.push(dangling(&names, known, &draft_names, &broken, &record.file, use_)),
                }
            }
        }
        uses.iter_mut().for_each(Vec::shrink_to_fit);
        let of_config = config_refs.iter().map(|use_| (FILE, use_));
        let unread = broken.iter().filter(|record| !record.is_draft);
        let of_unread = unread.flat_map(|record| record.refs.iter().map(|use_| (record.file.as_str(), use_)));
        for (file, use_) in of_config.chain(of_unread) {
            if names.find(use_.kind, &use_.text).is_none() && !is_broken(&broken, use_) {
                diagnostics.push(dangling(&names, known, &draft_names, &broken, file, use_));
            }
        }
        let mut by_kind: BTreeMap<Kind, Vec<Id>> = BTreeMap::new();
        for (id, record) in records.iter().enumerate() {
            by_kind.entry(record.kind).or_default().push(id);
        }
        let own = names.find(Kind::Entidad, &config.entidad.0);
        let corte = corte.or_else(|| records.iter().filter_map(|r| newest_date(r)).max());
        same_images(&contenido.images, &mut diagnostics);
        let catalog = Catalog {
            urls: Arc::new(urls),
            config,
            titles: Arc::new(titles),
            uses: Arc::new(uses),
            images: Arc::new(contenido.images),
            corte,
            memoria: contenido.memoria,
            names: Arc::new(names),
            draft_names: Arc::new(draft_names),
            broken: Arc::new(broken),
            by_kind: Arc::new(by_kind),
            por_evidencia: OnceLock::new(),
            own,
            records,
        };
        (catalog, diagnostics)
    }

    /// Ids of a kind, in the order of their files.
    pub fn ids(&self, kind: Kind) -> &[Id] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Records of a kind with their data.
    pub fn all<T: Clase>(&self) -> impl Iterator<Item = (Id, &Record, &T)> {
        self.ids(T::KIND).iter().filter_map(|&id| {
            let record = self.records.get(id)?;
            Some((id, &**record, T::of(&record.datos)?))
        })
    }

    /// The data of a record, when it is of that kind.
    pub fn get<T: Clase>(&self, id: Id) -> Option<&T> {
        T::of(&self.records.get(id)?.datos)
    }

    /// The record that a reference names.
    pub fn find<T: Clase>(&self, name: &Ref<T>) -> Option<Id> {
        self.names.find(T::KIND, &name.0)
    }

    /// The record of a kind that a name means.
    pub fn find_of(&self, kind: Kind, name: &str) -> Option<Id> {
        self.names.find(kind, name)
    }

    /// Records that could not be read.
    pub fn broken(&self) -> &[Broken] {
        &self.broken
    }

    /// Whether some record of a kind could not be read, so that what it says is not known.
    pub fn has_broken(&self, kind: Kind) -> bool {
        self.broken.iter().any(|b| b.kind == kind && !b.is_draft)
    }

    /// Whether a link may lead to a record that could not be read: `name` is a code, a name, or its file.
    pub fn may_be_broken(&self, name: &str) -> bool {
        self.broken.iter().any(|b| !b.is_draft && b.may_be(name))
    }

    /// The record that `[[…]]` names: by code in any kind, else by any unambiguous name.
    pub fn find_any(&self, name: &str) -> Option<Id> {
        self.names.find_any(name)
    }

    /// Codes of the records that `[[…]]` could mean.
    pub fn ambiguous_any(&self, name: &str) -> Vec<String> {
        self.names.ambiguous_any(name)
    }

    /// Whether a name is that of a draft.
    pub fn is_draft(&self, name: &str) -> bool {
        self.draft_names.find_any(name).is_some() || self.broken.iter().any(|b| b.is_draft && b.may_be(name))
    }

    /// Where an image is published; `path` is its source file, from the site's folder.
    pub fn image_url(&self, path: &str) -> Option<String> {
        let inside = path.strip_prefix("content/")?;
        self.images.iter().any(|i| i == inside).then(|| address::image(inside))
    }

    /// The name nearest to one that was not found, in any kind.
    pub fn closest_any(&self, name: &str) -> Option<&str> {
        closest(name, names::written(&self.records, &self.titles).map(|(_, name)| name))
    }

    /// The site's own entity.
    pub fn own_entity(&self) -> Option<(Id, &Entidad)> {
        let id = self.own?;
        Some((id, self.get::<Entidad>(id)?))
    }

    /// The entity a record belongs to, when it is not the site's own: such records are «referencias».
    pub fn foreign_entity(&self, record: &Record) -> Option<Id> {
        let entity = self.find(record.comun.entidad.as_ref()?)?;
        (Some(entity) != self.own).then_some(entity)
    }

    /// Whether a record is the site's own: only those count in maps, boards, sequences and checks.
    pub fn is_own(&self, record: &Record) -> bool {
        // One that names an entity that cannot be read is not ours either.
        record.comun.entidad.as_ref().is_none_or(|entidad| self.find(entidad) == self.own)
    }

    /// Records of a kind that refer to this one.
    pub fn users<T: Clase>(&self, id: Id) -> impl Iterator<Item = (Id, &Record, &T)> {
        self.uses.get(id).into_iter().flatten().filter_map(|&user| {
            let record = self.records.get(user)?;
            Some((user, &**record, T::of(&record.datos)?))
        })
    }

    /// Address of a record.
    pub fn url(&self, id: Id) -> &str {
        self.urls.get(id).map_or("", |url| url)
    }

    /// Date of what a record tells, if it is known: the day it was edited is none. Of a kind that tells of no day, when it was published or
    /// changed.
    pub fn date(&self, id: Id) -> Option<Fecha> {
        let record = self.records.get(id)?;
        match &record.datos {
            Datos::Acta(a) => Some(a.fecha),
            Datos::Documento(d) => d.fecha_aprobacion.consta().copied(),
            Datos::BuenaPractica(p) => p.hasta.consta().copied(),
            Datos::Norma(n) => n.fecha.consta().copied(),
            Datos::Fuente(f) => f.fecha.consta().copied(),
            Datos::Retirado(r) => Some(r.fecha),
            _ => newest_date(record),
        }
    }

    /// The year of that date, which may be known where the day is not.
    pub fn year(&self, id: Id) -> Option<i16> {
        let known = match &self.records.get(id)?.datos {
            Datos::Norma(n) => i16::try_from(n.anio).ok(),
            Datos::Fuente(f) => f.anio.consta().and_then(|anio| i16::try_from(*anio).ok()),
            _ => None,
        };
        self.date(id).map(|date| date.0.year()).or(known)
    }

    /// Where it stands among others by date: of a year without a day, at its beginning.
    pub fn place_in_time(&self, id: Id) -> Option<Fecha> {
        self.date(id).or_else(|| jiff::civil::Date::new(self.year(id)?, 1, 1).ok().map(Fecha))
    }

    /// When it last changed for who reads the site: the day it was published or updated, else its date.
    pub fn changed(&self, id: Id) -> Option<Fecha> {
        newest_date(self.records.get(id)?).or_else(|| self.date(id))
    }

    /// Title of a record.
    pub fn title(&self, id: Id) -> &str {
        self.titles.get(id).map_or("", String::as_str)
    }
}

fn newest_date(record: &Record) -> Option<Fecha> {
    record.comun.publicado.max(record.comun.actualizado)
}

/// Two images that would be published under one name.
fn same_images(images: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for image in images {
        if let Some(other) = taken.insert(address::image(image), image) {
            let message = format!("la imagen se publicaría con el mismo nombre que content/{other}");
            let help = "cámbiele el nombre a una de las dos: no cuentan tildes, mayúsculas ni signos";
            diagnostics.push(Diagnostic::error(
                "imagen-repetida",
                &format!("content/{image}"),
                Span::File,
                message,
                help,
            ));
        }
    }
}

/// Whether a reference may name a record that could not be read: its problem is told there.
fn is_broken(broken: &[Broken], use_: &RefUse) -> bool {
    broken.iter().any(|b| b.kind == use_.kind && !b.is_draft && b.may_be(&use_.text))
}

/// The one rule of references, for all kinds.
fn dangling(
    names: &Names,
    (records, titles): (&[Arc<Record>], &[String]),
    drafts: &Names,
    broken: &[Broken],
    file: &str,
    use_: &RefUse,
) -> Diagnostic {
    let (kind, command) = (use_.kind.label(), use_.kind.name());
    let span = use_.span();
    let text = &use_.text;
    if let Some(codes) = names.ambiguous(use_.kind, text) {
        return Diagnostic::error(
            "referencia-ambigua",
            file,
            span,
            format!("«{text}» nombra a más de un registro de tipo {kind}"),
            format!("escriba el código de uno: {}", codes.join(", ")),
        );
    }
    let is_draft = |b: &Broken| b.kind == use_.kind && b.is_draft && b.may_be(text);
    if drafts.find(use_.kind, text).is_some() || broken.iter().any(is_draft) {
        return Diagnostic::error(
            "referencia-a-borrador",
            file,
            span,
            format!("«{text}» es un borrador y no se publica"),
            "quite el estado de borrador de ese registro, o quite esta referencia",
        );
    }
    let retired = names.find(Kind::Retirado, text).and_then(|id| records.get(id));
    if let Some(Datos::Retirado(retired)) = retired.map(|record| &record.datos) {
        let help = match &retired.en_su_lugar {
            Some(other) => format!("cite lo que está en su lugar, «{other}», o quite esta referencia"),
            None => {
                "quite esta referencia; en el texto puede nombrarlo con [[código]], que lleva a lo que se dice de él"
                    .to_owned()
            }
        };
        return Diagnostic::error(
            "referencia-rota",
            file,
            span,
            format!("«{text}» se retiró y ya no se publica"),
            help,
        );
    }
    let mut known =
        names::written(records, titles).filter(|(kind, _)| *kind == use_.kind).map(|(_, name)| name).peekable();
    let has_none = known.peek().is_none();
    let help = match closest(text, known) {
        Some(near) => format!("¿quiso decir «{near}»?"),
        None if has_none => {
            format!("todavía no hay ningún registro de tipo {kind}: créelo con «micrositio new {command}»")
        }
        None => format!("cree ese registro con «micrositio new {command}», o corrija el nombre"),
    };
    Diagnostic::error(
        "referencia-rota",
        file,
        span,
        format!("no hay ningún registro de tipo {kind} que se llame «{text}»"),
        help,
    )
}
