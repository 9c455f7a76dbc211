/** What packages of systems that are not at hand need, and would be missed only there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { configuration, ICON_SIZES, ICONS, missingFiles } from '../package/configuration.mjs';
import { inRoot } from '../setup/paths.mjs';

const made = () => configuration({ electron: { folder: '', version: '45.0.0' }, output: 'dist', commit: null });
const config = made();
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

it('electron-builder knows every setting', async () => {
  const require = createRequire(inRoot('node_modules', 'app-builder-lib', 'package.json'));
  const { validateConfiguration } = require('./out/util/config/config.js') as {
    validateConfiguration: (config: unknown, log: { isEnabled: boolean }) => Promise<void>;
  };
  await validateConfiguration(config, { isEnabled: false });
  await expect(validateConfiguration({ ...config, nonsense: 1 }, { isEnabled: false })).rejects.toThrow('nonsense');
});

describe.each(['linux', 'win', 'mac'] as const)('a package for %s', (system) => {
  it('has what people install there', () => {
    const targets = { linux: 'AppImage', win: 'nsis', mac: 'dmg' };
    expect(config[system]?.target).toEqual([targets[system]]);
  });

  it('has an icon, drawn as large as the system shows any', () => {
    // Windows takes 256 pixels, macOS 1024; Linux takes a folder of all sizes.
    const sizes = { linux: 512, win: 256, mac: 1024 };
    expect(ICON_SIZES).toContain(sizes[system]);
    expect(config[system]?.icon).toBe(system === 'linux' ? ICONS : path.join(ICONS, 'icon.png'));
    expect(existsSync(inRoot('resources', 'icon.svg'))).toBe(true);
  });
});

it('projects belong to the program, under an icon that each system can show', () => {
  expect(config.fileAssociations).toEqual([
    expect.objectContaining({ ext: 'inpaint', mimeType: 'application/x-inpaint-studio-project', role: 'Editor' }),
  ]);
  for (const { icon } of [config.fileAssociations].flat().filter((each) => each != null))
    expect(icon ?? 'the icon of the program').toMatch(/\.(ico|icns)$|program/);
});

it('the licences of the program, of all that it brings and of its pictures come along', () => {
  expect(list(config.files)).toEqual(
    expect.arrayContaining(['LICENSE', 'out/licences.html', 'resources/{sample.jpg,LICENSES.md}', 'models/default/**']),
  );
  expect(list(config.asarUnpack)).toContain('out/licences.html');
  expect(existsSync(String(config.nsis?.license))).toBe(true);
  expect(existsSync(inRoot('models', 'default', 'model.json'))).toBe(true);
  expect(missingFiles()).toEqual([]);
});

it('a certificate that is given is used, or there is no package', () => {
  expect(config.forceCodeSigning).toBe('CSC_LINK' in process.env);
  expect(config.mac).toMatchObject({ hardenedRuntime: true });
  vi.stubEnv('CSC_LINK', 'certificate.p12');
  vi.stubEnv('APPLE_API_KEY', 'key.p8');
  expect(made()).toMatchObject({ forceCodeSigning: true, mac: { notarize: true } });
  vi.unstubAllEnvs();
});

it('native libraries of each system lie outside the archive', () => {
  const patterns = list(config.asarUnpack);
  expect(patterns).toEqual(expect.arrayContaining(['**/*.node', '**/*.{so,so.*,dylib,dll}']));
  const folder = inRoot('node_modules', 'onnxruntime-node', 'bin');
  const endings = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.extname(file) !== '')
    .map((file) => path.extname(file.replace(/\.\d+$/, '')));
  for (const ending of new Set(endings)) expect(ending).toMatch(/^\.(node|so|dylib|dll|\d+)$/);
});

it('nothing is looked for or sent anywhere, and the version is that of package.json', () => {
  expect(config.publish).toBeNull();
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { version: string };
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(config.buildVersion).toBeUndefined();
});
