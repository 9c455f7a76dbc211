import { Download, FolderOpen } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { ChosenFolder } from '../../shared/protocol/trainer-main';
import { type Preset, PRESETS, PRESETS_ON_FEATURES, type TrainingRuntime } from '../../shared/training';
import { texts } from '../texts';
import { RuntimeChoice, useBestRuntime } from './runtime-choice';
import { useController, useTrainer } from './trainer-context';
import { FormDialog, FormEnd } from './trainer-dialog';

/** The numbers that a person may set besides the goal's own. */
const NUMBERS = ['steps', 'side', 'batch'] as const;
type Numbers = Readonly<Record<(typeof NUMBERS)[number], string>>;
const EMPTY: Numbers = { steps: '', side: '', batch: '' };

/** Folder, base and goal of a new run; it starts at once. */
export function NewRunDialog({ suggested }: { readonly suggested: string | null }) {
  const controller = useController();
  const bases = useTrainer((state) => state.bases);
  const best = useBestRuntime();
  const features = useTrainer((state) => state.features);
  const [folder, setFolder] = useState<ChosenFolder | null>(null);
  const [name, setName] = useState('');
  const [base, setBase] = useState(suggested);
  const [preset, setPreset] = useState<Preset>('quick-fine-tune');
  const [numbers, setNumbers] = useState(EMPTY);
  const [runtime, setRuntime] = useState<TrainingRuntime | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // The default model until another one is chosen; nothing where there is no model.
  const from = base ?? bases[0]?.modelId ?? '';
  const computes = runtime ?? best;

  const take = (chosen: ChosenFolder | null) => {
    if (chosen === null) return;
    setFolder(chosen);
    setProblem(null);
    if (name.trim() === '') setName(chosen.name);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const lacking = features !== true && PRESETS_ON_FEATURES.includes(preset);
    const wrong = whatIsWrong(folder, name, numbers) ?? (lacking ? texts.trainer.form.needFeatures : null);
    setProblem(wrong);
    if (wrong !== null || folder === null || computes === null) return;
    setBusy(true);
    const changes = Object.fromEntries(
      NUMBERS.flatMap((key) => (numbers[key].trim() === '' ? [] : [[key, Number(numbers[key])]])),
    );
    const order = { name: name.trim(), ticket: folder.ticket, preset, base: from === '' ? null : from, changes };
    await controller.create(order, computes);
    setBusy(false);
  };

  return (
    <FormDialog title={texts.trainer.form.title} body={texts.trainer.form.body}>
      <form onSubmit={(event) => void submit(event)}>
        <FolderField folder={folder} onFolder={take} />
        <label className="field">
          {texts.trainer.form.name}
          <input type="text" value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          {texts.trainer.form.base}
          <select className="select" value={from} onChange={(event) => setBase(event.target.value)}>
            {bases.map(({ modelId, name: title }) => (
              <option key={modelId} value={modelId}>
                {title}
              </option>
            ))}
            <option value="">{texts.trainer.form.baseNothing}</option>
          </select>
        </label>
        <PresetChoice value={preset} onChange={setPreset} />
        {PRESETS_ON_FEATURES.includes(preset) && <FeaturesField />}
        <details>
          <summary>{texts.trainer.form.more}</summary>
          <div className="number-fields">
            {NUMBERS.map((key) => (
              <label key={key} className="field" title={texts.trainer.form.stepsHelp}>
                {texts.trainer.form[key]}
                <input
                  type="text"
                  inputMode="numeric"
                  value={numbers[key]}
                  onChange={(event) => setNumbers({ ...numbers, [key]: event.target.value })}
                />
              </label>
            ))}
          </div>
        </details>
        <div className="field">
          <span>{texts.trainer.runtime}</span>
          <RuntimeChoice value={computes} onChange={setRuntime} />
        </div>
        <FormEnd problem={problem} confirm={texts.trainer.form.start} disabled={busy || computes === null} />
      </form>
    </FormDialog>
  );
}

function whatIsWrong(folder: ChosenFolder | null, name: string, numbers: Numbers): string | null {
  const { form } = texts.trainer;
  if (folder === null) return form.needFolder;
  if (folder.pictures === 0) return form.foundNone(folder.name);
  if (name.trim() === '') return form.needName;
  const odd = NUMBERS.find((key) => !/^\s*\d*\s*$/.test(numbers[key]));
  return odd === undefined ? null : form.noNumber(form[odd]);
}

function FolderField(props: {
  readonly folder: ChosenFolder | null;
  readonly onFolder: (folder: ChosenFolder | null) => void;
}) {
  const controller = useController();
  const { folder, onFolder } = props;
  const { form } = texts.trainer;
  return (
    <div
      className="field folder-field"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const dropped = event.dataTransfer.files[0];
        if (dropped) void controller.dropFolder(dropped).then(onFolder);
      }}
    >
      <span>{form.folder}</span>
      <div className="button-row">
        <button
          type="button"
          className="button button-plain"
          onClick={() => void controller.chooseFolder().then(onFolder)}
        >
          <FolderOpen aria-hidden size={16} /> {form.choose}
        </button>
        <span className="quiet">{form.drop}</span>
      </div>
      {folder !== null && (
        <p role="status">
          {folder.pictures === 0 ? form.foundNone(folder.name) : form.found(folder.name, folder.pictures)}
        </p>
      )}
    </div>
  );
}

/** What a goal on learnt features lacks, and where to get it; nothing where it is there. */
function FeaturesField() {
  const controller = useController();
  const features = useTrainer((state) => state.features);
  const { form } = texts.trainer;
  if (features === true) return null;
  return (
    <div className="field">
      <p>{form.featuresMissing}</p>
      <button
        type="button"
        className="button button-plain"
        disabled={features === 'fetching'}
        onClick={() => void controller.fetchFeatures()}
      >
        <Download aria-hidden size={16} /> {features === 'fetching' ? form.featuresFetching : form.featuresFetch}
      </button>
    </div>
  );
}

function PresetChoice({ value, onChange }: { readonly value: Preset; readonly onChange: (preset: Preset) => void }) {
  const { form } = texts.trainer;
  return (
    <fieldset className="presets">
      <legend>{form.preset}</legend>
      {PRESETS.map((preset) => (
        <label key={preset} className="preset">
          <input type="radio" name="preset" checked={value === preset} onChange={() => onChange(preset)} />
          <span>
            <strong>{form.presets[preset].title}</strong>
            <span className="quiet">{form.presets[preset].help}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
