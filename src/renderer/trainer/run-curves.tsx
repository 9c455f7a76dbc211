import { ToggleGroup } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { RunDetails, StepRecord } from '../../shared/training';
import { texts } from '../texts';
import { CHART_GROUPS, type ChartGroup, CHARTS, seriesOf } from './charts';
import { CurvePlot } from './curve-plot';
import { useController, useTrainer } from './trainer-context';

const NONE: readonly StepRecord[] = [];

/** The curves of a run, a group at a time, with those of another run where one is chosen. */
export function RunCurves({ details }: { readonly details: RunDetails }) {
  const [chosen, setChosen] = useState<ChartGroup>('measures');
  const { records } = details;
  const compared = useTrainer((state) => (state.compared === null ? null : (state.details[state.compared] ?? null)));
  const others = compared?.records ?? NONE;
  const drawn = useMemo(
    () =>
      CHARTS.flatMap((chart) => {
        const series = seriesOf(chart, records, others);
        return series === null ? [] : [{ chart, series }];
      }),
    [records, others],
  );
  const groups = CHART_GROUPS.filter((group) => drawn.some(({ chart }) => chart.group === group));
  const group = groups.includes(chosen) ? chosen : groups[0];
  if (group === undefined) return <p className="quiet">{texts.trainer.curvesEmpty}</p>;
  return (
    <>
      <div className="curves-head">
        <ToggleGroup.Root
          type="single"
          className="segments"
          value={group}
          aria-label={texts.trainer.groups[group]}
          onValueChange={(value) => setChosen(CHART_GROUPS.find((name) => name === value) ?? group)}
        >
          {groups.map((name) => (
            <ToggleGroup.Item key={name} className="segment" value={name}>
              {texts.trainer.groups[name]}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
        <CompareChoice runId={details.summary.runId} />
      </div>
      <div className="charts">
        {drawn
          .filter(({ chart }) => chart.group === group)
          .map(({ chart, series }) => (
            <CurvePlot key={chart.id} chart={chart} series={series} compared={compared?.summary.name ?? null} />
          ))}
      </div>
    </>
  );
}

function CompareChoice({ runId }: { readonly runId: string }) {
  const controller = useController();
  const runs = useTrainer((state) => state.runs);
  const compared = useTrainer((state) => state.compared);
  const others = (runs ?? []).filter((run) => run.runId !== runId);
  if (others.length === 0) return null;
  return (
    <label className="compare-choice">
      {texts.trainer.compareWith}
      <select
        className="select"
        value={compared ?? ''}
        onChange={(event) => void controller.compare(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{texts.trainer.compareNone}</option>
        {others.map((run) => (
          <option key={run.runId} value={run.runId}>
            {run.name}
          </option>
        ))}
      </select>
    </label>
  );
}
