"""The server's half of what a reader sees: Daphne made fit for the public, and what crosses the wire."""
