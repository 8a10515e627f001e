import { assert, client, done, end } from './kit.mjs';

const health = await client.health();
assert.equal(health.status, 'ok');
assert.ok(health.version.length > 0);
done('health');

const models = await client.models.list();
const echo = models.find(model => model.handle === 'scripted/echo');
assert.equal(echo.model, 'echo');
assert.equal(echo.name, 'echo');
assert.equal(echo.model_type, 'llm');
assert.equal(echo.provider_name, 'scripted');
assert.ok(echo.context_window > 0 && echo.max_context_window === echo.context_window);
assert.equal((await client.models.list({ provider_name: 'nobody' })).length, 0);
assert.equal((await client.models.list({ provider_category: ['byok'] })).length, 0);
done('models.list');

const [embedding] = await client.models.embeddings.list();
assert.equal(embedding.model_type, 'embedding');
assert.ok(embedding.embedding_dim > 0);
done('models.embeddings.list');

const answer = await fetch(new URL('/v1/blocks', client.baseURL), { redirect: 'manual' });
assert.equal(answer.status, 200);
assert.equal((await fetch(new URL('/latest/blocks/', client.baseURL), { redirect: 'manual' })).status, 200);
done('paths with and without a slash at their end');
end();
