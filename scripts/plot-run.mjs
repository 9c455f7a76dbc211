#!/usr/bin/env node
// Draws curves of a training run's log as an SVG file.
// usage: node scripts/plot-run.mjs RUN OUT.svg NAME[,NAME...] [--band LOW,HIGH] [--from STEP]
//        NAME is one of the log's losses, or of its measures as validation.NAME
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from './setup/messages.mjs';

/** @typedef {{ step: number, losses: Record<string, number>, validation?: Record<string, number> }} StepRecord */
/** @typedef {readonly [step: number, value: number]} Point */

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 300, 56, 16, 34, 40];
const COLOURS = ['#2a6fb0', '#c7522a', '#3d8a4a', '#8250a8'];

await runScript(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { band: { type: 'string' }, from: { type: 'string' } },
  });
  const [run, out, names] = /** @type {(string | undefined)[]} */ (positionals);
  if (run === undefined || out === undefined || names === undefined)
    throw new Error('usage: plot-run RUN OUT.svg NAME[,NAME...] [--band LOW,HIGH] [--from STEP]');
  const lines = (await readFile(path.join(run, 'log.jsonl'), 'utf8')).trim().split('\n');
  const records = lines.map((line) => /** @type {StepRecord} */ (JSON.parse(line)));
  const curves = names.split(',').map((name) => ({ name, points: pointsOf(records, name, Number(values.from ?? 0)) }));
  await writeFile(out, svgOf(curves, values.band?.split(',').map(Number) ?? null));
});

/**
 * @param {readonly StepRecord[]} records
 * @param {string} name
 * @param {number} from the first step shown
 * @returns {Point[]}
 */
function pointsOf(records, name, from) {
  const measure = name.startsWith('validation.') ? name.slice('validation.'.length) : null;
  return records.flatMap((record) => {
    const value = measure === null ? record.losses[name] : record.validation?.[measure];
    return value === undefined || record.step < from ? [] : [/** @type {const} */ ([record.step, value])];
  });
}

/**
 * @param {readonly { name: string, points: readonly Point[] }[]} curves
 * @param {readonly number[] | null} band its lower and upper end
 */
function svgOf(curves, band) {
  const all = curves.flatMap(({ points }) => points);
  if (all.length === 0) throw new Error('the log has no such values');
  const steps = all.map(([step]) => step);
  const values = [...all.map(([, value]) => value), ...(band ?? [])];
  const [x0, x1] = [Math.min(...steps), Math.max(...steps)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = 0.06 * (most - least || 1);
  const [y0, y1] = [least - margin, most + margin];
  /** @param {number} step */
  const x = (step) => LEFT + ((WIDTH - LEFT - RIGHT) * (step - x0)) / (x1 - x0 || 1);
  /** @param {number} value */
  const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (value - y0)) / (y1 - y0);
  /** @type {(tx: number, ty: number, words: string | number, more?: string) => string} */
  const text = (tx, ty, words, more = '') =>
    `<text x="${tx.toFixed(1)}" y="${ty.toFixed(1)}" font-family="sans-serif" font-size="11" fill="#555" ${more}>${words}</text>`;
  const parts = [`<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`];
  if (band !== null) {
    const [low, high] = band;
    parts.push(
      `<rect x="${LEFT}" y="${y(high)}" width="${WIDTH - LEFT - RIGHT}" height="${y(low) - y(high)}" fill="#e6efe6"/>`,
    );
  }
  for (let i = 0; i <= 4; i++) {
    const value = y0 + ((y1 - y0) * i) / 4;
    const step = x0 + ((x1 - x0) * i) / 4;
    parts.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/>`,
      text(LEFT - 6, y(value) + 4, value.toPrecision(3), 'text-anchor="end"'),
      text(x(step), HEIGHT - BOTTOM + 16, Math.round(step), 'text-anchor="middle"'),
    );
  }
  curves.forEach(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const path = points.map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.6"/>`,
      `<rect x="${LEFT + 130 * i}" y="12" width="10" height="10" fill="${colour}"/>`,
      text(LEFT + 130 * i + 15, 21, name),
    );
  });
  parts.push(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, 'generator steps', 'text-anchor="middle"'));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">\n${parts.join('\n')}\n</svg>\n`;
}
