"""Error messages as data: reading the entries, finding those that a paste is about, telling of them."""
