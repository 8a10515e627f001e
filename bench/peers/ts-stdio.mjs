// A least server on the TypeScript SDK: one no-op tool over stdio.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [nodeModules] = process.argv.slice(2);
const load = async name =>
  import(pathToFileURL(createRequire(nodeModules + '/').resolve('@modelcontextprotocol/sdk/' + name)));
const { McpServer } = await load('server/mcp.js');
const { StdioServerTransport } = await load('server/stdio.js');

const server = new McpServer({ name: 'least', version: '1' });
server.registerTool('noop', { description: 'Does nothing.' }, async () => ({
  content: [{ type: 'text', text: 'ok' }],
}));
await server.connect(new StdioServerTransport());
