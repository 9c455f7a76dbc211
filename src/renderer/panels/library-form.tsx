import { type FormEvent, useState } from 'react';
import type { ModelSummary } from '../../shared/protocol/values';
import { SPECIALITIES } from '../../shared/speciality';
import { texts } from '../texts';
import { useStudio } from '../studio/studio-context';

/** What a model is called and good at, and of one made elsewhere, where it comes from and what it may be used for. */
export function LibraryForm({ model }: { readonly model: ModelSummary }) {
  const { library } = useStudio();
  const { form, specialities } = texts.library;
  const { imported, modelId } = model;
  const [name, setName] = useState(model.name);
  const [speciality, setSpeciality] = useState(model.speciality);
  const [licence, setLicence] = useState(model.licence);
  const [source, setSource] = useState(imported?.source ?? '');
  const [commercial, setCommercial] = useState(imported?.commercialUse ?? false);
  const stated = licence.trim() !== '' && source.trim() !== '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && name !== model.name) await library.rename(modelId, name.trim());
    const origin = { licence: licence.trim(), source: source.trim(), commercialUse: stated && commercial };
    await library.describe(modelId, speciality, imported ? origin : null);
  };
  return (
    <form className="library-form" onSubmit={(event) => void submit(event)}>
      <TextField label={form.name} value={name} onChange={setName} longest={200} />
      <label className="field">
        {form.speciality}
        <select
          className="select"
          value={speciality}
          onChange={(event) => setSpeciality(SPECIALITIES.find((each) => each === event.target.value) ?? 'general')}
        >
          {SPECIALITIES.map((each) => (
            <option key={each} value={each}>
              {specialities[each]}
            </option>
          ))}
        </select>
      </label>
      {imported && (
        <>
          <TextField label={form.licence} value={licence} onChange={setLicence} />
          <TextField label={form.source} value={source} onChange={setSource} />
          <label className="check library-wide">
            <input
              type="checkbox"
              checked={stated && commercial}
              disabled={!stated}
              onChange={(event) => setCommercial(event.target.checked)}
            />
            {form.commercial}
            {!stated && <span className="quiet">{form.commercialNeeds}</span>}
          </label>
        </>
      )}
      <button type="submit" className="button button-plain library-save">
        {form.save}
      </button>
    </form>
  );
}

function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly longest?: number;
}) {
  const { label, value, onChange, longest = 2000 } = props;
  return (
    <label className="field">
      {label}
      <input
        type="text"
        className="text-field"
        value={value}
        maxLength={longest}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
