import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTheme } from '../controls/theme';
import { texts } from '../texts';
import type { Chart, Series } from './charts';

const HEIGHT = 150;
/** Colours of the curves, as the style sheet has them: as many as two runs have in the fullest chart. */
const COLOURS = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `--curve-${number}`);
/** Dashes of another run's curves, pixels. */
const DASH = [4, 3];

interface CurvePlotProps {
  readonly chart: Chart;
  readonly series: Series;
  /** Name of the run whose curves follow the chart's own ones, dashed. */
  readonly compared: string | null;
}

/** A chart that follows its data, its width and the theme. */
export function CurvePlot({ chart, series, compared }: CurvePlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const theme = useTheme();
  const curves = series.length - 1;

  useEffect(() => {
    const holder = place.current;
    if (!holder) return undefined;
    const made = new UPlot(plotOptions(chart, curves, compared, holder), [[]], holder);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: holder.clientWidth, height: HEIGHT }));
    observer.observe(holder);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [chart, curves, compared, theme]);

  useEffect(() => {
    plot.current?.setData(series as unknown as UPlot.AlignedData);
  }, [series, chart, curves, compared, theme]);

  return (
    <figure className="chart">
      <figcaption title={chart.help()}>
        {chart.title()} <span className="quiet">{chart.help()}</span>
      </figcaption>
      <div ref={place} className="chart-plot" role="img" aria-label={latest(chart, series)} />
    </figure>
  );
}

function plotOptions(chart: Chart, curves: number, compared: string | null, holder: HTMLElement): UPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour('--text-quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  const own = chart.curves.length;
  const drawn = Array.from({ length: curves }, (_, i): UPlot.Series => {
    const label = chart.curves[i % own]?.label() ?? '';
    const other = i >= own;
    return {
      label: other && compared !== null ? texts.trainer.otherRun(label, compared) : label,
      stroke: colour(COLOURS[i % COLOURS.length] ?? ''),
      width: 1.5,
      spanGaps: true,
      points: { show: (plot) => plot.data[0].length < 3 },
      value: (_plot, value: number | null) => (value === null ? '–' : shortNumber(value)),
      ...(other ? { dash: DASH } : {}),
    };
  });
  return {
    width: Math.max(1, holder.clientWidth),
    height: HEIGHT,
    scales: { x: { time: false } },
    axes: [
      { ...axis, size: 24 },
      { ...axis, size: widthOfLabels, values: (_plot, values) => tickLabels(values) },
    ],
    series: [{ label: texts.trainer.step }, ...drawn],
    legend: { show: curves > 1, markers: { width: 2, dash: (_plot, index) => (index > own ? 'dashed' : 'solid') } },
    cursor: { drag: { x: false, y: false } },
  };
}

/** The last value of every curve in words, for those who do not see the chart. */
function latest(chart: Chart, [steps, ...values]: Series): string {
  const parts = chart.curves.flatMap(({ label }, i) => {
    const at = values[i]?.findLastIndex((value) => value !== null) ?? -1;
    const value = values[i]?.[at];
    return value === undefined || value === null
      ? []
      : [texts.trainer.latest(label(), shortNumber(value), steps[at] ?? 0)];
  });
  return `${chart.title()}. ${parts.join('. ')}`;
}

/** As wide as the longest needs, pixels. */
function widthOfLabels(_plot: UPlot, labels: readonly string[] | null): number {
  return 22 + 7 * Math.max(3, ...(labels ?? []).map(({ length }) => length));
}

/** With as many digits as tell neighbours apart. */
function tickLabels(values: readonly number[]): string[] {
  const step = Number(Math.abs((values[1] ?? 0) - (values[0] ?? 0)).toPrecision(2));
  if (step < 1e-6 || values.some((value) => Math.abs(value) >= 1e5)) return values.map(shortNumber);
  const digits = String(step).split('.')[1]?.length ?? 0;
  return values.map((value) => value.toFixed(digits));
}

function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e5)) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}
