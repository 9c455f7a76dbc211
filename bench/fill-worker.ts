/**
 * Times fills of one engine after its start, in a process of its own: INFERENCE-WORKER MODELS MANNER REPEATS WIDTH HEIGHT
 * then HOLE-WIDTH HOLE-HEIGHT [variants]: with the last word also five variants and a cut without a refused piece. The picture is the sample, mirrored until it is as large as asked. Prints one line of JSON.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ComposedFill } from '../src/engine/inpaint/compose/compose-fill';
import { cutAgain } from '../src/engine/inpaint/cut-again';
import { fillHole } from '../src/engine/inpaint/fill-hole';
import { FillMemory } from '../src/engine/inpaint/fill-memory';
import type { FillHoleRequest } from '../src/engine/inpaint/fill-request';
import { otherVariants } from '../src/engine/inpaint/fill-variants';
import type { FillManner } from '../src/shared/protocol/values';
import type { FillStage } from '../src/shared/fill-stage';
import { Library } from '../src/engine/library/library';
import { BitPlane } from '../src/shared/bit-plane';
import { sourceAt, type SourceMap } from '../src/shared/source-map';
import type { Rect } from '../src/shared/geometry';
import { enlargedSample } from './enlarged-sample';

const [inferenceEntry, models, manner] = process.argv.slice(2, 5);
const [repeats, width, height, holeWidth, holeHeight] = process.argv.slice(5, 10).map(Number);
const [wanted] = process.argv.slice(10);
const WORKING_SIZE = 512;
/** Of a second, as Linux counts a process's time. */
const TICKS = 100;

/** Most memory that a process has had, MB. */
function peakOf(process: number | 'self'): number {
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? NaN) / 1024;
}

/** Of the engine and the network's process, which share the work. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + networkSeconds();
}

function networkSeconds(): number {
  const { inferencePid } = library;
  if (inferencePid === undefined) return 0;
  // Fields 14 and 15 of /proc/PID/stat, after the name, which may hold anything.
  const fields = readFileSync(`/proc/${inferencePid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

const library = new Library({ roots: [models], inferenceEntry, provider: 'cpu' });
const generator = await library.generator('default');
const picture = { width, height, channels: 3, depth: 8, samples: await enlargedSample(width, height) } as const;

async function fill(box: Rect, change: Partial<FillHoleRequest> = {}) {
  const hole = new BitPlane(width, height);
  hole.fillRect(box, true);
  const start = performance.now();
  const since = (): number => (performance.now() - start) / 1000;
  const processor = processorSeconds();
  let preview = NaN;
  let lines = 0;
  const stages: Partial<Record<FillStage, number>> = {};
  let [stage, entered]: [FillStage, number] = ['preparing', 0];
  const leave = (): void => void (stages[stage] = (stages[stage] ?? 0) + since() - entered);
  // A cancel is heard when the engine looks at its messages: the longest time between two looks.
  const looks = monitorEventLoopDelay({ resolution: 5 });
  looks.enable();
  await fillHole({
    picture,
    hole,
    source: null,
    generator,
    manner: manner as FillManner,
    workingSize: WORKING_SIZE,
    onSourceMap: () => undefined,
    ...change,
    onLines: (found) => (lines = found.length),
    onCoarse: () => (preview = since()),
    onProgress: (next) => {
      leave();
      [stage, entered] = [next, since()];
    },
  });
  leave();
  looks.disable();
  const cpu = processorSeconds() - processor;
  return { seconds: since(), cpu, preview, longestDeaf: looks.max / 1e9, stages, lines };
}

/** The same hole five ways, from what they share. Seconds of the clock and of the processor. */
async function fiveVariants(box: Rect): Promise<{ readonly seconds: number; readonly cpu: number }> {
  const memory = new FillMemory();
  const wishes = { manner: manner as FillManner, automaticLines: true, guide: 'usual', seed: 0 } as const;
  const first = await fill(box, { ...wishes, memory });
  let { seconds, cpu } = first;
  const others = otherVariants(wishes, first.lines);
  for (let i = 1; i < 5; i++) {
    const other = await fill(box, { ...others.next().value.wishes, memory });
    seconds += other.seconds;
    cpu += other.cpu;
  }
  return { seconds, cpu };
}

/** The fill once more, without the piece in its middle. Seconds of the clock and of the processor. */
async function withoutMiddle(box: Rect): Promise<{ readonly seconds: number; readonly cpu: number }> {
  let composed: readonly ComposedFill[] = [];
  const maps: SourceMap[] = [];
  await fill(box, { onComposed: (fills) => (composed = fills), onSourceMap: (_, map) => maps.push(map) });
  const at = { x: box.x + (box.width >> 1), y: box.y + (box.height >> 1) };
  const place = maps[0] && sourceAt(maps[0], at);
  if (!place || composed.length === 0) throw new Error('the fill was not kept');
  const from = { x: at.x + place.source.x - place.cell.x, y: at.y + place.source.y - place.cell.y };
  const hole = new BitPlane(width, height);
  hole.fillRect(box, true);
  const pieces = { refused: [{ at, from }], chosen: [] };
  const [start, processor] = [performance.now(), processorSeconds()];
  await cutAgain(composed, { picture, hole, source: null, generator, manner: 'remove', workingSize: WORKING_SIZE, pieces });
  return { seconds: (performance.now() - start) / 1000, cpu: processorSeconds() - processor };
}

// The app has started when its models are listed and its inference process answers: a small fill sees to that.
await fill({ x: 40, y: 40, width: 24, height: 24 });
const box = { x: (width - holeWidth) >> 1, y: (height - holeHeight) >> 1, width: holeWidth, height: holeHeight };
const fills = [];
for (let i = 0; i < repeats; i++) fills.push(await fill(box));
const { inferencePid } = library;
const peakMegabytes = peakOf('self');
const networkMegabytes = inferencePid === undefined ? NaN : peakOf(inferencePid);
const variants = wanted === 'variants' ? await fiveVariants(box) : null;
const refused = wanted === 'variants' ? await withoutMiddle(box) : null;
library.stop();
console.log(JSON.stringify({ fills, variants, refused, peakMegabytes, networkMegabytes }));
