"""The built site, served by the process that runs the sandboxes: its files, its own 404, and who may have which."""
