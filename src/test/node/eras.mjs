// The official client of both protocol eras, in each way it can choose one, against a server with the conformance catalog:
//   node eras.mjs http URL          or          node eras.mjs stdio COMMAND ARG…
// Prints one line a check and ends with "ok"; the first failed check ends the program with status 1.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [kind, target, ...rest] = process.argv.slice(2);
const load = createRequire((process.env.NODE_MODULES ?? process.cwd()) + '/');
const { Client, StreamableHTTPClientTransport } = load('@modelcontextprotocol/client');
const { StdioClientTransport } = load('@modelcontextprotocol/client/stdio');

const transport = () =>
  kind === 'http'
    ? new StreamableHTTPClientTransport(new URL(target))
    : new StdioClientTransport({ command: target, args: rest, stderr: 'inherit' });
const text = result => result.content.map(part => part.text ?? '').join('\n');
const HUMAN = 'memory://agents/default/blocks/human';

for (const [name, mode, version] of [
  ['auto', 'auto', '2026-07-28'],
  ['pin', { pin: '2026-07-28' }, '2026-07-28'],
  ['legacy', 'legacy', '2025-11-25'],
]) {
  const client = new Client(
    { name: `eras-${name}`, version: '1' },
    { capabilities: { elicitation: {} }, versionNegotiation: { mode } });
  client.setRequestHandler('elicitation/create', async () => ({ action: 'accept', content: { name: 'Ada' } }));
  await client.connect(transport());
  assert.equal(client.getNegotiatedProtocolVersion(), version);
  assert.match(client.getInstructions() ?? '', /memory/);
  const call = async (tool, args = {}, options = {}) => {
    const result = await client.callTool({ name: tool, arguments: args }, options);
    assert.ok(!result.isError, `${tool} failed: ${text(result)}`);
    return result;
  };

  const { tools } = await client.listTools();
  assert.ok(tools.some(tool => tool.name === 'test_simple_text'));
  const reports = [];
  await call('test_tool_with_progress', {}, { onprogress: report => reports.push(report.progress) });
  assert.deepEqual(reports, [0, 50, 100]);
  assert.match(text(await call('test_input_required_result_elicitation')), /Hello, Ada!/);
  assert.match(text(await client.callTool({ name: 'no_such', arguments: {} }).catch(error => ({ content: [{ text: error.message }] }))), /no tool/);
  console.log(`checked: ${name} speaks ${version}; progress, a question to the user`);

  await call('memory_view');
  const heard = new Promise(resolve => client.setNotificationHandler('notifications/resources/updated', note => resolve(note.params.uri)));
  const subscription = version === '2026-07-28'
    ? await client.listen({ resourceSubscriptions: [HUMAN] })
    : await client.subscribeResource({ uri: HUMAN });
  const marker = `Marker of ${name} ${Date.now()}.`;
  await call('core_memory_append', { label: 'human', content: marker });
  assert.equal(await heard, HUMAN);
  const { contents } = await client.readResource({ uri: HUMAN });
  assert.ok(contents[0].text.includes(marker));
  await subscription.close?.();
  await call('memory_undo');
  assert.ok(!text(await call('memory_view', { label: 'human' })).includes(marker));
  console.log(`checked: ${name} hears of an edit and undoes it`);

  const cancel = new AbortController();
  const began = performance.now();
  setTimeout(() => cancel.abort('enough'), 500);
  await assert.rejects(client.callTool({ name: 'run_python', arguments: { code: 'while True: pass' } }, { signal: cancel.signal }));
  assert.ok(performance.now() - began < 10_000);
  console.log(`checked: ${name} cancels a call`);

  if (mode === 'legacy') {
    const give = new AbortController();
    const withdrawn = new Promise(resolve =>
      client.setRequestHandler('elicitation/create', async (_, context) => {
        const { signal } = context.mcpReq;
        signal.addEventListener('abort', () => resolve(true));
        give.abort('enough');
        await new Promise(done => signal.addEventListener('abort', done));
        return { action: 'cancel' };
      }));
    await assert.rejects(
      client.callTool({ name: 'test_elicitation', arguments: { message: 'Who?' } }, { signal: give.signal }));
    assert.ok(await Promise.race([withdrawn, new Promise(done => setTimeout(done, 60_000, false).unref())]), 'the question stays');
    console.log(`checked: ${name} is told that a question is withdrawn`);
  }
  await client.close();
}
console.log('ok');
