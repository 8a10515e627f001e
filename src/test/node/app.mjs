// The page that shows an agent's memory, in a real DOM: this program is its host, and presses the buttons.
//   node app.mjs URL
// Prints one line a check and ends with "ok".
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const modules = createRequire((process.env.NODE_MODULES ?? process.cwd()) + '/');
const { JSDOM } = modules('jsdom');
const load = name => import(pathToFileURL(modules.resolve('@modelcontextprotocol/sdk/' + name)));
const { Client } = await load('client/index.js');
const { StreamableHTTPClientTransport } = await load('client/streamableHttp.js');

const done = what => console.log(what);
const client = new Client({ name: 'host', version: '1' });
await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', process.argv[2])));

async function call(name, args = {}) {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(!result.isError, `${name} failed: ${JSON.stringify(result.content)}`);
  return result;
}

async function human() {
  const { structuredContent } = await call('memory_view', { label: 'human' });
  return structuredContent.blocks[0].value;
}

// As a host does it: the tool names its page, the page is a resource, and lives in a frame.
const { tools } = await client.listTools();
const page = tools.find(tool => tool.name === 'memory_show')._meta.ui.resourceUri;
const { contents } = await client.readResource({ uri: page });
assert.equal(contents[0].mimeType, 'text/html;profile=mcp-app');

const host = new JSDOM('<!doctype html><iframe></iframe>', { runScripts: 'dangerously', url: 'http://host.test/' });
const app = host.window.document.querySelector('iframe').contentWindow;
const tell = message =>
  app.dispatchEvent(new app.MessageEvent('message', { data: { jsonrpc: '2.0', ...message }, source: host.window }));
const heard = [];
host.window.addEventListener('message', async event => {
  const { id, method, params } = event.data;
  heard.push(method);
  if (method === 'ui/initialize') {
    tell({ id, result: { protocolVersion: params.protocolVersion, hostContext: { theme: 'dark' } } });
  } else if (method === 'tools/call') {
    try {
      tell({ id, result: await client.callTool(params) });
    } catch (error) {
      tell({ id, error: { code: -32603, message: error.message } });
    }
  }
});

async function until(what, test) {
  for (let tries = 0; tries < 600; tries++) {
    const found = test();
    if (found) return found;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  assert.fail(`${what}; the page shows: ${app.document.body.textContent}`);
}
const all = selector => [...app.document.querySelectorAll(selector)];
const button = (within, text) =>
  [...within.querySelectorAll('button')].find(one => one.textContent === text && !one.disabled);
const block = label => all('.block').find(one => one.querySelector('.label').textContent === label);
const said = text => until(`"${text}" was not said`, () =>
  all('#said')[0].textContent.startsWith(text) && button(app.document, 'Refresh'));

const HOSTILE = '<img src=x onerror="parent.postMessage(\'broken out\')">';
await call('core_memory_append', { label: 'human', content: 'Likes tea. ' + HOSTILE });
const before = await human();

app.document.open();
app.document.write(contents[0].text);
app.document.close();
await until('the page did not greet', () => heard.includes('ui/notifications/initialized'));
tell({ method: 'ui/notifications/tool-input', params: { arguments: {} } });
tell({ method: 'ui/notifications/tool-result', params: await call('memory_show') });
const entry = await until('there is no history', () => all('.entry').find(one => button(one, 'Undo')));
assert.ok(block('human').querySelector('pre').textContent.includes(HOSTILE), 'shown as text');
assert.equal(all('img').length, 0);
assert.ok(!heard.includes(undefined), 'what stands in memory is no program');
assert.equal(app.document.documentElement.style.colorScheme, 'dark');
assert.ok(heard.includes('ui/notifications/size-changed'));
done('the page shows the memory and its history');

button(entry, 'Undo').click();
await said('Undone.');
assert.ok(!(await human()).includes('Likes tea.'));
assert.ok(!block('human').querySelector('pre').textContent.includes('Likes tea.'));
const taken = await until('no redo is offered', () => all('.entry').find(one => button(one, 'Redo')));
done('Undo takes a change back');

button(taken, 'Redo').click();
await said('Redone.');
assert.equal(await human(), before);
assert.ok(block('human').querySelector('pre').textContent.includes('Likes tea.'));
done('Redo brings it again');

button(block('human'), 'Edit').click();
block('human').querySelector('textarea').value = 'Likes coffee.';
button(block('human'), 'Save').click();
await said('Saved.');
assert.equal(await human(), 'Likes coffee.');
done('an edit is saved');

button(block('human'), 'Edit').click();
block('human').querySelector('textarea').value = 'Likes water.';
await call('core_memory_append', { label: 'human', content: 'And cake.' });
button(block('human'), 'Save').click();
await until('no conflict was said', () => all('#said.bad').length && button(app.document, 'Refresh'));
assert.match(await human(), /coffee[^]*cake/);
assert.equal(block('human').querySelector('textarea').value, 'Likes water.', 'what was typed is still there');
done('an edit of what somebody else changed meanwhile overwrites nothing');

host.window.close();
await client.close();
console.log('ok');
