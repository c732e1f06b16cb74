/** The four states of anything that is read: its shape while it loads, stale with its age, an error with its remedy, itself. */
import type { ReactNode } from 'react';
import { expectedText, failureText } from '../../core/index.js';
import type { ApiFailure } from '../api/client.js';
import type { Asked } from '../api/queries.js';
import { useWords } from '../words/useWords.js';

type Shape = 'table' | 'chart' | 'text';

interface LoadedProps<T> {
  readonly asked: Asked<T>;
  /** What comes looks like this. */
  readonly shape: Shape;
  readonly children: (document: T) => ReactNode;
}

export function Loaded<T>({ asked, shape, children }: LoadedProps<T>) {
  const { data, error, isPlaceholderData } = asked;
  const retry = (): void => void asked.refetch();
  if (error !== null && (data === undefined || isPlaceholderData))
    return <Failure failure={error} onRetry={retry} />;
  if (data === undefined) return <Skeleton shape={shape} />;
  return (
    <>
      {error !== null && <Stale since={asked.dataUpdatedAt} failure={error} onRetry={retry} />}
      <div className={isPlaceholderData ? 'waiting' : 'arrived'}>{children(data)}</div>
    </>
  );
}

function Skeleton({ shape }: { readonly shape: Shape }) {
  const { w } = useWords();
  return (
    <div className={`skeleton skeleton-${shape}`} role="status" aria-label={w('loading')}>
      {shape === 'chart' ? <div /> : ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => <div key={key} />)}
    </div>
  );
}

interface FailureProps {
  readonly failure: ApiFailure;
  readonly onRetry?: () => void;
}

/** Code, message, every issue, and what can be done. */
export function Failure({ failure, onRetry }: FailureProps) {
  const { w, language } = useWords();
  const again = failure.kind === 'operational' && onRetry !== undefined;
  return (
    <div className="failure" role="alert">
      <strong>{w(failure.kind === 'refusal' ? 'refused' : 'failed')}</strong> <code>{failure.code}</code>
      <p>{failureText(failure, language)}</p>
      <IssueList failure={failure} />
      {again && (
        <button type="button" className="button" onClick={onRetry}>
          {w('tryAgain')}
        </button>
      )}
    </div>
  );
}

function IssueList({ failure }: { readonly failure: ApiFailure }) {
  const { w, language } = useWords();
  if (failure.issues.length === 0) return null;
  return (
    <ul className="issues">
      {failure.issues.map(({ code, path, line, value, expected }) => (
        <li key={`${code} ${path} ${line ?? ''}`}>
          <code>{line === null ? path : `${w('line')} ${line}, ${path}`}</code>
          {value !== null && <> {JSON.stringify(value)}</>} {'\u2192'} {w('expected')}:{' '}
          {expectedText({ expected }, language)}
        </li>
      ))}
    </ul>
  );
}

function Stale({ since, failure, onRetry }: FailureProps & { readonly since: number }) {
  const { w, language } = useWords();
  const time = new Date(since).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB');
  return (
    <div className="stale" role="status">
      {w('stale', { time })} <code>{failure.code}</code>
      <button type="button" className="button" onClick={onRetry}>
        {w('tryAgain')}
      </button>
    </div>
  );
}

/** Nothing there, and what would change that. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <div className="empty">{children}</div>;
}
