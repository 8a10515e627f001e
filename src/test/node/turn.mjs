// An assistant thinks a whole turn of an agent, with the official MCP client and no key; then what the Letta client reads:
//   node turn.mjs URL
// Prints one line a check and ends with "ok".
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { all, assert, client as letta, done, end, url } from './letta/kit.mjs';

const modules = createRequire((process.env.NODE_MODULES ?? process.cwd()) + '/');
const load = name => import(pathToFileURL(modules.resolve('@modelcontextprotocol/sdk/' + name)));
const { Client } = await load('client/index.js');
const { StreamableHTTPClientTransport } = await load('client/streamableHttp.js');

const client = new Client({ name: 'thinker', version: '1' });
await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url)));

async function call(name, args) {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(!result.isError, `${name} failed: ${JSON.stringify(result.content)}`);
  return result.structuredContent;
}

const valueOf = async (agent, label) => (await letta.agents.blocks.retrieve(label, { agent_id: agent })).value;

// Listing the tools lets the client hold every answer against its output schema.
await client.listTools();
const agent = await call('agent_create', { name: `borrowed ${Date.now()}` });

const turn = await call('turn_open', { agent: agent.id, input: 'I am Ada, and I like tea.' });
assert.match(turn.system, /<human>/);
assert.equal(turn.messages.at(-1).text, 'I am Ada, and I like tea.');
const insert = turn.operations.find(operation => operation.name === 'memory_insert');
assert.ok(insert.input_schema.properties.new_string, 'operations carry their schemas');
assert.ok(!turn.operations.some(operation => operation.name === 'send_message'));
done('a turn is opened');

const refused = await client.callTool({
  name: 'turn_commit',
  arguments: { turn: turn.turn, operations: [{ name: 'memory_insert', arguments: {} }, { name: 'fly' }], reply: 'Hm.' },
});
assert.ok(refused.isError);
assert.match(refused.content[0].text, /2 problem/);
done('a wrong commit is refused whole');

const failed = await call('turn_commit', {
  turn: turn.turn,
  operations: [{ name: 'memory_replace', arguments: { label: 'human', old_string: 'not there', new_string: 'x' } }],
  reply: 'Hello Ada.',
});
assert.equal(failed.state, 'open');
assert.equal(failed.replied, false);
done('a failed operation leaves the turn open');

const ended = await call('turn_commit', {
  turn: turn.turn,
  operations: [
    { name: 'memory_insert', arguments: { label: 'human', new_string: 'Name: Ada. Likes tea.' } },
    { name: 'archival_memory_insert', arguments: { content: 'Ada introduced herself and said that she likes tea.' } },
  ],
  reply: 'Hello Ada. Tea it is.',
});
assert.equal(ended.state, 'ended');
assert.equal(ended.stop_reason, 'end_turn');
assert.deepEqual(ended.results.map(result => result.status), ['ok', 'ok']);
done('a corrected commit ends it');

assert.match(await valueOf(agent.id, 'human'), /Name: Ada\. Likes tea\./);
done('the block in the Letta client');

const messages = await all(letta.agents.messages.list(agent.id, { order: 'asc' }));
const said = type => messages.filter(message => message.message_type === type);
assert.ok(said('user_message').some(message => message.content === 'I am Ada, and I like tea.'));
const calls = said('tool_call_message').flatMap(message => message.tool_calls ?? [message.tool_call]);
assert.deepEqual(calls.map(each => each.name), ['memory_replace', 'memory_insert', 'archival_memory_insert']);
assert.ok(said('tool_return_message').length >= 2);
assert.equal(said('assistant_message').at(-1).content, 'Hello Ada. Tea it is.');
done('the messages in the Letta client');

const next = await call('turn_open', { agent: agent.id, input: 'What do I like?' });
assert.match(next.system, /Likes tea/);
assert.ok(next.messages.some(message => message.text === 'Hello Ada. Tea it is.'));
await call('turn_cancel', { turn: next.turn });
await call('memory_undo', { run: turn.turn });
assert.doesNotMatch(await valueOf(agent.id, 'human'), /Likes tea/);
done('the next turn remembers, and the first one is taken back');

await client.close();
end();
