import { listIn } from '../language';
import { ended, type Named, reason, type With } from './reason';

/** A model of a folder that cannot be used; its name is that of the folder. */
const broken = <P extends Named = Named>(en: (parameters: P) => string, de: (parameters: P) => string) =>
  reason<P>('model-broken', {
    en: (parameters) => [
      `The model "${parameters.name}" cannot be used: ${ended(en(parameters))}`,
      'Export or import it again, or choose another model.',
    ],
    de: (parameters) => [
      `Das Modell „${parameters.name}“ ist nicht zu gebrauchen: ${ended(de(parameters))}`,
      'Es neu exportieren oder importieren, oder ein anderes Modell wählen.',
    ],
  });

/** What a model returned is no fill. */
const wrong = (en: string, de: string) =>
  reason('model-broken', {
    en: ({ name }: Named) => [
      `The model "${name}" cannot be used for this fill: ${en}.`,
      'Choose another model, or import it again.',
    ],
    de: ({ name }) => [
      `Das Modell „${name}“ ist für diese Füllung nicht zu gebrauchen: ${de}.`,
      'Ein anderes Modell wählen, oder es neu importieren.',
    ],
  });

const ID_LETTERS = {
  en: 'Use letters, digits, "-" and "_" only.',
  de: 'Nur Buchstaben ohne Umlaute, Ziffern, „-“ und „_“ verwenden.',
};

