/**
 * Every reader of files from outside, on files damaged by chance: each reads, or refuses with a reason of the tables. A
 * thousand cases in the tests; `npm run fuzz -- --cases 20000 --seed 7` does more. A case is found again by seed and number.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readLinesFile } from '../../src/cli/lines-file';
import { SettingsFile } from '../../src/main/settings-file';
import { StudioError } from '../../src/shared/errors';
import { wordsOf } from '../../src/shared/error-texts';
import { settingsSchema } from '../../src/shared/protocol/settings';
import { readMask } from '../../src/engine/image/mask-file';
import { readPicture } from '../../src/engine/image/read-picture';
import { sharp } from '../../src/engine/image/sharp';
import { readHint } from '../../src/engine/inpaint/hint-file';
import { readAnyModel, readWeights, writeModelFolder } from '../../src/engine/models/model-folder';
import { architectureSchema } from '../../src/engine/network/architecture';
import { generatorLayout } from '../../src/engine/network/inference';
import { initialise } from '../../src/engine/network/parameters';
import { Random } from '../../src/engine/numeric/random';
import { manifestText, readManifest } from '../../src/engine/project/manifest';
import { unpackProject } from '../../src/engine/project/unpack-project';
import { ROOT } from '../setup/paths.mjs';
import { damaged, damagedJson } from '../../src/engine/testing/mutations';

const CASES = Number(process.env['INPAINT_STUDIO_FUZZ_CASES'] ?? 1000);
const SEED = Number(process.env['INPAINT_STUDIO_FUZZ_SEED'] ?? 1);
/** Where the number of the case at hand stands, for one that takes the process along. */
const TRACE = process.env['INPAINT_STUDIO_FUZZ_TRACE'];
/** A reader that takes longer hangs, on any machine, milliseconds. */
const LONGEST_MS = 60_000;
const SIZE = { width: 24, height: 18 } as const;

interface Reader {
  readonly name: string;
  /** How often it has its turn, beside the others. */
  readonly share: number;
  /** @param folder an empty one, of the case's own */
  readonly read: (random: Random, folder: string) => Promise<unknown>;
}

let home: string;
let readers: readonly Reader[];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fuzz-'));
  readers = await makeReaders();
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function makeReaders(): Promise<readonly Reader[]> {
  const pictures = await pictureFiles();
  const projects = await filesOf(join(ROOT, 'src', 'engine', 'project', 'fixtures'));
  const any = (files: readonly Buffer[], random: Random): Buffer =>
    files[random.integer(0, files.length - 1)] ?? Buffer.alloc(0);
  const damagedFile = async (
    files: readonly Buffer[],
    random: Random,
    folder: string,
    name: string,
  ): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, damaged(any(files, random), any(files, random), random));
    return path;
  };
  const manifest = await manifestOf(projects.at(-1));
  const model = await modelFiles();
  const lines = JSON.stringify([
    [
      [1, 2],
      [20, 9],
      [3.5, 4],
    ],
    [
      [0, 0],
      [23, 17],
    ],
  ]);
  const settings = JSON.stringify({ version: 1, ...settingsSchema.parse({}), recentFiles: ['/a/b.png'] });
  const photo = { ...SIZE, channels: 3, depth: 8, samples: new Uint8Array(SIZE.width * SIZE.height * 3) } as const;
  const origin = { path: '', format: 'png', grey: false, lossless: true } as const;
  return [
    {
      name: 'picture',
      share: 6,
      read: async (random, folder) => readPicture(await damagedFile(pictures, random, folder, 'a.png')),
    },
    {
      name: 'mask',
      share: 3,
      read: async (random, folder) =>
        readMask(await damagedFile(pictures, random, folder, 'm.png'), { ...photo, origin }),
    },
    {
      name: 'hint',
      share: 2,
      read: async (random, folder) => readHint(await damagedFile(pictures, random, folder, 'h.png'), SIZE),
    },
    {
      name: 'project',
      share: 3,
      read: async (random, folder) => {
        const unpacked = join(folder, 'session');
        await mkdir(unpacked);
        const path = await damagedFile(projects, random, folder, 'a.inpaint');
        await unpackProject(path, unpacked).catch(async (thrown: unknown) => {
          expect(await readdir(unpacked), 'nothing of a refused project stays').toEqual([]);
          throw thrown;
        });
      },
    },
    {
      name: 'project manifest',
      share: 3,
      read: async (random) => readManifest(damagedJson(manifest, random), 'a.inpaint'),
    },
    {
      name: 'model',
      share: 3,
      read: async (random, folder) => {
        const inManifest = random.uniform() < 0.6;
        const text = inManifest ? damagedJson(model.manifest, random) : model.manifest;
        await writeFile(join(folder, 'model.json'), text);
        const weights = inManifest ? model.weights : damaged(model.weights, model.weights, random);
        await writeFile(join(folder, 'weights.safetensors'), weights);
        const read = await readAnyModel(folder);
        if ('kind' in read) return;
        await readWeights(read, generatorLayout(read.manifest.architecture));
      },
    },
    {
      name: 'lines',
      share: 2,
      read: async (random, folder) => {
        const path = join(folder, 'lines.json');
        await writeFile(path, damagedJson(lines, random));
        return readLinesFile(path, SIZE);
      },
    },
    {
      name: 'settings',
      share: 2,
      read: async (random, folder) => {
        const path = join(folder, 'settings.json');
        await writeFile(path, damagedJson(settings, random));
        // They refuse nothing: what cannot be used is replaced.
        settingsSchema.parse(new SettingsFile(path).get());
      },
    },
  ];
}

