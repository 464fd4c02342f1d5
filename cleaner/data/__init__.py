"""Data files that ship with the package, and the programs that build them."""
