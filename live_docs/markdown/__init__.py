"""From Markdown to live HTML: the three fences, what may stand in their headers, and the pages that hold them."""
