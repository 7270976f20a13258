"""Recorded runs, how a transcript once went: what one is, its file, whether two are alike, and how one is printed."""
