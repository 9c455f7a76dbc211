import { Copy, Download, Gauge, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import type { ModelSummary } from '../../shared/protocol/values';
import { texts } from '../texts';
import { LibraryForm } from './library-form';
import { Look } from './library-row';
import { useApp, useStudio } from '../studio/studio-context';
import { Tooltip } from '../controls/tooltip';

/** Sides that a model may be exported for. */
const SIDES = [256, 512, 1024] as const;

interface OfModel {
  readonly model: ModelSummary;
}

/** All about one model, and what can be done with it. */
export function LibraryDetails({ model }: OfModel) {
  return (
    <section className="library-details" aria-label={model.name}>
      <div className="library-about">
        <Look modelId={model.modelId} large />
        <div>
          <h3>{model.name}</h3>
          <p className="quiet">{model.description}</p>
          <Badges model={model} />
          <Facts model={model} />
        </div>
      </div>
      <Verbs model={model} />
      {model.changeable ? <LibraryForm model={model} /> : <p className="quiet">{texts.library.ships}</p>}
    </section>
  );
}

/** What it can do, and may be used for. */
function Badges({ model: { capabilities, imported } }: OfModel) {
  const { badges } = texts.library;
  const shown = [
    badges[capabilities.sourceRegion],
    badges[capabilities.coarse ? 'coarse' : 'noCoarse'],
    ...(imported ? [badges[imported.commercialUse ? 'commercial' : 'notCommercial']] : []),
  ];
  return (
    <ul className="badges">
      {shown.map(({ title, help }) => (
        <Tooltip key={title} title={title} help={help}>
          {/* Can be reached, so that its help can be read without a pointer. */}
          <li className="badge" tabIndex={0}>
            {title}
          </li>
        </Tooltip>
      ))}
    </ul>
  );
}

function Facts({ model }: OfModel) {
  const trial = useApp((state) => state.library.trials[model.modelId]);
  const { facts, ...words } = texts.library;
  const speed =
    trial?.kind === 'done' ? (
      <>
        {words.speed(trial.seconds)}
        <span className="quiet"> ({words.measured(trial.provider.toUpperCase(), new Date(trial.measuredAt))})</span>
      </>
    ) : trial?.kind === 'failed' ? (
      <span className="library-problem">{`${trial.error.message} ${trial.error.remedy}`}</span>
    ) : (
      words.trials[trial?.kind ?? 'none']
    );
  const { imported } = model;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [facts.size, `${words.size(model.bytes)}, ${words.parameters(model.parameters)}`],
    [facts.speed, <span title={words.measuredHelp}>{speed}</span>],
    ...(imported
      ? ([
          [facts.family, imported.family],
          [facts.pictures, imported.size],
        ] as const)
      : []),
    [facts.licence, model.licence || words.notStated],
    ...(imported ? ([[facts.source, imported.source || words.notStated]] as const) : []),
    [facts.id, <code>{model.modelId}</code>],
  ];
  return (
    <dl className="facts">
      {rows.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Verbs({ model }: OfModel) {
  const { library } = useStudio();
  const used = useApp((state) => state.settings.modelId === model.modelId);
  const [removing, setRemoving] = useState(false);
  const words = texts.library;
  const { modelId, name, imported } = model;
  if (removing) {
    return (
      <div className="library-import" role="alertdialog" aria-label={words.removeQuestion(name)}>
        <p>{words.removeQuestion(name)}</p>
        <div className="dialog-buttons">
          <button type="button" className="button button-plain" autoFocus onClick={() => setRemoving(false)}>
            {words.keep}
          </button>
          <button type="button" className="button button-danger" onClick={() => void library.remove(modelId)}>
            {words.removeConfirm}
          </button>
        </div>
      </div>
    );
  }
  return (
    <div className="button-row library-verbs">
      <button
        type="button"
        className="button button-primary"
        aria-disabled={used}
        onClick={() => {
          if (!used) library.use(modelId);
        }}
      >
        {used ? words.used : words.use}
      </button>
      <button type="button" className="button button-plain" onClick={() => void library.measure(modelId)}>
        <Gauge aria-hidden size={16} />
        {words.measure}
      </button>
      <Tooltip
        title={imported ? words.duplicate : words.duplicateTeach}
        help={imported ? words.duplicateHelp : words.duplicateTeachHelp}
      >
        <button type="button" className="button button-plain" onClick={() => void library.duplicate(modelId)}>
          <Copy aria-hidden size={16} />
          {imported ? words.duplicate : words.duplicateTeach}
        </button>
      </Tooltip>
      <ExportMenu model={model} />
      {model.changeable && (
        <button type="button" className="button button-plain" onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden size={16} />
          {words.remove}
        </button>
      )}
    </div>
  );
}

function ExportMenu({ model: { modelId, imported } }: OfModel) {
  const { library } = useStudio();
  const words = texts.library;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button button-plain">
        <Download aria-hidden size={16} />
        {words.export}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" sideOffset={4}>
          <DropdownMenu.Item className="menu-item" onSelect={() => void library.export({ as: 'folder', modelId })}>
            {words.exportFolder}
          </DropdownMenu.Item>
          {!imported &&
            SIDES.map((side) => (
              <DropdownMenu.Item
                key={side}
                className="menu-item"
                onSelect={() => void library.export({ as: 'onnx', modelId, side })}
              >
                {words.exportOnnx(side)}
              </DropdownMenu.Item>
            ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
