// wrk as the one who calls a no-op tool over HTTP, in either era of the protocol.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';

const META = '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",'
  + '"io.modelcontextprotocol/clientInfo":{"name":"wrk","version":"1"},'
  + '"io.modelcontextprotocol/clientCapabilities":{}},';

const script = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'mneme-wrk-')), 'call.lua');
process.on('exit', () => fs.rmSync(path.dirname(script), { recursive: true, force: true }));
fs.writeFileSync(script, `
local counter = 0
local thread_id = 0
function setup(thread) thread:set("id", thread_id); thread_id = thread_id + 1 end
local headers = { ["Content-Type"] = "application/json", ["Accept"] = "application/json, text/event-stream" }
local meta = ""
if os.getenv("SESSION") == "" then
  headers["MCP-Protocol-Version"] = "2026-07-28"
  headers["Mcp-Method"] = "tools/call"
  headers["Mcp-Name"] = os.getenv("TOOL")
  meta = os.getenv("META")
else
  headers["Mcp-Session-Id"] = os.getenv("SESSION")
  headers["MCP-Protocol-Version"] = "2025-11-25"
end
request = function()
  counter = counter + 1
  local body = '{"jsonrpc":"2.0","id":"' .. id .. '-' .. counter .. '","method":"tools/call","params":{' .. meta ..
    '"name":"' .. os.getenv("TOOL") .. '","arguments":' .. os.getenv("ARGS") .. '}}'
  return wrk.format("POST", "/mcp", headers, body)
end
`);

const UNITS = { us: 0.001, ms: 1, s: 1000 };

/**
 * Requests per second and their mean latency in ms.
 * @param session of the older era; empty for the newer one, which has none
 */
export function load({ port, tool, args = {}, session = '', connections, seconds }) {
  const out = execFileSync(
    'wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, `http://127.0.0.1:${port}/mcp`],
    { encoding: 'utf8', env: { ...process.env, META, TOOL: tool, ARGS: JSON.stringify(args), SESSION: session } });
  if (/Non-2xx|Socket errors/.test(out)) throw new Error(out);
  const [, mean, unit] = out.match(/Latency\s+([\d.]+)(us|ms|s)\s/);
  return { rate: Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]), mean: Number(mean) * UNITS[unit] };
}
