import { listIn } from '../language';
import { ended, reason, type With } from './reason';

/** The saved graph of a run, for a runtime outside this process. */
const brokenGraph = <P extends With<'why'> | With<'place'>>(
  en: (parameters: P) => string,
  de: (parameters: P) => string,
) =>
  reason<P>('model-broken', {
    en: (parameters) => [
      `The saved graph cannot be used: ${ended(en(parameters))}`,
      'Save the graph again with this version of the program.',
    ],
    de: (parameters) => [
      `Der gespeicherte Graph ist nicht zu gebrauchen: ${ended(de(parameters))}`,
      'Den Graphen mit dieser Programmversion neu speichern.',
    ],
  });

/** The process of PyTorch is gone. */
const torchEnded = <P extends Readonly<Record<string, string | number>>>(
  en: (parameters: P) => string,
  de: (parameters: P) => string,
) =>
  reason<P>('engine-stopped', {
    en: (parameters) => [`The PyTorch process is not there: ${ended(en(parameters))}`, 'Try again.'],
    de: (parameters) => [`Der PyTorch-Prozess ist nicht da: ${ended(de(parameters))}`, 'Noch einmal versuchen.'],
  });

type None = Readonly<Record<string, never>>;

/** What computes: TensorFlow.js, PyTorch, and the graphs that are handed to them. */
export const runtimes = {
  'no-provider-works': reason('runtime-unavailable', {
    en: ({ reasons }: With<'reasons'>) => [
      `Nothing that fills could run on works here (${reasons}).`,
      'Leave --provider out, or look at what "inpaint-studio doctor" says.',
    ],
    de: ({ reasons }) => [
      `Nichts, worauf Füllungen laufen könnten, funktioniert hier (${reasons}).`,
      '--provider weglassen, oder nachsehen, was „inpaint-studio doctor“ sagt.',
    ],
  }),
  'tensorflow-refused': reason('runtime-unavailable', {
    en: ({ reasons }: With<'reasons'>) => [
      `TensorFlow.js does not run here (${reasons}).`,
      'Choose another runtime, or reinstall the program.',
    ],
    de: ({ reasons }) => [
      `TensorFlow.js läuft hier nicht (${reasons}).`,
      'Anderswo rechnen lassen, oder das Programm neu installieren.',
    ],
  }),
  'tensorflow-bound': reason('runtime-unavailable', {
    en: ({ backend, wanted }: { readonly backend: string; readonly wanted: string }) => [
      `TensorFlow.js runs on ${backend} in this process and cannot change to ${listIn('or', wanted)}.`,
      'Start another process for it.',
    ],
    de: ({ backend, wanted }) => [
      `TensorFlow.js läuft in diesem Prozess auf ${backend} und kann nicht zu ${listIn('oder', wanted)} wechseln.`,
      'Dafür einen anderen Prozess starten.',
    ],
  }),
  'python-without-torch': reason('runtime-unavailable', {
    en: ({ reasons, variable }: With<'reasons' | 'variable'>) => [
      `No Python with PyTorch was found (${reasons}).`,
      `Install PyTorch 2.4 or later for python3, or name the Python to use in ${variable}.`,
    ],
    de: ({ reasons, variable }) => [
      `Es fand sich kein Python mit PyTorch (${reasons}).`,
      `PyTorch 2.4 oder neuer für python3 installieren, oder das Python in ${variable} nennen.`,
    ],
  }),
  'installation-lacks': reason('runtime-unavailable', {
    en: ({ part }: With<'part'>) => [`This installation has no ${part}.`, 'Install the program again.'],
    de: ({ part }) => [`Dieser Installation fehlt ${part}.`, 'Das Programm neu installieren.'],
  }),
  'torch-needs-node': reason('runtime-unavailable', {
    en: () => [
      'PyTorch trains with pictures that Node draws, and there is no Node on the path.',
      'Install Node 20 or later, or train with ONNX Runtime.',
    ],
    de: () => [
      'PyTorch trainiert mit Bildern, die Node zeichnet, und im Suchpfad ist kein Node.',
      'Node 20 oder neuer installieren, oder mit ONNX Runtime trainieren.',
    ],
  }),
  'torch-not-started': torchEnded(
    ({ why }: With<'why'>) => `it cannot be started (${why})`,
    ({ why }) => `er lässt sich nicht starten (${why})`,
  ),
  'torch-exited': torchEnded(
    ({ code }: With<'code'>) => `it ended with code ${code}`,
    ({ code }) => `er endete mit dem Code ${code}`,
  ),
  'torch-killed': torchEnded(
    ({ signal }: With<'signal'>) => `it was ended by ${signal}`,
    ({ signal }) => `er wurde durch ${signal} beendet`,
  ),
  'torch-silent': torchEnded<None>(
    () => 'its output ended',
    () => 'seine Ausgabe endete',
  ),
  'torch-closed': torchEnded<None>(
    () => 'it was closed',
    () => 'er wurde geschlossen',
  ),
  'graph-wrong': brokenGraph(
    ({ place }: With<'place'>) => `what it says at "${place}" makes no sense`,
    ({ place }) => `was er unter „${place}“ sagt, ergibt keinen Sinn`,
  ),
  'graph-node-wrong': brokenGraph(
    ({ node, op, why }: With<'node' | 'op' | 'why'>) => `node ${node} (${op}): ${why}`,
    ({ node, op, why }) => `Knoten ${node} (${op}): ${why}`,
  ),
  'graph-output-wrong': brokenGraph(
    ({ output, why }: With<'output' | 'why'>) => `output "${output}": ${why}`,
    ({ output, why }) => `Ausgabe „${output}“: ${why}`,
  ),
};
