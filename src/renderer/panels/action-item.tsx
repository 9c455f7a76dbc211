import { DropdownMenu } from 'radix-ui';
import { runAction } from '../actions';
import type { Action } from '../actions/action';
import { Keys } from '../controls/keys';
import { useApp, useStudio } from '../studio/studio-context';

/** A line of a menu that is made from an action: its name, its shortcut, and whether it can be chosen now. */
export function ActionItem({ action }: { readonly action: Action }) {
  const studio = useStudio();
  const enabled = useApp(action.enabled);
  return (
    <DropdownMenu.Item className="menu-item" disabled={!enabled} onSelect={() => void runAction(studio, action)}>
      <span>{action.words().title}</span>
      {action.shortcuts[0] !== undefined && <Keys shortcut={action.shortcuts[0]} />}
    </DropdownMenu.Item>
  );
}
