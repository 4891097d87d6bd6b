//! The order of keys and of criteria that two people added to or moved.

/// More things than this are not put in order one by one.
pub(super) const MAX: usize = 2_000;

/// All of the three lists, in the order of the side that moved something, or else of `one`. What
/// only the others have stands behind the neighbour that it followed there.
pub(super) fn merged(was: &[usize], one: &[usize], other: &[usize]) -> Vec<usize> {
    let is_moved = |side: &[usize]| {
        let old = was.iter().filter(|it| side.contains(it));
        let now = side.iter().filter(|it| was.contains(it));
        !old.eq(now)
    };
    let (leader, second) =
        if !is_moved(one) && is_moved(other) { (other, one) } else { (one, other) };
    let mut order = leader.to_vec();
    for list in [second, was] {
        for (nth, item) in list.iter().enumerate() {
            if order.contains(item) {
                continue;
            }
            let place = |it: &usize| order.iter().position(|other| other == it);
            let mut at = list[..nth].iter().rev().find_map(place).map_or(0, |at| at + 1);
            // What the leader added there comes first.
            while nth > 0 && order.get(at).is_some_and(|it| !was.contains(it) && !list.contains(it))
            {
                at += 1;
            }
            order.insert(at, *item);
        }
    }
    order
}
