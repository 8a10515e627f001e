import { ABSENT, all, assert, client, done, end, fails, ids } from './kit.mjs';

const agent = (await client.agents.create({
  model: 'scripted/worker',
  memory_blocks: [{ label: 'human', value: 'Nothing known.' }],
})).id;
const answer = await client.agents.messages.create(agent, { input: 'I am Ada' });
const runs = await all(client.runs.list({ agent_id: agent }));
assert.equal(runs.length, 1);
const run = await client.runs.retrieve(runs[0].id);
assert.deepEqual(run, runs[0]);
assert.equal(run.status, 'completed');
assert.equal(run.stop_reason, 'end_turn');
assert.equal(run.request_config.use_assistant_message, true);
done('runs.retrieve, list');

const messages = await all(client.runs.messages.list(run.id, { limit: 1 }));
assert.equal(messages[0].message_type, 'user_message');
assert.deepEqual(messages.slice(1), answer.messages);
const usage = await client.runs.usage.retrieve(run.id);
assert.equal(usage.total_tokens, answer.usage.total_tokens);
assert.deepEqual(await client.runs.trace.retrieve(run.id), []);
const steps = await all(client.runs.steps.list(run.id, { order: 'asc', limit: 1 }));
assert.equal(steps.length, 2);
await fails('NotFoundError', client.runs.retrieve('run-' + ABSENT));
await fails('UnprocessableEntityError', client.runs.retrieve('nothing'));
done('runs.messages, usage, steps, trace');

const step = await client.steps.retrieve(steps[0].id);
assert.deepEqual(step, steps[0]);
assert.equal(step.run_id, run.id);
assert.equal(step.model_handle, 'scripted/worker');
assert.deepEqual(ids(await all(client.steps.list({ agent_id: agent, order: 'asc', limit: 1 }))), ids(steps));
const metrics = await client.steps.metrics.retrieve(step.id);
assert.ok(metrics.step_ns >= metrics.tool_execution_ns && metrics.llm_request_ns > 0);
assert.equal(await client.steps.trace.retrieve(step.id), null);
const said = await all(client.steps.messages.list(step.id));
assert.deepEqual(said.map(message => message.message_type), [
  'reasoning_message', 'assistant_message', 'tool_call_message', 'tool_return_message',
]);
assert.equal((await client.steps.feedback.create(step.id, { feedback: 'positive' })).feedback, 'positive');
assert.deepEqual(ids(await all(client.steps.list({ agent_id: agent, feedback: 'positive' }))), [step.id]);
assert.equal((await client.steps.feedback.create(step.id, { feedback: null })).feedback, null);
done('steps.retrieve, list, metrics, trace, messages, feedback');

const many = [];
for (let i = 0; i < 5; i++) {
  await client.agents.messages.create(agent, { input: `no ${i}` });
  many.push((await client.runs.list({ agent_id: agent, limit: 1 })).getPaginatedItems()[0].id);
}
assert.deepEqual(ids(await all(client.runs.list({ agent_id: agent, limit: 2 }))), [...many.toReversed(), run.id]);
assert.deepEqual(ids(await all(client.runs.list({ agent_id: agent, limit: 2, order: 'asc' }))), [run.id, ...many]);
assert.equal((await all(client.runs.list({ agent_id: agent, active: true }))).length, 0);
assert.equal((await all(client.runs.list({ agent_id: agent, statuses: ['failed'] }))).length, 0);
done('runs.list, with filters');

const slow = (await client.agents.create({ model: 'scripted/slow' })).id;
let last;
for await (const event of await client.agents.messages.stream(slow, { input: 'x', stream_tokens: true, background: true })) {
  last = event;
  if (event.seq_id === 3) break;
}
const rest = [];
for await (const event of await client.runs.messages.stream(last.run_id, { starting_after: 3 })) {
  if (event.message_type !== 'ping') rest.push(event);
}
assert.equal(rest[0].seq_id, 4);
assert.equal(rest.at(-1).message_type, 'usage_statistics');
const stored = (await client.agents.messages.list(slow, { limit: 1 })).getPaginatedItems()[0].content;
assert.ok(stored.endsWith(rest.map(event => event.content ?? '').join('')));
const again = [];
for await (const event of await client.runs.messages.stream(last.run_id)) again.push(event.content ?? '');
assert.equal(again.join(''), stored);
await fails('BadRequestError', client.runs.messages.stream(run.id));
done('runs.messages.stream');

end();
