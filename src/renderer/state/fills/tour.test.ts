import { describe, expect, it } from 'vitest';
import type { AppState } from '../app-state';
import { createAppStore } from '../app-state';
import { TOUR_STEPS } from './fills-slice';
import { followed, stepAfter } from './tour';

const nothing = createAppStore().getState();
const painted: AppState = { ...nothing, painted: { hole: true, include: false, exclude: false } };
const sourced: AppState = { ...nothing, painted: { hole: true, include: true, exclude: false } };

describe('the tour', () => {
  it('goes on when its step was really done', () => {
    expect(followed('paint', nothing, nothing)).toBe('paint');
    expect(followed('paint', nothing, painted)).toBe('source');
    expect(followed('source', painted, painted)).toBe('source');
    expect(followed('source', painted, sourced)).toBe('fill');
    expect(followed('fill', sourced, sourced)).toBe('fill');
  });

  it('does not hold up who skips a step', () => {
    const running: AppState = {
      ...painted,
      fill: { kind: 'running', jobId: 'job', stage: 'coarse', fraction: 0, secondsLeft: null } as AppState['fill'],
    };
    expect(followed('source', painted, running)).toBe('fill');
    const filled: AppState = { ...painted, edits: [{}] as unknown as AppState['edits'] };
    for (const step of TOUR_STEPS) expect(followed(step, painted, filled)).toBe('keep');
  });

  it('ends with saving, or when its last step is left', () => {
    expect(followed('keep', sourced, { ...sourced, savedStack: 'saved' })).toBeNull();
    expect(followed('keep', sourced, sourced)).toBe('keep');
    expect(TOUR_STEPS.map(stepAfter)).toEqual(['source', 'fill', 'keep', null]);
  });
});
