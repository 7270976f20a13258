"""`python -m in_page.build FOLDER`: makes the files that the page's worker loads. It runs in CPython and Node.js."""
