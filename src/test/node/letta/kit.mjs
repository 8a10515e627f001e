// What the programs in this folder share. Each is run as: node NAME.mjs URL [KEY OTHER_KEY]
// It prints one line a check and ends with "ok"; the first failed check ends it with status 1.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const modules = createRequire((process.env.NODE_MODULES ?? process.cwd()) + '/');
const sdk = await import(pathToFileURL(modules.resolve('@letta-ai/letta-client')));
const Letta = sdk.default?.Letta ?? sdk.Letta ?? sdk.default;

export const [url, key, otherKey] = process.argv.slice(2);
export { assert, sdk };

/** The official client; it does not repeat requests, so that each answer is seen. */
export function connect(apiKey) {
  return new Letta({ baseURL: url, apiKey: apiKey ?? 'none', maxRetries: 0 });
}

export const client = connect(key);

export const done = what => console.log(`checked: ${what}`);

/** The call must fail with this class of error; gives the error back. */
export async function fails(type, promise) {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Letta[type], `${type} expected, not ${error.constructor.name}: ${error.message}`);
    assert.ok(error.error?.detail ?? error.error?.error, `${type} says why: ${JSON.stringify(error.error)}`);
    return error;
  }
  assert.fail(`${type} expected, but the call went well`);
}

/** All items of an automatically continued list; fails instead of going on for ever. */
export async function all(list, most = 500) {
  const items = [];
  for await (const item of list) {
    items.push(item);
    assert.ok(items.length <= most, 'the list does not end');
  }
  return items;
}

export const ids = items => items.map(item => item.id);

export const ABSENT = '00000000-0000-4000-8000-000000000000';

export const end = () => console.log('ok');
