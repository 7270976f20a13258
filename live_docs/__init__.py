"""From words to live pages: wire transcripts, read, printed, matched and played. Knows no Django."""
