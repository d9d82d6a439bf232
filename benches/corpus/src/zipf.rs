//! Ranks with the frequencies of natural language: a kernel vocabulary that falls as 1/rank, and a long tail that falls
//! faster, as 1/rank³.

use crate::rng::Rng;

/// Flattens the first ranks: the very common words of a language are its function words, which have no rank here.
const OFFSET: u128 = 12;
/// Makes the weights whole numbers: those of the last ranks are still above one.
const SCALE: u128 = 1 << 44;

/// Accumulated weights of the ranks from 0.
pub(crate) struct Zipf(Vec<u64>);

impl Zipf {
    /// For a list of `len` words, the first `kernel` of which are the kernel.
    pub(crate) fn new(len: usize, kernel: usize) -> Zipf {
        let mut total = 0;
        let kernel = kernel as u128 + OFFSET;
        let weights = (0..len as u128).map(|rank| match rank + OFFSET {
            r if r <= kernel => SCALE / r,
            r => SCALE * kernel * kernel / (r * r * r),
        });
        Zipf(
            weights
                .map(|weight| {
                    total += u64::try_from(weight).unwrap_or(0);
                    total
                })
                .collect(),
        )
    }

    /// A rank, as often as it deserves.
    pub(crate) fn rank(&self, rng: &mut Rng) -> usize {
        let x = rng.below(self.0.last().copied().unwrap_or(0));
        self.0.partition_point(|&sum| sum <= x)
    }
}
