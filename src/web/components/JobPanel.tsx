/** Long work: not computed yet, with a button; then progress, time left, cancel; it goes on when the page is closed. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { failureText } from '../../core/index.js';
import { ApiFailure, sendJson, urlOf } from '../api/client.js';
import { useJob, useJobs } from '../api/queries.js';
import type { JobDocument } from '../api/types.js';
import { percent } from '../format.js';
import { useWords } from '../words/useWords.js';
import { Failure } from './Loaded.js';

interface JobPanelProps {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, string | number | readonly number[]>>;
  readonly title: string;
  /** What the work would show. */
  readonly about: string;
  readonly children: (result: unknown) => ReactNode;
}

export function JobPanel({ kind, parameters, title, about, children }: JobPanelProps) {
  const { w, language } = useWords();
  const queries = useQueryClient();
  const found = newestJob(useJobs().data?.jobs ?? [], kind, parameters);
  const live = useLiveJob(found);
  const job = useJob(live?.state === 'done' ? live.id : undefined);
  const [failure, setFailure] = useState<ApiFailure>();
  const act = async (method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> => {
    try {
      setFailure(undefined);
      await sendJson(method, path, body);
      await queries.invalidateQueries({ queryKey: ['/jobs'] });
    } catch (error) {
      if (error instanceof ApiFailure) setFailure(error);
      else throw error;
    }
  };
  const start = (): void => void act('POST', '/jobs', { kind, parameters });
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{title}</h2>
      </header>
      {job.data?.result !== undefined && children(job.data.result)}
      {live === undefined || live.state === 'failed' || live.state === 'cancelled' ? (
        <div className="empty">
          <p>
            {w('notComputedYet')} {about}
          </p>
          <button type="button" className="button primary" onClick={start}>
            {w('run')}
          </button>
        </div>
      ) : (
        live.state !== 'done' && (
          <div className="progress-line">
            <progress value={live.fraction} max={1} aria-label={title} />
            <span>
              {percent(live.fraction, 0)}{' '}
              {live.secondsLeft !== null && w('secondsLeft', { n: Math.ceil(live.secondsLeft) })}
            </span>
            <button
              type="button"
              className="button small"
              onClick={() => void act('DELETE', `/jobs/${live.id}`)}
            >
              {w('cancel')}
            </button>
          </div>
        )
      )}
      {live?.error !== undefined && (
        <p className="failure" role="alert">
          <code>{live.error.code}</code> {failureText(live.error, language)}
        </p>
      )}
      {failure !== undefined && <Failure failure={failure} />}
    </section>
  );
}

const newestJob = (
  jobs: readonly JobDocument[],
  kind: string,
  parameters: JobPanelProps['parameters'],
): JobDocument | undefined =>
  jobs.find(
    (job) =>
      job.kind === kind &&
      Object.entries(parameters).every(
        ([name, value]) => JSON.stringify(job.parameters[name]) === JSON.stringify(value),
      ),
  );

/** The job as its events tell it. */
function useLiveJob(found: JobDocument | undefined): JobDocument | undefined {
  const [told, setTold] = useState<JobDocument>();
  const id = found?.id;
  const ended = found !== undefined && !['waiting', 'running'].includes(found.state);
  useEffect(() => {
    if (id === undefined || ended) return undefined;
    const events = new EventSource(urlOf(`/jobs/${id}/events`));
    const hear = ({ data, type }: MessageEvent<string>): void => {
      setTold(JSON.parse(data) as JobDocument);
      if (type !== 'progress') events.close();
    };
    for (const type of ['progress', 'done', 'failed', 'cancelled']) events.addEventListener(type, hear);
    return () => events.close();
  }, [id, ended]);
  return told !== undefined && told.id === id ? told : found;
}
