// HTTP: no-op tools/call from 32 connections, ours against three peers, by wrk, in rounds.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Http, answers, median, residentMb, round, row, serve } from './lib.mjs';
import { load } from './wrk.mjs';

const [java, classPath, node, nodeModules] = process.argv.slice(2);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const WARM = Number(process.env.BENCH_WARM ?? 10);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const flags = ['-Xmx512m', '-XX:+UseSerialGC', '--enable-native-access=ALL-UNNAMED',
  '--sun-misc-unsafe-memory-access=allow', '-Xlog:disable', '-Xlog:all=warning:stderr'];
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'mneme-bench-'));
const everything = path.join(nodeModules, '@modelcontextprotocol/server-everything/dist/index.js');
const here = path.dirname(new URL(import.meta.url).pathname);

const servers = {
  Mneme: { port: 18283, tool: 'noop', start: port =>
    serve(java, [...flags, '-cp', classPath, 'dev.mneme.app.NoopServer', String(port), path.join(data, 'store')]) },
  'bare Java SDK servlet': { port: 18284, tool: 'noop', start: port =>
    serve(java, [...flags, '-cp', classPath, 'dev.mneme.bench.BareSdkServer', String(port)]) },
  'TypeScript SDK': { port: 18285, tool: 'noop', start: port =>
    serve(node, [path.join(here, 'peers/ts-sdk.mjs'), String(port), nodeModules]) },
  'server-everything': { port: 18286, tool: 'echo', args: { message: 'ok' }, start: port =>
    serve(node, [everything, 'streamableHttp'], { PORT: String(port) }) },
};

const rates = {};
const memory = {};
for (let turn = 0; turn < ROUNDS; turn++) {
  for (const [name, server] of Object.entries(servers)) {
    const running = server.start(server.port);
    await answers(`http://127.0.0.1:${server.port}/mcp`);
    const client = await new Http(`http://127.0.0.1:${server.port}/mcp`).open();
    await client.call(server.tool, server.args);
    const calls = { ...server, session: client.session, connections: 32 };
    load({ ...calls, seconds: WARM });
    (rates[name] ??= []).push(load({ ...calls, seconds: SECONDS }).rate);
    if (name === 'Mneme') memory[name] = residentMb(running.pid);
    console.log(`${name}: ${Math.round(rates[name].at(-1))} requests/s`);
    client.close();
    await running.stop();
  }
}
fs.rmSync(data, { recursive: true, force: true });

const rate = name => median(rates[name]);
for (const [peer, least] of [['server-everything', 5], ['TypeScript SDK', 5], ['bare Java SDK servlet', 0.7]]) {
  const times = round(rate('Mneme') / rate(peer), 2);
  row(`HTTP: no-op tools/call, 32 connections, against ${peer}`,
    `${times} × (${Math.round(rate('Mneme'))} / ${Math.round(rate(peer))} requests/s)`, `≥ ${least} ×`, times >= least,
    `-Xmx512m; ${Math.round(memory.Mneme)} MB resident after`);
}
