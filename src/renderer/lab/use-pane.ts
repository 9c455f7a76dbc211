import { useEffect, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import type { labEvents, LabExperiment } from '../../shared/protocol/lab-job';
import { spokenReport } from '../texts/reports';
import { openPane } from './lab-link';

type Told<E extends keyof typeof labEvents> = z.infer<(typeof labEvents)[E]>;
export type KeptLook = Pick<Told<'lab:look'>, 'look' | 'view' | 'signs'>;
export type View = Told<'lab:view'>['view'];
export type Options = Readonly<Record<string, string | number | boolean>>;

export type Phase = 'none' | 'playing' | 'paused' | 'done';

/** A run as it is shown: everything is of the run that was started last. */
export interface PaneState {
  readonly phase: Phase;
  readonly options: Options;
  readonly looks: readonly KeptLook[];
  /** What was seen last. */
  readonly live: { readonly step: number; readonly view: View } | null;
  readonly result: Told<'lab:end'>['result'];
  readonly error: string | null;
}

const NOTHING: PaneState = { phase: 'none', options: {}, looks: [], live: null, result: null, error: null };

export interface Order {
  readonly experiment: string;
  readonly changes: Options;
  readonly speed: number | null;
  readonly paused: boolean;
}

/** One run at a time in the lab's process, and what has been heard of it. */
export function usePane() {
  const [state, setState] = useState(NOTHING);
  const [experiments, setExperiments] = useState<readonly LabExperiment[]>([]);
  const pane = useRef<ReturnType<typeof openPane> | null>(null);
  /** Which order is the last one: an answer to another comes too late. */
  const orders = useRef(0);

  useEffect(() => {
    const { lab } = window;
    if (!lab) return undefined;
    const fail = (error: string): void => setState((now) => ({ ...now, phase: 'none', error }));
    const opened = openPane(lab, fail);
    pane.current = opened;
    const { link } = opened;
    const run = { id: -1 };
    runs.set(opened, run);
    link.on('lab:view', ({ run: of, step, view }) => {
      if (of === run.id) setState((now) => ({ ...now, live: { step, view } }));
    });
    link.on('lab:look', ({ run: of, look, view, signs }) => {
      if (of !== run.id) return;
      const kept = { look, view, signs };
      setState((now) => ({ ...now, live: { step: look.step, view }, looks: [...now.looks, kept] }));
    });
    link.on('lab:end', ({ run: of, result, error }) => {
      if (of !== run.id) return;
      const said = error === null ? null : sentenceOf(error);
      setState((now) => ({ ...now, phase: 'done', result, error: said }));
    });
    link.request('experiments', undefined).then(setExperiments, () => undefined);
    return () => opened.close();
  }, []);

  const commands = useMemo(() => {
    const ask = (method: 'pause' | 'resume' | 'step' | 'stop', phase: Phase): void => {
      pane.current?.link.request(method, undefined).catch(() => undefined);
      setState((now) => (now.phase === 'done' ? now : { ...now, phase }));
    };
    return {
      start: (order: Order): void => {
        const opened = pane.current;
        if (!opened) return;
        const number = ++orders.current;
        const run = runs.get(opened) ?? { id: -1 };
        run.id = -1;
        setState({ ...NOTHING, options: order.changes, phase: order.paused ? 'paused' : 'playing' });
        opened.link.request('start', { ...order, changes: { ...order.changes } }).then(
          (started) => {
            if (number !== orders.current) return;
            run.id = started.run;
            setState((now) => ({ ...now, options: started.options }));
          },
          (thrown: unknown) => {
            if (number === orders.current) setState({ ...NOTHING, error: sentenceOf(spokenReport(thrown)) });
          },
        );
      },
      pause: () => ask('pause', 'paused'),
      resume: () => ask('resume', 'playing'),
      step: () => ask('step', 'paused'),
      stop: (): void => {
        orders.current++;
        pane.current?.link.request('stop', undefined).catch(() => undefined);
        setState(NOTHING);
      },
      speed: (speed: number | null): void => {
        pane.current?.link.request('speed', { speed }).catch(() => undefined);
      },
    };
  }, []);
  return { state, experiments, ...commands };
}
export type Pane = ReturnType<typeof usePane>;

/** Number of the run that each pane shows. */
const runs = new WeakMap<ReturnType<typeof openPane>, { id: number }>();

const sentenceOf = ({ message, remedy }: { readonly message: string; readonly remedy: string }): string =>
  `${message} ${remedy}`;
