//! Changes without a pattern for tests that try many, the same at each run.

/// Numbers without a pattern, the same for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    /// `seed` is not nought.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `below`; nought where that is nought.
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// How many changes to try: as many as `$IRENIC_MUTATIONS` says.
pub(crate) fn rounds(by_default: u64) -> u64 {
    std::env::var("IRENIC_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(by_default)
}
