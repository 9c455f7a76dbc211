import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatLabels } from '../shared/picture-formats';
import {
  isProject,
  openFilters,
  projectPath,
  proposedCompanion,
  proposedFolder,
  proposedName,
  proposedProject,
  saveFilters,
  saveTarget,
} from './save-target';

describe('where a picture is saved', () => {
  it('follows the name that was typed', () => {
    expect(saveTarget('/p/a.PNG', undefined, 'jpeg')).toEqual({ path: '/p/a.PNG', format: 'png' });
    expect(saveTarget('/p/a.jpeg', 'jpeg', 'png')).toEqual({ path: '/p/a.jpeg', format: 'jpeg' });
  });

  it('has the extension of its format', () => {
    expect(saveTarget('/p/holiday', undefined, 'tiff')).toEqual({ path: '/p/holiday.tif', format: 'tiff' });
    expect(saveTarget('/p/v1.2', undefined, 'png')).toEqual({ path: '/p/v1.2.png', format: 'png' });
    expect(saveTarget('/p/a.jpg', 'webp', 'jpeg')).toEqual({ path: '/p/a.webp', format: 'webp' });
  });

  it('is proposed beside the original, under another name', () => {
    expect(proposedName('/p', 'photo.jpg', 'jpeg')).toBe(join('/p', 'photo filled.jpg'));
    expect(proposedName('/p', 'Sample', 'jpeg')).toBe(join('/p', 'Sample filled.jpg'));
    expect(proposedName('/p', 'scan 1.2', 'png')).toBe(join('/p', 'scan 1.2 filled.png'));
    expect(proposedFolder('/p/photo.jpg', '/pictures')).toBe('/p');
    expect(proposedFolder(null, '/pictures')).toBe('/pictures');
  });

  it('offers the own format first', () => {
    expect(saveFilters('webp').map(({ name }) => name)).toEqual([
      'WebP',
      ...formatLabels(({ label }) => label !== 'WebP'),
    ]);
    expect(openFilters()[0]?.extensions).toContain('avif');
  });

  it('of a project has the ending of one', () => {
    expect(proposedProject('/p', 'photo.jpg')).toBe(join('/p', 'photo.inpaint'));
    expect(proposedProject('/p', 'lake.INPAINT')).toBe(join('/p', 'lake.inpaint'));
    expect(proposedCompanion('/p', 'lake.inpaint', (stem) => `${stem} mask`)).toBe(join('/p', 'lake mask.png'));
    expect(projectPath('/p/v1.2')).toBe('/p/v1.2.inpaint');
    expect(projectPath('/p/a.inpaint')).toBe('/p/a.inpaint');
    expect([isProject('/p/a.Inpaint'), isProject('/p/a.inpaint.zip')]).toEqual([true, false]);
  });
});
