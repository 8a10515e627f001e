import { ABSENT, all, assert, client, done, end, fails, ids } from './kit.mjs';

const model = 'scripted/echo';
const shared = await client.blocks.create({ label: 'team', value: 'We meet on Mondays.' });
const made = await client.agents.create({
  name: 'Ada',
  description: 'keeps the books',
  model,
  system: 'You keep the books.',
  memory_blocks: [
    { label: 'human', value: 'Bob' },
    { label: 'persona', value: 'I am Ada.' },
  ],
  block_ids: [shared.id],
  tags: ['books', 'office'],
  metadata: { floor: 2 },
  secrets: { API_KEY: 'abc' },
  context_window_limit: 16000,
  timezone: 'Europe/Berlin',
  tool_rules: [{ tool_name: 'send_message', type: 'exit_loop' }],
  response_format: { type: 'json_object' },
  message_buffer_autoclear: true,
});
assert.match(made.id, /^agent-/);
assert.equal(made.name, 'Ada');
assert.equal(made.agent_type, 'letta_v1_agent');
assert.equal(made.model, model);
assert.equal(made.llm_config.handle, model);
assert.equal(made.llm_config.context_window, 16000);
assert.deepEqual(made.blocks.map(block => block.label).sort(), ['human', 'persona', 'team']);
assert.deepEqual(made.memory.blocks, made.blocks);
assert.deepEqual(made.tags, ['books', 'office']);
assert.deepEqual(made.secrets.map(secret => [secret.key, secret.value]), [['API_KEY', 'abc']]);
assert.deepEqual(made.tool_exec_environment_variables, made.secrets);
assert.ok(made.tool_rules.some(rule => rule.type === 'exit_loop' && rule.tool_name === 'send_message'));
assert.equal(made.message_ids.length, 1);
assert.equal(made.timezone, 'Europe/Berlin');
assert.equal(made.message_buffer_autoclear, true);
assert.equal(made.compaction_settings.mode, 'sliding_window');
assert.deepEqual(made.response_format, { type: 'json_object' });
assert.ok(Array.isArray(made.sources) && Array.isArray(made.tools) && Array.isArray(made.message_ids));
done('agents.create with all its state');

assert.deepEqual(await client.agents.retrieve(made.id), made);
const changed = await client.agents.update(made.id, {
  description: 'keeps the accounts',
  tags: ['books'],
  secrets: { OTHER: 'x' },
  block_ids: made.blocks.filter(block => block.label !== 'team').map(block => block.id),
  hidden: true,
});
assert.equal(changed.description, 'keeps the accounts');
assert.equal(changed.name, 'Ada');
assert.equal(changed.system, made.system);
assert.equal(changed.hidden, true);
assert.deepEqual(changed.tags, ['books']);
assert.deepEqual(changed.secrets.map(secret => secret.key), ['OTHER']);
assert.deepEqual(changed.blocks.map(block => block.label).sort(), ['human', 'persona']);
done('agents.retrieve, agents.update');

const prompt = await client.agents.recompile(made.id);
assert.match(prompt, /keep the books/);
assert.match(prompt, /<persona>/);
assert.match(await client.agents.recompile(made.id, { dry_run: true }), /<persona>/);
done('agents.recompile');

const defaults = await client.agents.create({ model, initial_message_sequence: [{ role: 'user', content: 'Remember me.' }] });
assert.ok(['conversation_search', 'archival_memory_insert', 'archival_memory_search'].every(name =>
  defaults.tools.some(tool => tool.name === name)));
assert.ok(defaults.system.length > 100, 'an agent has instructions of its type');
assert.equal(defaults.message_ids.length, 2);
done('agents.create: the defaults of a type');

const nameless = await client.agents.create({ model });
assert.ok(nameless.name.length > 0);
await fails('UnprocessableEntityError', client.agents.create({ agent_type: 'none', model }));
await fails('UnprocessableEntityError', client.agents.create({ memory_blocks: [{ label: 'human' }] }));
await fails('NotFoundError', client.agents.create({ model: 'scripted/not-there' }));
await fails('BadRequestError', client.agents.create({ model, tools: ['no_such_tool'] }));
await fails('NotFoundError', client.agents.retrieve('agent-' + ABSENT));
await fails('UnprocessableEntityError', client.agents.retrieve('Ada'));
done('agents: typed errors');

