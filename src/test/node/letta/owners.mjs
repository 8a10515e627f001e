// Two keys, two owners: neither finds, changes or deletes anything of the other.
import { ABSENT, all, assert, connect, done, end, fails, key, otherKey } from './kit.mjs';

const alice = connect(key);
const bob = connect(otherKey);
const model = 'scripted/echo';

const block = await alice.blocks.create({ label: 'human', value: 'the vault code is 4711' });
const agent = await alice.agents.create({ name: 'Vault', model, block_ids: [block.id], tags: ['vault'] });
const [passage] = await alice.agents.passages.create(agent.id, { text: 'the vault code is 4711' });
const archive = passage.archive_id;
const tool = await alice.tools.create({
  source_code: 'def vault() -> str:\n    """Opens the vault."""\n    return "4711"\n',
});

await fails('NotFoundError', bob.blocks.retrieve(block.id));
await fails('NotFoundError', bob.blocks.update(block.id, { value: 'gone' }));
await fails('NotFoundError', bob.blocks.delete(block.id));
await fails('NotFoundError', bob.blocks.agents.list(block.id));
await fails('NotFoundError', bob.agents.retrieve(agent.id));
await fails('NotFoundError', bob.agents.update(agent.id, { name: 'mine' }));
await fails('NotFoundError', bob.agents.delete(agent.id));
await fails('NotFoundError', bob.agents.blocks.list(agent.id));
await fails('NotFoundError', bob.agents.tools.list(agent.id));
await fails('NotFoundError', bob.agents.passages.list(agent.id));
await fails('NotFoundError', bob.agents.passages.create(agent.id, { text: 'x' }));
await fails('NotFoundError', bob.agents.passages.search(agent.id, { query: 'vault' }));
await fails('NotFoundError', bob.archives.retrieve(archive));
await fails('NotFoundError', bob.archives.passages.create(archive, { text: 'x' }));
await fails('NotFoundError', bob.archives.passages.delete(passage.id, { archive_id: archive }));
await fails('NotFoundError', bob.tools.retrieve(tool.id));
await fails('NotFoundError', bob.tools.update(tool.id, { description: 'x' }));
await fails('NotFoundError', bob.tools.delete(tool.id));
done('nothing by id');

const own = await bob.agents.create({ name: 'Vault', model });
await fails('NotFoundError', bob.agents.blocks.attach(block.id, { agent_id: own.id }));
await fails('NotFoundError', bob.agents.tools.attach(tool.id, { agent_id: own.id }));
await fails('NotFoundError', bob.agents.archives.attach(archive, { agent_id: own.id }));
await fails('NotFoundError', bob.agents.create({ model, block_ids: [block.id] }));
await fails('NotFoundError', bob.agents.create({ model, tool_ids: [tool.id] }));
done('nothing attached');

assert.equal((await all(bob.blocks.list({ value_search: 'vault' }))).length, 0);
assert.equal((await all(bob.agents.list({ tags: ['vault'] }))).length, 0);
assert.equal((await all(bob.archives.list())).length, 0);
assert.equal((await all(bob.tools.list({ name: 'vault' }))).length, 0);
assert.equal((await bob.passages.search({ query: 'vault code' })).length, 0);
assert.equal((await bob.tools.search({ query: 'vault' })).filter(found => found.tool.name === 'vault').length, 0);
assert.deepEqual(await bob.tags.list(), []);
await fails('NotFoundError', bob.agents.list({ after: agent.id }));
done('nothing in lists and searches');

await fails('AuthenticationError', connect('a-wrong-key-' + ABSENT).agents.list());
assert.equal((await alice.blocks.retrieve(block.id)).value, 'the vault code is 4711');
assert.equal((await alice.passages.search({ query: 'vault code' })).length, 1);
done('all is still there for its owner');
end();
