import { describe, expect, it } from 'vitest';
import { PhotoThumbnails } from './photo-thumbnails';

/** A store whose main answers when it is told to, with "no look of its own". */
function asking() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const thumbnails = new PhotoThumbnails({
    call: (async (_channel: string, { photoId }: { photoId: string }) => {
      asked.push(photoId);
      await new Promise<void>((resolve) => answers.push(resolve));
      return null;
    }) as never,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { thumbnails, asked, answer: async () => (answers.shift()?.(), settle()) };
}

describe('small pictures of the film strip', () => {
  it('are asked for two at a time, the latest first, each once', async () => {
    const { thumbnails, asked, answer } = asking();
    for (const photoId of ['a', 'b', 'c', 'd', 'a']) void thumbnails.get(photoId);
    expect(asked).toEqual(['a', 'b']);
    await answer();
    expect(asked).toEqual(['a', 'b', 'd']);
    await answer();
    await answer();
    expect(asked).toEqual(['a', 'b', 'd', 'c']);
  });

  it('are not asked for when they are out of sight before their turn, and are later', async () => {
    const { thumbnails, asked, answer } = asking();
    for (const photoId of ['a', 'b', 'c']) void thumbnails.get(photoId);
    thumbnails.leave('c');
    await answer();
    await answer();
    expect(asked).toEqual(['a', 'b']);
    void thumbnails.get('c');
    expect(asked).toEqual(['a', 'b', 'c']);
  });
});
