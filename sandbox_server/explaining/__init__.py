"""Words for what a library does and does not say. The sandboxes may use it; it knows no sandbox and no server."""
