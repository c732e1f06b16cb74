/** A line that loses, doubles, delays and damages messages and breaks off, at points that a seed decides. */
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** Chances of each message, from 0 to 1. */
export interface Mischief {
  readonly drop: number;
  readonly double: number;
  readonly delay: number;
  readonly damage: number;
  readonly cut: number;
}

/** What was done so far. */
export type Done = Record<keyof Mischief, number>;

export interface LossyProxy {
  readonly port: number;
  readonly done: Readonly<Done>;
  /** From now on the line is a good one. */
  readonly mend: () => void;
  /** Where the acceptor is by now. */
  readonly leadTo: (port: number) => void;
  readonly close: () => Promise<void>;
}

const SOH = '\u0001';
const END_OF_MESSAGE = new RegExp(`(?<=${SOH}10=\\d{3}${SOH})`);
const LONGEST_DELAY_MS = 60;

export async function lossyProxy(seed: number, mischief: Mischief): Promise<LossyProxy> {
  const random = mulberry32(seed);
  const done: Done = { drop: 0, double: 0, delay: 0, damage: 0, cut: 0 };
  let target = 0;
  let good = false;
  const sockets = new Set<Socket>();

  const carry = (from: Socket, to: Socket): void => {
    let rest = '';
    let line: Promise<void> = Promise.resolve();
    from.setEncoding('latin1');
    from.on('data', (chunk: string) => {
      const parts = (rest + chunk).split(END_OF_MESSAGE);
      const whole = /10=\d{3}.$/s.test(parts.at(-1) ?? '');
      rest = whole ? '' : (parts.pop() ?? '');
      for (const part of parts) {
        line = line.then(() => pass(part, to, () => [from, to].forEach((socket) => socket.destroy())));
      }
    });
    from.on('error', () => {});
    from.on('close', () => void line.then(() => to.end()));
  };
  const pass = async (message: string, to: Socket, cut: () => void): Promise<void> => {
    const hits = (kind: keyof Mischief): boolean => {
      // Drawn also when the line is good: the same seed does the same.
      const hit = random() < mischief[kind] && !good;
      if (hit) done[kind]++;
      return hit;
    };
    if (hits('delay')) await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_DELAY_MS));
    if (hits('cut')) cut();
    if (hits('drop')) return;
    const at = Math.floor(random() * message.length);
    const sent = hits('damage') ? `${message.slice(0, at)}#${message.slice(at + 1)}` : message;
    to.write(sent, 'latin1');
    if (hits('double')) to.write(sent, 'latin1');
  };

  const server = createServer((client) => {
    const acceptor = createConnection({ host: '127.0.0.1', port: target });
    for (const socket of [client, acceptor]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    carry(client, acceptor);
    carry(acceptor, client);
    acceptor.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    done,
    mend: () => (good = true),
    leadTo: (port) => (target = port),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Mulberry32: small, and good enough to break a line with. */
function mulberry32(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
