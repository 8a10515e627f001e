// node mcp.mjs URL FILE: the server "files" of servers.json is there, FILE is one it may read.
// URL_OF_ANOTHER in the environment is an MCP server over HTTP that may be added over the API.
import { ABSENT, assert, client, done, end, fails, ids } from './kit.mjs';

const file = process.argv[3];

const servers = await client.mcpServers.list();
const files = servers.find(one => one.server_name === 'files');
assert.match(files.id, /^mcp_server-/);
assert.equal(files.mcp_server_type, 'stdio');
assert.deepEqual(await client.mcpServers.retrieve(files.id).then(one => one.command), files.command);
await client.mcpServers.refresh(files.id);
const tools = await client.mcpServers.tools.list(files.id);
const read = tools.find(one => one.name === 'files__read_text_file');
assert.equal(read.tool_type, 'external_mcp');
assert.deepEqual(read.tags, ['mcp:files']);
assert.deepEqual(await client.mcpServers.tools.retrieve(read.id, { mcp_server_id: files.id }), read);
assert.deepEqual(await client.tools.retrieve(read.id), read);
const ran = await client.mcpServers.tools.run(read.id, { mcp_server_id: files.id, args: { path: file } });
assert.equal(ran.status, 'success');
assert.match(ran.func_return, /the word is/);
const outside = await client.mcpServers.tools.run(read.id, { mcp_server_id: files.id, args: { path: '/etc/passwd' } });
assert.equal(outside.status, 'error');
await fails('PermissionDeniedError', client.mcpServers.delete(files.id));
done('mcpServers: one of servers.json');

// The older routes, as the guide's snippet asks them.
const old = await client.get('/v1/tools/mcp/servers');
assert.equal(old.files.type, 'stdio');
const names = (await client.get('/v1/tools/mcp/servers/files/tools')).map(one => one.name);
assert.ok(names.includes('read_text_file'));
const added = await client.post('/v1/tools/mcp/servers/files/read_text_file');
assert.equal(added.id, read.id);
assert.deepEqual(await client.post('/v1/tools/mcp/servers/files/resync'), { deleted: [], updated: [], added: [] });
const executed = await client.post('/v1/tools/mcp/servers/files/tools/read_text_file/execute', { body: { args: { path: file } } });
assert.equal(executed.status, 'success');
done('tools/mcp/servers: the older form');

const agent = (await client.agents.create({ model: 'scripted/reader', tool_ids: [read.id] })).id;
assert.ok((await client.agents.tools.list(agent)).getPaginatedItems().some(one => one.id === read.id));
const answer = await client.agents.messages.create(agent, { input: `Please read ${file}` });
const said = answer.messages.find(message => message.message_type === 'assistant_message');
assert.equal(said.content, 'The file says xylophone.');
const back = answer.messages.find(message => message.message_type === 'tool_return_message');
assert.equal(back.status, 'success');
const refused = await client.agents.messages.create(agent, { input: 'Please read /etc/passwd' });
assert.match(refused.messages.find(message => message.message_type === 'assistant_message').content, /could not be read/);
const direct = await client.post(`/v1/agents/${agent}/tools/files__read_text_file/run`, { body: { args: { path: file } } });
assert.equal(direct.status, 'success');
const calls = await client.get('/v1/mneme/calls?tool=files__read_text_file');
assert.ok(calls.length >= 5 && calls.every(one => one.source === 'upstream'));
assert.ok(calls.some(one => one.face === 'agent' && one.agent_id === agent));
done('an agent uses a tool of another server');

const smuggled = await client.mcpServers.create({
  server_name: 'smuggled',
  config: { mcp_server_type: 'stdio', command: 'touch', args: [`${file}.smuggled`], env: { TOKEN: 'very-private' } },
});
assert.equal(smuggled.state, 'parked');
assert.ok(!JSON.stringify(await client.mcpServers.list()).includes('very-private'));
assert.deepEqual(await client.mcpServers.tools.list(smuggled.id), []);
await fails('InternalServerError', client.mcpServers.refresh(smuggled.id));
await fails('ConflictError', client.mcpServers.create({ server_name: 'files', config: { command: 'x', args: [] } }));
await fails('UnprocessableEntityError', client.mcpServers.create({ server_name: 'x' }));
await fails('NotFoundError', client.mcpServers.retrieve('mcp_server-' + ABSENT));
const renamed = await client.mcpServers.update(smuggled.id, {
  server_name: 'other', config: { mcp_server_type: 'stdio', command: 'touch', args: [`${file}.smuggled`] },
});
assert.equal(renamed.server_name, 'other');
await client.mcpServers.delete(smuggled.id);
assert.ok(!ids(await client.mcpServers.list()).includes(smuggled.id));
done('mcpServers: a program that came over the API stays parked');

if (process.env.URL_OF_ANOTHER) {
  const remote = await client.mcpServers.create({
    server_name: 'everything',
    config: { mcp_server_type: 'streamable_http', server_url: process.env.URL_OF_ANOTHER, auth_token: 'hidden-token' },
  });
  assert.equal(remote.state, 'ready');
  const offered = await client.mcpServers.tools.list(remote.id);
  const echo = offered.find(one => one.name === 'everything__echo');
  const echoed = await client.mcpServers.tools.run(echo.id, { mcp_server_id: remote.id, args: { message: 'far' } });
  assert.match(echoed.func_return, /far/);
  await client.mcpServers.delete(remote.id);
  await fails('NotFoundError', client.tools.retrieve(echo.id));
  done('mcpServers: one over HTTP');
}
end();
