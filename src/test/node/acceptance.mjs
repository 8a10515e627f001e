// A user's first minutes, driven by the official client:
//   node acceptance.mjs http URL          or          node acceptance.mjs stdio COMMAND ARG…
// Prints one line a check and ends with "ok"; the first failed check ends the program with status 1.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [kind, target, ...rest] = process.argv.slice(2);
const modules = createRequire((process.env.NODE_MODULES ?? process.cwd()) + '/');
const load = name => import(pathToFileURL(modules.resolve('@modelcontextprotocol/sdk/' + name)));
const { Client } = await load('client/index.js');
const { ResourceUpdatedNotificationSchema } = await load('types.js');
const transport =
  kind === 'http'
    ? new (await load('client/streamableHttp.js')).StreamableHTTPClientTransport(new URL(target), {
        requestInit: process.env.MNEME_KEY ? { headers: { Authorization: `Bearer ${process.env.MNEME_KEY}` } } : {},
      })
    : new (await load('client/stdio.js')).StdioClientTransport({ command: target, args: rest, stderr: 'inherit' });

const client = new Client({ name: 'acceptance', version: '1' });
const done = what => console.log(`checked: ${what}`);

async function call(name, args = {}) {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(!result.isError, `${name} failed: ${JSON.stringify(result.content)}`);
  return result;
}

const text = result => result.content.map(part => part.text ?? '').join('\n');

await client.connect(transport);
assert.ok((client.getInstructions() ?? '').length > 100, 'there are instructions');
assert.equal(client.getServerVersion().name, 'mneme');
done('initialize with instructions');

const { tools } = await client.listTools();
const names = tools.map(tool => tool.name);
for (const name of ['memory_view', 'memory', 'memory_history', 'memory_undo', 'archival_insert', 'archival_search',
  'agent_list', 'agent_create', 'run_python', 'calculator', 'core_memory_append', 'core_memory_replace',
  'memory_insert', 'memory_replace', 'memory_rethink', 'memory_apply_patch']) {
  assert.ok(names.includes(name), `the tool ${name} is listed`);
}
for (const tool of tools) {
  assert.ok(tool.title && tool.description && tool.outputSchema, `${tool.name} has title, description, output schema`);
  for (const hint of ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint']) {
    assert.equal(typeof tool.annotations[hint], 'boolean', `${tool.name} has ${hint}`);
  }
}
done(`${tools.length} tools`);

const { resources } = await client.listResources();
const human = resources.find(resource => resource.uri.endsWith('/blocks/human')).uri;
const updates = [];
client.setNotificationHandler(ResourceUpdatedNotificationSchema, note => updates.push(note.params.uri));
await client.subscribeResource({ uri: human });
const marker = `Prefers marker-${Date.now()} over surprises.`;
await call('core_memory_append', { label: 'human', content: marker });
for (let i = 0; i < 100 && updates.length === 0; i++) await new Promise(resolve => setTimeout(resolve, 20));
assert.deepEqual(updates, [human]);
assert.match((await client.readResource({ uri: human })).contents[0].text, new RegExp(marker));
done('a block edit, its update, its new text');

assert.match(text(await call('memory_view')), new RegExp(marker));
await call('memory_undo', {});
assert.doesNotMatch(text(await call('memory_view', { label: 'human' })), new RegExp(marker));
done('the last edit undone');

await call('archival_insert', { content: 'The deploy key of the orchard project lives in the blue safe.', tags: ['orchard'] });
const found = await call('archival_search', { query: 'where is the orchard deploy key' });
assert.match(text(found), /blue safe/);
done('a passage found as soon as it was written');

assert.match(text(await call('calculator', { expression: '0.1 + 0.2' })), /0\.3\b/);
assert.match(text(await call('run_python', { code: 'print(sum(range(10)))' })), /45/);
done('a library tool and a script');

const cancel = new AbortController();
const began = performance.now();
setTimeout(() => cancel.abort('enough'), 500);
await assert.rejects(
  client.callTool({ name: 'run_python', arguments: { code: 'while True: pass' } }, undefined, { signal: cancel.signal }));
assert.ok(performance.now() - began < 3000);
assert.match(text(await call('run_python', { code: 'print("still here")' })), /still here/);
assert.match(text(await call('search_tools', { query: 'calculate' })), /def calculator\(\*, expression: str/);
const script = 'import mneme\nsum(float(mneme.tools.calculator(expression=str(n) + "**2")["value"]) for n in range(4))';
assert.equal((await call('run_python', { code: script })).structuredContent.result, 14);
done('a script calls tools');
done('a long call cancelled, the next one runs');

const { prompts } = await client.listPrompts();
assert.deepEqual(prompts.map(prompt => prompt.name).sort(), ['recall', 'reflect', 'remember', 'talk']);
done('prompts');

await client.close();
console.log('ok');
