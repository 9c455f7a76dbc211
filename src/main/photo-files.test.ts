import { describe, expect, it } from 'vitest';
import { MOST_PHOTOS } from '../shared/protocol/photos';
import { PhotoFiles } from './photo-files';

describe('the files of the film strip', () => {
  it('are told apart by ids that say nothing of their place, the same file by the same one', () => {
    const files = new PhotoFiles();
    const [one, other] = [files.add('/secret/a.png', false), files.add('/other/a.png', true)];
    expect([one.name, other.name]).toEqual(['a.png', 'a.png']);
    expect(one.photoId).not.toBe(other.photoId);
    expect(files.add('/secret/a.png', false)).toEqual(one);
    expect(JSON.stringify(one)).not.toContain('secret');
    expect(files.get(other.photoId).path).toBe('/other/a.png');
  });

  it('stay chosen once they were chosen in a dialog, also when they are dropped later', () => {
    const files = new PhotoFiles();
    const { photoId } = files.add('/a.png', false);
    expect(files.get(photoId).chosen).toBe(false);
    files.add('/a.png', true);
    files.add('/a.png', false);
    expect(files.get(photoId).chosen).toBe(true);
  });

  it('are refused where none was given', () => {
    expect(() => new PhotoFiles().get('00000000-0000-4000-8000-000000000000')).toThrow('not chosen here');
  });

  it('of a folder beyond the most of one answer are counted, not listed', () => {
    const photos = Array.from({ length: MOST_PHOTOS + 3 }, (_, i) => `/shots/${i}.jpg`);
    const folder = new PhotoFiles().addFolder('/shots', { photos, passedOver: ['a.cr2', 'b.nef'] });
    expect(folder.photos).toHaveLength(MOST_PHOTOS);
    expect(folder).toMatchObject({ folder: 'shots', passedOver: ['a.cr2', 'b.nef'], leftOut: 3 });
  });
});
