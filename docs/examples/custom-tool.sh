#!/bin/sh
# A Python tool of your own, run in the sandbox without an agent.
set -eu
base=${LETTA_BASE_URL:-http://localhost:8283}
curl -sSf "$base/v1/tools/run" -H 'Content-Type: application/json' -d '{
  "source_code": "def add(a: int, b: int) -> int:\n    \"\"\"Adds two numbers.\n\n    Args:\n        a: the first\n        b: the second\n    \"\"\"\n    return a + b\n",
  "args": {"a": 19, "b": 23}}'
echo
