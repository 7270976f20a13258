"""Each page as Markdown at an address of its own, and `llms.txt`: for whatever reads text rather than pages."""
