//! What the system said no to, told in Spanish and with what can be done.

use std::borrow::Cow;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// What was being done, where, and why it could not be: «no se pudo leer x.md: usted no tiene permiso».
pub fn told(doing: &str, path: &Path, error: &Error) -> String {
    format!("no se pudo {doing} {}: {}", path.display(), why(error))
}

/// Why; the system's own words where it says something that we have no words for.
pub fn why(error: &Error) -> Cow<'static, str> {
    Cow::Borrowed(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "no queda espacio en el disco",
        ErrorKind::ReadOnlyFilesystem => "el disco es de solo lectura",
        ErrorKind::PermissionDenied => "usted no tiene permiso",
        ErrorKind::NotFound => "no existe",
        ErrorKind::AlreadyExists => "ya existe",
        ErrorKind::NotADirectory => "en esa ruta hay un archivo donde debería haber una carpeta",
        ErrorKind::IsADirectory => "es una carpeta y no un archivo",
        ErrorKind::DirectoryNotEmpty => "la carpeta no está vacía",
        ErrorKind::InvalidFilename => "el nombre es demasiado largo o tiene signos que el sistema no acepta",
        ErrorKind::FileTooLarge => "el archivo es demasiado grande para ese disco",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "otro programa lo está usando: ciérrelo",
        ErrorKind::AddrInUse => "otro programa ya lo usa",
        ErrorKind::AddrNotAvailable => "esa dirección no es de esta máquina",
        ErrorKind::InvalidData => "no está en UTF-8",
        _ => return Cow::Owned(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)] // each system refuses these in its own way
    fn what_the_system_refuses_is_told_in_spanish() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("uno.md");
        std::fs::write(&file, [0xff]).expect("a file");
        let told = |error: Error| why(&error).into_owned();
        let refused = [
            (std::fs::read(folder.path().join("otro.md")).map(drop), "no existe"),
            (
                std::fs::read(file.join("dentro")).map(drop),
                "en esa ruta hay un archivo donde debería haber una carpeta",
            ),
            (std::fs::read(folder.path()).map(drop), "es una carpeta y no un archivo"),
            (std::fs::remove_dir(folder.path()), "la carpeta no está vacía"),
            (std::fs::read_to_string(&file).map(drop), "no está en UTF-8"),
            (std::fs::create_dir(folder.path()), "ya existe"),
        ];
        for (done, expected) in refused {
            assert_eq!(told(done.expect_err("refused")), expected);
        }
    }
}