const crowd = [];
for (let i = 0; i < 7; i++) {
  crowd.push((await client.agents.create({ name: `crowd ${i}`, model, tags: ['crowd', i % 2 ? 'odd' : 'even'] })).id);
}
const listed = query => all(client.agents.list(query));
assert.deepEqual(ids(await listed({ tags: ['crowd'], limit: 3 })), crowd.toReversed());
assert.deepEqual(ids(await listed({ tags: ['crowd'], limit: 3, order: 'asc' })), crowd);
const before = await client.agents.list({ tags: ['crowd'], limit: 2, order: 'asc', before: crowd[5] });
assert.deepEqual(ids(before.getPaginatedItems()), crowd.slice(3, 5));
assert.equal((await listed({ tags: ['crowd', 'odd'], match_all_tags: true })).length, 3);
assert.deepEqual(ids(await listed({ name: 'crowd 4' })), [crowd[4]]);
assert.equal((await listed({ query_text: 'CROWD', limit: 100 })).length, 7);
assert.equal((await listed({ identity_id: 'identity-' + ABSENT })).length, 0);
assert.equal(await client.get('/v1/agents/count', { query: { tags: ['crowd'] } }), 7);
assert.deepEqual(await client.tags.list({ limit: 2 }), ['books', 'crowd']);
assert.deepEqual(await client.tags.list({ after: 'crowd' }), ['even', 'odd']);
assert.deepEqual(await client.tags.list({ query_text: 'OD' }), ['odd']);
done('agents.list, tags.list: filters and pages');

const held = await all(client.agents.blocks.list(made.id, { limit: 1, order: 'asc' }));
assert.deepEqual(held.map(block => block.label), ['human', 'persona']);
const human = await client.agents.blocks.retrieve('human', { agent_id: made.id });
assert.equal(human.value, 'Bob');
const edited = await client.agents.blocks.update('human', { agent_id: made.id, value: 'Bob, who likes tea' });
assert.equal(edited.id, human.id);
assert.equal((await client.blocks.retrieve(human.id)).value, 'Bob, who likes tea');
const attached = await client.agents.blocks.attach(shared.id, { agent_id: made.id });
assert.ok(attached.blocks.some(block => block.id === shared.id));
await client.agents.blocks.attach(shared.id, { agent_id: nameless.id });
assert.deepEqual(ids(await all(client.blocks.agents.list(shared.id))).sort(), [made.id, nameless.id].sort());
assert.equal((await all(client.blocks.list({ label: 'team', connected_to_agents_count_eq: [2] }))).length, 1);
const same = await client.blocks.create({ label: 'team', value: 'another' });
const conflict = await fails('ConflictError', client.agents.blocks.attach(same.id, { agent_id: made.id }));
assert.equal(conflict.headers.get('x-should-retry'), 'false');
const detached = await client.agents.blocks.detach(shared.id, { agent_id: made.id });
assert.ok(!detached.blocks.some(block => block.id === shared.id));
await fails('NotFoundError', client.agents.blocks.retrieve('team', { agent_id: made.id }));
await fails('NotFoundError', client.agents.blocks.list('agent-' + ABSENT));
done('agents.blocks: list, retrieve, update, attach, detach; blocks.agents');

const [passage] = await client.agents.passages.create(made.id, { text: 'The safe is behind the map.', tags: ['place'] });
for (let i = 0; i < 6; i++) await client.agents.passages.create(made.id, { text: `Invoice ${i} was paid.` });
const passages = await client.agents.passages.list(made.id);
assert.equal(passages.length, 7);
assert.equal(passages[0].id, passage.id);
assert.deepEqual(ids(await client.agents.passages.list(made.id, { after: passages[4].id })), ids(passages.slice(5)));
assert.deepEqual(ids(await client.agents.passages.list(made.id, { ascending: false, limit: 2 })), ids(passages.slice(5).reverse()));
assert.equal((await client.agents.passages.list(made.id, { search: 'SAFE' })).length, 1);
const found = await client.agents.passages.search(made.id, { query: 'safe map', tags: ['place'] });
assert.equal(found.count, 1);
assert.equal(found.results[0].content, 'The safe is behind the map.');
assert.equal((await client.agents.passages.search(nameless.id, { query: 'safe' })).count, 0);
const own = passage.archive_id;
await client.agents.archives.attach(own, { agent_id: nameless.id });
assert.equal((await client.agents.passages.search(nameless.id, { query: 'safe' })).count, 1);
assert.deepEqual(ids(await all(client.archives.list({ agent_id: nameless.id }))), [own]);
await client.agents.archives.detach(own, { agent_id: nameless.id });
assert.equal((await client.passages.search({ query: 'safe', agent_id: nameless.id })).length, 0);
await client.agents.passages.delete(passage.id, { agent_id: made.id });
await fails('NotFoundError', client.agents.passages.delete(passage.id, { agent_id: made.id }));
done('agents.passages, agents.archives');

assert.equal(await client.agents.delete(made.id), null);
await fails('NotFoundError', client.agents.retrieve(made.id));
assert.equal((await client.blocks.retrieve(human.id)).id, human.id);
done('agents.delete');
end();
