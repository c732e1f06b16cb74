/** One hook per document of paper accounts, and what changes them. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiFailure, getJson, sendJson } from './client.js';
import type {
  AccountDocument,
  BookDocument,
  DryRunDocument,
  OrderSent,
  OrdersDocument,
  PreviewDocument,
  RefusalRow,
  StatementDocument,
} from './accountTypes.js';
import { useDocument, type Asked } from './queries.js';

const pathOf = (account: string): string => `/accounts/${encodeURIComponent(account)}`;

interface AccountHead {
  readonly name: string;
  readonly day: string;
  /** Date and time within a session; `null` between sessions. */
  readonly clock: string | null;
  readonly cash: number;
  readonly positions: number;
  readonly orders: number;
}

export const useAccounts = (): Asked<{ accounts: readonly AccountHead[] }> => useDocument('/accounts');

export const useAccount = (account: string): Asked<AccountDocument> => useDocument(pathOf(account));

export const useOrders = (account: string): Asked<OrdersDocument> => useDocument(`${pathOf(account)}/orders`);

export const useStatement = (account: string): Asked<StatementDocument> =>
  useDocument(`${pathOf(account)}/statement`);

export const useRefusals = (account: string): Asked<{ refusals: readonly RefusalRow[] }> =>
  useDocument(`${pathOf(account)}/refusals`);

interface BookAsked {
  readonly security: string;
  readonly date: string;
  readonly time: string;
}

/** The one before is shown until the next one is there. */
export const useBook = (account: string, { security, date, time }: BookAsked): Asked<BookDocument> => {
  const path = `${pathOf(account)}/book?security=${security}&date=${date}&time=${time}`;
  return useQuery<BookDocument, ApiFailure>({
    queryKey: [path],
    queryFn: ({ signal }) => getJson<BookDocument>(path, {}, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
};

/** Where a browser gets the statement as a file. */
export const statementUrl = (account: string, format: string, language: string): string =>
  `/api/v1${pathOf(account)}/statement?format=${format}&language=${language}`;

/** What the order would cost now; asked anew whenever it, or the account, has changed. */
export const usePreview = (account: string, order: OrderSent | undefined): Asked<PreviewDocument> =>
  useQuery<PreviewDocument, ApiFailure>({
    queryKey: [`${pathOf(account)}/preview`, order],
    queryFn: () => sendJson<PreviewDocument>('POST', `${pathOf(account)}/preview`, order),
    enabled: order !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });

export interface DryRunAsked extends OrderSent {
  readonly from: string;
  readonly to: string;
  readonly fills: AccountDocument['fillsAt'];
}

export const useDryRun = (asked: DryRunAsked | undefined): Asked<DryRunDocument> =>
  useQuery<DryRunDocument, ApiFailure>({
    queryKey: ['/dry-runs', asked],
    queryFn: () => sendJson<DryRunDocument>('POST', '/dry-runs', asked),
    enabled: asked !== undefined,
    retry: false,
  });

interface Changes {
  readonly open: (
    account: string,
    opening: {
      readonly cash: number;
      readonly day: string;
      readonly fills: AccountDocument['fillsAt'];
      readonly flows: boolean;
    },
  ) => Promise<boolean>;
  /** @param time of that day where the clock is to stop; absent at its end */
  readonly advance: (account: string, to: string, time?: string) => Promise<boolean>;
  /** @param clientId the same for the same order, however often it is sent */
  readonly place: (
    account: string,
    clientId: string,
    order: OrderSent,
  ) => Promise<OrdersDocument | undefined>;
  readonly cancel: (account: string, order: number) => Promise<boolean>;
  readonly replace: (
    account: string,
    order: number,
    change: { readonly clientId: string; readonly quantity?: number; readonly limit?: number },
  ) => Promise<boolean>;
  /** Of the last change; gone with the next one. */
  readonly failure: ApiFailure | undefined;
}

/** Changes of accounts: after each, everything shown of them is read again. */
export function useAccountChanges(): Changes {
  const queries = useQueryClient();
  const [failure, setFailure] = useState<ApiFailure>();
  const send = useCallback(
    async <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T | undefined> => {
      try {
        setFailure(undefined);
        return await sendJson<T>(method, path, body);
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error;
        setFailure(error);
        return undefined;
      } finally {
        await queries.invalidateQueries({
          predicate: ({ queryKey: [read] }) => typeof read === 'string' && read.startsWith('/accounts'),
        });
      }
    },
    [queries],
  );
  const done = async (answer: Promise<unknown>): Promise<boolean> => (await answer) !== undefined;
  return {
    open: (account, opening) => done(send('PUT', pathOf(account), opening)),
    advance: (account, to, time) =>
      done(send('POST', `${pathOf(account)}/advance`, { to, ...(time !== undefined && { time }) })),
    place: (account, clientId, order) =>
      send<OrdersDocument>('POST', `${pathOf(account)}/orders`, { clientId, ...order }),
    cancel: (account, order) => done(send('DELETE', `${pathOf(account)}/orders/${order}`)),
    replace: (account, order, change) =>
      done(send('POST', `${pathOf(account)}/orders/${order}/replace`, change)),
    failure,
  };
}
