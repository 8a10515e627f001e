// Writes the rows of a run as a Markdown table with the machine and the versions above it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const [rows, java, node, nodeModules] = process.argv.slice(2);
const version = name =>
  JSON.parse(fs.readFileSync(path.join(nodeModules, '@modelcontextprotocol', name, 'package.json'), 'utf8')).version;
const javaVersion = spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr.split('\n')[1];
const memory = Math.round(os.totalmem() / 2 ** 30);

console.log(`# Results

${new Date().toISOString().slice(0, 10)} · ${os.cpus().length} cores (${os.cpus()[0].model.trim()}), ${memory} GiB · ${os.type()} ${os.release()} · load ${os.loadavg()[0].toFixed(1)} at the end
${javaVersion.trim()} · Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1)} · server-everything ${version('server-everything')} · TypeScript SDK ${version('sdk')}

Medians unless said otherwise. Ratios are to a peer measured in turn in the same run; absolute times are this machine's.

| what | measured | must be | | notes |
|---|---|---|---|---|`);
for (const line of fs.readFileSync(rows, 'utf8').split('\n').filter(Boolean)) {
  const { what, measured, mustReach, reached, notes } = JSON.parse(line);
  console.log(`| ${what} | ${measured} | ${mustReach} | ${reached ? 'reached' : '**missed**'} | ${notes} |`);
}
