//! Domain values as text, for people and for programs. Writes what it is given, decides nothing.
