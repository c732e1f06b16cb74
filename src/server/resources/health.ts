/** Whether the server lives, which version it is, and what it is busy with. */
import { Type } from 'typebox';
import { ENGINE_VERSION } from '../../core/index.js';
import type { App } from '../http/schemaTypes.js';
import type { Services } from '../services.js';

export function healthRoute(app: App, { jobs, streams }: Services): void {
  app.get(
    '/health',
    { schema: { tags: ['health'], summary: 'Lives, and what it is busy with', response: { 200: HEALTH } } },
    async () => ({
      status: 'ok',
      program: 'counterweight',
      engine: ENGINE_VERSION,
      jobs: jobs.counts(),
      listeners: streams.count(),
      memoryBytes: process.memoryUsage.rss(),
    }),
  );
}

const HEALTH = Type.Object({
  status: Type.Literal('ok'),
  program: Type.Literal('counterweight'),
  engine: Type.String(),
  jobs: Type.Object({ running: Type.Integer(), waiting: Type.Integer() }),
  listeners: Type.Integer({ description: 'pages that listen to events' }),
  memoryBytes: Type.Integer(),
});
