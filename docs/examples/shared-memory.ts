import Letta from '@letta-ai/letta-client';

const client = new Letta({ baseURL: process.env.LETTA_BASE_URL ?? 'http://localhost:8283' });
const model = process.env.MODEL ?? 'openai/gpt-4o-mini';

const shared = await client.blocks.create({
  label: 'project_status',
  description: 'Shared project status visible to all agents',
  value: 'Sprint 12: In progress\nBlockers: None\nNext release: Dec 15',
});
const supervisor = await client.agents.create({
  model,
  memory_blocks: [{ label: 'persona', value: 'I am the project supervisor' }],
  block_ids: [shared.id],
});
const worker = await client.agents.create({
  model,
  memory_blocks: [{ label: 'persona', value: 'I am a development agent' }],
  block_ids: [shared.id],
});

// The worker edits the block with a memory tool; the supervisor sees it at once.
await client.agents.messages.create(worker.id, { input: 'We are blocked: the staging database is down. Note it.' });
const seen = await client.agents.blocks.retrieve('project_status', { agent_id: supervisor.id });
console.log(seen.value);

const holders = [];
for await (const agent of client.blocks.agents.list(shared.id)) holders.push(agent.id);
console.log(`Held by both: ${holders.includes(supervisor.id) && holders.includes(worker.id)}`);
