//! Adaptive binary range coder: small numbers and strings cost close to what they tell.
//!
//! Why not leave it to gzip: a posting is a handful of skewed numbers, and six packed bits a character lose nothing
//! when the host compresses the file, and little when it does not.

const PROB_BITS: u32 = 15;
const TOP: u32 = 1 << 24;
/// Bits written as they are at once: the range has at least 24.
const MOST_RAW: u32 = 16;
/// A model learns fast at first and settles: the divisor grows with what was seen, up to this.
const SETTLED: u8 = 126;
/// Slots that one number context takes: 32 for the length, 32 · 4 for the two bits after the leading one.
pub(crate) const NUM: usize = 160;
/// Slots that the string context takes: a tree of 256 for each previous byte.
pub(crate) const STR: usize = 256 * 256;

/// Where the contexts of strings begin in an encoder that has none.
pub(crate) const NO_TEXT: usize = usize::MAX - STR;

/// Probability of a zero bit, and how often its context was seen.
#[derive(Clone, Copy)]
struct Slot {
    p: u16,
    seen: u8,
}

impl Slot {
    const NEW: Slot = Slot { p: 1 << (PROB_BITS - 1), seen: 0 };

    #[inline]
    fn learn(&mut self, bit: bool) {
        // A division takes longer than all else here. By the table it is exact: what moves is below 2^15.
        let reciprocal = RECIPROCALS.get(usize::from(self.seen)).copied().unwrap_or_default();
        // No branch: which bit comes is what cannot be foreseen.
        let ones = u16::from(bit).wrapping_neg();
        let room = ((self.p - FLOOR) & ones) | (((1 << PROB_BITS) - FLOOR - self.p) & !ones);
        let part = ((u64::from(room) * reciprocal) >> RECIPROCAL_BITS) as u16;
        self.p = self.p.wrapping_add((part ^ ones).wrapping_sub(ones));
        self.seen = (self.seen + 1).min(SETTLED);
    }
}

/// A probability comes no closer to certainty than this.
const FLOOR: u16 = 32;
const RECIPROCAL_BITS: u32 = 24;
/// 2^24 divided by seen + 2, rounded up.
const RECIPROCALS: [u64; 256] = {
    let mut all = [0; 256];
    let mut seen = 0;
    while seen < all.len() {
        #[allow(clippy::indexing_slicing)] // when compiled
        {
            all[seen] = (1u64 << RECIPROCAL_BITS).div_ceil(seen as u64 + 2);
        }
        seen += 1;
    }
    all
};

/// Writes bits, numbers and strings against contexts that learn.
pub(crate) struct Encoder {
    model: Vec<Slot>,
    /// Where the contexts of strings begin, if there are any.
    text: usize,
    /// Those of them that were used since the coder was new: to make all anew takes longer than a short shard does.
    used: [bool; 256],
    low: u64,
    range: u32,
    cache: u8,
    pending: u64,
    out: Vec<u8>,
}

impl Encoder {
    /// An encoder with that many context slots, of which those of strings, if there are any, begin at `text`.
    pub(crate) fn new(slots: usize, text: usize) -> Self {
        let model = vec![Slot::NEW; slots];
        Self { model, text, used: [false; 256], low: 0, range: u32::MAX, cache: 0, pending: 1, out: Vec::new() }
    }

    #[cold]
    fn shift(&mut self) {
        if self.low < 0xff00_0000 || self.low > u64::from(u32::MAX) {
            let carry = (self.low >> 32) as u8;
            let mut byte = self.cache;
            while self.pending > 0 {
                self.out.push(byte.wrapping_add(carry));
                byte = 0xff;
                self.pending -= 1;
            }
            self.cache = (self.low >> 24) as u8;
        }
        self.pending += 1;
        self.low = (self.low & 0x00ff_ffff) << 8;
    }

    #[inline]
    fn split(&mut self, bound: u32, bit: bool) {
        let ones = u32::from(bit).wrapping_neg();
        self.low += u64::from(bound & ones);
        self.range = (bound & !ones) | ((self.range - bound) & ones);
        self.fill();
    }

    #[inline]
    fn fill(&mut self) {
        while self.range < TOP {
            self.range <<= 8;
            self.shift();
        }
    }

    /// One bit in a context.
    #[inline]
    pub(crate) fn bit(&mut self, slot: usize, bit: bool) {
        // There is no slot but those asked for.
        let Some(slot) = self.model.get_mut(slot) else { return };
        let bound = (self.range >> PROB_BITS) * u32::from(slot.p);
        slot.learn(bit);
        self.split(bound, bit);
    }

