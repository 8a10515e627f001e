import Letta from '@letta-ai/letta-client';

const client = new Letta({ baseURL: process.env.LETTA_BASE_URL ?? 'http://localhost:8283' });
const model = process.env.MODEL ?? 'openai/gpt-4o-mini';

// The function's name, type hints and docstring become what the model reads.
const tool = await client.tools.upsert({
  source_code: `
def roll_dice(sides: int, count: int = 1) -> list:
    """Rolls dice.

    Args:
        sides: how many sides each die has
        count: how many dice are rolled

    Returns:
        what each die shows
    """
    import random

    if sides < 2:
        raise ValueError("a die has at least two sides")
    return [random.randint(1, sides) for _ in range(count)]
`,
});
console.log(`Tool: ${tool.name} ${Object.keys((tool.json_schema as any).parameters.properties)}`);

const agent = await client.agents.create({ model, memory_blocks: [], tool_ids: [tool.id] });
const response = await client.agents.messages.create(agent.id, { input: 'Roll three dice with six sides.' });
for (const message of response.messages) {
  if (message.message_type === 'tool_return_message') console.log(`${message.status}: ${message.tool_return}`);
  if (message.message_type === 'assistant_message') console.log(`Assistant: ${message.content}`);
}
