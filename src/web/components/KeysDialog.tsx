/** All keys on one page. */
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/useWords.js';
import type { PageKey } from './useKeys.js';

const KEYS: readonly (readonly [string, WordKey])[] = [
  ['/  Ctrl-K', 'keySearch'],
  ['j  k  \u2191 \u2193 \u2190 \u2192', 'keyMove'],
  ['Enter', 'keyOpen'],
  ['?', 'keyWhy'],
  ['[  ]', 'keyReviews'],
  ['e', 'keyExport'],
  ['Ctrl-C', 'keyCopy'],
  ['.  ?', 'keyKeys'],
];

interface KeysDialogProps {
  readonly pages: readonly PageKey[];
  readonly onClose: () => void;
}

export function KeysDialog({ pages, onClose }: KeysDialogProps) {
  const { w } = useWords();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={onClose}>
      <Modal className="modal">
        <Dialog aria-label={w('keys')} className="dialog">
          <h2>{w('keys')}</h2>
          <dl className="keys">
            {KEYS.map(([keys, meaning]) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{w(meaning)}</dd>
              </div>
            ))}
            {pages.map(({ letter, key }) => (
              <div key={letter}>
                <dt>
                  <kbd>{`g ${letter}`}</kbd>
                </dt>
                <dd>{w(key)}</dd>
              </div>
            ))}
          </dl>
          <button type="button" className="button" onClick={onClose}>
            {w('close')}
          </button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
