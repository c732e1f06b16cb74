/** A place to drop a CSV file on, with a button for those who would rather choose one. */
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useWords } from '../words/useWords.js';

interface DroppedFile {
  readonly kind: string;
  readonly getFile: () => Promise<File>;
}

interface FileDropProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly onFile: (file: File) => void;
}

export function FileDrop({ label, children, onFile }: FileDropProps) {
  const { w } = useWords();
  const dropped = async (items: readonly { kind: string }[]): Promise<void> => {
    const item = items.find(({ kind }) => kind === 'file') as DroppedFile | undefined;
    if (item !== undefined) onFile(await item.getFile());
  };
  const chosen = (files: FileList | null): void => {
    const file = files?.[0];
    if (file !== undefined) onFile(file);
  };
  return (
    <DropZone className="drop" onDrop={({ items }) => void dropped(items)} aria-label={label}>
      {children}
      <FileTrigger acceptedFileTypes={['.csv', 'text/csv']} onSelect={chosen}>
        <Button className="button">{w('chooseFile')}</Button>
      </FileTrigger>
    </DropZone>
  );
}
