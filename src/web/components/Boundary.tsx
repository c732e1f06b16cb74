/** A mistake of ours on one page: said as such, and the rest of the workbench stays usable. */
import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  readonly title: string;
  readonly remedy: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly message: string | undefined;
}

export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { message: undefined };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { title, remedy, children } = this.props;
    if (this.state.message === undefined) return children;
    return (
      <div className="failure" role="alert">
        <strong>{title}</strong>
        <p>
          <code>{this.state.message}</code>
        </p>
        <p>{remedy}</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          {'\u21bb'}
        </button>
      </div>
    );
  }
}
