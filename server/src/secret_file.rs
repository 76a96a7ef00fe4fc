//! The file with the master key. It stands beside an SQLite database, or wherever the operator put it.

use crate::config::Config;
use service::{Database, Error, MasterKey, Result, encryption};
use std::{
    fs,
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Read and write for the owner, nothing for others.
const OWNER: u32 = 0o600;

/// Reads the key. With SQLite it is made at the first start.
///
/// # Errors
/// [`Error::Setup`], which names the setting: for a file that is missing though the database was encrypted with its key,
/// for one that is none, and with PostgreSQL when none is named, since all replicas need the same.
pub async fn read_or_create(config: &Config, database: &Database) -> Result<MasterKey> {
    let fault = |text: String| Error::Setup(format!("TENANTRY_SECRET_FILE (--secret-file): {text}"));
    let path = config.secret_file.clone().map(PathBuf::from).or_else(|| beside(&config.database_url));
    let Some(path) = path else {
        let command = "head -c 32 /dev/urandom | base64 > tenantry.secret && chmod 600 tenantry.secret";
        return Err(fault(format!(
            "PostgreSQL needs a file with a key that is the same for all replicas. Make one with: {command}"
        )));
    };
    match fs::read_to_string(&path) {
        Ok(text) => {
            warn_if_shared(&path);
            let wrong = || fault(format!("{} is not 32 bytes in Base64", path.display()));
            MasterKey::from_base64(&text).ok_or_else(wrong)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if encryption::is_set_up(database).await? {
                let text = "is missing, and the database is encrypted with its key. Restore it from the same backup";
                return Err(fault(format!("{} {text}", path.display())));
            }
            if beside(&config.database_url).is_none() {
                return Err(fault(format!("{} is missing", path.display())));
            }
            let key = MasterKey::generate()?;
            write(&path, &key).map_err(|error| fault(format!("cannot write {}: {error}", path.display())))?;
            tracing::info!("made {}: back it up together with the database", path.display());
            Ok(key)
        }
        Err(error) => Err(fault(format!("cannot read {}: {error}", path.display()))),
    }
}

/// Next to an SQLite database; PostgreSQL is on no disk of ours.
fn beside(database_url: &str) -> Option<PathBuf> {
    let path = database_url.strip_prefix("sqlite://")?;
    Some(format!("{}.secret", path.split('?').next().unwrap_or(path)).into())
}

/// Whole or not at all: half a key must not be found after a power cut.
fn write(path: &Path, key: &MasterKey) -> io::Result<()> {
    let draft = path.with_extension("draft");
    let mut file = fs::OpenOptions::new().create(true).truncate(true).write(true).mode(OWNER).open(&draft)?;
    file.set_permissions(fs::Permissions::from_mode(OWNER))?;
    writeln!(file, "{}", key.to_base64())?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()
}

fn warn_if_shared(path: &Path) {
    let mode = fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
    if mode & 0o077 != 0 {
        tracing::warn!("{} can be read by others: chmod 600 it", path.display());
    }
}
