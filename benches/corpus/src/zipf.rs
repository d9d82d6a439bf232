//! Ranks with the frequencies of natural language: a kernel vocabulary that falls as 1/rank, and a tail that falls as 1/rank².

use crate::rng::Rng;

/// Flattens the first ranks: the very common words of a language are its function words, which have no rank here.
const OFFSET: u64 = 12;
/// Where the kernel ends and the tail begins.
const KERNEL: u64 = 700;
/// Weight of the first rank.
const SCALE: u64 = 1 << 40;

/// Accumulated weights of the ranks from 0.
pub(crate) struct Zipf(Vec<u64>);

impl Zipf {
    /// For lists of up to `len` items.
    pub(crate) fn new(len: usize) -> Zipf {
        let mut total = 0;
        let weights = (0..len as u64).map(|rank| match rank + OFFSET {
            r if r <= KERNEL => SCALE / r,
            r => SCALE * KERNEL / (r * r),
        });
        Zipf(
            weights
                .map(|weight| {
                    total += weight;
                    total
                })
                .collect(),
        )
    }

    /// A rank below `len`.
    pub(crate) fn rank(&self, rng: &mut Rng, len: usize) -> usize {
        let ranks = self.0.get(..len).unwrap_or(&self.0);
        let x = rng.below(ranks.last().copied().unwrap_or(0));
        ranks.partition_point(|&sum| sum <= x)
    }
}
