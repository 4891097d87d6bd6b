//! Graphs of numbered nodes.

/// The circles of a graph: for each set of nodes that can all reach each other, one shortest circle
/// through the lowest of them, which stands first. `edges[n]` are the nodes that `n` leads to.
///
/// Tarjan's algorithm (1972) without recursion: linear in nodes and edges.
pub fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut cycles: Vec<Vec<usize>> = components(edges)
        .into_iter()
        .filter_map(|component| {
            let first = *component.iter().min()?;
            (component.len() > 1 || edges[first].contains(&first))
                .then(|| shortest(edges, first, &component))
        })
        .collect();
    cycles.sort_unstable();
    cycles
}

/// The sets of nodes that can all reach each other; those that a set leads to come before it.
pub fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let n = edges.len();
    let (mut index, mut low) = (vec![UNSEEN; n], vec![0; n]);
    let (mut is_open, mut open, mut components) = (vec![false; n], Vec::new(), Vec::new());
    let mut next_index = 0;
    for root in 0..n {
        if index[root] != UNSEEN {
            continue;
        }
        // A node, and how many of its edges have been followed.
        let mut path: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some(&mut (node, ref mut followed)) = path.last_mut() {
            if *followed == 0 {
                (index[node], low[node]) = (next_index, next_index);
                next_index += 1;
                is_open[node] = true;
                open.push(node);
            }
            if let Some(&next) = edges[node].get(*followed) {
                *followed += 1;
                if index[next] == UNSEEN {
                    path.push((next, 0));
                } else if is_open[next] {
                    low[node] = low[node].min(index[next]);
                }
                continue;
            }
            path.pop();
            if let Some(&(above, _)) = path.last() {
                low[above] = low[above].min(low[node]);
            }
            if low[node] == index[node] {
                let start = open.iter().rposition(|&it| it == node).unwrap_or(0);
                let component = open.split_off(start);
                component.iter().for_each(|&it| is_open[it] = false);
                components.push(component);
            }
        }
    }
    components
}

/// Walks along edges, again and again, without asking for memory each time.
#[derive(Debug)]
pub struct Walk<'a> {
    edges: &'a [Vec<usize>],
    /// The number of the last walk that came to each node.
    seen: Vec<usize>,
    n_walks: usize,
    found: Vec<usize>,
}

impl<'a> Walk<'a> {
    /// Walks along these edges.
    pub fn new(edges: &'a [Vec<usize>]) -> Self {
        Self { edges, seen: vec![0; edges.len()], n_walks: 0, found: Vec::new() }
    }

    /// All that can be reached from a node, without itself.
    pub fn from(&mut self, node: usize) -> &[usize] {
        self.n_walks += 1;
        self.found.clear();
        self.found.push(node);
        self.seen[node] = self.n_walks;
        let mut at = 0;
        while let Some(&node) = self.found.get(at) {
            at += 1;
            for &next in &self.edges[node] {
                if self.seen[next] != self.n_walks {
                    self.seen[next] = self.n_walks;
                    self.found.push(next);
                }
            }
        }
        &self.found[1..]
    }
}

/// The shortest way from a node back to itself, within a set of nodes.
fn shortest(edges: &[Vec<usize>], first: usize, component: &[usize]) -> Vec<usize> {
    let mut before: std::collections::HashMap<usize, Option<usize>> =
        component.iter().map(|&node| (node, None)).collect();
    let mut queue = std::collections::VecDeque::from([first]);
    while let Some(node) = queue.pop_front() {
        for &next in &edges[node] {
            if next == first {
                let mut way = vec![node];
                while let Some(&Some(above)) = way.last().and_then(|last| before.get(last)) {
                    way.push(above);
                }
                way.reverse();
                return way;
            }
            if let Some(above @ None) = before.get_mut(&next) {
                *above = Some(node);
                queue.push_back(next);
            }
        }
    }
    vec![first]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_shortest_circle_for_each_knot() {
        for (edges, expected) in [
            (vec![vec![1], vec![2], vec![]], vec![]),
            (vec![vec![0]], vec![vec![0]]),
            (vec![vec![1], vec![2], vec![0]], vec![vec![0, 1, 2]]),
            (vec![vec![1], vec![2, 0], vec![0]], vec![vec![0, 1]]),
            (vec![vec![2], vec![3], vec![0], vec![1, 0]], vec![vec![0, 2], vec![1, 3]]),
            (vec![vec![1, 1], vec![2], vec![1]], vec![vec![1, 2]]),
        ] {
            assert_eq!(cycles(&edges), expected, "{edges:?}");
        }
    }

    #[test]
    fn a_long_way_is_no_deep_one() {
        let n = 200_000;
        let edges: Vec<Vec<usize>> = (0..n).map(|node| vec![(node + 1) % n]).collect();
        assert_eq!(cycles(&edges)[0].len(), n);
    }
}
