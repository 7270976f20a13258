#!/bin/sh
# A new version, or new settings: one process after the other, each ready before the next one ends.
set -eu
cd "$(dirname "$0")"
docker compose --env-file sandbox.env build
for server in server-1 server-2 server-3; do
    docker compose --env-file sandbox.env up --detach --wait --no-deps --force-recreate "$server"
done
