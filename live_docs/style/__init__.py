"""How pages are written: rules that a project gives itself in its pyproject.toml, and where a page breaks one."""
