// Many upstreams: the others while one of ten hangs; what a hundred programs cost at rest and when
// the server starts; the list of all their tools.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { Http, answers, configured, median, quantile, residentMb, round, row, serve } from './lib.mjs';

const [mneme, java] = process.argv.slice(2);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const MANY = 100;
const port = 18293;
const url = `http://127.0.0.1:${port}/mcp`;
const least = path.join(path.dirname(new URL(import.meta.url).pathname), 'peers/least.sh');
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'mneme-bench-'));
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

const programs = (count, ...more) => Object.fromEntries(Array.from({ length: count }, (_, i) =>
  [`s${i}`, { command: '/bin/sh', args: [least, ...more.slice(i, i + 1)], serve: true }]));

/** The server with these upstreams, once it answers; how long that took. */
async function start(name, servers) {
  const folder = path.join(data, name);
  configured(folder, servers);
  const from = performance.now();
  const server = serve(mneme, ['serve', '--port', String(port), '--data', folder]);
  await answers(`http://127.0.0.1:${port}/v1/health/`);
  return Object.assign(server, { took: performance.now() - from });
}

async function ready(client, servers) {
  for (let i = 0; i < servers; i++) {
    for (let tries = 0; ; tries++) {
      try {
        await client.call(`s${i}__noop`);
        break;
      } catch (error) {
        if (tries > 100) throw error;
        await pause(200);
      }
    }
  }
}

async function oneHangs() {
  const silent = path.join(data, 'silent');
  const server = await start('ten', programs(10, silent));
  const clients = await Promise.all(Array.from({ length: 10 }, () => new Http(url).open()));
  await ready(clients[0], 10);
  const seen = { without: [], with: [] };
  const measure = async seconds => {
    const all = [];
    await Promise.all(clients.slice(1).map(async (client, i) => {
      for (const end = performance.now() + seconds * 1000; performance.now() < end; await pause(5)) {
        const from = performance.now();
        await client.call(`s${i + 1}__noop`);
        all.push(performance.now() - from);
      }
    }));
    return quantile(all, 0.99);
  };
  await measure(10);
  for (let turn = 0; turn < ROUNDS; turn++) {
    seen.without.push(await measure(3));
    fs.writeFileSync(silent, '');
    // As many as are let in at once wait there; their sessions are of the older era.
    const waiting = Array.from({ length: 20 }, async () => {
      const one = await new Http(url).open();
      one.call('s0__noop').catch(() => {});
      return one;
    });
    await pause(200);
    seen.with.push(await measure(3));
    (await Promise.all(waiting)).forEach(one => one.close());
    fs.rmSync(silent);
    await pause(200);
  }
  clients.forEach(client => client.close());
  await server.stop();
  const [alone, beside] = [median(seen.without), median(seen.with)];
  const ratio = round(beside / alone, 2);
  row('upstreams: p99 of nine of ten while the tenth hangs, beside all well',
    `${ratio} × (${round(beside, 2)} / ${round(alone, 2)} ms)`, '≤ 1.2 ×', ratio <= 1.2,
    `20 callers wait at the tenth; each of the nine has a caller with pauses of 5 ms; median of ${ROUNDS} turns`);
}

const threads = pid => fs.readdirSync(`/proc/${pid}/task`).length;

/** Heap in use after a full collection, in MB. */
function heapMb(pid) {
  const jcmd = path.join(path.dirname(java), 'jcmd');
  execFileSync(jcmd, [String(pid), 'GC.run']);
  const info = execFileSync(jcmd, [String(pid), 'GC.heap_info'], { encoding: 'utf8' });
  return [...info.matchAll(/(?:DefNew|Tenured)\s+total \d+K, used (\d+)K/g)].reduce((sum, [, kb]) => sum + kb / 1024, 0);
}

async function atRest(name, servers) {
  const server = await start(name, servers);
  const client = await new Http(url).open();
  await ready(client, Object.keys(servers).length);
  await pause(15_000);
  const seen = { threads: threads(server.pid), heap: heapMb(server.pid), resident: residentMb(server.pid) };
  return { server, client, seen };
}

async function many() {
  const none = await atRest('none', {});
  none.client.close();
  await none.server.stop();
  const all = await atRest('many', programs(MANY));
  const lists = await listed(all.client);
  all.client.close();
  await all.server.stop();

  // The catalog is kept by now, as it is at every start but the first.
  const took = { none: [], many: [] };
  const first = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    for (const name of ['none', 'many']) {
      const server = await start(name, name === 'many' ? programs(MANY) : {});
      took[name].push(server.took);
      if (name === 'many') first.push(await firstList());
      await server.stop();
    }
  }
  const [without, within] = [median(took.none), median(took.many)];
  row(`upstreams: start of serve with ${MANY} programs, beside none`,
    `${round(within / without, 2)} × (${Math.round(within)} / ${Math.round(without)} ms)`, '≤ 1.1 ×', within <= 1.1 * without,
    `first tools/list ${Math.round(median(first))} ms after that, with all their tools`);
  const each = (all.seen.threads - none.seen.threads) / MANY;
  const heap = (all.seen.heap - none.seen.heap) / MANY;
  row('upstreams: platform threads of each program at rest', round(each, 2), '≤ 1', each <= 1.05,
    `${all.seen.threads} with ${MANY}, ${none.seen.threads} with none; the server's own vary by one or two`);
  row('upstreams: heap of each program at rest', `${round(heap, 3)} MB`, '≤ 0.5 MB', heap <= 0.5,
    `after a full collection; ${Math.round(all.seen.resident - none.seen.resident)} MB more resident for all ${MANY}`);
  row(`upstreams: tools/list over ${MANY} from cache, p50`, `${round(lists.p50, 2)} ms (p99 ${round(lists.p99, 2)})`, '≤ 5 ms',
    lists.p50 <= 5, `${lists.tools} tools, ${Math.round(lists.bytes / 1024)} KB, to the last byte at a client`);
}

const request = { jsonrpc: '2.0', id: 900, method: 'tools/list', params: {} };

async function firstList() {
  const client = await new Http(url).open();
  const from = performance.now();
  const { text } = await client.send(request);
  const took = performance.now() - from;
  client.close();
  if (!text.includes(`s${MANY - 1}__noop`)) throw new Error('the first list lacks tools');
  return took;
}

async function listed(client) {
  const times = [];
  let text = '';
  for (let i = 0; i < 400; i++) {
    const from = performance.now();
    ({ text } = await client.send(request));
    times.push(performance.now() - from);
  }
  const warm = times.slice(100);
  return { p50: median(warm), p99: quantile(warm, 0.99), bytes: text.length, tools: text.match(/"inputSchema"/g).length };
}

await oneHangs();
await many();
fs.rmSync(data, { recursive: true, force: true });
