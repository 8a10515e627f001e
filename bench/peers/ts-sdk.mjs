// A least server on the TypeScript SDK: a no-op tool over streamable HTTP with sessions, once as one
// that may do anything and once as one that only reads.
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [port, nodeModules] = process.argv.slice(2);
const load = async name =>
  import(pathToFileURL(createRequire(nodeModules + '/').resolve('@modelcontextprotocol/sdk/' + name)));
const { McpServer } = await load('server/mcp.js');
const { StreamableHTTPServerTransport } = await load('server/streamableHttp.js');

const sessions = new Map();

async function open() {
  const server = new McpServer({ name: 'least', version: '1' });
  const nothing = async () => ({ content: [{ type: 'text', text: 'ok' }] });
  server.registerTool('noop', { description: 'Does nothing.' }, nothing);
  server.registerTool('look', { description: 'Does nothing.', annotations: { readOnlyHint: true } }, nothing);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: id => sessions.set(id, transport),
  });
  await server.connect(transport);
  return transport;
}

http
  .createServer(async (request, response) => {
    const known = sessions.get(request.headers['mcp-session-id']);
    await (known ?? (await open())).handleRequest(request, response);
  })
  .listen(Number(port), '127.0.0.1');
