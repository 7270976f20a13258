# In the place of nginx:stable.
FROM debian:bare
RUN apt-get -q update && apt-get -q install -y --no-install-recommends nginx
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
