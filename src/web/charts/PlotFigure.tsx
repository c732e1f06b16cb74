/** A chart by Observable Plot, whose code is fetched when the first such chart is shown. */
import { useEffect } from 'react';
import { useWidth } from '../components/useWidth.js';

type Plot = typeof import('@observablehq/plot');
type PlotOptions = Parameters<Plot['plot']>[0];

interface PlotFigureProps {
  readonly height: number;
  /** Stable between renders unless the picture changes. */
  readonly options: (plot: Plot, width: number) => PlotOptions;
}

export function PlotFigure({ height, options }: PlotFigureProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  useEffect(() => {
    const { current } = box;
    if (current === null || width === 0) return undefined;
    let wanted = true;
    void import('@observablehq/plot').then((plot) => {
      if (!wanted) return;
      const style = { background: 'transparent', fontFamily: 'inherit', fontSize: '12px' };
      const picture = plot.plot({ ...options(plot, width), width, height, style });
      picture.setAttribute('aria-hidden', 'true');
      current.replaceChildren(picture);
    });
    return () => {
      wanted = false;
    };
  }, [box, width, height, options]);
  return <div ref={box} className="plot" style={{ height }} />;
}
