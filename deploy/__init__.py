"""Files for a server in public, and the test that runs it from them. README.md says how to use them."""
