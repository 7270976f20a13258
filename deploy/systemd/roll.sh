#!/bin/sh
# A new version, or new settings: one process after the other, each ready before the next one ends.
set -eu
for port in 8001 8002 8003; do
    systemctl restart "sandbox-server@$port"
done
