import Letta from '@letta-ai/letta-client';

const client = new Letta({ baseURL: process.env.LETTA_BASE_URL ?? 'http://localhost:8283' });
const model = process.env.MODEL ?? 'openai/gpt-4o-mini';

const agent = await client.agents.create({ model, memory_blocks: [] });

// The agent decides to keep it with its tool archival_memory_insert.
const response = await client.agents.messages.create(agent.id, {
  messages: [{ role: 'user', content: 'Remember that I prefer tabs over spaces for indentation.' }],
});
for (const message of response.messages) {
  if (message.message_type === 'tool_call_message') console.log(`Tool: ${message.tool_call.name}`);
}

// What it keeps can be read, searched and added to from outside.
await client.agents.passages.create(agent.id, { text: 'Lines are at most 120 characters long.', tags: ['style'] });
const found = await client.agents.passages.search(agent.id, { query: 'indentation preferences' });
console.log(`Found: ${found.results[0].content}`);
