//! Compresses the files of the pages, which `src/web/site_files.rs` embeds into the program.
#![allow(clippy::print_stdout, reason = "cargo reads it")]

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};
use walkdir::WalkDir;

/// The folders, each with the ending of the files that are embedded.
const FOLDERS: [(&str, &str); 3] = [("templates", ".html.tera"), ("static", ""), ("locales", ".ftl")];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let target = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?).join("site");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    for (folder, ending) in FOLDERS {
        // Cargo watches every file below it.
        println!("cargo:rerun-if-changed={folder}");
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy();
            // Editors and file managers keep files of their own under such names.
            if entry.file_type().is_file() && name.ends_with(ending) && !name.starts_with('.') {
                compress(entry.path(), &target.join(entry.path()))?;
            }
        }
    }
    Ok(())
}

fn compress(source: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(target.parent().ok_or("a file without a folder")?)?;
    let mut encoder = DeflateEncoder::new(fs::File::create(target)?, Compression::best());
    encoder.write_all(&fs::read(source)?)?;
    encoder.finish()?;
    Ok(())
}
