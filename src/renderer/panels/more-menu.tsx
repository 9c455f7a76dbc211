import { Check, Menu } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { runAction } from '../actions';
import type { Action } from '../actions/action';
import { commands, shortcuts, tour } from '../actions/help';
import { interfaceScales } from '../actions/interface-scale';
import { languages } from '../actions/language';
import { themes } from '../actions/theme';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';
import { Tooltip } from '../controls/tooltip';
import { ActionItem } from './action-item';

/** What is not needed at every fill: other windows, looks, language, help. */
export function MoreMenu() {
  return (
    <DropdownMenu.Root modal={false}>
      <Tooltip title={texts.window.more}>
        <DropdownMenu.Trigger asChild>
          <button type="button" className="button button-quiet button-icon" aria-label={texts.window.more}>
            <Menu aria-hidden size={18} strokeWidth={1.75} />
          </button>
        </DropdownMenu.Trigger>
      </Tooltip>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <ActionItem action={commands} />
          <Choices title={texts.window.theme} actions={themes} />
          <Choices title={texts.window.interfaceScale} actions={interfaceScales} />
          <Choices title={texts.window.language} actions={languages} />
          <DropdownMenu.Separator className="menu-line" />
          <ActionItem action={tour} />
          <ActionItem action={shortcuts} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** One of several. */
function Choices({ title, actions }: { readonly title: string; readonly actions: readonly Action[] }) {
  const studio = useStudio();
  const chosen = useApp((state) => actions.find((action) => action.chosen?.(state))?.id ?? '');
  return (
    <DropdownMenu.RadioGroup
      value={chosen}
      onValueChange={(id) => {
        const action = actions.find((candidate) => candidate.id === id);
        if (action) runAction(studio, action);
      }}
    >
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Label className="menu-label">{title}</DropdownMenu.Label>
      {actions.map((action) => (
        <DropdownMenu.RadioItem key={action.id} className="menu-item" value={action.id}>
          <span>{action.words().title}</span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden size={14} />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
