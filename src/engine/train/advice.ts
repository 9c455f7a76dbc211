/** What is said of a failure: a code with values travels and is logged, by a machine without Node too; the sentence is made here. */
import type { Advice, LoggedAdvice } from '../../shared/training';

export function advise(kind: Advice['kind'], action: Advice['action'], values: Advice['values']): Advice {
  const code = { kind, action, values };
  return { ...code, sentence: sentenceOf(code) };
}

/** With its sentence, which lines that a machine without Node wrote do not have. */
export const readAdvice = (logged: LoggedAdvice): Advice => ({
  ...logged,
  sentence: logged.sentence ?? sentenceOf(logged),
});

/** What happened and what was done, in plain words. */
function sentenceOf(code: LoggedAdvice): string {
  const { kind, action, values } = code;
  const what = happened(code);
  switch (action) {
    case 'none':
      if (kind === 'disk-full') return `${what} Make room; training goes on meanwhile.`;
      return `${what}; lowering the rate did not help. More training will hardly: stop, and roll back to the best checkpoint.`;
    case 'lower-rate':
      if (kind !== 'critics-won') return `${what}; the rate was halved.`;
      if (values['signal'] === 'projectedCriticLoss')
        return `${what}; the rate was halved. Fewer critic steps or adaptive augmentation keep them from it.`;
      return `${what}; the rate was halved. A penalty, spectral normalisation or fewer critic steps keep them from it.`;
    case 'roll-back':
      return `${what}; training went back to the last good checkpoint and goes on at half the rate.`;
    case 'stop':
      return `${what}, after ${values['attempts']} attempts at lower rates; the run was stopped and its last good checkpoint kept. Start again with a lower rate.`;
  }
}

function happened({ kind, values }: LoggedAdvice): string {
  const number = (name: string): number => Number(values[name] ?? NaN);
  switch (kind) {
    case 'not-finite':
      return `${values['signal']} is not a number any more`;
    case 'exploding': {
      const whose = values['signal'] === 'criticNorm' ? 'critics' : 'generator';
      const times = Math.round(number('value') / Math.max(number('reference'), 1e-12));
      return `The gradient of the ${whose} is ${times} times its usual length`;
    }
    case 'critics-won':
      if (values['signal'] === 'projectedCriticLoss')
        return 'The critics of learnt features tell every fill from every picture, so the generator learns nothing from them';
      return 'The critics tell every fill from every picture, so the generator learns nothing from them';
    case 'collapsed':
      return 'All fills look alike, whatever surrounds them';
    case 'validation-rising':
      return `The error on pictures that are kept back has not fallen below its best, ${number('reference').toFixed(2)} %, and is ${number('value').toFixed(2)} % now`;
    case 'disk-full':
      return `The disk is full: the checkpoint after step ${values['step']} was not written, the one before is kept.`;
  }
}
