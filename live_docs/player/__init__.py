"""Plays a transcript against a running server, over real sockets, as a visitor of the site would."""
