//! Kendall's rank correlation: how far two properties put the same things in the same order.

/// τ_b of two properties of the same things (Kendall 1945): 1 if they put them in the same order,
/// −1 if in the opposite one, 0 if they have nothing to do with each other; ties are taken out.
/// `None` with fewer than two things, or where all are alike in one of them.
///
/// Knight's way (1966): n log n.
pub fn tau_b(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len().min(y.len());
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]).then(y[a].total_cmp(&y[b])));
    let both = tied(&order, |a, b| x[a] == x[b] && y[a] == y[b]);
    let in_x = tied(&order, |a, b| x[a] == x[b]);
    let mut ys: Vec<f64> = order.iter().map(|&at| y[at]).collect();
    let n_swaps = sort(&mut ys, |a, b| a <= b);
    let all: Vec<usize> = (0..n).collect();
    let in_y = tied(&all, |a, b| ys[a] == ys[b]);
    let pairs = pairs(n);
    let (of_x, of_y) = (pairs - in_x, pairs - in_y);
    let difference = pairs - in_x - in_y + both - 2.0 * n_swaps as f64;
    (of_x > 0.0 && of_y > 0.0).then(|| difference / (of_x * of_y).sqrt())
}

/// How many pairs of things in this order stand in descending order of `values`.
pub(super) fn inversions(values: &mut [u32]) -> u64 {
    sort(values, |a, b| a <= b)
}

/// How many pairs there are among so many things.
pub(super) fn pairs(n: usize) -> f64 {
    n as f64 * (n as f64 - 1.0) / 2.0
}

/// How many pairs of neighbours, and of neighbours of neighbours, are alike; `order` has what is
/// alike side by side.
pub(super) fn tied(order: &[usize], alike: impl Fn(usize, usize) -> bool) -> f64 {
    order.chunk_by(|&a, &b| alike(a, b)).map(|group| pairs(group.len())).sum()
}

/// Sorts, and counts how many pairs stood the wrong way round. Merges from the bottom up.
fn sort<T: Copy>(values: &mut [T], in_order: impl Fn(T, T) -> bool) -> u64 {
    let n = values.len();
    let mut from = values.to_vec();
    let mut to = from.clone();
    let (mut width, mut n_swaps) = (1, 0);
    while width < n {
        for start in (0..n).step_by(2 * width) {
            let (middle, end) = ((start + width).min(n), (start + 2 * width).min(n));
            let (mut left, mut right) = (start, middle);
            for place in &mut to[start..end] {
                let takes_left =
                    right == end || (left < middle && in_order(from[left], from[right]));
                if takes_left {
                    *place = from[left];
                    left += 1;
                } else {
                    *place = from[right];
                    right += 1;
                    n_swaps += (middle - left) as u64;
                }
            }
        }
        std::mem::swap(&mut from, &mut to);
        width *= 2;
    }
    values.copy_from_slice(&from);
    n_swaps
}
