import type { LucideIcon } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import type { Action } from '../actions/action';
import { runAction } from '../actions';
import { onMac } from '../controls/keys';
import { useApp, useStudio } from '../studio/studio-context';
import { Tooltip } from '../controls/tooltip';

interface ActionButtonProps {
  readonly action: Action;
  readonly icon?: LucideIcon;
  /** Shown beside the icon; without it the icon stands alone and the title names it. */
  readonly label?: ReactNode;
  /** Under the icon, where the style sheet has room for it; the title still names the button. */
  readonly caption?: string;
  readonly look?: 'quiet' | 'plain' | 'primary';
  /** For buttons that choose one of several: whether this one is chosen. */
  readonly pressed?: boolean;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** It stands in a toolbar, whose arrow keys reach it. */
  readonly inToolbar?: boolean;
  readonly className?: string;
}

/** A button made from an action: its name, tooltip, shortcut and whether it can be pressed now. */
export function ActionButton({
  action,
  icon: Icon,
  label,
  caption,
  look = 'quiet',
  pressed,
  side,
  inToolbar = false,
  className,
}: ActionButtonProps) {
  const studio = useStudio();
  const enabled = useApp(action.enabled);
  const detail = useApp((state) => action.detail?.(state) ?? null);
  const holding = useRef(false);

  const hold = () => {
    holding.current = runAction(studio, action);
  };
  const letGo = () => {
    if (holding.current) action.release?.(studio);
    holding.current = false;
  };
  const byKey = (event: KeyboardEvent, act: () => void) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) act();
  };
  const handlers = action.release
    ? {
        onPointerDown: hold,
        onPointerUp: letGo,
        onPointerLeave: letGo,
        onPointerCancel: letGo,
        onBlur: letGo,
        onKeyDown: (event: KeyboardEvent) => byKey(event, hold),
        onKeyUp: (event: KeyboardEvent) => byKey(event, letGo),
      }
    : { onClick: () => void runAction(studio, action) };

  const words = action.words();
  // What is seen is part of the name, so that it can be said to a computer that listens; other content names the button itself.
  const spoken =
    label === undefined || (typeof label === 'string' && words.title.includes(label)) ? words.title : undefined;
  const Button = inToolbar ? Toolbar.Button : 'button';
  const title = detail === null ? words.title : `${words.title}: ${detail}`;
  return (
    <Tooltip title={title} help={words.help} shortcut={action.shortcuts[0]} {...(side ? { side } : {})}>
      <Button
        type="button"
        className={`button button-${look} ${label === undefined ? 'button-icon' : ''} ${className ?? ''}`}
        {...(spoken === undefined ? {} : { 'aria-label': spoken })}
        aria-disabled={!enabled}
        aria-keyshortcuts={action.shortcuts[0]?.replace('Mod', onMac() ? 'Meta' : 'Control')}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        data-action={action.id}
        {...handlers}
      >
        {Icon && <Icon aria-hidden size={18} strokeWidth={1.75} />}
        {caption !== undefined && <span className="button-caption">{caption}</span>}
        {typeof label === 'string' ? <span className="button-words">{label}</span> : label}
      </Button>
    </Tooltip>
  );
}
