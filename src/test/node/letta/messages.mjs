import { ABSENT, all, assert, client, done, end, fails, sdk } from './kit.mjs';

const types = messages => messages.map(message => message.message_type);
const agent = (model, more) =>
  client.agents.create({ model: `scripted/${model}`, memory_blocks: [{ label: 'human', value: 'Nothing known.' }], ...more });
const user = content => ({ messages: [{ role: 'user', content }] });

async function collect(stream) {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
}

/** What the pieces say together, by message. */
function joined(events) {
  const texts = new Map();
  for (const event of events) {
    if (!event.id || !event.run_id || ['ping', 'user_message'].includes(event.message_type)) continue;
    const key = [event.message_type, event.id, event.otid].join(' ');
    const text = event.content ?? event.reasoning ?? event.tool_return ?? event.tool_call.arguments;
    texts.set(key, (texts.get(key) ?? '') + text);
  }
  return [...texts];
}

const worker = await agent('worker');
const answer = await client.agents.messages.create(worker.id, user('I am Ada'));
assert.deepEqual(types(answer.messages), [
  'reasoning_message', 'assistant_message', 'tool_call_message', 'tool_return_message', 'assistant_message',
]);
assert.equal(answer.messages[0].id, answer.messages[2].id);
assert.notEqual(answer.messages[0].otid, answer.messages[2].otid);
assert.equal(answer.messages[2].tool_call.name, 'memory_insert');
assert.equal(answer.messages[3].status, 'success');
assert.deepEqual(answer.stop_reason, { message_type: 'stop_reason', stop_reason: 'end_turn' });
assert.equal(answer.usage.step_count, 2);
assert.match((await client.agents.blocks.retrieve('human', { agent_id: worker.id })).value, /Name: Ada/);
assert.equal((await client.agents.messages.create(worker.id, { input: 'again' })).messages.length, 5);
done('agents.messages.create');

await fails('UnprocessableEntityError', client.agents.messages.create(worker.id, { messages: [] }));
await fails('UnprocessableEntityError', client.agents.messages.create(worker.id, { ...user('x'), input: 'x' }));
await fails('UnprocessableEntityError', client.agents.messages.create(worker.id, { input: 'x', background: true }));
await fails('NotFoundError', client.agents.messages.create('agent-' + ABSENT, user('x')));
done('agents.messages.create: typed errors');

const listed = await all(client.agents.messages.list(worker.id, { order: 'asc', limit: 3 }));
assert.deepEqual(types(listed).slice(0, 3), ['system_message', 'user_message', 'reasoning_message']);
assert.equal(listed.length, 13);
assert.deepEqual(listed.slice(2, 7), answer.messages);
const back = await all(client.agents.messages.list(worker.id, { limit: 4 }));
assert.deepEqual(new Set(back.map(message => message.otid)), new Set(listed.map(message => message.otid)));
const only = await all(client.agents.messages.list(worker.id, { include_return_message_types: ['user_message'], limit: 1 }));
assert.deepEqual(only.map(message => message.content), ['again', 'I am Ada']);
done('agents.messages.list');

const steps = await collect(await client.agents.messages.stream((await agent('worker')).id, user('I am Ada')));
assert.deepEqual(types(steps), [
  'ping', 'reasoning_message', 'assistant_message', 'tool_call_message', 'tool_return_message', 'assistant_message',
  'stop_reason', 'usage_statistics',
]);
const streamer = await agent('worker');
const tokens = await collect(
  await client.agents.messages.create(streamer.id, { ...user('I am Ada'), streaming: true, stream_tokens: true }));
assert.ok(tokens.filter(event => event.message_type === 'assistant_message').length > 5);
assert.deepEqual(joined(tokens), joined(await all(client.agents.messages.list(streamer.id, { order: 'asc' }))));
done('agents.messages.stream, with and without tokens');

const speaker = await agent('speaker', { agent_type: 'memgpt_v2_agent' });
const spoken = await collect(await client.agents.messages.stream(speaker.id, { ...user('hi'), stream_tokens: true }));
assert.deepEqual(joined(spoken), joined(await all(client.agents.messages.list(speaker.id, { order: 'asc' }))));
assert.deepEqual(
  spoken.filter(event => event.message_type === 'assistant_message').map(event => event.content).join(''),
  'Hello, how are you today?');
done('agents.messages.stream of what a tool says');

