"""`python -m live_docs record`: plays each transcript in a browser, with the widget's player, and keeps how it went."""
