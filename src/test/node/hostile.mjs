// An MCP server that does all a server should not do: over stdio, or over HTTP where PORT is set.
// With STUBBORN set it ignores SIGTERM and the end of its input, and so does what it starts.
import http from 'node:http';
import { spawn } from 'node:child_process';

const TOOLS = ['echo', 'hang', 'crash', 'close', 'garble', 'family', 'flood', 'big', 'change', 'slow'];
const stubborn = Boolean(process.env.STUBBORN);
let round = 0;

const text = said => ({ content: [{ type: 'text', text: said }] });
const changed = { jsonrpc: '2.0', method: 'notifications/tools/list_changed' };
const tools = () => [
  ...TOOLS.map(name => ({ name, description: name === 'change' ? `Round ${round}.` : name, inputSchema: { type: 'object' } })),
  ...(round % 2 ? [{ name: `extra${round}`, description: 'There for a while.', inputSchema: { type: 'object' } }] : []),
];

/** Children and children of children: some in sessions of their own, some that hold our output. */
function family() {
  const sleeps = "trap '' TERM HUP; sleep 4323 & sleep 4323";
  spawn('/bin/sh', ['-c', sleeps], { detached: true, stdio: 'ignore' }).unref();
  spawn('/bin/sh', ['-c', sleeps], { stdio: 'inherit' }).unref();
}

/** Its result; nothing where there never is one. */
function call(name, say) {
  switch (name) {
    case 'hang': return undefined;
    case 'crash': process.stderr.write('about to fall\n'); return process.exit(3);
    case 'family': family(); return text('born');
    case 'flood':
      for (let i = 0; i < 200; i++) process.stderr.write('x'.repeat(16_384) + '\n');
      return text('flooded');
    case 'big': return text('x'.repeat(50_000_000));
    case 'change': round++; say(changed); return text('changed');
    default: return text(String(process.pid));
  }
}

function answer(message, say) {
  switch (message.method) {
    case 'initialize':
      return { protocolVersion: '2025-11-25', capabilities: { tools: { listChanged: true } }, serverInfo: { name: 'hostile', version: '1' } };
    case 'tools/list': return { tools: tools() };
    case 'tools/call': return call(message.params.name, say);
    default: return null;
  }
}

const reply = (message, result) => result === null
  ? { jsonrpc: '2.0', id: message.id, error: { code: -32601, message: 'unknown' } }
  : { jsonrpc: '2.0', id: message.id, result };

function overStdio() {
  const say = message => process.stdout.write(JSON.stringify(message) + '\n');
  let rest = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', chunk => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      if (message.id === undefined || !message.method) continue;
      const name = message.method === 'tools/call' ? message.params.name : '';
      if (name === 'close') process.stdout.destroy();
      else if (name === 'garble') process.stdout.write('{"jsonrpc": garbled\n');
      else if (name === 'slow') setTimeout(() => say(reply(message, text('slow'))), 700);
      else {
        const result = answer(message, say);
        if (result !== undefined) say(reply(message, result));
      }
    }
  });
  process.stdout.on('error', () => {});
  process.stdin.on('end', () => stubborn || process.exit(0));
  if (stubborn) {
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1 << 30);
  }
}

function overHttp() {
  let session = 0;
  http.createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => {
      if (request.method !== 'POST') return response.writeHead(405).end();
      const message = JSON.parse(body);
      const name = message.method === 'tools/call' ? message.params.name : '';
      if (message.method === 'initialize') response.setHeader('mcp-session-id', `s${++session}`);
      else if (message.method !== 'server/discover' && request.headers['mcp-session-id'] !== `s${session}`) return response.writeHead(404).end();
      if (message.id === undefined) return response.writeHead(202).end();
      if (name === 'crash') session++;
      if (name === 'crash' || name === 'close') return request.socket.destroy();
      if (name === 'garble') return response.writeHead(200, { 'content-type': 'application/json' }).end('{"jsonrpc": garbled');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      const say = told => response.write(`data: ${JSON.stringify(told)}\n\n`);
      if (name === 'flood') {
        // Notes without end, as fast as they are taken.
        const more = () => { while (!response.destroyed && say(changed)); };
        response.on('drain', more);
        return more();
      }
      const result = answer(message, say);
      if (result === undefined) return;
      say(reply(message, result));
      // The end of the answer never comes.
      if (name !== 'slow') response.end();
    });
  }).listen(Number(process.env.PORT), '127.0.0.1', function () { console.log(`on ${this.address().port}`); });
}

process.env.PORT ? overHttp() : overStdio();
