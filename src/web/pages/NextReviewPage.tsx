/** Pages about a review without an address of their own: those of the next review of the first index that can be reviewed. */
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
    if (!found?.next) return;
    // A study is of an index: it looks back on all its reviews.
    const review = page === 'study' ? '' : `/${found.next.effective}`;
    navigate(hrefOf(`/${page}/${found.id}${review}`), 'replace');
  }, [found, page]);
  return (
    <Loaded asked={indices} shape="table">
      {() => (found === undefined ? <Empty>{w('noReviewAhead')}</Empty> : null)}
    </Loaded>
  );
}
