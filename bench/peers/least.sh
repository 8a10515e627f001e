#!/bin/sh
# A least MCP server over stdio, of the older era, with five tools; one process of a megabyte, so
# that a hundred of them can be started. With a file named, it is silent to calls while that exists.
tools=
for name in noop read write list find; do
  tools="$tools${tools:+,}{\"name\":\"$name\",\"description\":\"Does with the things of this server what its name says, and answers with a line.\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\",\"description\":\"Which thing.\"},\"lines\":{\"type\":\"integer\",\"description\":\"How many lines at most.\"}}}}"
done
while read -r line; do
  rest=${line##*\"id\":}
  id=${rest%%[,\}]*}
  case $line in
    *'"method":"initialize"'*)
      result='{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"least","version":"1"}}' ;;
    *'"method":"tools/list"'*) result="{\"tools\":[$tools]}" ;;
    *'"method":"tools/call"'*)
      [ -n "$1" ] && [ -e "$1" ] && continue
      result='{"content":[{"type":"text","text":"ok"}]}' ;;
    *'"method":"server/discover"'*)
      printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"unknown"}}\n' "$id"
      continue ;;
    *) continue ;;
  esac
  printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$result"
done
