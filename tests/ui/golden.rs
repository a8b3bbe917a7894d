//! The recorded output beside a file that does not compile.

use super::compiler::Compiler;
use super::files::read;
use super::normal::normal;
use libtest_mimic::Failed;
use std::fs;
use std::path::Path;

/// Checks that a file does not compile, and that the compiler says what was recorded.
pub(crate) fn is_refused_as_expected(compiler: &Compiler, file: &Path) -> Result<(), Failed> {
    let Some(said) = compiler.refuses(file) else {
        return Err("it compiles".into());
    };
    let said = normal(&said, file, &compiler.workspace);
    let recorded = file.with_extension("stderr");
    if std::env::var_os("DKMIO_UPDATE_GOLDEN").is_some() {
        fs::write(&recorded, said).expect("an expected output is writable");
        return Ok(());
    }
    if !recorded.exists() {
        return Err(format!("it has no expected output; the compiler says:\n{said}").into());
    }
    let expected = read(&recorded);
    if said == expected {
        return Ok(());
    }
    Err(format!("expected:\n{expected}\nthe compiler says:\n{said}").into())
}
