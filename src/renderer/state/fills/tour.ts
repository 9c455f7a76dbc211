import { documentOf } from '../document/document-slice';
import { type FillsStore, type FillsState, TOUR_STEPS, type TourStep } from './fills-slice';
import type { Preferences } from '../shell/preferences';

/** The step after this one; null after the last. */
export function stepAfter(step: TourStep): TourStep | null {
  return TOUR_STEPS[TOUR_STEPS.indexOf(step) + 1] ?? null;
}

/** Which step a change of state leads to; the same one while there is more to do, null when the tour is over. */
export function followed(step: TourStep, before: FillsState, now: FillsState): TourStep | null {
  if (now.edits.length > before.edits.length) return 'keep';
  switch (step) {
    case 'paint':
      return now.painted.hole ? 'source' : step;
    case 'source':
      return now.painted.include || now.painted.exclude || now.fill.kind === 'running' ? 'fill' : step;
    case 'fill':
      return step;
    case 'keep':
      return now.savedStack !== before.savedStack && documentOf(now) === documentOf(before) ? null : step;
  }
}

/** Shows a newcomer the way to a first fill, once by itself and again when asked. Nothing has to wait for it. */
export class Tour {
  private readonly store: FillsStore;
  private readonly preferences: Preferences;

  constructor(store: FillsStore, preferences: Preferences) {
    this.store = store;
    this.preferences = preferences;
    store.subscribe((now, before) => {
      if (now.tour !== null && now.tour === before.tour) this.goTo(followed(now.tour, before, now));
    });
  }

  /** For somebody who has not seen it. */
  offer(): void {
    if (!this.store.getState().settings.tourSeen) this.start();
  }

  start(): void {
    this.goTo('paint');
  }

  /** Leaves a step that need not be done; leaving the last one ends the tour. */
  next(): void {
    const { tour } = this.store.getState();
    if (tour !== null) this.goTo(stepAfter(tour));
  }

  end(): void {
    this.goTo(null);
  }

  private goTo(step: TourStep | null): void {
    if (this.store.getState().tour === step) return;
    this.store.setState({ tour: step });
    if (step === null) this.preferences.change({ tourSeen: true });
  }
}
