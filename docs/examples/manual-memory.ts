import Letta from '@letta-ai/letta-client';

const client = new Letta({ baseURL: process.env.LETTA_BASE_URL ?? 'http://localhost:8283' });
const model = process.env.MODEL ?? 'openai/gpt-4o-mini';

const agent = await client.agents.create({
  model,
  memory_blocks: [{ label: 'human', value: 'The user is learning Python.' }],
});

const human = await client.agents.blocks.retrieve('human', { agent_id: agent.id });
await client.blocks.update(human.id, {
  value: 'The user is an experienced Python developer who prefers concise answers.',
});

const after = await client.agents.blocks.retrieve('human', { agent_id: agent.id });
console.log(after.value);

const response = await client.agents.messages.create(agent.id, { input: 'What do you know about me?' });
for (const message of response.messages) {
  if (message.message_type === 'assistant_message') console.log(`Assistant: ${message.content}`);
}
