import Letta from '@letta-ai/letta-client';

const client = new Letta({ baseURL: process.env.LETTA_BASE_URL ?? 'http://localhost:8283' });
const model = process.env.MODEL ?? 'openai/gpt-4o-mini';

const agent = await client.agents.create({ model, memory_blocks: [] });
await client.agents.messages.create(agent.id, { input: 'For error handling we agreed on result types, not exceptions.' });
await client.agents.messages.create(agent.id, { input: 'Lunch was good today.' });

// The agent searches all it ever said and heard with its tool conversation_search.
const response = await client.agents.messages.create(agent.id, {
  input: 'What did we discuss about error handling last week?',
});
for (const message of response.messages) {
  if (message.message_type === 'tool_call_message') console.log(`Tool: ${message.tool_call.name}`);
  if (message.message_type === 'assistant_message') console.log(`Assistant: ${message.content}`);
}

// The same from outside.
const found = await client.messages.search({ query: 'error handling', agent_id: agent.id });
console.log(`Found: ${found.length > 0}`);
