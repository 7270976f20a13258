"""The sandbox server inside a reader's page: what stands in there for Daphne, for threads and for a machine.

The application is `sandbox_server.asgi`, unmodified; it runs in Pyodide, which is CPython compiled to WebAssembly, in a
Web Worker. `worker` and `threads` alone know Pyodide: the rest runs, and is tested, in any Python. `build` makes the
files that the worker loads; it runs on the builder's machine and is not among them.
"""
