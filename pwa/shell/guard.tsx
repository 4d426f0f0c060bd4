/** Stands around a screen, so that one that fails is told and left for another. */
import { Component, type ComponentChildren } from "preact";

/** Catches what a screen throws, so that there is never a blank page. */
export class Guard extends Component<
  { words: { brokenTitle: string; broken: string; reopen: string }; children: ComponentChildren },
  { isBroken: boolean }
> {
  override state = { isBroken: false };

  override componentDidCatch(error: unknown): void {
    // biome-ignore lint/suspicious/noConsole: nothing else tells a developer what a screen threw
    console.error(error);
    this.setState({ isBroken: true });
  }

  override render(): ComponentChildren {
    const { words, children } = this.props;
    return this.state.isBroken ? (
      <main class="content">
        <h1>{words.brokenTitle}</h1>
        <p>{words.broken}</p>
        <a class="button" href="/" data-reload>
          {words.reopen}
        </a>
      </main>
    ) : (
      children
    );
  }
}
