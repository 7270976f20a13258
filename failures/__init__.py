"""What makes the messages happen that docs/symptoms/entries tells of: a module an area, a function a failure.

All of it is wrong on purpose. An entry names its function, `reproduce = "handshake:no_route"`; whatever that prints,
logs, returns or raises must hold the entry's texts. `python -m failures handshake` runs one module: it prints JSON.
"""
