//! Fingerprints of texts.
//!
//! FNV-1a in 128 bits (G. Fowler, L. C. Noll, K.-P. Vo, draft-eastlake-fnv): the same on every
//! machine and in every release, so that a page can compare what it holds with what lies on the
//! disk. It tells versions of one's own files apart; it is no protection against somebody who
//! makes two texts with one fingerprint.

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// A fingerprint being made.
#[derive(Clone, Copy, Debug)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of nothing.
    pub fn new() -> Fingerprint {
        Fingerprint(OFFSET)
    }

    /// Takes in some bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
    }

    /// Takes in a text and where it ends, so that `ab`, `c` differs from `a`, `bc`.
    pub fn take_text(&mut self, text: &str) {
        self.take(&(text.len() as u64).to_le_bytes());
        self.take(text.as_bytes());
    }

    /// 32 hexadecimal digits.
    pub fn words(self) -> String {
        format!("{:032x}", self.0)
    }
}

/// The fingerprint of some bytes, as 32 hexadecimal digits.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut made = Fingerprint::new();
    made.take(bytes);
    made.words()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_fnv_1a_of_128_bits() {
        // The published values of the empty text, and of one letter computed by hand:
        // (offset xor 0x61) times prime.
        assert_eq!(fingerprint(b""), "6c62272e07bb014262b821756295c58d");
        assert_eq!(fingerprint(b"a"), "d228cb696f1a8caf78912b704e4a8964");
    }

    #[test]
    fn where_a_text_ends_counts() {
        let of = |texts: [&str; 2]| {
            let mut made = Fingerprint::new();
            texts.iter().for_each(|t| made.take_text(t));
            made.words()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
    }
}
