/** What is said of a failure: a code with values travels and is logged, by a machine without Node too, with its English sentence. */
import type { Advice, LoggedAdvice } from '../../shared/training';
import { adviceSentence } from '../../shared/training-words/advice-sentence';

export function advise(kind: Advice['kind'], action: Advice['action'], values: Advice['values']): Advice {
  const code = { kind, action, values };
  return { ...code, sentence: adviceSentence(code, 'en') };
}

/** With its sentence, which lines that a machine without Node wrote do not have. */
export const readAdvice = (logged: LoggedAdvice): Advice => ({
  ...logged,
  sentence: logged.sentence ?? adviceSentence(logged, 'en'),
});
