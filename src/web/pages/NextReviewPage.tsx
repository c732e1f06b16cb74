/** Flows and what-ifs without an address of their own: those of the next review of the first index that can be reviewed. */
import { useEffect } from 'react';
import { useIndices } from '../api/queries.js';
import { Empty, Loaded } from '../components/Loaded.js';
import { hrefOf, navigate } from '../state/route.js';
import { useWords } from '../words/useWords.js';

export function NextReviewPage({ parts }: { readonly parts: readonly string[] }) {
  const { w } = useWords();
  const indices = useIndices();
  const found = indices.data?.indices.find(({ reviews, next }) => reviews && next !== null);
  const [page] = parts;
  useEffect(() => {
    if (found?.next) navigate(hrefOf(`/${page}/${found.id}/${found.next.effective}`), 'replace');
  }, [found, page]);
  return (
    <Loaded asked={indices} shape="table">
      {() => (found === undefined ? <Empty>{w('noReviewAhead')}</Empty> : null)}
    </Loaded>
  );
}
