import { describe, expect, it } from 'vitest';
import type { MeasuredSurroundings } from '../../shared/protocol/models';
import type { ModelSummary } from '../../shared/protocol/values';
import { SPECIALITIES } from '../../shared/speciality';
import { fitOf, proposeModels } from './proposals';

const NOTHING: MeasuredSurroundings = { edges: 0, coherence: 0, grain: 0, green: 0, blue: 0, skin: 0 };
const FACADE = { ...NOTHING, edges: 0.15, coherence: 0.85, grain: 0.02 };
const WALL = { ...NOTHING, edges: 0.2, coherence: 0.4, grain: 0.05 };
const MEADOW = { ...NOTHING, edges: 0.2, coherence: 0.5, grain: 0.04, green: 0.8 };
const LAKE = { ...NOTHING, edges: 0.02, coherence: 0.6, grain: 0.01, blue: 0.7 };
const SKY = { ...NOTHING, grain: 0.002, blue: 0.9 };
const FACE = { ...NOTHING, edges: 0.03, coherence: 0.5, grain: 0.008, skin: 0.8 };

const models = SPECIALITIES.map((speciality): ModelSummary => ({
  ...{ modelId: speciality, name: speciality, description: '', parameters: 1, bytes: 1, licence: '' },
  speciality,
  capabilities: { sourceRegion: 'detail', coarse: false },
  changeable: true,
}));
const best = (measured: MeasuredSurroundings, choices: Parameters<typeof proposeModels>[2] = []) =>
  proposeModels(models, measured, choices)[0]?.modelId;

describe('the models proposed for a place', () => {
  it.each([
    ['structure', FACADE],
    ['texture', WALL],
    ['vegetation', MEADOW],
    ['water', LAKE],
    ['sky', SKY],
    ['faces', FACE],
    ['general', NOTHING],
  ] as const)('begin with one for %s where the place is like that', (speciality, measured) => {
    expect(best(measured)).toBe(speciality);
  });

  it('are all models, with a fit of 0 to 1', () => {
    const proposals = proposeModels(models, WALL, []);
    expect(proposals).toHaveLength(models.length);
    for (const { fit } of proposals) {
      expect(fit).toBeGreaterThanOrEqual(0);
      expect(fit).toBeLessThanOrEqual(1);
    }
    expect(fitOf('faces', WALL)).toBe(0);
  });

  it('begin with what was chosen for such places before, and only for such places', () => {
    const chosen = [1, 2, 3].map(() => ({ measured: { ...WALL, grain: 0.045 }, modelId: 'faces' }));
    const proposals = proposeModels(models, WALL, chosen);
    expect(proposals.slice(0, 2).map(({ modelId }) => modelId)).toContain('faces');
    expect(proposals.find(({ modelId }) => modelId === 'faces')?.chosen).toBe(3);
    expect(best(SKY, chosen)).toBe('sky');
    const more = [...chosen, ...chosen].map((choice) => ({ ...choice, modelId: 'general' }));
    expect(best(WALL, more)).toBe('general');
  });
});
