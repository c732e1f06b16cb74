/** Long work: asked for, watched, cancelled; its result is the document of the command of the same name. */
import { Type } from 'typebox';
import { InputError } from '../../core/index.js';
import { KINDS } from '../jobs/kinds.js';
import type { Job } from '../jobs/queue.js';
import { inputError } from '../http/failures.js';
import { STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { schemaIssues } from '../http/validation.js';
import type { Services } from '../services.js';

const JobParams = Type.Object({ id: Type.String({ maxLength: 64 }) }, STRICT);

const JobBody = Type.Object(
  {
    kind: Type.Enum(Object.keys(KINDS)),
    parameters: Type.Record(Type.String({ maxLength: 40 }), Type.Unknown(), {
      description: `as the command of that name takes them, market and facts as simulate; ${Object.keys(KINDS).join(', ')}`,
    }),
  },
  STRICT,
);

const JobSchema = Type.Object(
  {},
  { additionalProperties: true, description: 'state, fraction, seconds left, result when done' },
);

export function jobRoutes(app: App, { jobs, streams, library }: Services): void {
  const found = (id: string): Job => {
    const job = jobs.get(id);
    if (job !== undefined) return job;
    throw inputError('unknown_job', 'there is no such job', {
      path: 'id',
      value: id,
      expected: 'an id of /api/v1/jobs',
    });
  };

  app.post(
    '/jobs',
    {
      schema: { tags: ['jobs'], summary: 'Asks for long work', body: JobBody, response: { 202: JobSchema } },
    },
    async (request, reply) => {
      const { kind, parameters } = request.body;
      const issues = schemaIssues(KINDS[kind].parameters, parameters);
      if (issues.length > 0) {
        const placed = issues.map((issue) => ({ ...issue, path: `parameters.${issue.path}` }));
        throw new InputError(
          'invalid_argument',
          `${issues.length} problems with the parameters of ${kind}`,
          placed,
        );
      }
      // What needs no work to be refused is refused at once.
      if (typeof parameters.index === 'string') await library.data(parameters.index);
      return reply.code(202).send(jobJson(await jobs.add(kind, parameters)));
    },
  );

  app.get(
    '/jobs',
    { schema: { tags: ['jobs'], summary: 'All jobs, the newest first', response: { 200: JobSchema } } },
    async () => ({ jobs: jobs.list().map(jobJson) }),
  );

  app.get(
    '/jobs/:id',
    {
      schema: {
        tags: ['jobs'],
        summary: 'One job, with its result when it is done',
        params: JobParams,
        response: { 200: JobSchema },
      },
    },
    async (request) => {
      const job = found(request.params.id);
      if (job.state !== 'done') return jobJson(job);
      const result: unknown = JSON.parse((await jobs.result(job)).toString('utf8'));
      return { ...jobJson(job), result };
    },
  );

  app.get(
    '/jobs/:id/events',
    {
      schema: {
        tags: ['jobs'],
        summary: 'Server-sent events: progress, then done, failed or cancelled',
        params: JobParams,
        response: { 200: Type.String({ description: 'text/event-stream' }) },
      },
    },
    (request, reply) => {
      const job = found(request.params.id);
      let stop = (): void => undefined;
      const stream = streams.open(reply, () => stop());
      const tell = (now: Job): void => {
        stream.send(eventOf(now), jobJson(now));
        if (now.endedMs !== undefined) stream.end();
      };
      stop = jobs.listen(job.id, tell);
      tell(job);
    },
  );

  app.delete(
    '/jobs/:id',
    {
      schema: {
        tags: ['jobs'],
        summary: 'Cancels a job; one that has ended stays as it is',
        params: JobParams,
        response: { 200: JobSchema },
      },
    },
    async (request) => {
      const { id } = found(request.params.id);
      return jobJson(jobs.cancel(id) ?? found(id));
    },
  );
}

const eventOf = ({ state }: Job): string => (state === 'waiting' || state === 'running' ? 'progress' : state);

const jobJson = ({
  id,
  kind,
  parameters,
  state,
  fraction,
  secondsLeft,
  failure,
  resultKey,
  createdMs,
  endedMs,
}: Job) => ({
  id,
  kind,
  parameters,
  state,
  fraction,
  secondsLeft: secondsLeft ?? null,
  resultHash: resultKey,
  created: new Date(createdMs).toISOString(),
  ended: endedMs === undefined ? null : new Date(endedMs).toISOString(),
  ...(failure === undefined ? {} : { error: failureOf(failure.error) }),
});

/** The words of a mistake of ours may hold paths and data. */
const failureOf = (error: NonNullable<Job['failure']>['error']) =>
  error.kind === 'bug'
    ? { ...error, message: 'a mistake in Counterweight; the log of the server has the details' }
    : error;
