import type { Locator, Page } from '@playwright/test';
import type { Hands } from './hands';

/** What a piece of work costs the person who does it. */
export interface Effort {
  /** Each touch of a button, a box or a choice, and each press of Enter. A typed word is one, however long it is; a line of a list is two. */
  actions: number;
  /** Each document that was brought, the first one too; what was brought before the counting began is not. */
  screens: number;
}

/**
 * Hands that count what they do, from when they are made: whoever had to sign in or up has done so before. A box is one action
 * however long the word is: a card's code is read by a scanner. The figures, with this, stand in docs/benchmarks.md.
 */
export class CountingHands implements Hands {
  readonly effort: Effort = { actions: 0, screens: 0 };
  private shown = '';

  constructor(
    private readonly hands: Hands,
    page: Page,
  ) {
    // A document that is swapped in place is a screen too; a box named in the address is the same screen.
    page.on('framenavigated', (frame) => {
      const address = frame.url().split('#')[0] ?? '';
      if (frame === page.mainFrame() && address !== this.shown && address !== 'about:blank') {
        this.shown = address;
        this.effort.screens += 1;
      }
    });
  }

  press = (target: Locator): Promise<void> => this.one(this.hands.press(target));
  write = (target: Locator, text: string): Promise<void> => this.one(this.hands.write(target, text));
  pick = (target: Locator): Promise<void> => this.one(this.hands.pick(target));
  tick = (target: Locator): Promise<void> => this.one(this.hands.tick(target));
  unfold = (summary: Locator): Promise<void> => this.one(this.hands.unfold(summary));
  attach = (target: Locator, file: string): Promise<void> => this.one(this.hands.attach(target, file));

  /** A list is opened, and its line is chosen. */
  choose = async (target: Locator, value: string): Promise<void> => {
    this.effort.actions += 1;
    await this.one(this.hands.choose(target, value));
  };

  /** Enter, in the box where one stands. */
  async enter(page: Page): Promise<void> {
    await this.one(page.keyboard.press('Enter'));
  }

  private async one(act: Promise<void>): Promise<void> {
    this.effort.actions += 1;
    await act;
  }
}
