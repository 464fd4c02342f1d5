"""Letters: each module mends one kind of fault, in documents judged Arabic."""
