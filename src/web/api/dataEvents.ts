/** Hears from the server when data were imported, so that what is shown is read again. */
import { urlOf } from './client.js';

export function listenToData(changed: () => void): void {
  const events = new EventSource(urlOf('/data/events'));
  events.addEventListener('prices', changed);
}
