/** A link inside the workbench: a real address, opened without loading the page anew. */
import type { ComponentProps, MouseEvent } from 'react';
import { navigate } from '../state/route.js';

export function Link({ href, ...rest }: ComponentProps<'a'> & { readonly href: string }) {
  const open = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={open} {...rest} />;
}
