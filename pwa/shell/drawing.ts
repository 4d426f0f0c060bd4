/**
 * Who draws again after an answer: mostly one question. The questions on the screen look for themselves
 * whether something about them is another; what stands around them is drawn again only when it would
 * read otherwise. An answer may come in several steps, so all looking waits for the last of them.
 */
export class Drawing {
  private readonly looks = new Set<() => void>();
  private scene: { now(): string; told: string } | null = null;
  private isDue = false;

  /** @param changed draws the whole screen again */
  constructor(protected readonly changed: () => void) {}

  /** @returns to be called when the question leaves the screen */
  watch(look: () => void): () => void {
    this.looks.add(look);
    return () => this.looks.delete(look);
  }

  /**
   * For a screen that is all questions but for what `now` tells, every time it is drawn.
   * @returns to be called before it is drawn again or left: other screens are drawn whole
   */
  stage(now: () => string): (() => void) | undefined {
    this.scene = { now, told: now() };
    return () => {
      this.scene = null;
    };
  }

  /** Something about the answers is another. */
  protected answered(): void {
    if (!this.scene) this.changed();
    else if (!this.isDue) {
      this.isDue = true;
      void Promise.resolve().then(() => this.draw());
    }
  }

  private draw(): void {
    this.isDue = false;
    const { scene } = this;
    if (!scene || scene.now() !== scene.told) this.changed();
    else for (const look of this.looks) look();
  }
}
