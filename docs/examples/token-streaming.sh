#!/bin/sh
# Server-sent events as they arrive; the last one is [DONE].
set -eu
base=${LETTA_BASE_URL:-http://localhost:8283}
model=${MODEL:-openai/gpt-4o-mini}
json='Content-Type: application/json'

agent=$(curl -sSf "$base/v1/agents/" -H "$json" -d '{"model": "'"$model"'"}' \
  | sed 's/^{"id":"\([^"]*\)".*/\1/')
curl -sSfN "$base/v1/agents/$agent/messages/stream" -H "$json" -d '{
  "messages": [{"role": "user", "content": "Tell me a story in one sentence."}], "stream_tokens": true}'
