import Letta from '@letta-ai/letta-client';

const client = new Letta({ baseURL: process.env.LETTA_BASE_URL ?? 'http://localhost:8283' });
const model = process.env.MODEL ?? 'openai/gpt-4o-mini';

const agent = await client.agents.create({
  model,
  memory_blocks: [
    { label: 'persona', value: 'I am a project manager tracking multiple initiatives.' },
    { label: 'human', value: 'The user is a team lead managing 5 engineers.' },
    {
      label: 'active_projects',
      value: '1. API v2 migration\n2. Mobile app redesign\n3. Database optimization',
      description: 'Current projects being tracked',
    },
    {
      label: 'team_members',
      value: 'Alice (backend), Bob (frontend), Carol (DevOps), David (QA), Eve (design)',
      description: 'Team roster and specializations',
    },
  ],
});
for await (const block of client.agents.blocks.list(agent.id)) {
  console.log(`${block.label}: ${block.description ?? ''}`);
}
