#!/bin/sh
# Makes an agent, talks to it, looks at its memory.
set -eu
base=${LETTA_BASE_URL:-http://localhost:8283}
model=${MODEL:-openai/gpt-4o-mini}
json='Content-Type: application/json'

agent=$(curl -sSf "$base/v1/agents/" -H "$json" -d '{
  "model": "'"$model"'",
  "memory_blocks": [
    {"label": "persona", "value": "I am a helpful coding assistant specialized in Python."},
    {"label": "human", "value": "The user is learning Python and prefers detailed explanations."}
  ]}' | sed 's/^{"id":"\([^"]*\)".*/\1/')
echo "Agent created: $agent"

curl -sSf "$base/v1/agents/$agent/messages" -H "$json" -d '{
  "messages": [{"role": "user", "content": "Hello! Can you help me understand list comprehensions?"}]}'
echo

curl -sSf "$base/v1/agents/$agent/core-memory/blocks/human"
echo
