import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../shared/errors';
import { INFO, studioWithPicture } from '../../testing/working-studio';

const FULL = { code: 'disk-full', message: 'The disk is full.', remedy: 'Make room.' } as const;
const OF_OTHER_SIZE = { kind: 'other-size', width: 100, height: 50 };
const FILLED = { kind: 'filled', seconds: 1, grew: 0, reduced: false };

/** Photos whose names say what becomes of them, and a painted hole. */
async function batch(...names: string[]) {
  const working = await studioWithPicture();
  const { studio, settle, paint } = working;
  const asked: Record<string, unknown>[] = [];
  let during: (photoId: string) => void = () => undefined;
  studio.store.setState({
    photos: names.map((name) => ({
      ...{ photoId: name, name, documentId: null, work: { kind: 'none' }, filledAs: null, savedStack: '' },
    })),
  });
  studio.main.call = (async (channel: string, request: { photoId: string; photoIds: string[] }) => {
    await settle();
    if (channel === 'photos:place-results') {
      const results = request.photoIds.map((photoId) => ({
        photoId,
        name: `${photoId}-inpainted`,
        result: photoId === 'done' ? 'skip' : photoId === 'over' ? 'is-photo' : 'write',
      }));
      return { ticket: 'ticket', folder: 'results', results };
    }
    if (channel !== 'photo:fill') return undefined;
    asked.push(request);
    during(request.photoId);
    if (request.photoId === 'full') throw new StudioError(FULL);
    if (studio.store.getState().photoBatch.kind === 'running' && request.photoId === 'stopped')
      throw new StudioError({ code: 'cancelled', message: 'Stopped.', remedy: '' });
    return request.photoId === 'small' ? OF_OTHER_SIZE : FILLED;
  }) as typeof studio.main.call;
  paint();
  const state = () => studio.store.getState().photoBatch;
  return {
    ...working,
    asked,
    state,
    whenever: (work: typeof during) => (during = work),
    outcomes: () => {
      const now = state();
      return now.kind === 'ended' ? now.results.map(({ name, outcome }) => [name, outcome.kind]) : [];
    },
  };
}

describe('filling all photos with one mask', () => {
  it('asks for each with the mask, its size and the settings of now, and marks those that were filled', async () => {
    const { studio, asked, outcomes } = await batch('a', 'b');
    studio.store.setState(({ settings }) => ({ settings: { ...settings, workingSize: 256, memoryLimit: 700 } }));
    await studio.photoBatch.start(true);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({
      ticket: 'ticket',
      photoId: 'a',
      modelId: 'default',
      size: { width: INFO.width, height: INFO.height },
      source: null,
      grow: true,
      memoryLimit: 700,
      settings: { workingSize: 256, manner: 'remove' },
    });
    expect(new Set(asked.map(({ jobId }) => jobId)).size).toBe(2);
    expect(outcomes()).toEqual([
      ['a', 'filled'],
      ['b', 'filled'],
    ]);
    expect(studio.store.getState().photos.map(({ filledAs }) => filledAs)).toEqual(['a-inpainted', 'b-inpainted']);
    expect(studio.store.getState().dialog.kind).toBe('fill-all-report');
  });

  it('goes on past what fails, and names what was left out with the reason', async () => {
    const { studio, asked, outcomes, state } = await batch('full', 'small', 'done', 'over', 'a');
    await studio.photoBatch.start(false);
    expect(asked.map(({ photoId }) => photoId)).toEqual(['full', 'small', 'a']);
    expect(outcomes()).toEqual([
      ['full', 'failed'],
      ['small', 'other-size'],
      ['done', 'skipped'],
      ['over', 'failed'],
      ['a', 'filled'],
    ]);
    const ended = state();
    if (ended.kind !== 'ended') throw new Error('it goes on');
    expect(ended.results[0]?.outcome).toMatchObject({ error: FULL });
  });

  it('says how long it takes once a photo was filled, by what those took', async () => {
    const { studio, whenever, state } = await batch('a', 'b', 'c');
    const said: [number, boolean][] = [];
    whenever(() => {
      const now = state();
      if (now.kind === 'running') said.push([now.done, now.secondsLeft !== null && now.secondsLeft > 0]);
    });
    await studio.photoBatch.start(false);
    expect(said).toEqual([
      [0, false],
      [1, true],
      [2, true],
    ]);
  });

  it('stops the photo under way, and begins no other', async () => {
    const { studio, whenever, asked, outcomes } = await batch('a', 'stopped', 'c');
    whenever((photoId) => {
      if (photoId === 'stopped') studio.photoBatch.stop();
    });
    await studio.photoBatch.start(false);
    expect(asked.map(({ photoId }) => photoId)).toEqual(['a', 'stopped']);
    expect(outcomes()).toEqual([
      ['a', 'filled'],
      ['stopped', 'stopped'],
      ['c', 'stopped'],
    ]);
  });
});
