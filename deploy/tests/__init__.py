"""The files of `deploy/` on this machine: real nginx, three processes, real Redis and PostgreSQL. `make deployed`."""
