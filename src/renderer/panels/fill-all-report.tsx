import { Dialog } from 'radix-ui';
import type { PhotoOutcome, PhotoResult } from '../state/fills/photo-batch-state';
import { describe } from '../state/shell/notices';
import { useApp } from '../studio/studio-context';
import { texts } from '../texts';

/** What a person has to look after comes first. */
const GROUPS = ['failed', 'other-size', 'stopped', 'skipped', 'filled'] as const;

/** What became of all photos of the strip, with the reasons of those that were not filled. */
export function FillAllReport({ close }: { readonly close: () => void }) {
  const batch = useApp((state) => state.photoBatch);
  if (batch.kind !== 'ended') return null;
  const { folder, results } = batch;
  const words = texts.fillAll;
  const filled = results.filter(({ outcome }) => outcome.kind === 'filled').length;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog fill-all-report" aria-describedby={undefined}>
          <Dialog.Title>{words.report(filled, results.length, folder)}</Dialog.Title>
          {/* Long lists scroll, also by the keys. */}
          <div className="fill-all-groups" role="region" aria-label={words.details} tabIndex={0}>
            {GROUPS.map((kind) => (
              <Group key={kind} kind={kind} results={results.filter(({ outcome }) => outcome.kind === kind)} />
            ))}
          </div>
          <div className="dialog-buttons">
            <Dialog.Close className="button button-primary">{words.close}</Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({
  kind,
  results,
}: {
  readonly kind: (typeof GROUPS)[number];
  readonly results: readonly PhotoResult[];
}) {
  if (results.length === 0) return null;
  return (
    <section className="fill-all-group">
      <h3>{texts.fillAll.groups[kind]}</h3>
      <ul>
        {results.map(({ photoId, name, outcome }) => (
          <li key={photoId}>
            {name} <span className="quiet">{said(outcome)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function said(outcome: PhotoOutcome): string {
  switch (outcome.kind) {
    case 'filled':
      return outcome.reduced ? `${outcome.as} (${texts.fillAll.reduced})` : outcome.as;
    case 'other-size':
      return texts.canvas.size(outcome.width, outcome.height);
    case 'failed':
      return describe(outcome.error);
    case 'skipped':
    case 'stopped':
      return '';
  }
}
