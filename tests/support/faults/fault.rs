/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: the engine answers.
    None,
    /// 400 `ThrottlingException`, with reasons.
    Throttle,
    /// 400 `ProvisionedThroughputExceededException` for a hot key, with reasons.
    HotKey,
    /// 500 `InternalServerError`.
    InternalServerError,
    /// 503 of a load balancer, in HTML.
    Unavailable,
    /// An error of this status and code, and nothing done.
    Code(u16, &'static str),
    /// A transaction on the same item is under way; in a transaction it is the first member's.
    Conflict,
    /// A transaction is canceled, with these codes of reasons for its first members.
    Canceled(&'static [&'static str]),
    /// No connection.
    Refused,
    /// The request is not answered, and nothing is done.
    Timeout,
    /// The engine does it, and the connection breaks before the answer.
    LostAnswer,
    /// The engine does it, and no answer comes.
    LateAnswer,
    /// The engine does it, and the connection breaks within the answer.
    CutAnswer,
    /// The engine does it, and the answer is not JSON.
    MalformedJson,
    /// The engine does it, and half of the answer's JSON arrives.
    TruncatedJson,
    /// A batch is done in part; on other operations nothing goes wrong.
    Unprocessed(Share),
    /// The same, and what is handed back are entries with keys that were not sent.
    Disguised(Share),
}

/// How much of a batch is left unprocessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Everything.
    All,
    /// Every second entry, the first included.
    Half,
    /// All but the first so many entries.
    AllBut(usize),
    /// A part at random, by this seed.
    Random(u64),
}

impl Fault {
    /// Returns whether the engine does what is asked although this fault happens.
    pub fn is_done(self) -> bool {
        matches!(
            self,
            Self::None
                | Self::LostAnswer
                | Self::LateAnswer
                | Self::CutAnswer
                | Self::MalformedJson
                | Self::TruncatedJson
        )
    }

    /// Draws a fault that an operation can meet.
    pub(super) fn random(operation: &str, rng: &mut fastrand::Rng) -> Self {
        const ANY: [Fault; 9] = [
            Fault::Throttle,
            Fault::HotKey,
            Fault::InternalServerError,
            Fault::Unavailable,
            Fault::Refused,
            Fault::Timeout,
            Fault::LostAnswer,
            Fault::CutAnswer,
            Fault::TruncatedJson,
        ];
        let batch = operation.starts_with("Batch");
        if batch && rng.bool() {
            return Self::Unprocessed(match rng.u8(..4) {
                0 => Share::All,
                1 => Share::Half,
                _ => Share::Random(rng.u64(..)),
            });
        }
        ANY[rng.usize(..ANY.len())]
    }
}

impl Share {
    /// Returns whether each of `count` entries is left unprocessed.
    pub(super) fn left(self, count: usize) -> Vec<bool> {
        let mut rng = fastrand::Rng::new();
        if let Self::Random(seed) = self {
            rng.seed(seed);
        }
        (0..count)
            .map(|at| match self {
                Self::All => true,
                Self::Half => at % 2 == 0,
                Self::AllBut(done) => at >= done,
                Self::Random(_) => rng.bool(),
            })
            .collect()
    }
}
