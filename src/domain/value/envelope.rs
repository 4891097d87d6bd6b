//! Which of many straight lines is the highest at a place.
//!
//! A Li Chao tree: each node keeps the line that wins in the middle of its range, so that adding a
//! line and asking take as many steps as the tree is high.

/// The highest of the lines so far, at places that are known from the start.
pub(super) struct Envelope<'a> {
    /// The places, ascending.
    places: &'a [f64],
    /// A line for each node; the children of `n` are `2n + 1` and `2n + 2`.
    nodes: Vec<Option<Line>>,
}

/// `slope × place − drop`, with the number of whose line it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// How much it rises with the place.
    pub slope: f64,
    /// How far below zero it begins.
    pub drop: f64,
    /// Whose line it is.
    pub of: usize,
}

impl Line {
    fn at(&self, place: f64) -> f64 {
        self.slope * place - self.drop
    }
}

impl<'a> Envelope<'a> {
    /// No line at all, over places that ascend.
    pub(super) fn new(places: &'a [f64]) -> Self {
        Self { places, nodes: vec![None; 4 * places.len()] }
    }

    /// Adds a line. Where two are equally high, the one that came first stays.
    pub(super) fn add(&mut self, mut line: Line) {
        let (mut node, mut low, mut high) = (0, 0, self.places.len());
        while low < high {
            let middle = low.midpoint(high);
            let Some(there) = &mut self.nodes[node] else {
                self.nodes[node] = Some(line);
                return;
            };
            let place = self.places[middle];
            if line.at(place) > there.at(place) {
                std::mem::swap(there, &mut line);
            }
            // The one that lost can still win on the side to which it rises.
            if line.slope < there.slope {
                (node, high) = (2 * node + 1, middle);
            } else {
                (node, low) = (2 * node + 2, middle + 1);
            }
        }
    }

    /// Whose line is the highest at the place with this number.
    pub(super) fn highest(&self, number: usize) -> Option<usize> {
        let (mut node, mut low, mut high) = (0, 0, self.places.len());
        let mut best: Option<Line> = None;
        while low < high {
            let Some(line) = self.nodes[node] else { break };
            let place = self.places[number];
            if best.is_none_or(|best| line.at(place) > best.at(place)) {
                best = Some(line);
            }
            let middle = low.midpoint(high);
            match number.cmp(&middle) {
                std::cmp::Ordering::Less => (node, high) = (2 * node + 1, middle),
                std::cmp::Ordering::Equal => break,
                std::cmp::Ordering::Greater => (node, low) = (2 * node + 2, middle + 1),
            }
        }
        best.map(|line| line.of)
    }
}