    /// `bits` low bits of `value` as they are: all at once, but what the range has no room for.
    pub(crate) fn raw(&mut self, value: u64, bits: u32) {
        if bits > MOST_RAW {
            self.raw(value >> MOST_RAW, bits - MOST_RAW);
            return self.raw(value, MOST_RAW);
        }
        self.range >>= bits;
        self.low += u64::from(self.range) * (value & ((1 << bits) - 1));
        self.fill();
    }

    /// A symbol of `bits` bits, each bit in the context of those before it.
    pub(crate) fn tree(&mut self, base: usize, bits: u32, value: u32) {
        let mut node = 1usize;
        for i in (0..bits).rev() {
            let bit = value >> i & 1 == 1;
            self.bit(base + node, bit);
            node = node * 2 + usize::from(bit);
        }
    }

    /// A number below 2³¹: its length in unary, two bits learned, the rest as they are.
    pub(crate) fn num(&mut self, base: usize, value: u32) {
        let v = u64::from(value) + 1;
        let len = 63 - v.leading_zeros();
        for i in 0..len {
            self.bit(base + i as usize, true);
        }
        self.bit(base + len as usize, false);
        let learned = len.min(2);
        let mut node = 1usize;
        for i in 0..learned {
            let bit = v >> (len - 1 - i) & 1 == 1;
            self.bit(base + 32 + len as usize * 4 + node, bit);
            node = node * 2 + usize::from(bit);
        }
        self.raw(v, len - learned);
    }

    /// Bytes up to a closing zero, each in the context of the one before.
    pub(crate) fn text(&mut self, before: u8, bytes: &[u8]) {
        let mut previous = before;
        for &byte in bytes.iter().chain(&[0]) {
            let base = self.text + usize::from(previous) * 256;
            if let Some(used) = self.used.get_mut(usize::from(previous)).filter(|used| !**used) {
                *used = true;
                self.model.get_mut(base..base + 256).into_iter().for_each(|slots| slots.fill(Slot::NEW));
            }
            self.tree(base, 8, u32::from(byte));
            previous = byte;
        }
    }

    /// A key of an ordered list: what it shares with the key before, and the rest.
    pub(crate) fn key(&mut self, num: usize, previous: &[u8], key: &[u8]) {
        let shared = shared_prefix(previous, key);
        self.num(num, shared as u32);
        let (head, tail) = key.split_at(shared);
        self.text(head.last().copied().unwrap_or(1), tail);
    }

    /// Bytes so far, near enough to decide where to cut.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    /// The coded bytes as base64 without padding. The encoder is as new.
    pub(crate) fn finish(&mut self) -> String {
        for _ in 0..5 {
            self.shift();
        }
        // The first byte is always 0, and a reader takes zeros past the end.
        let body = self.out.get(1..).unwrap_or_default();
        let kept = body.iter().rposition(|b| *b != 0).map_or(0, |i| i + 1);
        let coded = base64(body.get(..kept).unwrap_or_default());
        for range in [0..self.text.min(self.model.len()), self.text + STR..self.model.len()] {
            self.model.get_mut(range).into_iter().for_each(|slots| slots.fill(Slot::NEW));
        }
        self.used = [false; 256];
        self.out.clear();
        (self.low, self.range, self.cache, self.pending) = (0, u32::MAX, 0, 1);
        coded
    }
}

/// Length of the common prefix in bytes.
pub(crate) fn shared_prefix(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for group in bytes.chunks(3) {
        let word = group.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        for i in 0..=group.len() {
            let digit = word >> (18 - 6 * i) & 63;
            out.push(DIGITS.get(digit as usize).copied().map_or('A', char::from));
        }
    }
    out
}

#[cfg(test)]
pub(crate) mod decoder {
    //! The reader's half, in Rust only to test the writer's; the one that ships is JavaScript.
    use super::{DIGITS, MOST_RAW, PROB_BITS, Slot, TOP};

    pub(crate) struct Decoder {
        model: Vec<Slot>,
        range: u32,
        code: u32,
        bytes: Vec<u8>,
        at: usize,
    }

