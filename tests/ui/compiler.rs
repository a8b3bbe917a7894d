//! rustc, with the libraries of this package that cargo has built.

use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of this package, as seen from the workspace.
const PACKAGE: &str = "tests";

pub(crate) struct Compiler {
    /// `--extern` of each library that a test of this package can name.
    externs: Vec<String>,
    /// Where the libraries of those libraries are.
    dependencies: PathBuf,
    /// Where the programs go.
    programs: PathBuf,
    /// The root of the workspace.
    pub(crate) workspace: PathBuf,
}

impl Compiler {
    /// Asks cargo for the libraries of this test. They are built already, unless cargo was told to build otherwise.
    pub(crate) fn find() -> Self {
        let names = dependency_names();
        let mut externs = Vec::new();
        let mut dependencies = PathBuf::new();
        let built = cargo(&[
            "test",
            "--no-run",
            "--package=dkmio-tests",
            "--test=ui",
            "--message-format=json",
        ]);
        for artifact in built.lines().filter_map(json) {
            let library = artifact["filenames"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .find(|file| file.ends_with(".rlib") || is_proc_macro(file));
            let package = artifact["package_id"].as_str().unwrap_or_default();
            if let (Some(library), Some(name)) = (library, names.get(package)) {
                externs.push(format!("{name}={library}"));
                dependencies = Path::new(library)
                    .parent()
                    .map(Path::to_owned)
                    .unwrap_or_default();
            }
        }
        assert!(
            externs.iter().any(|library| library.starts_with("dkmio=")),
            "cargo named no library of dkmio"
        );
        let programs = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
        std::fs::create_dir_all(&programs).expect("the target folder is writable");
        Self {
            externs,
            dependencies,
            programs,
            workspace: Path::new(env!("CARGO_MANIFEST_DIR"))
                .parent()
                .map(Path::to_owned)
                .unwrap_or_default(),
        }
    }

    /// Returns what rustc says of a file that it refuses; `None` if it compiles.
    ///
    /// What `cargo check` takes is compiled in full: the constants of generic code are known only then.
    pub(crate) fn refuses(&self, file: &Path) -> Option<String> {
        let mut output = self.compile(file, &["--emit=metadata"]);
        if output.status.success() {
            output = self.compile(file, &["--emit=obj", "-Cdebuginfo=0"]);
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (!output.status.success()).then_some(said)
    }

    /// Compiles a program and runs it.
    pub(crate) fn run(&self, file: &Path) -> Result<(), String> {
        let output = self.compile(file, &["--emit=link", "-Cdebuginfo=0"]);
        succeeded("it does not compile", &output)?;
        let program = self.programs.join(file.file_stem().unwrap_or_default());
        let output = Command::new(&program)
            .output()
            .expect("a program that was built can be run");
        std::fs::remove_file(&program).expect("a program that has ended can be removed");
        succeeded("it does not run", &output)
    }

    fn compile(&self, file: &Path, how: &[&str]) -> Output {
        let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        rustc.args([
            "--edition=2024",
            "--crate-type=bin",
            "--color=never",
            // Long types whole, not in a file that is named at random.
            "--verbose",
            "-Adead_code",
        ]);
        for library in &self.externs {
            rustc.args(["--extern", library]);
        }
        let dependencies = format!("dependency={}", self.dependencies.display());
        rustc.args(["-L", &dependencies, "--out-dir"]);
        rustc.arg(&self.programs).args(how);
        // As cargo does, so that rustc finds the lines of the workspace's other files.
        rustc.current_dir(&self.workspace);
        rustc.arg(Path::new(PACKAGE).join(file));
        rustc.output().expect("rustc can be run")
    }
}

fn succeeded(otherwise: &str, output: &Output) -> Result<(), String> {
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{otherwise}:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    ))
}

/// Returns the names that this package's dependencies, and its own library, have in its code, by their package.
fn dependency_names() -> HashMap<String, String> {
    let text = cargo(&["metadata", "--format-version=1"]);
    let metadata = json(&text).expect("cargo describes the workspace in JSON");
    let nodes = metadata["resolve"]["nodes"].as_array();
    let is_ours = |id: &str| id.contains("#dkmio-tests@");
    let node = nodes
        .into_iter()
        .flatten()
        .find(|node| node["id"].as_str().is_some_and(is_ours))
        .expect("cargo knows this package");
    let dependencies = node["deps"].as_array().into_iter().flatten();
    let mut names: HashMap<String, String> = dependencies
        .filter_map(|d| {
            Some((
                d["pkg"].as_str()?.to_owned(),
                d["name"].as_str()?.to_owned(),
            ))
        })
        .collect();
    let ours = node["id"].as_str().unwrap_or_default();
    names.insert(ours.to_owned(), "dkmio_tests".to_owned());
    names
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .stderr(std::process::Stdio::inherit())
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "cargo failed: {arguments:?}");
    String::from_utf8(output.stdout).expect("cargo writes text")
}

fn json(line: &str) -> Option<Value> {
    serde_json::from_str(line).ok()
}

fn is_proc_macro(file: &str) -> bool {
    [".so", ".dylib", ".dll"]
        .iter()
        .any(|ending| file.ends_with(ending))
}
