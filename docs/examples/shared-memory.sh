#!/bin/sh
# One block, two agents: what changes for one has changed for the other.
set -eu
base=${LETTA_BASE_URL:-http://localhost:8283}
model=${MODEL:-openai/gpt-4o-mini}
json='Content-Type: application/json'
id() { sed 's/^{"id":"\([^"]*\)".*/\1/'; }

agent=$(curl -sSf "$base/v1/agents/" -H "$json" -d '{"model": "'"$model"'",
  "memory_blocks": [{"label": "project_status", "value": "Sprint 12: In progress"}]}' | id)
block=$(curl -sSf "$base/v1/agents/$agent/core-memory/blocks/project_status" \
  | sed 's/.*"id":"\(block-[^"]*\)".*/\1/')
other=$(curl -sSf "$base/v1/agents/" -H "$json" -d '{"model": "'"$model"'", "block_ids": ["'"$block"'"]}' | id)

curl -sSf -X PATCH "$base/v1/blocks/$block" -H "$json" -d '{"value": "Sprint 13: Planning"}' > /dev/null
curl -sSf "$base/v1/agents/$other/core-memory/blocks/project_status"
echo
