import { type FormEvent, useState } from 'react';
import { texts } from '../texts';
import { useController, useTrainer } from './trainer-context';
import { FormDialog, FormEnd } from './trainer-dialog';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Makes a model of the library out of a run. */
export function ExportDialog({ runId }: { readonly runId: string }) {
  const controller = useController();
  const details = useTrainer((state) => state.details[runId]);
  const waiting = useTrainer((state) => state.waiting.includes(runId));
  const [name, setName] = useState(details?.summary.name ?? runId);
  const [modelId, setModelId] = useState(runId);
  const [description, setDescription] = useState('');
  const [licence, setLicence] = useState('');
  const [checkpoint, setCheckpoint] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const words = texts.trainer.exportForm;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = !ID.test(modelId) ? words.needId : licence.trim() === '' ? words.needLicence : null;
    setProblem(wrong);
    if (wrong !== null) return;
    const order = { modelId, name: name.trim() === '' ? modelId : name.trim(), description, licence: licence.trim() };
    void controller.exportModel(runId, checkpoint === '' ? order : { ...order, checkpoint });
  };
  return (
    <FormDialog title={words.title} body={words.body}>
      <form onSubmit={submit}>
        <TextField label={words.name} value={name} onChange={setName} />
        <TextField label={words.id} value={modelId} onChange={setModelId} />
        <TextField label={words.description} value={description} onChange={setDescription} />
        <TextField label={words.licence} value={licence} onChange={setLicence} />
        <label className="field">
          {words.checkpoint}
          <select className="select" value={checkpoint} onChange={(event) => setCheckpoint(event.target.value)}>
            <option value="">{words.latest}</option>
            {details?.checkpoints.map((kept) => (
              <option key={kept} value={kept}>
                {texts.trainer.checkpoint(kept)}
              </option>
            ))}
          </select>
        </label>
        <FormEnd problem={problem} confirm={words.confirm} disabled={waiting} />
      </form>
    </FormDialog>
  );
}

function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, onChange } = props;
  return (
    <label className="field">
      {label}
      <input type="text" value={value} maxLength={2000} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
