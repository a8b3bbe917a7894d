//! What holds for the files themselves.

use super::files::{read, sources, with_extension};
use libtest_mimic::{Failed, Trial};

type Check = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let checks: [(&str, Check); 5] = [
        ("there_are_many_files", there_are_many_files),
        (
            "the_schema_of_every_model_that_compiles_is_tried",
            the_schema_of_every_model_that_compiles_is_tried,
        ),
        (
            "every_expected_output_belongs_to_a_file",
            every_expected_output_belongs_to_a_file,
        ),
        (
            "every_file_states_its_promise",
            every_file_states_its_promise,
        ),
        (
            "no_expected_output_names_a_machine",
            no_expected_output_names_a_machine,
        ),
    ];
    checks
        .map(|(name, check)| Trial::test(name, check))
        .into_iter()
        .collect()
}

fn require(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), Failed> {
    if holds {
        return Ok(());
    }
    Err(otherwise().into())
}

fn there_are_many_files() -> Result<(), Failed> {
    let (refused, accepted) = (sources("ui/refused").len(), sources("ui/accepted").len());
    require(refused >= 180, || {
        format!("only {refused} files are refused")
    })?;
    require(accepted >= 20, || {
        format!("only {accepted} files are accepted")
    })
}

/// What compiles has to be a table that DynamoDB takes: `main` of each file has it created.
fn the_schema_of_every_model_that_compiles_is_tried() -> Result<(), Failed> {
    let mut models = 0;
    for file in sources("ui/accepted") {
        let text = read(&file);
        let declared = models_in(&text);
        // A model that a macro makes has no name there.
        for model in declared.iter().filter(|name| !name.is_empty()) {
            let tried = text.contains(&format!("is_accepted::<{model}>()"))
                || text.contains(&format!("::{model}>();"));
            require(tried, || {
                format!("{} does not try the schema of `{model}`", file.display())
            })?;
        }
        // Of models that are called the same in several modules each has a call of its own.
        let tried = text.matches("is_accepted::<").count();
        require(tried == declared.len(), || {
            format!(
                "{} tries {tried} schemas of {}",
                file.display(),
                declared.len()
            )
        })?;
        models += declared.len();
    }
    require(models >= 15, || format!("only {models} models were found"))
}

/// Returns the structs that derive `DynamoTable`, in the order of the text.
fn models_in(text: &str) -> Vec<&str> {
    text.split("DynamoTable")
        .skip(1)
        .filter_map(|after| {
            let (rest_of_derive, below) = after.split_once(")]")?;
            if rest_of_derive.contains(';') {
                return None;
            }
            let (_, name) = below.split_once("struct ")?;
            name.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
        })
        .collect()
}

/// An output whose file was renamed or dropped would promise what nothing tests.
fn every_expected_output_belongs_to_a_file() -> Result<(), Failed> {
    for file in with_extension("ui", "stderr") {
        require(file.with_extension("rs").exists(), || {
            format!("{} belongs to no file", file.display())
        })?;
    }
    Ok(())
}

fn every_file_states_its_promise() -> Result<(), Failed> {
    for file in sources("ui/refused")
        .into_iter()
        .chain(sources("ui/accepted"))
    {
        let text = read(&file);
        let first = text.lines().next().unwrap_or_default();
        require(first.starts_with("//! ") && first.ends_with('.'), || {
            format!("{} begins without a sentence", file.display())
        })?;
    }
    Ok(())
}

/// The expected output says nothing of the machine it was written on.
fn no_expected_output_names_a_machine() -> Result<(), Failed> {
    for file in with_extension("ui", "stderr") {
        let text = read(&file);
        for path in ["/home/", "/root/", "/tmp/", "/work/", "/Users/", "C:\\"] {
            require(!text.contains(path), || {
                format!("{} names {path}", file.display())
            })?;
        }
    }
    Ok(())
}
