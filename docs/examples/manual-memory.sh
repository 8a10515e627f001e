#!/bin/sh
# Changes a memory block by hand; a value over the block's limit is refused.
set -eu
base=${LETTA_BASE_URL:-http://localhost:8283}
model=${MODEL:-openai/gpt-4o-mini}
json='Content-Type: application/json'

agent=$(curl -sSf "$base/v1/agents/" -H "$json" -d '{
  "model": "'"$model"'",
  "memory_blocks": [{"label": "human", "value": "The user is learning Python.", "limit": 200}]}' \
  | sed 's/^{"id":"\([^"]*\)".*/\1/')

curl -sSf -X PATCH "$base/v1/agents/$agent/core-memory/blocks/human" -H "$json" -d '{
  "value": "The user is an experienced Python developer who prefers concise answers."}'
echo

long=$(printf '%0300d' 0)
curl -sS -o /dev/null -w 'too long: %{http_code}\n' -X PATCH \
  "$base/v1/agents/$agent/core-memory/blocks/human" -H "$json" -d '{"value": "'"$long"'"}'
