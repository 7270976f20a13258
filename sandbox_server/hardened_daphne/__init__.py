"""Daphne made fit for the public: close codes, handshakes, backpressure and the end of the process.

It serves any ASGI application, and knows nothing of Django, of the sandboxes or of who observes them.
"""
