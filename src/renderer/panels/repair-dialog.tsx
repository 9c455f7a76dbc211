import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import type { MeasuredSurroundings, Proposal } from '../../shared/protocol/models';
import { MOST_REPAIRERS, suggested } from '../state/fills/repairs';
import { texts } from '../texts';
import { Look } from './library-row';
import { useApp, useStudio } from '../studio/studio-context';

interface RepairDialogProps {
  readonly measured: MeasuredSurroundings;
  readonly proposals: readonly Proposal[];
  readonly close: () => void;
}

/** Which models are to fill the painted place: those that suit it are ticked. */
export function RepairDialog({ measured, proposals, close }: RepairDialogProps) {
  const { repairs, library } = useStudio();
  const models = useApp((state) => state.models);
  // Only those that the library has tried on this picture.
  const looked = useApp((state) => state.library.trials);
  const [ticked, setTicked] = useState(() => new Set(suggested(proposals)));
  const words = texts.repair;
  const order = proposals.map(({ modelId }) => modelId).filter((modelId) => ticked.has(modelId));
  const toggle = (modelId: string) => {
    const next = new Set(ticked);
    if (!next.delete(modelId)) next.add(modelId);
    setTicked(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (order.length > 0) void repairs.run(measured, order);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog repair">
          <Dialog.Title>{words.title}</Dialog.Title>
          <Dialog.Description>{words.around(describe(measured))}</Dialog.Description>
          <Dialog.Close className="button button-quiet button-icon dialog-close" aria-label={words.cancel}>
            <X aria-hidden size={16} />
          </Dialog.Close>
          <form onSubmit={submit}>
            <ul className="repair-list" aria-label={words.list}>
              {proposals.map((proposal) => {
                const model = models.find(({ modelId }) => modelId === proposal.modelId);
                if (!model) return null;
                const on = ticked.has(model.modelId);
                return (
                  <li key={model.modelId}>
                    <label className="repair-row">
                      <input
                        type="checkbox"
                        checked={on}
                        disabled={!on && ticked.size >= MOST_REPAIRERS}
                        onChange={() => toggle(model.modelId)}
                      />
                      {looked[model.modelId]?.kind === 'done' && <Look modelId={model.modelId} />}
                      <span className="library-row-words">
                        <strong>{model.name}</strong>
                        <span className="quiet">{texts.library.specialities[model.speciality]}</span>
                        <span className="quiet">{why(proposal, model.speciality === 'general')}</span>
                      </span>
                    </label>
                  </li>
                );
              })}
            </ul>
            {models.length === 1 && <p className="quiet">{words.onlyOne}</p>}
            <div className="dialog-buttons">
              <button type="button" className="button button-plain" onClick={() => void library.open()}>
                {texts.actions.library.title}
              </button>
              <button type="submit" className="button button-primary" aria-disabled={order.length === 0} autoFocus>
                {words.run(order.length)}
              </button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function why({ fit, chosen }: Proposal, general: boolean): string {
  const { fits, chosenBefore } = texts.repair;
  const suits = general ? fits.general : fit >= 0.66 ? fits.well : fit > 0 ? fits.somewhat : fits.not;
  return chosen === 0 ? suits : `${suits} · ${chosenBefore(chosen)}`;
}

/** The statistics in words, for whoever wonders why a model is proposed. */
function describe({ edges, coherence, grain, green, blue, skin }: MeasuredSurroundings): readonly string[] {
  const { words } = texts.repair;
  return [
    edges > 0.03 && coherence > 0.6 ? words.lines : '',
    grain > 0.02 ? words.rough : grain < 0.006 ? words.smooth : words.fine,
    green > 0.4 ? words.green : '',
    blue > 0.4 ? words.blue : '',
    skin > 0.4 ? words.skin : '',
  ].filter((word) => word !== '');
}
