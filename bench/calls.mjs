// A running server: durable edits, warm and first Python calls, memory at rest.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Http, answers, median, quantile, residentMb, round, row, serve } from './lib.mjs';

const [mneme] = process.argv.slice(2);
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'mneme-bench-'));
const port = 18287;
const base = `http://127.0.0.1:${port}`;
const start = async () => {
  const server = serve(mneme, ['serve', '--port', String(port), '--data', data]);
  await answers(`${base}/v1/health/`);
  return server;
};
const timed = async work => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};
const sum = { expression: '1 + 1' };

let server = await start();
await server.stop();

const first = [];
for (let i = 0; i < 3; i++) {
  server = await start();
  const client = await new Http(`${base}/mcp`).open();
  first.push(await timed(() => client.call('calculator', sum)));
  client.close();
  await server.stop();
}

server = await start();
const client = await new Http(`${base}/mcp`).open();
await new Promise(resolve => setTimeout(resolve, 10_000));
const idle = residentMb(server.pid);

await client.call('memory_rethink', { label: 'human', new_memory: 'start' });
const edits = [];
for (let i = 0; i < 900; i++) {
  edits.push(await timed(() => client.call('memory_rethink', { label: 'human', new_memory: `fact number ${i}` })));
}
const warmEdits = edits.slice(300);

const calls = [];
for (let i = 0; i < 900; i++) calls.push(await timed(() => client.call('calculator', sum)));
const warmCalls = calls.slice(300);
client.close();
await server.stop();
fs.rmSync(data, { recursive: true, force: true });

const edit = round(median(warmEdits), 2);
row('durable block edit through MCP, one client, p50', `${edit} ms (p99 ${round(quantile(warmEdits, 0.99), 2)})`, '≤ 5 ms', edit <= 5, 'aim 2 ms');
const call = round(median(warmCalls), 2);
row('GraalPy warm call through MCP, p50', `${call} ms (p99 ${round(quantile(warmCalls, 0.99), 2)})`, '≤ 3 ms', call <= 3, 'aim 1 ms');
const wait = Math.round(median(first));
row('GraalPy first call right after serve answers', `${wait} ms`, '≤ 3000 ms', wait <= 3000, 'aim 2000 ms');
row('server process, idle, before the first search', `${Math.round(idle)} MB resident`, '≤ 150 MB', idle <= 150, 'aim 110 MB');