const broken = (await agent('broken')).id;
const failure = await fails('AuthenticationError', client.agents.messages.create(broken, user('x')));
assert.equal(failure.error.error.type, 'llm_authentication');
await fails('RateLimitError', client.agents.messages.create((await agent('limited')).id, user('x')));
await fails('InternalServerError', client.agents.messages.create((await agent('failing')).id, user('x')));
await assert.rejects(
  async () => collect(await client.agents.messages.stream((await agent('cut')).id, { ...user('x'), stream_tokens: true })),
  error => error instanceof sdk.APIError || error instanceof Error && /incomplete|stream/i.test(error.message + JSON.stringify(error.error)));
const odd = await client.agents.messages.create((await agent('malformed')).id, user('x'));
assert.equal(odd.messages.find(message => message.message_type === 'tool_return_message').status, 'error');
done('faults of models');

const hanging = (await agent('hangs')).id;
const run = await client.agents.messages.createAsync(hanging, user('x'));
assert.match(run.id, /^run-/);
assert.equal(run.background, true);
assert.deepEqual(await client.agents.messages.cancel(hanging), { [run.id]: 'cancelled' });
assert.equal((await client.runs.retrieve(run.id)).status, 'cancelled');
await fails('ConflictError', client.agents.messages.cancel(hanging));
done('agents.messages.createAsync, cancel');

const slow = (await agent('slow')).id;
const cancelled = [];
for await (const event of await client.agents.messages.stream(slow, { ...user('x'), stream_tokens: true })) {
  cancelled.push(event);
  if (event.message_type === 'assistant_message' && cancelled.length < 4) {
    await client.agents.messages.cancel(slow, { run_ids: [event.run_id] });
  }
}
assert.equal(cancelled.find(event => event.message_type === 'stop_reason').stop_reason, 'cancelled');
done('agents.messages.cancel in a stream');

const careful = await agent('careful', { tool_rules: [{ type: 'requires_approval', tool_name: 'memory_insert' }] });
assert.equal(careful.pending_approval, null);
const asked = await client.agents.messages.create(careful.id, user('note this'));
assert.equal(asked.stop_reason.stop_reason, 'requires_approval');
const waiting = (await client.agents.retrieve(careful.id, { include: ['agent.pending_approval'] })).pending_approval;
assert.deepEqual(waiting, asked.messages.at(-1));
const consent = { type: 'approval', tool_call_id: waiting.tool_calls[0].tool_call_id, approve: false, reason: 'not now' };
const refused = await client.agents.messages.create(careful.id, { messages: [{ type: 'approval', approvals: [consent] }] });
assert.equal(refused.messages.at(-1).content, 'I leave it.');
assert.equal((await client.agents.retrieve(careful.id)).pending_approval, null);
const answers = await all(client.agents.messages.list(careful.id, { include_return_message_types: ['approval_response_message'] }));
assert.deepEqual(answers.map(message => message.approvals), [[consent]]);
done('approvals: what waits, and the answer among the messages');

const id = answer.messages[0].id;
assert.deepEqual(await client.messages.retrieve(id), answer.messages.slice(0, 3));
await fails('NotFoundError', client.messages.retrieve('message-' + ABSENT));
assert.equal((await client.messages.list({ limit: 2 })).length >= 2, true);
const found = await client.messages.search({ query: 'know your name', agent_id: worker.id });
assert.ok(found.some(hit => hit.message_type === 'assistant_message' && /name/.test(hit.content)));
assert.ok(found.every(hit => hit.agent_id === worker.id && hit.message_id && hit.created_at));
done('messages.retrieve, list, search');

const compacted = await client.agents.messages.compact(worker.id, { compaction_settings: { mode: 'all' } });
assert.ok(compacted.summary.length > 0, 'a summary says what left');
assert.ok(compacted.num_messages_after < compacted.num_messages_before, JSON.stringify(compacted));
assert.deepEqual((await client.agents.retrieve(worker.id)).message_ids.length, compacted.num_messages_after);
const again = await client.agents.messages.compact(worker.id);
assert.equal(again.num_messages_after, again.num_messages_before);
done('agents.messages.compact');

assert.equal(await client.agents.messages.reset(worker.id, { add_default_initial_messages: false }), null);
assert.equal((await client.agents.retrieve(worker.id)).message_ids.length, 1);
assert.equal((await client.agents.messages.create(worker.id, user('I am Ada'))).messages.length, 5);
done('agents.messages.reset');

end();
