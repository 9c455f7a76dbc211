import { type EngineEventPayload } from '../../shared/bridge';

export type Progress = EngineEventPayload<'library:progress'>;
/** `fraction` runs from 0 to 1 over the whole job. */
export type Report = (stage: Progress['stage'], fraction: number) => void;

/** Progress is not sent more often than this. */
const REPORT_MS = 100;
/** From this share on, the pace tells something. */
const TELLING = 0.1;

/** Sends a job's progress with the time left, judged by the pace so far. */
export function reportingProgress(jobId: string, send: (progress: Progress) => void): Report {
  const began = performance.now();
  let sent = 0;
  let last: Progress['stage'] | null = null;
  return (stage, fraction) => {
    const now = performance.now();
    if (stage === last && now - sent < REPORT_MS) return;
    sent = now;
    last = stage;
    const elapsed = (now - began) / 1000;
    const secondsLeft = fraction > TELLING ? (elapsed * (1 - fraction)) / fraction : null;
    send({ jobId, stage, fraction, secondsLeft });
  };
}
