// stdio: from the start of the process to the first answers, in pairs with server-everything on Node.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { Stdio, initialize, initialized, median, round, row } from './lib.mjs';

const [mneme, node, everything] = process.argv.slice(2);
const PAIRS = Number(process.env.BENCH_PAIRS ?? 10);
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'mneme-bench-'));
const ours = () => new Stdio(mneme, ['mcp', '--data', data]);
const theirs = () => new Stdio(node, [everything, 'stdio']);

async function measure(start) {
  const program = start();
  await program.request(initialize(0));
  const first = program.elapsed();
  program.notify(initialized);
  await program.request({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const listed = program.elapsed();
  await program.close();
  return { first, listed };
}

/** Ends the owner of the data folder as a crash would, so that the next start is a cold one. */
function killOwner() {
  for (const pid of fs.readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const line = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (line.includes(data) && line.includes('java') && Number(pid) !== process.pid) {
        process.kill(Number(pid), 'SIGKILL');
      }
    } catch {
      // It ended meanwhile.
    }
  }
}

const results = { warm: [], cold: [], node: [] };
await measure(ours);
await measure(theirs);
for (let i = 0; i < PAIRS; i++) {
  results.warm.push(await measure(ours));
  results.node.push(await measure(theirs));
}
for (let i = 0; i < PAIRS; i++) {
  killOwner();
  await new Promise(resolve => setTimeout(resolve, 300));
  results.cold.push(await measure(ours));
}
killOwner();
fs.rmSync(data, { recursive: true, force: true });

const at = (kind, what) => round(median(results[kind].map(one => one[what])));
const ratio = (kind, what) => round(median(results[kind].map((one, i) => one[what] / results.node[i][what])), 2);
for (const kind of ['warm', 'cold']) {
  const times = ratio(kind, 'first');
  row(`stdio: start → initialize, ${kind} owner`, `${times} × Node (${at(kind, 'first')} / ${at('node', 'first')} ms)`,
    '≤ 1.0 ×', times <= 1.0, 'aim 0.5 ×');
}
const listed = ratio('warm', 'listed');
row('stdio: start → tools/list, warm owner', `${listed} × Node (${at('warm', 'listed')} / ${at('node', 'listed')} ms)`,
  '≤ 1.0 ×', listed <= 1.0);
row('stdio: start → tools/list, cold owner', `${at('cold', 'listed')} ms`, '≤ 1500 ms', at('cold', 'listed') <= 1500, 'aim 800 ms');
