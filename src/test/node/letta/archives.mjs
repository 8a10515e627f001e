import { ABSENT, all, assert, client, done, end, fails, ids } from './kit.mjs';

const archive = await client.archives.create({ name: 'ships', description: 'what floats' });
assert.match(archive.id, /^archive-/);
assert.equal(archive.vector_db_provider, 'native');
assert.deepEqual(await client.archives.retrieve(archive.id), archive);
assert.equal((await client.archives.update(archive.id, { name: 'boats' })).description, 'what floats');
done('archives.create, retrieve, update');

const more = [];
for (let i = 0; i < 5; i++) more.push((await client.archives.create({ name: 'many' })).id);
assert.deepEqual(ids(await all(client.archives.list({ name: 'many', limit: 2 }))), more.toReversed());
assert.deepEqual(ids(await all(client.archives.list({ name: 'many', limit: 2, order: 'asc' }))), more);
done('archives.list');

const passage = await client.archives.passages.create(archive.id, {
  text: 'The harbour master is called Ines.',
  tags: ['people'],
  metadata: { page: 3 },
  created_at: '2024-05-01T10:00:00+02:00',
});
assert.equal(passage.archive_id, archive.id);
assert.equal(Date.parse(passage.created_at), Date.parse('2024-05-01T08:00:00Z'));
assert.equal(passage.embedding, null);
const batch = await client.archives.passages.createMany(archive.id, {
  passages: Array.from({ length: 30 }, (_, i) => ({ text: `Ship ${i} has a blue funnel.` })),
});
assert.equal(batch.length, 30);
done('archives.passages.create, createMany');

const found = await client.passages.search({ query: 'harbour master', archive_id: archive.id });
assert.equal(found[0].passage.id, passage.id);
assert.ok(found[0].score > 0);
assert.equal((await client.passages.search({ query: 'funnel', limit: 4 })).length, 4);
assert.equal((await client.passages.search({ query: 'harbour', tags: ['none'] })).length, 0);
assert.equal((await client.passages.search({ query: 'harbour', end_date: '2024-01-01T00:00:00Z', archive_id: archive.id })).length, 0);
done('passages.search');

await client.archives.passages.delete(passage.id, { archive_id: archive.id });
await fails('NotFoundError', client.archives.passages.delete(passage.id, { archive_id: archive.id }));
await fails('UnprocessableEntityError', client.archives.passages.create(archive.id, {}));
await fails('NotFoundError', client.archives.retrieve('archive-' + ABSENT));
await client.archives.delete(archive.id);
await fails('NotFoundError', client.archives.retrieve(archive.id));
done('archives.delete, archives.passages.delete');
end();
