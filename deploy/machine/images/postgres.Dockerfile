# In the place of postgres:17: at its first start it makes the database that the three variables name.
FROM debian:bare
RUN apt-get -q update && apt-get -q install -y --no-install-recommends postgresql
COPY postgres.sh /
ENV PATH=/usr/lib/postgresql/17/bin:$PATH
RUN mkdir -p /var/lib/postgresql/data && chown postgres /var/lib/postgresql/data
VOLUME /var/lib/postgresql/data
USER postgres
STOPSIGNAL SIGINT
CMD ["sh", "/postgres.sh"]
