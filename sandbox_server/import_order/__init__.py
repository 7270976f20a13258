"""A small project whose asgi.py is written right once and wrong twice; sandboxes/import_order.py runs each."""
