"""Material's search index, in two: what a page reads when it opens, and the documents, for whoever searches.

Only for a site whose search worker fetches them by itself, as docs/assets/search-worker.js does.
"""

from __future__ import annotations

import json
from pathlib import Path

INDEX = "search/search_index.json"
DOCUMENTS = "search/documents.json"


def split_index(site: Path) -> None:
    """Take the documents out of a site's index, if it has one of this kind."""
    if not (site / INDEX).is_file():
        return
    index = json.loads((site / INDEX).read_text(encoding="utf-8"))
    (site / DOCUMENTS).write_text(json.dumps(index["docs"], separators=(",", ":")), encoding="utf-8")
    (site / INDEX).write_text(json.dumps({**index, "docs": []}, separators=(",", ":")), encoding="utf-8")
