import { texts } from '../texts';

/** A stretch of time in words, as exact as anyone needs. */
export function duration(seconds: number): string {
  if (seconds < 60) return texts.trainer.seconds(seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return texts.trainer.minutes(minutes);
  return texts.trainer.hours(Math.floor(minutes / 60), minutes % 60);
}