/** Models on the disk, and what a person does with them. */
export const models = {
  'no-such-model': reason('model-unknown', {
    en: ({ name, others }: Named & With<'others'>) => [`There is no model "${name}".`, `Choose one of: ${others}.`],
    de: ({ name, others }) => [`Das Modell „${name}“ gibt es nicht.`, `Möglich sind: ${others}.`],
  }),
  'no-model-at-all': reason('model-unknown', {
    en: ({ name }: Named) => [
      `There is no model "${name}".`,
      'Train or import one, or put a model folder into models.',
    ],
    de: ({ name }) => [
      `Das Modell „${name}“ gibt es nicht.`,
      'Eines trainieren oder importieren, oder einen Modellordner nach „models“ legen.',
    ],
  }),
  'no-model-in-folder': reason('model-unknown', {
    en: ({ name, parts }: Named & { readonly parts: string }) => [
      `There is no model in "${name}".`,
      `Choose a folder that holds ${listIn('and', parts)}.`,
    ],
    de: ({ name, parts }) => [
      `In „${name}“ ist kein Modell.`,
      `Einen Ordner wählen, in dem ${listIn('und', parts)} liegen.`,
    ],
  }),
  'model-newer': reason('model-broken', {
    en: ({ name, version, most }: Named & With<'version' | 'most'>) => [
      `The model "${name}" was made by a newer version of Inpaint Studio (format ${version}; this one reads up to ${most}).`,
      'Update Inpaint Studio, or choose another model.',
    ],
    de: ({ name, version, most }) => [
      `Das Modell „${name}“ stammt von einer neueren Version von Inpaint Studio (Format ${version}; diese liest bis ${most}).`,
      'Inpaint Studio aktualisieren, oder ein anderes Modell wählen.',
    ],
  }),
  'imported-model': reason('bad-request', {
    en: ({ name }: Named) => [
      `The model "${name}" was imported from an ONNX file; only models of this program's own kind can do that.`,
      'Choose another model.',
    ],
    de: ({ name }) => [
      `Das Modell „${name}“ kam aus einer ONNX-Datei; das können nur Modelle, die hier gemacht wurden.`,
      'Ein anderes Modell wählen.',
    ],
  }),
  'model-of-the-program': reason('bad-request', {
    en: ({ name }: Named) => [
      `The model "${name}" comes with the program and stays as it is.`,
      'Duplicate it, and change the copy.',
    ],
    de: ({ name }) => [
      `Das Modell „${name}“ gehört zum Programm und bleibt, wie es ist.`,
      'Es duplizieren und die Kopie ändern.',
    ],
  }),
  'model-trained-here': reason('bad-request', {
    en: ({ name }: Named) => [
      `The model "${name}" was trained here; its licence is part of how it was made.`,
      'Only imported models are described by hand.',
    ],
    de: ({ name }) => [
      `Das Modell „${name}“ wurde hier trainiert; seine Lizenz steht dadurch fest.`,
      'Nur importierte Modelle werden von Hand beschrieben.',
    ],
  }),
  'model-folder-name': broken(
    () => 'its folder name must be letters, digits, "-" and "_" only',
    () => 'sein Ordner darf nur aus Buchstaben ohne Umlaute, Ziffern, „-“ und „_“ heißen',
  ),
  'model-part-too-large': broken(
    ({ part }: Named & With<'part'>) => `${part} is far too large`,
    ({ part }) => `${part} ist viel zu groß`,
  ),
  'model-part-missing': broken(
    ({ part }: Named & With<'part'>) => `${part} is missing`,
    ({ part }) => `${part} fehlt`,
  ),
  'model-part-linked': broken(
    ({ part }: Named & With<'part'>) => `${part} is a link out of its folder`,
    ({ part }) => `${part} ist eine Verknüpfung, die aus seinem Ordner führt`,
  ),
  'model-part-changed': broken(
    ({ part, manifest }: Named & With<'part' | 'manifest'>) => `the checksum of ${part} is not the one in ${manifest}`,
    ({ part, manifest }) => `die Prüfsumme von ${part} ist nicht die aus ${manifest}`,
  ),
  'model-manifest-no-json': broken(
    ({ part }: Named & With<'part'>) => `${part} is no JSON`,
    ({ part }) => `${part} ist kein JSON`,
  ),
  'model-manifest-wrong': broken(
    ({ part, place }: Named & With<'part' | 'place'>) => `what ${part} says at "${place}" makes no sense`,
    ({ part, place }) => `was ${part} unter „${place}“ sagt, ergibt keinen Sinn`,
  ),
  'model-tensor-missing': broken(
    ({ part, tensor }: Named & With<'part' | 'tensor'>) => `${part} lacks "${tensor}"`,
    ({ part, tensor }) => `in ${part} fehlt „${tensor}“`,
  ),
  'model-tensor-shape': broken(
    ({ part, tensor, shape, wanted }: Named & With<'part' | 'tensor' | 'shape' | 'wanted'>) =>
      `in ${part}, "${tensor}" is [${shape}], the architecture wants [${wanted}]`,
    ({ part, tensor, shape, wanted }) =>
      `in ${part} hat „${tensor}“ die Form [${shape}], die Architektur verlangt [${wanted}]`,
  ),
  'model-tensor-not-numbers': broken(
    ({ part, tensor }: Named & With<'part' | 'tensor'>) => `in ${part}, "${tensor}" holds values that are no numbers`,
    ({ part, tensor }) => `in ${part} enthält „${tensor}“ Werte, die keine Zahlen sind`,
  ),
  'model-part-damaged': broken(
    ({ part }: Named & With<'part'>) => `${part} is damaged or cut off`,
    ({ part }) => `${part} ist beschädigt oder abgeschnitten`,
  ),
  'fill-of-other-size': wrong(
    'its output does not have the size of the picture',
    'seine Ausgabe ist nicht so groß wie das Bild',
  ),
  'fill-not-numbers': wrong(
    'its output holds numbers that are none',
    'seine Ausgabe enthält Werte, die keine Zahlen sind',
  ),
  'fill-out-of-range': wrong(
    'its output is nothing but black and white, which weights that are far too large give',
    'seine Ausgabe ist nur schwarz und weiß, wie es viel zu große Gewichte ergeben',
  ),
  'not-a-model-id': reason('bad-request', {
    en: ({ name }: Named) => [`"${name}" cannot be a model's id.`, ID_LETTERS.en],
    de: ({ name }) => [`„${name}“ kann nicht die Kennung eines Modells sein.`, ID_LETTERS.de],
  }),
  'not-a-model-folder-name': reason('bad-request', {
    en: ({ name }: Named) => [`"${name}" cannot be the name of a model's folder.`, ID_LETTERS.en],
    de: ({ name }) => [`So kann der Ordner eines Modells nicht heißen: „${name}“.`, ID_LETTERS.de],
  }),
  'not-a-model-name': reason('bad-request', {
    en: ({ name }: Named) => [
      `"${name}" cannot be a model's name or id.`,
      'Names have 1 to 200 characters; ids are letters, digits, "-" and "_", at most 64.',
    ],
    de: ({ name }) => [
      `„${name}“ kann nicht Name oder Kennung eines Modells sein.`,
      'Namen haben 1 bis 200 Zeichen; Kennungen Buchstaben ohne Umlaute, Ziffern, „-“ und „_“, höchstens 64.',
    ],
  }),
  'model-id-taken': reason('bad-request', {
    en: ({ name }: Named) => [
      `There is a model "${name}" already.`,
      'Choose another id (--id on the command line), or remove that model first.',
    ],
    de: ({ name }) => [
      `Ein Modell „${name}“ gibt es schon.`,
      'Eine andere Kennung wählen (auf der Kommandozeile mit --id), oder zuerst jenes Modell entfernen.',
    ],
  }),
  'commercial-use-unproved': reason('bad-request', {
    en: () => [
      'A model counts as usable for commercial work only when its licence and source are stated.',
      'Give both, as its authors publish them.',
    ],
    de: () => [
      'Für gewerbliche Arbeit gilt ein Modell nur als brauchbar, wenn Lizenz und Herkunft angegeben sind.',
      'Beides so angeben, wie seine Urheber es veröffentlichen.',
    ],
  }),
  'model-not-copied': reason('file-not-writable', {
    en: ({ name }: Named) => [
      `The model could not be copied to "${name}".`,
      'Make room on the disk, or import into another folder (--models on the command line).',
    ],
    de: ({ name }) => [
      `Das Modell ließ sich nicht nach „${name}“ kopieren.`,
      'Auf dem Laufwerk Platz schaffen, oder in einen anderen Ordner importieren (auf der Kommandozeile mit --models).',
    ],
  }),
  'model-not-changed': reason('file-not-writable', {
    en: ({ name }: Named) => [`The model "${name}" could not be changed.`, 'See whether its folder may be written.'],
    de: ({ name }) => [
      `Das Modell „${name}“ ließ sich nicht ändern.`,
      'Nachsehen, ob in seinen Ordner geschrieben werden darf.',
    ],
  }),
  'side-not-exported': reason('bad-request', {
    en: ({ side, multiple, least, most }: With<'side' | 'multiple' | 'least' | 'most'>) => [
      `A model cannot be exported for ${side} x ${side} pixels.`,
      `Choose a multiple of ${multiple} from ${least} to ${most}.`,
    ],
    de: ({ side, multiple, least, most }) => [
      `Für ${side} × ${side} Pixel lässt sich ein Modell nicht exportieren.`,
      `Ein Vielfaches von ${multiple} zwischen ${least} und ${most} wählen.`,
    ],
  }),
  'size-not-a-multiple': reason('bad-request', {
    en: ({ width, height, multiple }: With<'width' | 'height' | 'multiple'>) => [
      `${width} x ${height} is not a multiple of ${multiple}.`,
      'Choose another working size, or another model.',
    ],
    de: ({ width, height, multiple }) => [
      `${width} × ${height} ist kein Vielfaches von ${multiple}.`,
      'Eine andere Arbeitsgröße wählen, oder ein anderes Modell.',
    ],
  }),
};
