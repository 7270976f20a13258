#!/bin/sh
# The Content-Security-Policy of the built site, for nginx: policy.sh site > /etc/nginx/policy.conf
set -eu
policy=$(python -m live_docs policy "$1")
printf 'add_header Content-Security-Policy "%s" always;\n' "$policy"
