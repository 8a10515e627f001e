// A model that answers at once, behind OpenAI's streaming protocol: each token is the time at which
// it was sent, so that whoever relays it can be timed. What it does is in the last user message:
// "stream TOKENS EVERY_MS".
import http from 'node:http';

const now = () => performance.timeOrigin + performance.now();
const chunk = (delta, finish = null) =>
  `data: ${JSON.stringify({
    id: 'c', object: 'chat.completion.chunk', created: 1, model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;
const usage = 'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"bench","choices":[],"usage":'
  + '{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20}}\n\ndata: [DONE]\n\n';

function wish(body) {
  const users = JSON.parse(body).messages.filter(m => m.role === 'user');
  const match = /stream (\d+) (\d+)/.exec(JSON.stringify(users.at(-1)?.content ?? ''));
  return match ? { tokens: Number(match[1]), every: Number(match[2]) } : { tokens: 1, every: 0 };
}

const server = http.createServer((request, response) => {
  if (request.url.endsWith('/models')) {
    response.setHeader('content-type', 'application/json');
    response.end('{"object":"list","data":[{"id":"bench","object":"model","created":1,"owned_by":"bench"}]}');
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', part => (body += part));
  request.on('end', () => {
    const { tokens, every } = wish(body);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.socket.setNoDelay(true);
    response.write(chunk({ role: 'assistant', content: '' }));
    const start = now();
    let sent = 0;
    const next = () => {
      // By the clock and not by the timer, which is late when there is much to do.
      while (sent < tokens && now() - start >= sent * every) {
        response.write(chunk({ content: `${now().toFixed(2)} ` }));
        sent++;
      }
      if (sent < tokens) {
        setTimeout(next, Math.max(0, start + sent * every - now()));
      } else {
        response.write(chunk({}, 'stop'));
        response.end(usage);
      }
    };
    next();
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
