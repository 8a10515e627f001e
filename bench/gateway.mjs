// The hub as a gateway: a call through it beside the same call made directly, over HTTP and stdio,
// how much goes through it, and the load of no-op calls of its own tool in both eras.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Http, Stdio, answers, configured, initialize, initialized, median, quantile, residentMb, round, row, serve } from './lib.mjs';
import { load } from './wrk.mjs';

const [mneme, java, classPath, node, nodeModules] = process.argv.slice(2);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const WARM = Number(process.env.BENCH_WARM ?? 10);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const CALLS = 500;
const CONNECTIONS = 50;
const here = path.dirname(new URL(import.meta.url).pathname);
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'mneme-bench-'));
const ports = { hub: 18290, alone: 18291, noop: 18292 };
const url = port => `http://127.0.0.1:${port}/mcp`;
const stdio = [path.join(here, 'peers/ts-stdio.mjs'), nodeModules];

/** A session over stdio with the same `call` as one over HTTP. */
async function overStdio(command, args) {
  const program = new Stdio(command, args);
  await program.request(initialize());
  program.notify(initialized);
  let id = 0;
  return {
    call: async name => {
      const reply = await program.request({ jsonrpc: '2.0', id: ++id, method: 'tools/call', params: { name, arguments: {} } });
      if (reply.error || reply.result.isError) throw new Error(JSON.stringify(reply));
    },
    close: () => program.close(),
  };
}

async function until(work, seconds = 60) {
  for (const end = performance.now() + seconds * 1000; ; await new Promise(resolve => setTimeout(resolve, 200))) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}

async function times(client, tool, count) {
  const all = [];
  for (let i = 0; i < count; i++) {
    const from = performance.now();
    await client.call(tool);
    all.push(performance.now() - from);
  }
  return all;
}

/** In blocks, in turn, so that what else the machine does meets both alike. */
async function overhead(what, direct, through, tool) {
  await until(() => through.call(tool));
  await times(direct, 'noop', 2 * CALLS);
  await times(through, tool, 14 * CALLS);
  const [one, two] = [[], []];
  for (let turn = 0; turn < 2 * ROUNDS; turn++) {
    one.push(...await times(direct, 'noop', CALLS));
    two.push(...await times(through, tool, CALLS));
  }
  const [p50, hub] = [median(one), median(two)];
  row(`gateway: a call through the hub above the same call made directly, ${what}, p50`,
    `${round(hub - p50, 2)} ms (${round(hub, 2)} / ${round(p50, 2)} ms; p99 ${round(quantile(two, 0.99), 2)} / ${round(quantile(one, 0.99), 2)})`,
    '≤ 1 ms', hub - p50 <= 1, 'TypeScript SDK behind it; policy, pins and ledger on');
}

async function gateway() {
  const folder = path.join(data, 'hub');
  configured(folder, {
    far: { type: 'http', url: url(ports.alone), serve: true, trusted: true, concurrency: CONNECTIONS },
    near: { command: node, args: stdio, serve: true },
  });
  const alone = serve(node, [path.join(here, 'peers/ts-sdk.mjs'), String(ports.alone), nodeModules]);
  await answers(url(ports.alone));
  const hub = serve(mneme, ['serve', '--port', String(ports.hub), '--data', folder]);
  await answers(url(ports.hub));

  const [direct, through] = [await new Http(url(ports.alone)).open(), await new Http(url(ports.hub)).open()];
  await overhead('HTTP', direct, through, 'far__noop');
  const [program, relay] = [await overStdio(node, stdio), await overStdio(mneme, ['mcp', '--data', folder])];
  await overhead('stdio', program, relay, 'near__noop');
  await program.close();
  await relay.close();

  const rates = { alone: [], look: [], noop: [] };
  const from = (port, client, tool) => ({ port, tool, session: client.session, connections: CONNECTIONS });
  const of = {
    alone: from(ports.alone, direct, 'noop'),
    look: from(ports.hub, through, 'far__look'),
    noop: from(ports.hub, through, 'far__noop'),
  };
  // The compiler is busy with the hub for a minute of load; what is asked for is the time after it.
  load({ ...of.look, seconds: 4 * WARM });
  load({ ...of.noop, seconds: 2 * WARM });
  load({ ...of.alone, seconds: WARM });
  for (let turn = 0; turn < ROUNDS; turn++) {
    for (const one of Object.keys(of)) rates[one].push(load({ ...of[one], seconds: SECONDS }).rate);
  }
  for (const [one, what] of [['look', 'that only reads'], ['noop', 'that may act, each call on disk before it is made']]) {
    const share = round(median(rates[one]) / median(rates.alone), 2);
    row(`gateway: throughput through the hub to one upstream, beside the upstream alone, of a tool ${what}`,
      `${share} × (${Math.round(median(rates[one]))} / ${Math.round(median(rates.alone))} requests/s)`, '≥ 0.9 ×', share >= 0.9,
      `TypeScript SDK over HTTP, trusted, ${CONNECTIONS} connections; client, hub and upstream share the processors`);
  }
  direct.close();
  through.close();
  await hub.stop();
  await alone.stop();
}

async function own() {
  const flags = ['-Xmx512m', '-XX:+UseSerialGC', '--enable-native-access=ALL-UNNAMED',
    '--sun-misc-unsafe-memory-access=allow', '-Xlog:disable', '-Xlog:all=warning:stderr'];
  const seen = { '2025-11-25': [], '2026-07-28': [], peer: [] };
  let resident = 0;
  for (let turn = 0; turn < ROUNDS; turn++) {
    const running = serve(java, [...flags, '-cp', classPath, 'dev.mneme.app.NoopServer', String(ports.noop), path.join(data, 'noop')]);
    await answers(url(ports.noop));
    const client = await new Http(url(ports.noop)).open();
    for (const [era, session] of [['2025-11-25', client.session], ['2026-07-28', '']]) {
      const calls = { port: ports.noop, tool: 'noop', session, connections: CONNECTIONS };
      load({ ...calls, seconds: WARM });
      seen[era].push(load({ ...calls, seconds: SECONDS }));
    }
    resident = Math.max(resident, residentMb(running.pid));
    client.close();
    await running.stop();

    const peer = serve(node, [path.join(here, 'peers/ts-sdk.mjs'), String(ports.alone), nodeModules]);
    await answers(url(ports.alone));
    const other = await new Http(url(ports.alone)).open();
    const calls = { port: ports.alone, tool: 'noop', session: other.session, connections: CONNECTIONS };
    load({ ...calls, seconds: WARM });
    seen.peer.push(load({ ...calls, seconds: SECONDS }));
    other.close();
    await peer.stop();
  }
  const of = (key, figure) => median(seen[key].map(one => one[figure]));
  for (const era of ['2025-11-25', '2026-07-28']) {
    const [rate, mean] = [of(era, 'rate'), of(era, 'mean')];
    const ratio = round(rate / of('peer', 'rate'), 2);
    row(`HTTP: no-op tools/call, ${CONNECTIONS} connections, revision ${era}`,
      `${Math.round(rate)} requests/s, mean ${round(mean, 2)} ms, ${ratio} × the TypeScript SDK (${Math.round(of('peer', 'rate'))}), ${Math.round(resident)} MB`,
      '≥ 4700/s, ≤ 4 ms, ≥ 5 ×, ≤ 400 MB', rate >= 4700 && mean <= 4 && ratio >= 5 && resident <= 400,
      '-Xmx512m; memory after both eras');
  }
}

await gateway();
await own();
fs.rmSync(data, { recursive: true, force: true });
