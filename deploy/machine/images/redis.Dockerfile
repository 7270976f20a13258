# In the place of redis:8, which is built without protected mode.
FROM debian:bare
RUN apt-get -q update && apt-get -q install -y --no-install-recommends redis-server
WORKDIR /tmp
USER redis
ENTRYPOINT ["sh", "-c", "shift; exec redis-server --protected-mode no \"$@\"", "redis"]
CMD ["redis-server"]
