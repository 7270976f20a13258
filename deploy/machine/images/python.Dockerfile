# In the place of python:3.13-slim.
FROM debian:bare
RUN apt-get -q update && apt-get -q install -y --no-install-recommends python3-venv && python3 -m venv /usr/local/python
ENV PATH=/usr/local/python/bin:$PATH PIP_CERT=/etc/ssl/certs/ca-certificates.crt
