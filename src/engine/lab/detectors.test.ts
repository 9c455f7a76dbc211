import { describe, expect, it } from 'vitest';
import { SIGN_KINDS, signSentence } from '../../shared/lab/signs';
import { type Course, Detectors } from './detectors';
import type { Measures } from './measures';

const HEALTHY: Course = { criticLoss: 1.3, generatorLoss: 0.8, criticNorm: 0.2, generatorNorm: 0.1, accuracy: 0.6 };
const ALL: Measures = { covered: 8, modes: 8, good: 0.9 };
const STEPS = 2000;

/** What is noticed of looks at every tenth of a run. */
function noticed(
  course: (look: number) => Partial<Course>,
  measures: (look: number) => Partial<Measures> = () => ({}),
) {
  const detectors = new Detectors(STEPS);
  for (let look = 1; look <= 10; look++)
    detectors.look((look * STEPS) / 10, { ...HEALTHY, ...course(look) }, { ...ALL, ...measures(look) });
  return detectors.signs;
}

describe('the detectors', () => {
  it('say nothing of a healthy run', () => {
    expect(noticed((look) => ({ generatorNorm: 0.1 + 0.05 * (look % 3) }))).toEqual([]);
  });

  it('notice a gradient that explodes, as the trainer does', () => {
    expect(noticed((look) => (look === 8 ? { generatorNorm: 30 } : {}))).toMatchObject([
      { kind: 'exploding', step: 1600, value: 30 },
    ]);
  });

  it('notice numbers that ran away', () => {
    expect(noticed((look) => (look > 3 ? { criticLoss: NaN } : {}))).toEqual([
      { kind: 'not-finite', step: 800, value: null },
    ]);
  });

  it('notice a critic that is nearly always right, once', () => {
    expect(noticed((look) => ({ accuracy: look > 4 ? 0.95 : 0.8 }))).toEqual([
      { kind: 'critic-too-strong', step: 1000, value: 0.95 },
    ]);
  });

  it('judge the critic over a hundred steps at least, however short a run is', () => {
    const detectors = new Detectors(60);
    for (let step = 3; step <= 60; step += 3) detectors.look(step, { ...HEALTHY, accuracy: 1 }, ALL);
    expect(detectors.signs).toEqual([]);
    detectors.look(100, { ...HEALTHY, accuracy: 1 }, ALL);
    expect(detectors.signs).toEqual([{ kind: 'critic-too-strong', step: 100, value: 1 }]);
  });

  it('notice that half of the modes or more are lost, but not before the run had time to find them', () => {
    expect(
      noticed(
        () => ({}),
        () => ({ covered: 3 }),
      ),
    ).toEqual([{ kind: 'collapsed', step: 1800, value: 3 }]);
    expect(
      noticed(
        () => ({}),
        (look) => ({ covered: look < 9 ? 1 : 7 }),
      ),
    ).toEqual([]);
    expect(
      noticed(
        () => ({}),
        () => ({ covered: 0, modes: 1 }),
      ),
    ).toEqual([]);
  });

  it('have a sentence in each language', () => {
    const sentences = SIGN_KINDS.flatMap((kind) =>
      (['en', 'de'] as const).map((language) => signSentence({ kind, step: 1, value: 0.95 }, language)),
    );
    expect(new Set(sentences).size).toBe(2 * SIGN_KINDS.length);
    expect(signSentence({ kind: 'critic-too-strong', step: 1, value: 0.95 }, 'en')).toContain('95 %');
  });
});
