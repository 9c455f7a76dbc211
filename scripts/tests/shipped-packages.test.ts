import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configuration, EXECUTABLE, missingFiles } from '../package/configuration.mjs';
import { ROOT } from '../setup/paths.mjs';
import { INSTALLERS, licenceText, shippedPackages } from '../setup/shipped-packages.mjs';

/** Licences under which what we ship may be passed on. libvips and libheif (LGPL) are files of their own that can be exchanged. */
const ALLOWED = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'LGPL-3.0', 'LGPL-3.0-or-later'];
const EXCHANGEABLE = /^(@img\/sharp-libvips-|libheif-js$)/;

const packages = shippedPackages();

describe('what reaches users', () => {
  it('is what the manifest depends on, and what is bundled into the page', () => {
    const names = packages.map(({ name }) => name);
    const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(names).toEqual(
      expect.arrayContaining([...Object.keys(dependencies), 'react', 'konva', 'scheduler', 'long']),
    );
    for (const tool of ['electron', 'vitest', 'typescript', 'electron-builder', '@tensorflow/tfjs-node', ...INSTALLERS])
      expect(names).not.toContain(tool);
  });

  it('has licences that allow it, the lesser GPL for an exchangeable library alone', () => {
    const refused = packages.filter(({ licence }) => !ALLOWED.includes(licence));
    expect(refused.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
    const lesser = packages.filter(({ licence }) => licence.startsWith('LGPL'));
    expect(lesser.filter(({ name }) => !EXCHANGEABLE.test(name))).toEqual([]);
  });

  it('brings the texts of its licences, or says where they are', () => {
    const nowhere = packages.filter((shipped) => licenceText(shipped) === '' && shipped.homepage === '');
    expect(nowhere.map(({ name }) => name)).toEqual([]);
    const withText = packages.filter((shipped) => licenceText(shipped) !== '');
    expect(withText.length / packages.length).toBeGreaterThan(0.8);
  });
});

describe('the configuration of packages', () => {
  const made = configuration({ electron: { folder: '/electron', version: '1.2.3' }, output: '/out', commit: null });

  it('is whole for each system: target, icon and association', () => {
    expect(made.linux?.target).toEqual(['AppImage']);
    expect(made.win?.target).toEqual(['nsis']);
    expect(made.mac?.target).toEqual(['dmg']);
    expect(made.executableName).toBe(EXECUTABLE);
    expect(made.fileAssociations).toEqual([expect.objectContaining({ ext: 'inpaint', role: 'Editor' })]);
    expect(existsSync(path.join(ROOT, 'resources', 'icon.svg'))).toBe(true);
  });

  it('names files that there are, looks for no updates and compiles nothing', () => {
    expect(missingFiles()).toEqual([]);
    expect(made).toMatchObject({ publish: null, npmRebuild: false, asar: true });
  });
});
