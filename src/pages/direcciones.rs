//! What needs the public address: the site map for machines, robots.txt and the feed of what is new. Without one there is none.

use super::mapa_del_sitio::NOT_FOUND;
use super::{Plan, lista};
use crate::catalog::Catalog;

/// Path of the feed (Atom, RFC 4287).
pub const FEED: &str = "novedades.xml";

/// How many records the feed holds.
const NEWS: usize = 40;

/// The files, when the public address is known.
pub fn files(catalog: &Catalog, plans: &[Plan]) -> Vec<(&'static str, String)> {
    let Some(base) = &catalog.config.base_url else { return Vec::new() };
    let base = escape(base.trim_end_matches('/'));
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n");
    vec![("sitemap.xml", sitemap(&base, plans)), ("robots.txt", robots), (FEED, feed(catalog, &base))]
}

fn sitemap(base: &str, plans: &[Plan]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for plan in plans.iter().filter(|p| *p.path != *NOT_FOUND) {
        xml.push_str(&format!("<url><loc>{base}/{}</loc></url>\n", plan.path));
    }
    xml.push_str("</urlset>\n");
    xml
}

/// The entity's own records that have a page, the last changed first; none is of a day after the cut-off date. Times are midnight of Colombia: a record has a day, not an hour.
fn feed(catalog: &Catalog, base: &str) -> String {
    let own = catalog.records.iter().enumerate().filter(|(_, record)| catalog.is_own(record));
    let day = |id| catalog.changed(id).map(|date| catalog.corte.map_or(date, |corte| date.min(corte)));
    let dated = own.filter(|(id, _)| !catalog.url(*id).contains('#')).filter_map(|(id, _)| Some((day(id)?, id)));
    let rows = lista::newest_first(catalog, dated);
    let time = |id| day(id).map_or(String::new(), |date| format!("{}T00:00:00-05:00", date.0));
    let newest = rows.first().map_or("1970-01-01T00:00:00-05:00".to_owned(), |(id, _)| time(*id));
    let author = catalog.own_entity().map_or("", |(id, _)| catalog.title(id));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"es\">\n<id>{base}/{FEED}</id>\n\
         <title>{}</title>\n<updated>{newest}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" href=\"{base}/{FEED}\"/>\n<link href=\"{base}/index.html\"/>\n",
        escape(&catalog.config.titulo),
        escape(author),
    );
    for (id, _) in rows.into_iter().take(NEWS) {
        let url = catalog.url(id);
        xml.push_str(&format!(
            "<entry><id>{base}/{url}</id><title>{}</title><updated>{}</updated><link href=\"{base}/{url}\"/></entry>\n",
            escape(catalog.title(id)),
            time(id),
        ));
    }
    xml.push_str("</feed>\n");
    xml
}

/// Text for XML: without the characters that XML 1.0 cannot hold.
fn escape(text: &str) -> String {
    let clean = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n'));
    clean.collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
