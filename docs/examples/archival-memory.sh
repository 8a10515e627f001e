#!/bin/sh
# Puts passages into an agent's archival memory and searches them.
set -eu
base=${LETTA_BASE_URL:-http://localhost:8283}
model=${MODEL:-openai/gpt-4o-mini}
json='Content-Type: application/json'

agent=$(curl -sSf "$base/v1/agents/" -H "$json" -d '{"model": "'"$model"'"}' \
  | sed 's/^{"id":"\([^"]*\)".*/\1/')
curl -sSf "$base/v1/agents/$agent/archival-memory" -H "$json" -d '{"text": "Tabs are preferred over spaces.", "tags": ["style"]}'
echo
curl -sSf "$base/v1/agents/$agent/archival-memory" -H "$json" -d '{"text": "The database is PostgreSQL 17."}'
echo
curl -sSfG "$base/v1/agents/$agent/archival-memory/search" --data-urlencode 'query=indentation with tabs' -d top_k=1
echo
