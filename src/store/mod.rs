//! Where texts come from and go to: the only users of `std::fs` and of Git.
