// Agents over REST: what a step costs beside the model, streaming, long histories, many agents.
import { fork } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { answers, median, quantile, residentMb, round, row, serve } from './lib.mjs';

const [mneme] = process.argv.slice(2);
const port = 18288;
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'mneme-bench-'));
const agents = new http.Agent({ keepAlive: true, maxSockets: 400 });
const now = () => performance.timeOrigin + performance.now();

fs.mkdirSync(path.join(data, 'models'), { recursive: true });
fs.chmodSync(data, 0o700);
fs.writeFileSync(path.join(data, 'models', 'bench.yaml'), `
replies:
  - match: {from: user, contains: use a tool}
    tools: [{name: memory_insert, arguments: {label: notes, new_string: 'x', insert_line: 0}}]
  - text: done
`);

const endpoint = fork(path.join(import.meta.dirname, 'peers', 'endpoint.mjs'));
const endpointPort = await new Promise(resolve => endpoint.once('message', resolve));
const environment = { OPENAI_BASE_URL: `http://127.0.0.1:${endpointPort}/v1`, OPENAI_API_KEY: 'bench-key-0123456789' };

function request(method, url, body, onText) {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const call = http.request({ host: '127.0.0.1', port, path: url, method, headers, agent: agents }, response => {
      let all = '';
      response.setEncoding('utf8');
      response.on('data', part => { onText?.(part); if (!onText) all += part; });
      response.on('end', () => response.statusCode < 300 ? resolve(all && JSON.parse(all)) : reject(new Error(`${method} ${url}: ${response.statusCode} ${all.slice(0, 300)}`)));
    });
    call.on('error', reject);
    call.end(text);
  });
}
const timed = async work => { const from = performance.now(); await work(); return performance.now() - from; };
const start = async () => {
  const server = serve(mneme, ['serve', '--port', String(port), '--data', data], environment);
  await answers(`http://127.0.0.1:${port}/v1/health/`);
  return server;
};
const say = (id, text) => request('POST', `/v1/agents/${id}/messages`, { input: text });

// One step with 200 messages and 10 blocks in context, one tool call, all of it kept. The agents come with their history,
// so that it has the same length for all that is measured; what the model took is told by the steps themselves.
let server = await start();
const make = (model, more = {}) => request('POST', '/v1/agents/', { model, memory_blocks: [], ...more });
const blocks = Array.from({ length: 9 }, (_, i) => ({ label: `b${i}`, value: `Block ${i}. `.repeat(20) }));
const history = Array.from({ length: 200 }, (_, i) => ({ role: i % 2 ? 'assistant' : 'user', content: `message ${i}` }));
const talkers = [];
for (let i = 0; i < 40; i++) {
  talkers.push(await make('scripted/bench', { memory_blocks: [...blocks, { label: 'notes', value: '' }], initial_message_sequence: history }));
}
// Until what they said is indexed.
await new Promise(resolve => setTimeout(resolve, 60_000));
const idle = [];
for (let i = 0; i < 300; i++) idle.push(await timed(() => request('GET', '/v1/health/')));
const steps = [];
for (let i = 0; i < 600; i++) {
  // Each is two steps: the model asks for the tool, then it answers.
  let answer;
  const took = await timed(async () => { answer = await say(talkers[i % 40].id, 'use a tool'); });
  if (i < 400) continue;
  const ids = [...new Set(answer.messages.map(message => message.step_id))];
  const metrics = await Promise.all(ids.map(id => request('GET', `/v1/steps/${id}/metrics`)));
  const model = metrics.reduce((sum, one) => sum + one.llm_request_ns, 0) / 1e6;
  steps.push((took - median(idle) - model) / ids.length);
}
const step = round(median(steps), 2);
row('engine: one step, 200 messages and 10 blocks in context, one tool call, p50', `${step} ms (p99 ${round(quantile(steps, 0.99), 2)})`, '≤ 5 ms', step <= 5, 'above the model’s own time, HTTP without work taken off; of a server that has answered 400 times');