async function pictureFiles(): Promise<readonly Buffer[]> {
  const { width, height } = SIZE;
  const samples = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 37 + (i >> 5) * 11) % 256);
  const picture = () => sharp(samples, { raw: { width, height, channels: 4 } }).withMetadata({ density: 72 });
  return Promise.all([
    picture().png().toBuffer(),
    picture().png({ palette: true }).toBuffer(),
    picture().toColourspace('rgb16').png().toBuffer(),
    picture().removeAlpha().jpeg().toBuffer(),
    picture().removeAlpha().jpeg({ progressive: true }).toBuffer(),
    picture().webp().toBuffer(),
    picture().webp({ lossless: true }).toBuffer(),
    picture().tiff({ compression: 'lzw' }).toBuffer(),
    picture().tiff({ compression: 'jpeg' }).toBuffer(),
    picture().avif({ effort: 0 }).toBuffer(),
  ]);
}

async function filesOf(folder: string): Promise<readonly Buffer[]> {
  return Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name))));
}

async function manifestOf(project: Buffer | undefined): Promise<string> {
  const [path, unpacked] = [join(home, 'whole.inpaint'), join(home, 'whole')];
  await writeFile(path, project ?? '');
  await mkdir(unpacked);
  return manifestText(await unpackProject(path, unpacked));
}

async function modelFiles(): Promise<{ readonly manifest: string; readonly weights: Buffer }> {
  const folder = join(home, 'model');
  const architecture = architectureSchema.parse({ width: 4 });
  const layout = generatorLayout(architecture);
  const random = new Random(1);
  const about = { name: 'Small', description: '', licence: { weights: 'CC0', data: [] }, training: {} };
  await writeModelFolder(
    folder,
    { ...about, architecture },
    layout,
    layout.split(initialise(layout, () => random.normal())),
  );
  const [manifest, weights] = await Promise.all([
    readFile(join(folder, 'model.json'), 'utf8'),
    readFile(join(folder, 'weights.safetensors')),
  ]);
  return { manifest, weights };
}

type Outcome = 'read' | 'refused' | { readonly fault: string };

/** How a reader took a case: what is not read must be refused, with a reason. */
async function outcomeOf({ read }: Reader, random: Random, folder: string): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ fault: `hangs for ${LONGEST_MS / 1000} s` }), LONGEST_MS);
  });
  const outcome = read(random, folder).then(() => 'read' as const, refusalOf);
  return Promise.race([outcome, limit]).finally(() => clearTimeout(timer));
}

function refusalOf(thrown: unknown): Outcome {
  if (!(thrown instanceof StudioError)) {
    return { fault: `throws ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}` };
  }
  const report = thrown.toReport();
  if (report.code === 'internal') return { fault: `calls it a fault of the program: ${report.message}` };
  return wordsOf(report, 'de') === null ? { fault: `gives no reason of the tables: ${report.message}` } : 'refused';
}

it(`reads or refuses ${CASES} damaged files, each with a reason`, { timeout: 180_000 + CASES * 400 }, async () => {
  const turns = readers.flatMap((reader) => Array.from({ length: reader.share }, () => reader));
  const faults: string[] = [];
  const refused = new Set<string>();
  for (let number = 0; number < CASES; number++) {
    const reader = turns[number % turns.length];
    if (reader === undefined) continue;
    if (TRACE !== undefined) await writeFile(TRACE, `seed ${SEED}, case ${number}: ${reader.name}\n`);
    const folder = join(home, `case-${number}`);
    await mkdir(folder);
    const outcome = await outcomeOf(reader, new Random(SEED, number), folder);
    if (outcome === 'refused') refused.add(reader.name);
    if (typeof outcome === 'object') faults.push(`seed ${SEED}, case ${number}, ${reader.name}: ${outcome.fault}`);
    await rm(folder, { recursive: true, force: true });
  }
  expect(faults.slice(0, 20), `${faults.length} faults`).toEqual([]);
  // Damage that nobody notices would prove nothing. Settings refuse nothing.
  const refusing = readers.map(({ name }) => name).filter((name) => name !== 'settings');
  if (CASES >= 1000) expect([...refused].sort()).toEqual(refusing.sort());
});