    impl Decoder {
        pub(crate) fn new(slots: usize, coded: &str) -> Self {
            let mut bytes = Vec::new();
            let (mut acc, mut bits) = (0u32, 0);
            for c in coded.bytes() {
                acc = acc << 6 | DIGITS.iter().position(|d| *d == c).unwrap() as u32;
                bits += 6;
                if bits >= 8 {
                    bits -= 8;
                    bytes.push((acc >> bits) as u8);
                }
            }
            let mut decoder = Self { model: vec![Slot::NEW; slots], range: u32::MAX, code: 0, bytes, at: 0 };
            for _ in 0..4 {
                decoder.code = decoder.code << 8 | decoder.next();
            }
            decoder
        }

        fn next(&mut self) -> u32 {
            self.at += 1;
            self.bytes.get(self.at - 1).copied().map_or(0, u32::from)
        }

        fn split(&mut self, bound: u32) -> bool {
            let bit = self.code >= bound;
            if bit {
                self.code -= bound;
                self.range -= bound;
            } else {
                self.range = bound;
            }
            self.fill();
            bit
        }

        fn fill(&mut self) {
            while self.range < TOP {
                self.range <<= 8;
                self.code = self.code << 8 | self.next();
            }
        }

        pub(crate) fn bit(&mut self, slot: usize) -> bool {
            let bit = self.split((self.range >> PROB_BITS) * u32::from(self.model[slot].p));
            self.model[slot].learn(bit);
            bit
        }

        pub(crate) fn raw(&mut self, bits: u32) -> u64 {
            if bits > MOST_RAW {
                return self.raw(bits - MOST_RAW) << MOST_RAW | self.raw(MOST_RAW);
            }
            self.range >>= bits;
            let value = self.code / self.range;
            self.code -= value * self.range;
            self.fill();
            u64::from(value)
        }

        pub(crate) fn tree(&mut self, base: usize, bits: u32) -> u32 {
            let node = (0..bits).fold(1usize, |node, _| node * 2 + usize::from(self.bit(base + node)));
            node as u32 - (1 << bits)
        }

        pub(crate) fn num(&mut self, base: usize) -> u32 {
            let mut len = 0u32;
            while len < 31 && self.bit(base + len as usize) {
                len += 1;
            }
            let learned = len.min(2);
            let mut v = 1u64;
            for _ in 0..learned {
                v = v * 2 + u64::from(self.bit(base + 32 + len as usize * 4 + v as usize));
            }
            v = v << (len - learned) | self.raw(len - learned);
            (v - 1) as u32
        }

        pub(crate) fn text(&mut self, base: usize, before: u8) -> Vec<u8> {
            let (mut previous, mut out) = (before, Vec::new());
            loop {
                previous = self.tree(base + usize::from(previous) * 256, 8) as u8;
                if previous == 0 {
                    return out;
                }
                out.push(previous);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decoder::Decoder;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            numbers in prop::collection::vec(0u32..(1 << 30), 0..200),
            texts in prop::collection::vec("[a-zñ0-9-]{0,12}", 0..50),
            raws in prop::collection::vec(any::<u32>(), 0..20),
        ) {
            let mut e = Encoder::new(2 * NUM + STR, 2 * NUM);
            let mut write = || {
                for n in &numbers { e.num(0, *n); e.num(NUM, n % 7); }
                for t in &texts { e.text(1, t.as_bytes()); }
                for r in &raws { e.raw(u64::from(*r), 32); }
                e.finish()
            };
            let coded = write();
            prop_assert_eq!(&write(), &coded, "an encoder that has finished is as new");
            let mut d = Decoder::new(2 * NUM + STR, &coded);
            for n in &numbers {
                prop_assert_eq!(d.num(0), *n);
                prop_assert_eq!(d.num(NUM), n % 7);
            }
            for t in &texts { prop_assert_eq!(&d.text(2 * NUM, 1)[..], t.as_bytes()); }
            for r in &raws { prop_assert_eq!(d.raw(32), u64::from(*r)); }
        }
    }

    #[test]
    fn reciprocals_divide() {
        for seen in 0..=SETTLED {
            let divided = |n: u64| (n * RECIPROCALS[usize::from(seen)]) >> RECIPROCAL_BITS;
            assert!((0..1 << PROB_BITS).all(|n| divided(n) == n / (u64::from(seen) + 2)));
        }
    }

    #[test]
    fn what_is_always_the_same_costs_next_to_nothing() {
        let mut e = Encoder::new(NUM, NO_TEXT);
        (0..8000).for_each(|_| e.num(0, 0));
        assert!(e.len() < 40, "{} bytes", e.len());
    }
}
