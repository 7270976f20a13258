"""A machine to try `deploy/` on: Debian with systemd and Docker, booted in namespaces of this one: `make installed`."""
