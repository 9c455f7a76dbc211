import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Columns2, Ellipsis, ImageDown, Layers2, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Edit, Variant } from '../../shared/document-model';
import { moreVariants } from '../actions/variants';
import { VARIED } from '../state/fills/variant-plan';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { useApp, useStudio } from '../studio/studio-context';
import { Thumbnail } from './thumbnail';
import { Tooltip } from '../controls/tooltip';

const COUNTS = [1, 3, 5, 8] as const;

/** The results of an edit, in the order in which they came: choose one, compare it with the shown one, save it alone. */
export function VariantsStrip({ edit }: { readonly edit: Edit }) {
  const batch = useApp((state) => state.batch);
  const waiting = batch?.kind === 'variants' && batch.editId === edit.editId ? batch.total - batch.index : 0;
  const { variantPreview } = useStudio();
  const strip = useRef<HTMLDivElement>(null);
  const count = edit.variants.length;
  const before = useRef(count);
  useEffect(() => {
    // What has just come is what a person waits for.
    if (count > before.current) strip.current?.children[count - 1]?.scrollIntoView({ block: 'nearest' });
    before.current = count;
  }, [count]);
  useEffect(() => () => variantPreview.end(), [variantPreview, edit.editId]);
  return (
    <div className="variants">
      <div
        ref={strip}
        className="variants-strip"
        role="group"
        aria-label={texts.variants.title(edit.number)}
        onPointerLeave={() => variantPreview.end()}
        onBlur={() => variantPreview.end()}
        onKeyDown={moveAlong}
      >
        {edit.variants.map((variant, index) => (
          <VariantItem key={variant.variantId} edit={edit} variant={variant} number={index + 1} />
        ))}
        {Array.from({ length: waiting }, (_, index) => (
          <div key={`waiting-${index}`} className="variant variant-waiting" aria-hidden>
            {index === 0 && <span className="spinner" />}
          </div>
        ))}
      </div>
      <MoreVariants />
    </div>
  );
}

/** Arrow keys go from variant to variant; each is seen on the picture as soon as it has the focus. */
function moveAlong(event: KeyboardEvent<HTMLDivElement>): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.variant-choose')];
  const at = buttons.findIndex((button) => button === event.target);
  if (at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
}

interface VariantItemProps {
  readonly edit: Edit;
  readonly variant: Variant;
  /** From 1. */
  readonly number: number;
}

function VariantItem({ edit, variant, number }: VariantItemProps) {
  const { stack, variantPreview } = useStudio();
  const models = useApp((state) => state.models);
  const preview = () => variantPreview.show(edit.editId, variant.variantId);
  const chosen = edit.chosenId === variant.variantId;
  const model = models.find(({ modelId }) => modelId === variant.recipe.modelId);
  const words = texts.variants.describe(variant, model?.name ?? variant.recipe.modelId);
  return (
    <div className={chosen ? 'variant variant-chosen' : 'variant'}>
      <Tooltip title={texts.variants.name(number)} help={words}>
        <button
          type="button"
          className="variant-choose"
          aria-pressed={chosen}
          aria-label={`${texts.variants.name(number)}: ${words}`}
          onPointerEnter={preview}
          onFocus={preview}
          onClick={() => stack.choose(edit.editId, variant.variantId)}
        >
          <Thumbnail variant={variant} />
          <span className="variant-number" aria-hidden>
            {number}
          </span>
        </button>
      </Tooltip>
      <p className="variant-words" aria-hidden>
        {words}
      </p>
      <VariantMenu edit={edit} variant={variant} number={number} chosen={chosen} />
    </div>
  );
}

function VariantMenu({ edit, variant, number, chosen }: VariantItemProps & { readonly chosen: boolean }) {
  const { stack, saves, variantComparison, notices } = useStudio();
  const ready = useApp((state) => state.engine.kind === 'ready' && !state.saving);
  const compare = () => {
    variantComparison.compare(edit.editId, variant.variantId).catch((error: unknown) => notices.error(error));
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="variant-more" aria-label={texts.variants.menu(number)}>
          <Ellipsis aria-hidden size={14} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" collisionPadding={8}>
          <DropdownMenu.Item className="menu-item" disabled={chosen || !ready} onSelect={compare}>
            <Columns2 aria-hidden size={16} />
            {texts.variants.compare}
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className="menu-item"
            disabled={!ready}
            onSelect={() => void saves.saveVariant(edit.editId, variant.variantId)}
          >
            <ImageDown aria-hidden size={16} />
            {texts.variants.save}
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className="menu-item"
            disabled={chosen}
            onSelect={() => stack.removeVariant(edit.editId, variant.variantId)}
          >
            <Trash2 aria-hidden size={16} />
            {texts.variants.remove}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** How many more, and in what they should differ. */
function MoreVariants() {
  const { store } = useStudio();
  const { count, vary } = useApp((state) => state.variation);
  const change = (part: Partial<{ count: number; vary: typeof vary }>) =>
    store.setState(({ variation }) => ({ variation: { ...variation, ...part } }));
  return (
    <div className="variants-new">
      <select
        className="select"
        aria-label={texts.variants.count}
        value={count}
        onChange={(event) => change({ count: Number(event.target.value) })}
      >
        {COUNTS.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label={texts.variants.vary}
        value={vary}
        onChange={(event) => change({ vary: VARIED.find((each) => each === event.target.value) ?? 'any' })}
      >
        {(['any', ...VARIED] as const).map((each) => (
          <option key={each} value={each}>
            {texts.variants.varied[each]}
          </option>
        ))}
      </select>
      <ActionButton action={moreVariants} icon={Layers2} label={texts.variants.more} look="plain" />
    </div>
  );
}