// The first token, from the provider's write to the client's read.
const streamer = await make('openai/bench');
async function stream(id, tokens, every, gaps, delays) {
  let rest = '', seen = 0, last = 0;
  await request('POST', `/v1/agents/${id}/messages/stream`, { input: `stream ${tokens} ${every}`, stream_tokens: true, include_pings: false }, part => {
    rest += part;
    const lines = rest.split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (!line.includes('"assistant_message"')) continue;
      const at = now();
      for (const sent of JSON.parse(line.slice(6)).content.trim().split(' ').filter(Boolean)) {
        if (seen === 0 || every > 0) delays.push(at - Number(sent));
        seen++;
      }
      if (last) gaps.push(at - last);
      last = at;
    }
  });
  return seen;
}
const firsts = [];
for (let i = 0; i < 150; i++) {
  const delays = [];
  await stream(streamer.id, 3, 0, [], delays);
  if (i >= 50) firsts.push(delays[0]);
}
const first = round(median(firsts), 2);
row('first streamed token, provider’s write to client’s read, p50', `${first} ms (p99 ${round(quantile(firsts, 0.99), 2)})`, '≤ 2 ms', first <= 2, '');

// 200 agents, 50 tokens a second each, for ten seconds.
const crowd = await Promise.all(Array.from({ length: 200 }, () => make('openai/bench')));
const gaps = [], delays = [];
const counts = await Promise.all(crowd.map(agent => stream(agent.id, 500, 20, gaps, delays)));
const lost = counts.filter(count => count !== 500).length;
const worst = Math.round(gaps.reduce((a, b) => Math.max(a, b), 0));
const resident = Math.round(residentMb(server.pid));
row('200 agents streaming, 50 tokens/s each: longest stall', `${worst} ms (p99 ${round(quantile(gaps, 0.99))}; lost: ${lost}; ${resident} MB)`, '≤ 250 ms, none lost, ≤ 500 MB', worst <= 250 && lost === 0 && resident <= 500, 'read by one Node process on the same two cores');

// Many agents.
const many = Number(process.env.BENCH_AGENTS ?? 10_000);
let made = 0;
const creating = await timed(() => Promise.all(Array.from({ length: 32 }, async () => {
  while (made < many) { made++; await make('scripted/bench', { name: `agent ${made}` }); }
})));
const rate = Math.round(many / creating * 1000);
row(`create ${many} agents, 32 at a time`, `${rate}/s`, '≥ 1000/s', rate >= 1000, 'with a system message each');
const pages = [];
let after;
for (let i = 0; i < 200; i++) {
  let page;
  pages.push(await timed(async () => { page = await request('GET', `/v1/agents/?limit=50${after ? `&after=${after}` : ''}`); }));
  after = page.at(-1)?.id;
}
const page = round(median(pages), 2);
row('any page of the list of agents, p50', `${page} ms (p99 ${round(quantile(pages, 0.99), 2)})`, '≤ 20 ms', page <= 20, '50 whole agents a page');

// A long history, written while nobody runs: 100 000 messages against 100.
const [short, long] = [await make('scripted/bench'), await make('scripted/bench')];
await say(short.id, 'hello');
await say(long.id, 'hello');
await server.stop();
const db = new DatabaseSync(path.join(data, 'mneme.db'));
const columns = db.prepare('SELECT * FROM pragma_table_info(?)').all('message').map(c => c.name).filter(n => n !== 'sequence');
const sample = db.prepare("SELECT * FROM message WHERE agent_id = ? AND role = 'user'").get(long.id);
const insert = db.prepare(`INSERT INTO message (${columns}) VALUES (${columns.map(() => '?')})`);
const id = i => `message-00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
db.exec('BEGIN');
for (let i = 0; i < 100_000; i++) {
  insert.run(...columns.map(name => name === 'message_id' ? id(i) : name === 'agent_id' ? (i < 100 ? short.id : long.id) : sample[name]));
}
db.exec('COMMIT');
db.close();
server = await start();
const loads = { short: [], long: [] };
for (let i = 0; i < 100; i++) {
  loads.short.push(await timed(() => say(short.id, 'more')));
  loads.long.push(await timed(() => say(long.id, 'more')));
}
const ratio = round(median(loads.long.slice(20)) / median(loads.short.slice(20)), 2);
row('load and step with 100 000 messages of history', `${ratio} × an agent with 100 (${round(median(loads.long.slice(20)), 2)} ms)`, '≤ 2 ×', ratio <= 2, '');
await server.stop();
endpoint.kill();
fs.rmSync(data, { recursive: true, force: true });
process.exit(0);
