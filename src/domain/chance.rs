//! Numbers by chance that are the same on every machine: who repeats a computation gets its result.

/// A row of numbers that follows from a seed (SplitMix64: Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The row of a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// One of many rows of a seed, so that work can be shared out without changing its result.
    pub fn row(seed: u64, number: u64) -> Self {
        Self { state: seed ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93) }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `room`, which is not 0. The upper bits of a product are as even as the
    /// number (Lemire 2019); what is left of a bias is far below what any number of runs here shows.
    pub fn below(&mut self, room: usize) -> usize {
        ((u128::from(self.number()) * room as u128) >> 64) as usize
    }

    /// A number above 0 and at most 1.
    fn part(&mut self) -> f64 {
        ((self.number() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let (far, turn) = (self.part(), self.part());
        (-2.0 * far.ln()).sqrt() * (std::f64::consts::TAU * turn).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_published_row() {
        let mut chance = Chance::new(1_234_567);
        let row = [(); 3].map(|()| chance.number());
        assert_eq!(
            row,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn numbers_below_are_even() {
        let mut chance = Chance::new(1);
        let mut counts = [0; 7];
        (0..70_000).for_each(|_| counts[chance.below(7)] += 1);
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
    }

    #[test]
    fn normal_numbers_have_their_mean_and_deviation() {
        let mut chance = Chance::new(2);
        let numbers: Vec<f64> = (0..100_000).map(|_| chance.normal()).collect();
        let mean = numbers.iter().sum::<f64>() / 1e5;
        let deviation = (numbers.iter().map(|it| it * it).sum::<f64>() / 1e5).sqrt();
        assert!(mean.abs() < 0.015 && (deviation - 1.0).abs() < 0.015, "{mean} {deviation}");
    }
}
