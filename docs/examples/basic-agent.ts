import Letta from '@letta-ai/letta-client';

const client = new Letta({ baseURL: process.env.LETTA_BASE_URL ?? 'http://localhost:8283' });
const model = process.env.MODEL ?? 'openai/gpt-4o-mini';

const agent = await client.agents.create({
  model,
  memory_blocks: [
    { label: 'persona', value: 'I am a helpful coding assistant specialized in Python.' },
    { label: 'human', value: 'The user is learning Python and prefers detailed explanations.' },
  ],
});
console.log(`Agent created: ${agent.id}`);

const response = await client.agents.messages.create(agent.id, {
  messages: [{ role: 'user', content: 'Hello! Can you help me understand list comprehensions?' }],
});
for (const message of response.messages) {
  if (message.message_type === 'assistant_message') {
    console.log(`Assistant: ${message.content}`);
  }
}

const { memory } = await client.agents.retrieve(agent.id);
for (const block of memory.blocks) {
  console.log(`${block.label}: ${block.value} (${block.value.length} of ${block.limit} characters)`);
}
