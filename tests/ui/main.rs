//! What does not compile, and what the compiler then says: each file states one promise.
//!
//! Each file is compiled by rustc against the libraries that `cargo test` has built already, as a test of its own:
//! `cargo test -p dkmio-tests --test ui -- a_word_of_its_path` runs some. The expected output belongs to the rustc of this
//! repository. Where it changes, write it anew with `DKMIO_UPDATE_GOLDEN=1 cargo test -p dkmio-tests --test ui`, and read it.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod compiler;
mod files;
mod golden;
mod normal;
mod promises;

use self::compiler::Compiler;
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;
use std::sync::{Arc, OnceLock};

fn main() {
    let arguments = Arguments::from_args();
    let compiler = Arc::new(OnceLock::new());
    let mut trials = promises::trials();
    for file in files::sources("ui/refused") {
        trials.push(trial(file, &compiler, golden::is_refused_as_expected));
    }
    for file in files::sources("ui/accepted") {
        trials.push(trial(file, &compiler, |compiler, file| {
            compiler.run(file).map_err(Failed::from)
        }));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// Makes a test of a file. The first one that runs looks for the libraries.
fn trial(
    file: std::path::PathBuf,
    compiler: &Arc<OnceLock<Compiler>>,
    check: fn(&Compiler, &Path) -> Result<(), Failed>,
) -> Trial {
    let compiler = Arc::clone(compiler);
    Trial::test(file.display().to_string(), move || {
        check(compiler.get_or_init(Compiler::find), &file)
    })
}
