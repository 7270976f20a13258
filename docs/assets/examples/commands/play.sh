python -m live_docs check docs/ --server http://127.0.0.1:8001
