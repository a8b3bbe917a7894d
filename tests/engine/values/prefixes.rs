//! `begins_with` on every type that is stored as a string or as binary: the prefix is text, or bytes.

use chrono::{DateTime, NaiveDate, Utc};
use dkmio::{Bytes, DynamoTable, KeyAttribute, KeyKind, Prefix, Sortable};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
struct Path(String);

/// A newtype of a newtype, whose kind is that of what is inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
struct Folder(Path);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
struct Day(NaiveDate);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
struct Digest(Bytes);

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyAttribute)]
#[serde(rename_all = "snake_case")]
enum State {
    OpenNew,
    OpenOld,
    Closed,
}

/// Its form on the wire is a string's, as serde says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
#[serde(into = "String", try_from = "String")]
struct Email {
    user: String,
    host: String,
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        format!("{}@{}", email.user, email.host)
    }
}

impl TryFrom<String> for Email {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (user, host) = text.split_once('@').ok_or("no e-mail address")?;
        Ok(Self {
            user: user.to_owned(),
            host: host.to_owned(),
        })
    }
}

/// The same by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Tag(String);

impl KeyAttribute for Tag {
    const KIND: KeyKind = KeyKind::S;
}
impl Prefix for Tag {}

mod upper {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &str, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&text.to_uppercase())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
        String::deserialize(d).map(|text| text.to_lowercase())
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "files")]
#[gsi(by_day, pk = disk, sk = day)]
#[gsi(by_moment, pk = disk, sk = at)]
#[gsi(by_state, pk = disk, sk = state)]
#[gsi(by_email, pk = disk, sk = email)]
#[gsi(by_tag, pk = disk, sk = tag)]
#[gsi(by_date, pk = disk, sk = date)]
#[gsi(by_digest, pk = disk, sk = digest)]
struct Files {
    #[pk]
    disk: String,
    #[sk]
    folder: Folder,
    path: Path,
    day: Day,
    date: NaiveDate,
    at: Sortable<DateTime<Utc>>,
    state: State,
    email: Email,
    tag: Option<Tag>,
    digest: Digest,
    #[serde(with = "upper")]
    code: String,
}

fn file(folder: &str, state: State, date: &str) -> Files {
    let date: NaiveDate = date.parse().unwrap();
    Files {
        disk: "d".to_owned(),
        folder: Folder(Path(folder.to_owned())),
        path: Path(format!("/{folder}")),
        day: Day(date),
        date,
        at: date.and_hms_opt(12, 0, 0).unwrap().and_utc().into(),
        state,
        email: Email {
            user: folder.to_owned(),
            host: "example.com".to_owned(),
        },
        tag: Some(Tag(folder.to_owned())),
        digest: Digest(Bytes::from(folder.as_bytes().to_vec())),
        code: folder.to_owned(),
    }
}

#[tokio::test]
async fn a_sort_key_of_any_type_stored_as_a_string_has_prefixes() {
    check(async |db| {
        db.create_table::<Files>().await?;
        Files::put(&file("a/1", State::OpenNew, "2025-01-31"))
            .execute(&db)
            .await?;
        Files::put(&file("a/2", State::OpenOld, "2025-02-01"))
            .execute(&db)
            .await?;
        Files::put(&file("b/1", State::Closed, "2026-01-01"))
            .execute(&db)
            .await?;
        let text = "a/".to_owned();
        for query in [
            Files::query("d").sk(|k| k.begins_with("a/")),
            Files::query("d").sk(|k| k.begins_with(&text)),
            Files::query("d").sk(|k| k.begins_with(text.clone())),
            Files::query("d").sk(|k| k.begins_with(Folder(Path("a/".to_owned())))),
        ] {
            assert_eq!(query.count(&db).await?, 2);
        }
        assert_eq!(
            Files::by_day()
                .query("d")
                .sk(|k| k.begins_with("2025-"))
                .count(&db)
                .await?,
            2
        );
        assert_eq!(
            Files::by_date()
                .query("d")
                .sk(|k| k.begins_with("2025-02"))
                .count(&db)
                .await?,
            1
        );
        assert_eq!(
            Files::by_moment()
                .query("d")
                .sk(|k| k.begins_with("2025-01"))
                .count(&db)
                .await?,
            1
        );
        assert_eq!(
            Files::by_state()
                .query("d")
                .sk(|k| k.begins_with("open_"))
                .count(&db)
                .await?,
            2
        );
        assert_eq!(
            Files::by_email()
                .query("d")
                .sk(|k| k.begins_with("a/"))
                .count(&db)
                .await?,
            2
        );
        assert_eq!(
            Files::by_tag()
                .query("d")
                .sk(|k| k.begins_with("b"))
                .count(&db)
                .await?,
            1
        );
        assert_eq!(
            Files::by_digest()
                .query("d")
                .sk(|k| k.begins_with(b"a/"))
                .count(&db)
                .await?,
            2
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_filter_on_any_type_stored_as_a_string_has_prefixes() {
    check(async |db| {
        db.create_table::<Files>().await?;
        let put = file("a/1", State::OpenNew, "2025-01-31");
        Files::put(&put).execute(&db).await?;
        assert_eq!(
            Files::get(("d", put.folder.clone())).execute(&db).await?,
            Some(put)
        );
        let all = Files::scan().filter(|f| {
            f.folder().begins_with("a/")
                & f.path().begins_with("/a")
                & f.day().begins_with("2025-01")
                & f.date().begins_with("2025")
                & f.at().begins_with("2025-01-31T12")
                & f.state().begins_with("open")
                & f.email().begins_with("a/1@")
                & f.tag().begins_with("a")
                & f.digest().begins_with(b"a")
                & f.code().begins_with("A/")
                & f.path().not_begins_with("a")
                & f.email().begins_with(f.tag())
        });
        assert_eq!(all.count(&db).await?, 1);
        Ok(())
    })
    .await;
}
