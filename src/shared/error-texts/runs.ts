import { ended, type Named, reason, type With } from './reason';

/** A file of a run's folder that cannot be used. */
const brokenPart = <P extends Named & With<'part'>>(en: (parameters: P) => string, de: (parameters: P) => string) =>
  reason<P>('training-data', {
    en: (parameters) => [
      `${parameters.part} of the run "${parameters.name}" cannot be used: ${ended(en(parameters))}`,
      'Choose the folder of a training run, or start a new one.',
    ],
    de: (parameters) => [
      `${parameters.part} des Laufs „${parameters.name}“ ist nicht zu gebrauchen: ${ended(de(parameters))}`,
      'Den Ordner eines Trainingslaufs wählen, oder einen neuen beginnen.',
    ],
  });
type Part = Named & With<'part'>;

/** Training runs: their folders, their settings, their checkpoints. */
export const runs = {
  'no-such-run': reason('training-data', {
    en: ({ name }: Named) => [`There is no run in "${name}".`, 'Choose the folder of a training run.'],
    de: ({ name }) => [`In „${name}“ ist kein Lauf.`, 'Den Ordner eines Trainingslaufs wählen.'],
  }),
  'run-exists': reason('bad-request', {
    en: ({ name }: Named) => [
      `There is a run in "${name}" already.`,
      'Go on with it, or choose another folder or name.',
    ],
    de: ({ name }) => [
      `In „${name}“ ist schon ein Lauf.`,
      'Mit ihm weitermachen, oder einen anderen Ordner oder Namen wählen.',
    ],
  }),
  'run-busy': reason('bad-request', {
    en: () => ['The run is being trained.', 'Pause or stop it first.'],
    de: () => ['Der Lauf wird gerade trainiert.', 'Ihn zuerst pausieren oder anhalten.'],
  }),
  'run-past-its-end': reason('bad-request', {
    en: ({ done }: With<'done'>) => [`The run has done ${done} steps.`, 'Name a number of steps above that.'],
    de: ({ done }) => [`Der Lauf hat ${done} Schritte hinter sich.`, 'Eine größere Zahl von Schritten nennen.'],
  }),
  'run-busy-elsewhere': reason('bad-request', {
    en: ({ name, pid }: Named & With<'pid'>) => [
      `The run "${name}" is being trained already, by process ${pid}.`,
      'Wait until it ends, or stop that process.',
    ],
    de: ({ name, pid }) => [
      `Der Lauf „${name}“ wird schon trainiert, vom Prozess ${pid}.`,
      'Warten, bis er endet, oder jenen Prozess beenden.',
    ],
  }),
  'run-newer': reason('training-data', {
    en: ({ name, version, most }: Named & With<'version' | 'most'>) => [
      `The run "${name}" was made by a newer version of Inpaint Studio (format ${version}; this one reads up to ${most}).`,
      'Update Inpaint Studio, or start a new run.',
    ],
    de: ({ name, version, most }) => [
      `Der Lauf „${name}“ stammt von einer neueren Version von Inpaint Studio (Format ${version}; diese liest bis ${most}).`,
      'Inpaint Studio aktualisieren, oder einen neuen Lauf beginnen.',
    ],
  }),
  'run-part-unread': brokenPart(
    (_: Part) => 'it cannot be read',
    () => 'die Datei lässt sich nicht lesen',
  ),
  'run-part-no-json': brokenPart(
    (_: Part) => 'it is no JSON',
    () => 'die Datei ist kein JSON',
  ),
  'run-part-wrong': brokenPart(
    ({ place }: Part & With<'place'>) => `what it says at "${place}" makes no sense`,
    ({ place }) => `was darin unter „${place}“ steht, ergibt keinen Sinn`,
  ),
  'run-checkpoint-damaged': brokenPart(
    (_: Part) => 'it is damaged, or no checkpoint',
    () => 'die Datei ist beschädigt oder kein Stand eines Trainings',
  ),
  'run-of-another-network': reason('training-data', {
    en: ({ name }: Named) => [
      `The checkpoint of the run "${name}" belongs to another network than its config.json.`,
      'Restore the configuration the run was started with, or start a new run.',
    ],
    de: ({ name }) => [
      `Der Stand des Laufs „${name}“ gehört zu einem anderen Netz als seine config.json.`,
      'Die Einstellungen wiederherstellen, mit denen er begann, oder einen neuen Lauf beginnen.',
    ],
  }),
  'no-checkpoint-yet': reason('training-data', {
    en: () => ['The run has no checkpoint yet.', 'Start it first.'],
    de: () => ['Der Lauf hat noch keinen Stand.', 'Ihn zuerst starten.'],
  }),
  'no-such-checkpoint': reason('training-data', {
    en: ({ checkpoint, others }: With<'checkpoint' | 'others'>) => [
      `The run has no checkpoint "${checkpoint}".`,
      `Choose one of: ${others}.`,
    ],
    de: ({ checkpoint, others }) => [`Der Lauf hat keinen Stand „${checkpoint}“.`, `Möglich sind: ${others}.`],
  }),
  'last-checkpoint-only': reason('training-data', {
    en: ({ checkpoint }: With<'checkpoint'>) => [
      `The run has no checkpoint "${checkpoint}".`,
      'It keeps none besides the last.',
    ],
    de: ({ checkpoint }) => [`Der Lauf hat keinen Stand „${checkpoint}“.`, 'Er behält nur den letzten.'],
  }),
  'no-fitting-critics': reason('training-data', {
    en: ({ name }: Named) => [
      `The run "${name}" has no critics (networks that judge the fills) that fit.`,
      'Choose one with the same width and kind of critics, trained with an adversarial weight.',
    ],
    de: ({ name }) => [
      `Der Lauf „${name}“ hat keine Kritiker (Netze, die die Füllungen beurteilen), die passen.`,
      'Einen mit Kritikern gleicher Breite und Art wählen, der gegen Kritiker trainiert wurde.',
    ],
  }),
  'fresh-critics-frozen': reason('bad-request', {
    en: () => [
      'Layers of fresh critics (networks that judge the fills) cannot be frozen: they have learned nothing yet.',
      'Name a run whose critics are taken over, or set critics.frozenLayers to 0.',
    ],
    de: () => [
      'Schichten frischer Kritiker (Netze, die die Füllungen beurteilen) lassen sich nicht einfrieren: Sie haben noch nichts gelernt.',
      'Einen Lauf nennen, dessen Kritiker übernommen werden, oder critics.frozenLayers auf 0 setzen.',
    ],
  }),
  'stage-without-model': reason('bad-request', {
    en: () => ['A stage alone cannot start from a model.', 'Name one for both, too.'],
    de: () => ['Eine Stufe allein kann nicht von einem Modell ausgehen.', 'Auch eines für beide nennen.'],
  }),
  'layers-of-other-sizes': reason('bad-request', {
    en: ({ name }: Named) => [
      `The layers of "${name}" are of other sizes.`,
      'Choose a model of the same width and convolutions.',
    ],
    de: ({ name }) => [
      `Die Schichten von „${name}“ sind anders groß.`,
      'Ein Modell gleicher Breite mit gleichen Faltungen wählen.',
    ],
  }),
  'setting-wrong': reason('bad-request', {
    en: ({ setting }: With<'setting'>) => [
      `The configuration cannot be used: "${setting}" makes no sense.`,
      'Change it, or leave it out.',
    ],
    de: ({ setting }) => [
      `Die Einstellungen sind nicht zu gebrauchen: „${setting}“ ergibt keinen Sinn.`,
      'Den Wert ändern oder weglassen.',
    ],
  }),
  'setting-too-small': reason('bad-request', {
    en: ({ setting, least }: With<'setting' | 'least'>) => [
      `The configuration cannot be used: "${setting}" is too small.`,
      `It must be ${least} or more.`,
    ],
    de: ({ setting, least }) => [
      `Die Einstellungen sind nicht zu gebrauchen: „${setting}“ ist zu klein.`,
      `Der Wert muss mindestens ${least} sein.`,
    ],
  }),
  'setting-too-large': reason('bad-request', {
    en: ({ setting, most }: With<'setting' | 'most'>) => [
      `The configuration cannot be used: "${setting}" is too large.`,
      `It may be ${most} at most.`,
    ],
    de: ({ setting, most }) => [
      `Die Einstellungen sind nicht zu gebrauchen: „${setting}“ ist zu groß.`,
      `Der Wert darf höchstens ${most} sein.`,
    ],
  }),
};
