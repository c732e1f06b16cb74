/** Server-sent events: one open answer per listener, a sign of life now and then, all ended when the server stops. */
import type { FastifyReply } from 'fastify';
import { inputError } from './failures.js';
import { SAFETY_HEADERS } from './headers.js';

interface Stream {
  readonly send: (event: string, data: unknown) => void;
  readonly end: () => void;
}

export interface EventStreams {
  /** Opens a stream; `onEnd` runs once, whoever ends it. @throws InputError `too_many_requests` */
  readonly open: (reply: FastifyReply, onEnd: () => void) => Stream;
  readonly endAll: () => void;
  readonly count: () => number;
}

const MOST_STREAMS = 500;
const SIGN_OF_LIFE_MS = 15_000;

export function eventStreams(): EventStreams {
  const open = new Set<Stream>();
  return {
    open(reply, onEnd) {
      if (open.size >= MOST_STREAMS) {
        throw inputError('too_many_requests', `${MOST_STREAMS} pages listen already`, {
          path: '',
          expected: 'fewer open pages',
        });
      }
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...SAFETY_HEADERS,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      raw.flushHeaders();
      const alive = setInterval(() => raw.write(': alive\n\n'), SIGN_OF_LIFE_MS);
      const stream: Stream = {
        send: (event, data) => void raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
        end: () => void raw.end(),
      };
      open.add(stream);
      raw.on('close', () => {
        clearInterval(alive);
        open.delete(stream);
        onEnd();
      });
      return stream;
    },
    count: () => open.size,
    endAll() {
      for (const stream of open) stream.end();
    },
  };
}
