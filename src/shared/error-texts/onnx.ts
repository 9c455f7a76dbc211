import { listIn } from '../language';
import { ended, type Named, reason, type With } from './reason';

/** An ONNX file made elsewhere that is refused. */
const refused = <P extends Named = Named>(en: (parameters: P) => string, de: (parameters: P) => string) =>
  reason<P>('model-broken', {
    en: (parameters) => [
      `The file "${parameters.name}" cannot be used: ${ended(en(parameters))}`,
      'Choose another ONNX file.',
    ],
    de: (parameters) => [
      `Die Datei „${parameters.name}“ ist nicht zu gebrauchen: ${ended(de(parameters))}`,
      'Eine andere ONNX-Datei wählen.',
    ],
  });

/** A file whose answers to a test picture are wrong. */
const failed = <P extends Named = Named>(en: (parameters: P) => string, de: (parameters: P) => string) =>
  refused<P>(
    (parameters) => `a test picture came back wrong however it was given (${en(parameters)})`,
    (parameters) => `ein Testbild kam falsch zurück, wie auch immer es gegeben wurde (${de(parameters)})`,
  );

/** Something that only the person can know. `options`: of the command line. */
const question = (en: string, de: string) =>
  reason('model-question', {
    en: ({ name, options }: Named & With<'options'>) => [
      `The file "${name}" ${en}.`,
      `Its description says which it is; state it: ${options}.`,
    ],
    de: ({ name, options }) => [
      `Die Datei „${name}“ ${de}.`,
      `Ihre Beschreibung sagt, was richtig ist; es angeben: ${options}.`,
    ],
  });

