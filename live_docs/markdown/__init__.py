"""From Markdown to live HTML: the two fences, what may stand in their headers, and the pages that hold them."""
