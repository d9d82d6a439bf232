//! A spreadsheet of one plain table (Office Open XML, ISO/IEC 29500), the same bytes on every machine. Written here because the
//! usual crate brings a compressor whose output depends on the processor.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipWriter};

use super::readme::escape;
use crate::publish::manifest::About;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Longest text that a cell may hold.
const MAX_CELL: usize = 32_767;

/// A sheet with a heading that stays in sight; the column `number` holds numbers, the others text.
pub(super) fn write<'a>(
    name: &str,
    columns: &[&str],
    number: usize,
    rows: impl Iterator<Item = Vec<&'a str>>,
    about: &About,
) -> Result<Vec<u8>, String> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .unix_permissions(0o644)
        .system(System::Unix);
    let failed = |e: zip::result::ZipError| format!("no se pudo armar la hoja de cálculo: {e}");
    for (path, text) in fixed(name, about) {
        zip.start_file(path, options).map_err(failed)?;
        zip.write_all(text.as_bytes()).map_err(|e| failed(e.into()))?;
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).map_err(failed)?;
    let mut put = |text: &str| zip.write_all(text.as_bytes()).map_err(|e| failed(e.into()));
    put(&format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
        activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>"
    ))?;
    put(&row(1, columns, usize::MAX))?;
    let mut last = 1;
    for cells in rows {
        last += 1;
        put(&row(last, &cells, number))?;
    }
    put(&format!(
        "</sheetData><autoFilter ref=\"A1:{}{last}\"/></worksheet>",
        letter(columns.len().saturating_sub(1))
    ))?;
    Ok(zip.finish().map_err(failed)?.into_inner())
}

fn row(at: usize, cells: &[&str], number: usize) -> String {
    let style = if at == 1 { " s=\"1\"" } else { "" };
    let mut out = format!("<row r=\"{at}\">");
    for (i, cell) in cells.iter().enumerate() {
        let place = format!("{}{at}", letter(i));
        if i == number && cell.parse::<u64>().is_ok() {
            out.push_str(&format!("<c r=\"{place}\"><v>{cell}</v></c>"));
        } else {
            let text: String = cell.chars().filter(|c| is_xml(*c)).take(MAX_CELL).collect();
            let text = escape(&text);
            out.push_str(&format!(
                "<c r=\"{place}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            ));
        }
    }
    out.push_str("</row>");
    out
}

/// Name of a column; an inventory has no more than 26.
fn letter(column: usize) -> char {
    u8::try_from(column).ok().filter(|c| *c < 26).map_or('Z', |c| char::from(b'A' + c))
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// The parts that do not depend on the table.
fn fixed(name: &str, about: &About) -> [(&'static str, String); 6] {
    let created = about.corte.as_deref().unwrap_or("1980-01-01");
    let relation =
        |id: &str, kind: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    let relations =
        |inside: String| format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{inside}</Relationships>");
    let part = |path: &str, kind: &str| format!("<Override PartName=\"/{path}\" ContentType=\"{kind}+xml\"/>");
    let parts = [
        part("xl/workbook.xml", &format!("{TYPES}.sheet.main")),
        part("xl/worksheets/sheet1.xml", &format!("{TYPES}.worksheet")),
        part("xl/styles.xml", &format!("{TYPES}.styles")),
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties"),
    ];
    [
        (
            "[Content_Types].xml",
            format!(
                "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
                ContentType=\"application/xml\"/>{}</Types>",
                parts.concat()
            ),
        ),
        (
            "_rels/.rels",
            relations(
                relation("rId1", &format!("{OFFICE}/officeDocument"), "xl/workbook.xml")
                    + &relation(
                        "rId2",
                        &format!("{PACKAGE}/relationships/metadata/core-properties"),
                        "docProps/core.xml",
                    ),
            ),
        ),
        (
            "docProps/core.xml",
            format!(
                "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
                xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
                <dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
                <dcterms:created xsi:type=\"dcterms:W3CDTF\">{created}T00:00:00Z</dcterms:created></cp:coreProperties>",
                escape(&about.titulo),
                escape(&about.entidad)
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/>\
                </sheets></workbook>",
                escape(name)
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(
                relation("rId1", &format!("{OFFICE}/worksheet"), "worksheets/sheet1.xml")
                    + &relation("rId2", &format!("{OFFICE}/styles"), "styles.xml"),
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "{HEAD}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/>\
                <sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
                <fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/>\
                <diagonal/></border></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf xfId=\"0\"/>\
                <xf fontId=\"1\" applyFont=\"1\" xfId=\"0\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
            ),
        ),
    ]
}
