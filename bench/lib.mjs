// What the benches share: starting programs, speaking JSON-RPC to them, and statistics.
import { spawn } from 'node:child_process';
import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';

export const median = values => quantile(values, 0.5);

export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

export const round = (value, digits = 1) => Number(value.toFixed(digits));

/** Resident memory of a process in MB. */
export function residentMb(pid) {
  const line = fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/);
  return Number(line[1]) / 1024;
}

export const initialize = (id = 0) => ({
  jsonrpc: '2.0',
  id,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  },
});

export const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' };

/** A program spoken to over stdio, one JSON-RPC message a line. */
export class Stdio {
  constructor(command, args, env = {}) {
    this.started = performance.now();
    this.waiting = new Map();
    this.process = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    let rest = '';
    this.process.stdout.setEncoding('utf8');
    this.process.stdout.on('data', chunk => {
      rest += chunk;
      const lines = rest.split('\n');
      rest = lines.pop();
      for (const line of lines.filter(Boolean)) {
        const message = JSON.parse(line);
        this.waiting.get(message.id)?.(message);
      }
    });
  }

  request(message) {
    return new Promise(resolve => {
      this.waiting.set(message.id, resolve);
      this.notify(message);
    });
  }

  notify(message) {
    this.process.stdin.write(JSON.stringify(message) + '\n');
  }

  elapsed() {
    return performance.now() - this.started;
  }

  async close() {
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    this.process.stdin.end();
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  }
}

/** One session over streamable HTTP on one kept-alive connection. */
export class Http {
  constructor(url) {
    this.url = new URL(url);
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    this.next = 1;
  }

  async open() {
    const first = await this.send(initialize());
    this.session = first.headers['mcp-session-id'];
    await this.send(initialized);
    return this;
  }

  async call(name, args = {}) {
    const id = this.next++;
    const reply = await this.send({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name, arguments: args },
    });
    const message = parse(reply.text, id);
    if (message.error || message.result.isError) {
      throw new Error(`${name}: ${JSON.stringify(message).slice(0, 500)}`);
    }
    return message.result;
  }

  send(message) {
    const body = JSON.stringify(message);
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'content-length': Buffer.byteLength(body),
      'mcp-protocol-version': '2025-11-25',
    };
    if (this.session) headers['mcp-session-id'] = this.session;
    return new Promise((resolve, reject) => {
      const request = http.request(
        this.url,
        { method: 'POST', headers, agent: this.agent },
        response => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', chunk => (text += chunk));
          response.on('end', () => resolve({ text, headers: response.headers, status: response.statusCode }));
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  close() {
    this.agent.destroy();
  }
}

function parse(text, id) {
  if (text.startsWith('{')) return JSON.parse(text);
  for (const line of text.split('\n')) {
    if (line.startsWith('data:') && line.length > 6) {
      const message = JSON.parse(line.slice(5));
      if (message.id === id) return message;
    }
  }
  throw new Error(`no answer to ${id} in: ${text.slice(0, 300)}`);
}

/** Waits until the URL answers, whatever it answers. */
export async function answers(url, milliseconds = 30_000) {
  const until = performance.now() + milliseconds;
  for (;;) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
}

/** Makes a data folder whose server uses these MCP servers, and lists all their tools. */
export function configured(folder, servers) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'servers.json');
  fs.writeFileSync(file, JSON.stringify({ mcpServers: servers }), { mode: 0o600 });
  fs.writeFileSync(path.join(folder, 'mneme.toml'), `[mcp]\nservers = '${file}'\n[tools]\nmax-listed = 100000\n`, { mode: 0o600 });
}

/** Starts a server in the background; `stop()` ends it. */
export function serve(command, args, env = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', process.env.BENCH_VERBOSE ? 'inherit' : 'ignore'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  return {
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** A row of the table of results; `limit` is a text such as "≤ 1.0". */
export function row(what, measured, mustReach, reached, notes = '') {
  const line = { what, measured, mustReach, reached, notes };
  if (process.env.BENCH_ROWS) fs.appendFileSync(process.env.BENCH_ROWS, JSON.stringify(line) + '\n');
  console.log(`${reached ? 'reached' : 'MISSED '}  ${what}: ${measured} (must be ${mustReach}) ${notes}`);
}