/** ONNX files made elsewhere: those that are something else, are not safe, or are no inpainting generator. */
export const onnx = {
  'folder-for-onnx': reason('file-missing', {
    en: ({ name }: Named) => [`"${name}" is a folder, not an ONNX file.`, 'Name an ONNX file.'],
    de: ({ name }) => [`„${name}“ ist ein Ordner und keine ONNX-Datei.`, 'Eine ONNX-Datei nennen.'],
  }),
  'onnx-is-zip': refused(
    () => 'it is a zip archive or a PyTorch file, not an ONNX file; convert it with torch.onnx.export first',
    () => 'sie ist ein ZIP-Archiv oder eine PyTorch-Datei und kein ONNX; sie zuerst mit torch.onnx.export umwandeln',
  ),
  'onnx-is-pickle': refused(
    () => 'it is a Python pickle, not an ONNX file; convert it with torch.onnx.export first',
    () => 'sie ist ein Pickle von Python und kein ONNX; sie zuerst mit torch.onnx.export umwandeln',
  ),
  'onnx-is-keras': refused(
    () => 'it is a Keras or HDF5 file, not an ONNX file; convert it with tf2onnx first',
    () => 'sie ist eine Keras- oder HDF5-Datei und kein ONNX; sie zuerst mit tf2onnx umwandeln',
  ),
  'onnx-is-tflite': refused(
    () => 'it is a TensorFlow Lite file, not an ONNX file',
    () => 'sie ist eine TensorFlow-Lite-Datei und kein ONNX',
  ),
  'onnx-is-ort': refused(
    () => 'it is an ORT format file; use the ONNX file that it was made from',
    () => 'sie ist im ORT-Format; die ONNX-Datei verwenden, aus der sie gemacht wurde',
  ),
  'onnx-is-safetensors': refused(
    () => 'it is a safetensors file: weights without a network; look for an ONNX export',
    () => 'sie ist eine safetensors-Datei: Gewichte ohne Netz; nach einem ONNX-Export suchen',
  ),
  'onnx-is-pointer': refused(
    () => 'it is only the pointer to a Git LFS file; download the file itself',
    () => 'sie ist nur der Verweis auf eine Git-LFS-Datei; die Datei selbst herunterladen',
  ),
  'onnx-is-page': refused(
    () => 'it is a text or web page, not an ONNX file; download the file itself',
    () => 'sie ist ein Text oder eine Webseite und kein ONNX; die Datei selbst herunterladen',
  ),
  'onnx-no-file': refused(
    () => 'it is not a file',
    () => 'sie ist keine Datei',
  ),
  'onnx-too-large': refused(
    ({ gigabytes }: Named & With<'gigabytes'>) => `it is too large (${gigabytes} GiB; at most 1 GiB is loaded)`,
    ({ gigabytes }) => `sie ist zu groß (${gigabytes} GiB; höchstens 1 GiB wird geladen)`,
  ),
  'onnx-empty': refused(
    () => 'it is empty',
    () => 'sie ist leer',
  ),
  'onnx-no-network': refused(
    () => 'there is no network in it',
    () => 'es ist kein Netz darin',
  ),
  'onnx-nested': refused(
    () => 'its parts are nested absurdly deep',
    () => 'ihre Teile sind absurd tief verschachtelt',
  ),
  'onnx-damaged': refused(
    () => 'it is no ONNX file, or it is damaged or cut off; download it again',
    () => 'sie ist kein ONNX, oder sie ist beschädigt oder abgeschnitten; sie noch einmal herunterladen',
  ),
  'onnx-changed': refused(
    () => 'it is not the file that was imported: its checksum differs',
    () => 'sie ist nicht die Datei, die importiert wurde: die Prüfsumme ist eine andere',
  ),
  'onnx-no-opset': refused(
    () => 'it does not say which version of ONNX its operators are of',
    () => 'sie sagt nicht, zu welcher ONNX-Version ihre Operatoren gehören',
  ),
  'onnx-opset': refused(
    ({ version, least, most }: Named & With<'version' | 'least' | 'most'>) =>
      `its operator set has version ${version}; versions ${least} to ${most} can be run`,
    ({ version, least, most }) =>
      `ihr Operatorensatz hat die Version ${version}; ausführen lassen sich ${least} bis ${most}`,
  ),
  'onnx-operations': refused(
    ({ most }: Named & With<'most'>) => `it has more than ${most} operations`,
    ({ most }) => `sie hat mehr als ${most} Operationen`,
  ),
  'onnx-foreign-operator': refused(
    ({ operator, domain }: Named & With<'operator' | 'domain'>) =>
      `it needs the operator "${operator}" of "${domain}", which is not part of ONNX Runtime`,
    ({ operator, domain }) => `sie braucht den Operator „${operator}“ aus „${domain}“, den ONNX Runtime nicht kennt`,
  ),
  'onnx-forbidden-operator': refused(
    ({ operator }: Named & With<'operator'>) => `its operator "${operator}" would load code or files from elsewhere`,
    ({ operator }) => `ihr Operator „${operator}“ würde Code oder Dateien von anderswo laden`,
  ),
  'onnx-external': refused(
    ({ tensor }: Named & With<'tensor'>) =>
      `the values of "${tensor}" are in another file; export it again as one file, without external data`,
    ({ tensor }) =>
      `die Werte von „${tensor}“ liegen in einer anderen Datei; sie neu als eine Datei ohne externe Daten exportieren`,
  ),
  'onnx-bytes': refused(
    ({ tensor, bytes, wanted }: Named & With<'tensor' | 'bytes' | 'wanted'>) =>
      `"${tensor}" has ${bytes} bytes where its shape wants ${wanted}`,
    ({ tensor, bytes, wanted }) => `„${tensor}“ hat ${bytes} Byte, seine Form verlangt ${wanted}`,
  ),
  'onnx-parameters': refused(
    () => 'its weights have more than a billion numbers',
    () => 'ihre Gewichte haben mehr als eine Milliarde Zahlen',
  ),
  'onnx-absurd-shape': refused(
    ({ tensor, shape }: Named & With<'tensor' | 'shape'>) => `"${tensor}" has the absurd shape ${shape}`,
    ({ tensor, shape }) => `„${tensor}“ hat die absurde Form ${shape}`,
  ),
  'onnx-not-a-tensor': refused(
    ({ value }: Named & With<'value'>) => `"${value}" is not a tensor`,
    ({ value }) => `„${value}“ ist kein Tensor`,
  ),
  'onnx-not-loaded': refused(
    ({ why }: Named & With<'why'>) => `ONNX Runtime cannot load it (${why})`,
    ({ why }) => `ONNX Runtime kann sie nicht laden (${why})`,
  ),
  'onnx-not-run': refused(
    ({ why }: Named & With<'why'>) => `ONNX Runtime cannot run it (${why})`,
    ({ why }) => `ONNX Runtime kann sie nicht ausführen (${why})`,
  ),
  'onnx-lacks-output': refused(
    ({ output }: Named & With<'output'>) => `it has no output "${output}"`,
    ({ output }) => `sie hat keine Ausgabe „${output}“`,
  ),
  'onnx-output-type': refused(
    ({ type }: Named & With<'type'>) => `its output is of the type ${type}`,
    ({ type }) => `ihre Ausgabe ist vom Typ ${type}`,
  ),
  'onnx-process-ended': refused(
    () => 'the process that tried it ended',
    () => 'der Prozess, der sie ausprobierte, brach ab',
  ),
  'onnx-too-many-values': refused(
    ({ inputs, outputs }: Named & With<'inputs' | 'outputs'>) =>
      `it has ${inputs} inputs and ${outputs} outputs; that is no inpainting generator`,
    ({ inputs, outputs }) => `sie hat ${inputs} Eingaben und ${outputs} Ausgaben; das ist kein Netz, das Löcher füllt`,
  ),
  'onnx-no-input': refused(
    () => 'it has no input',
    () => 'sie hat keine Eingabe',
  ),
  'onnx-no-output': refused(
    () => 'it has no output',
    () => 'sie hat keine Ausgabe',
  ),
  'onnx-too-many-inputs': refused(
    ({ inputs, names }: Named & With<'inputs' | 'names'>) =>
      `it has ${inputs} inputs (${names}); an image and a mask, or one input of four channels, are wanted`,
    ({ inputs, names }) =>
      `sie hat ${inputs} Eingaben (${names}); nötig sind ein Bild und eine Maske, oder eine Eingabe mit vier Kanälen`,
  ),
  'onnx-not-image-and-mask': refused(
    ({ inputs }: Named & { readonly inputs: string }) =>
      `its inputs are ${listIn('and', inputs)}: not an image and a mask`,
    ({ inputs }) => `ihre Eingaben sind ${listIn('und', inputs)}: kein Bild und keine Maske`,
  ),
  'onnx-input-type': refused(
    ({ input, type }: Named & With<'input' | 'type'>) =>
      `its input "${input}" takes ${type}; float32, float16 and uint8 can be given`,
    ({ input, type }) => `ihre Eingabe „${input}“ nimmt ${type}; geben lassen sich float32, float16 und uint8`,
  ),
  'onnx-input-shape': refused(
    ({ input, shape }: Named & With<'input' | 'shape'>) =>
      `its input "${input}" has the shape ${shape}; a picture of the shape 1 x channels x height x width is wanted`,
    ({ input, shape }) =>
      `ihre Eingabe „${input}“ hat die Form ${shape}; nötig ist ein Bild der Form 1 x Kanäle x Höhe x Breite`,
  ),
  'onnx-impossible-shape': refused(
    ({ value, shape }: Named & With<'value' | 'shape'>) => `"${value}" has the impossible shape ${shape}`,
    ({ value, shape }) => `„${value}“ hat die unmögliche Form ${shape}`,
  ),
  'onnx-only-input-channels': refused(
    ({ channels }: Named & With<'channels'>) =>
      `its only input has ${channels} channels; three of the image and one of the mask are wanted`,
    ({ channels }) => `ihre einzige Eingabe hat ${channels} Kanäle; nötig sind drei des Bildes und einer der Maske`,
  ),
  'onnx-input-channels': refused(
    ({ input, channels }: Named & With<'input' | 'channels'>) =>
      `its input "${input}" has ${channels} channels; 3 are an image and 1 is a mask`,
    ({ input, channels }) => `ihre Eingabe „${input}“ hat ${channels} Kanäle; 3 sind ein Bild und 1 ist eine Maske`,
  ),
  'onnx-no-picture': refused(
    ({ outputs }: Named & With<'outputs'>) => `none of its outputs is a picture (${outputs})`,
    ({ outputs }) => `keine ihrer Ausgaben ist ein Bild (${outputs})`,
  ),
  'onnx-output-no-picture': refused(
    ({ output }: Named & With<'output'>) => `it has no output "${output}" that is a picture`,
    ({ output }) => `sie hat keine Ausgabe „${output}“, die ein Bild wäre`,
  ),
  'onnx-sizes-differ': refused(
    () => 'its image and its mask have different sizes',
    () => 'ihr Bild und ihre Maske sind verschieden groß',
  ),
  'onnx-half-fixed': refused(
    () => 'one of its sides is fixed and the other is free',
    () => 'eine ihrer Seiten ist fest und die andere frei',
  ),
  'onnx-size': refused(
    ({ width, height, least, most }: Named & With<'width' | 'height' | 'least' | 'most'>) =>
      `it works on pictures of ${width} x ${height}; sides of ${least} to ${most} pixels are wanted`,
    ({ width, height, least, most }) =>
      `sie arbeitet mit Bildern von ${width} × ${height}; nötig sind Seiten von ${least} bis ${most} Pixeln`,
  ),
  'onnx-output-shape': refused(
    ({ shape, width, height }: Named & With<'shape' | 'width' | 'height'>) =>
      `its output has the shape ${shape} for a picture of ${width} x ${height}`,
    ({ shape, width, height }) => `ihre Ausgabe hat zu einem Bild von ${width} × ${height} die Form ${shape}`,
  ),
  'trial-not-numbers': failed(
    ({ percent }: Named & With<'percent'>) => `${percent} % of its numbers are not numbers`,
    ({ percent }) => `${percent} % seiner Zahlen sind keine`,
  ),
  'trial-outside-range': failed(
    ({ percent }: Named & With<'percent'>) => `${percent} % of its colours are outside the range`,
    ({ percent }) => `${percent} % seiner Farben liegen außerhalb des Bereichs`,
  ),
  'trial-known-differs': failed(
    ({ percent }: Named & With<'percent'>) => `known pixels differ by ${percent} %`,
    ({ percent }) => `bekannte Pixel weichen um ${percent} % ab`,
  ),
  'trial-unfilled': failed(
    () => 'the hole comes back unfilled',
    () => 'das Loch kommt ungefüllt zurück',
  ),
  'trial-wrong-colour': failed(
    ({ percent }: Named & With<'percent'>) =>
      `the hole is filled with a colour that is not around it, ${percent} % off`,
    ({ percent }) => `das Loch ist mit einer Farbe gefüllt, die um ${percent} % von der Umgebung abweicht`,
  ),
  'trial-nothing-fits': failed(
    () => 'nothing fits what was stated',
    () => 'nichts passt zu dem, was angegeben wurde',
  ),
  'several-outputs': question(
    'has several outputs that may be the picture',
    'hat mehrere Ausgaben, die das Bild sein können',
  ),
  'several-ways': question(
    'works in more than one way, with different fills',
    'lässt sich auf mehr als eine Art verwenden, mit verschiedenen Füllungen',
  ),
  'colour-order-unknown': question(
    'is of no known family, and no test tells its colour order',
    'gehört zu keiner bekannten Familie, und kein Test verrät die Reihenfolge der Farben',
  ),
};
