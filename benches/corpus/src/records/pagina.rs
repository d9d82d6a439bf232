//! Free pages.

use super::Draft;

pub(super) fn write(draft: &mut Draft<'_>) -> String {
    let titulo = draft.prose.title();
    let resumen = draft.prose.one();
    draft.front.text("titulo", &titulo).text("resumen", resumen).raw("orden", draft.place.ordinal + 1);
    titulo
}
