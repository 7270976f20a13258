"""What crosses from Python to JavaScript, stated once: how an observation is asked for, and what it tells.

The steps of the notation cross too; they are stated in `live_docs.notation.steps`. Both are written out for the
widget by `live_docs.javascript_contract`, as docs/assets/live/notation/contract.js. Imports nothing but Python.
"""
