"""The notation of wire transcripts: text in, a model out, and what counts as the same. Sans I/O."""
