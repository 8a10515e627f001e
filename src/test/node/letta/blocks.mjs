import { ABSENT, all, assert, client, done, end, fails, ids } from './kit.mjs';

const made = await client.blocks.create({ label: 'human', value: 'Ada likes tea.', tags: ['people', 'tea'] });
assert.match(made.id, /^block-[0-9a-f-]{36}$/);
assert.equal(made.label, 'human');
assert.equal(made.limit, 100000);
assert.equal(made.read_only, false);
assert.ok(made.description.length > 0, 'a block for the human says what it is for');
done('blocks.create');

assert.deepEqual(await client.blocks.retrieve(made.id), made);
const changed = await client.blocks.update(made.id, { value: 'Ada likes coffee.', limit: 50, metadata: { page: 1 } });
assert.equal(changed.value, 'Ada likes coffee.');
assert.equal(changed.limit, 50);
assert.deepEqual(changed.metadata, { page: 1 });
assert.deepEqual(changed.tags, ['people', 'tea']);
done('blocks.retrieve, blocks.update');

const refused = await fails('UnprocessableEntityError', client.blocks.update(made.id, { value: 'x'.repeat(51) }));
assert.match(refused.error.detail, /limit is 50/);
await fails('UnprocessableEntityError', client.blocks.create({ label: 'human' }));
await fails('UnprocessableEntityError', client.blocks.retrieve('block-1'));
await fails('NotFoundError', client.blocks.retrieve('block-' + ABSENT));
await fails('BadRequestError', client.blocks.create({ label: 'not a label!', value: '' }));
done('blocks: typed errors');

const series = [];
for (let i = 0; i < 7; i++) series.push((await client.blocks.create({ label: 'series', value: `number ${i}` })).id);
assert.deepEqual(ids(await all(client.blocks.list({ label: 'series', limit: 2 }))), series);
assert.deepEqual(ids(await all(client.blocks.list({ label: 'series', limit: 3, order: 'desc' }))), series.toReversed());
const before = await client.blocks.list({ label: 'series', limit: 2, before: series[5] });
assert.deepEqual(ids(before.getPaginatedItems()), series.slice(3, 5));
assert.equal((await all(client.blocks.list({ label: 'series', before: series[5], limit: 2 }))).length, 5);
assert.equal((await all(client.blocks.list({ label: 'series', value_search: 'NUMBER 3' }))).length, 1);
assert.equal((await all(client.blocks.list({ tags: ['people', 'none'] }))).length, 1);
assert.equal((await all(client.blocks.list({ tags: ['people', 'none'], match_all_tags: true }))).length, 0);
assert.equal((await all(client.blocks.list({ label: 'series', connected_to_agents_count_gt: 0 }))).length, 0);
done('blocks.list: filters, all pages, both directions');

assert.equal(await client.blocks.delete(made.id), null);
await fails('NotFoundError', client.blocks.retrieve(made.id));
done('blocks.delete');
end();
