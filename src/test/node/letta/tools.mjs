import { ABSENT, all, assert, client, done, end, fails, ids } from './kit.mjs';

const source = name => `
def ${name}(number: int, times: int = 2) -> int:
    """
    Multiplies a number.

    Args:
        number (int): What is multiplied.
        times (int): By how much.
    """
    print("working")
    return number * times
`;

const tool = await client.tools.create({ source_code: source('multiply'), tags: ['sums'], return_char_limit: 1000 });
assert.match(tool.id, /^tool-/);
assert.equal(tool.name, 'multiply');
assert.equal(tool.tool_type, 'custom');
assert.equal(tool.return_char_limit, 1000);
assert.deepEqual(tool.json_schema.parameters.required, ['number']);
assert.deepEqual(await client.tools.retrieve(tool.id), tool);
const upserted = await client.tools.upsert({ source_code: source('multiply'), tags: ['sums', 'more'] });
assert.equal(upserted.id, tool.id);
assert.deepEqual(upserted.tags, ['sums', 'more']);
const updated = await client.tools.update(tool.id, { default_requires_approval: true, description: 'Multiplies.' });
assert.equal(updated.default_requires_approval, true);
assert.equal(updated.description, 'Multiplies.');
done('tools.create, retrieve, upsert, update');

await fails('ConflictError', client.tools.create({ source_code: source('multiply') }));
await fails('UnprocessableEntityError', client.tools.create({}));
await fails('BadRequestError', client.tools.create({ source_code: 'def f(x):\n    return x\n' }));
await fails('NotFoundError', client.tools.retrieve('tool-' + ABSENT));
await fails('UnprocessableEntityError', client.tools.retrieve('multiply'));
done('tools: typed errors');

const listed = await all(client.tools.list({ limit: 7 }));
assert.equal(new Set(ids(listed)).size, listed.length);
assert.equal(listed.length, await client.get('/v1/tools/count'));
assert.ok(['send_message', 'archival_memory_search', 'conversation_search', 'memory_replace'].every(name =>
  listed.some(one => one.name === name)));
assert.deepEqual(ids(await all(client.tools.list({ name: 'multiply' }))), [tool.id]);
assert.deepEqual((await all(client.tools.list({ names: ['multiply', 'send_message'] }))).map(one => one.name).sort(),
  ['multiply', 'send_message']);
assert.deepEqual(ids(await all(client.tools.list({ tool_ids: [tool.id] }))), [tool.id]);
assert.ok((await all(client.tools.list({ tool_types: ['custom'] }))).every(one => one.tool_type === 'custom'));
assert.ok(!(await all(client.tools.list({ exclude_tool_types: ['custom'] }))).some(one => one.tool_type === 'custom'));
assert.ok(!ids(await all(client.tools.list({ return_only_letta_tools: true }))).includes(tool.id));
const found = await client.tools.search({ query: 'multiplies', limit: 3 });
assert.equal(found[0].tool.id, tool.id);
assert.ok(found[0].combined_score > 0);
done('tools.list, tools.search');

const tried = await client.post('/v1/tools/run', { body: { source_code: source('once'), args: { number: 21 } } });
assert.equal(tried.status, 'success');
assert.equal(tried.tool_return, '42');
assert.match(tried.stdout.join(''), /working/);
const base = await client.post('/v1/tools/add-base-tools');
assert.ok(base.some(one => one.name === 'send_message'));
done('tools from source and base tools of the older clients');

const agent = await client.agents.create({ model: 'scripted/echo', include_base_tools: false, tools: ['conversation_search'] });
assert.deepEqual(agent.tools.map(one => one.name), ['conversation_search']);
assert.equal(await client.agents.tools.attach(tool.id, { agent_id: agent.id }), null);
let state = await client.agents.retrieve(agent.id);
assert.deepEqual(state.tools.map(one => one.name), ['conversation_search', 'multiply']);
assert.ok(state.tool_rules.some(rule => rule.type === 'requires_approval' && rule.tool_name === 'multiply'));
assert.equal((await all(client.agents.tools.list(agent.id, { limit: 1 }))).length, 2);
assert.equal(await client.agents.tools.updateApproval('multiply', { agent_id: agent.id, body_requires_approval: false }), null);
state = await client.agents.retrieve(agent.id);
assert.ok(!state.tool_rules.some(rule => rule.type === 'requires_approval'));
const ran = await client.agents.tools.run('multiply', { agent_id: agent.id, args: { number: 4, times: 5 } });
assert.equal(ran.status, 'success');
assert.equal(String(ran.func_return), '20');
const broken = await client.agents.tools.run('multiply', { agent_id: agent.id, args: { number: 'x', times: 'y' } });
assert.equal(broken.status, 'error');
await fails('NotFoundError', client.agents.tools.run('absent', { agent_id: agent.id, args: {} }));
assert.equal(await client.agents.tools.detach(tool.id, { agent_id: agent.id }), null);
assert.deepEqual((await client.agents.retrieve(agent.id)).tools.map(one => one.name), ['conversation_search']);
await fails('NotFoundError', client.agents.tools.attach('tool-' + ABSENT, { agent_id: agent.id }));
done('agents.tools: attach, list, approval, run, detach');

await client.agents.tools.attach(tool.id, { agent_id: agent.id });
assert.equal(await client.tools.delete(tool.id), null);
await fails('NotFoundError', client.tools.retrieve(tool.id));
assert.deepEqual((await client.agents.retrieve(agent.id)).tools.map(one => one.name), ['conversation_search']);
done('tools.delete');
end();
