import Letta from '@letta-ai/letta-client';

const client = new Letta({ baseURL: process.env.LETTA_BASE_URL ?? 'http://localhost:8283' });
const model = process.env.MODEL ?? 'openai/gpt-4o-mini';

const agent = await client.agents.create({ model, memory_blocks: [] });
const stream = await client.agents.messages.create(agent.id, {
  input: 'Tell me a story in one sentence.',
  streaming: true,
  stream_tokens: true,
});

// Pieces of one message carry the same id; put together in their order they are the message.
let pieces = 0;
for await (const event of stream) {
  if (event.message_type === 'assistant_message') {
    pieces++;
    process.stdout.write(String(event.content));
  } else if (event.message_type === 'stop_reason') {
    console.log(`\nStopped: ${event.stop_reason}`);
  } else if (event.message_type === 'usage_statistics') {
    console.log(`Tokens: ${event.total_tokens > 0}, in several pieces: ${pieces > 1}`);
  }
}
