import { actionOf } from '../actions';
import { useApp } from '../studio/studio-context';
import { spoken } from '../texts';
import { toolOf } from '../tools';
import type { ToolOption } from '../tools/tool';
import { ActionButton } from './action-button';

/** The name of the tool in the hand, and what can be set of it. */
export function ToolOptions() {
  const tool = useApp((state) => toolOf(state.tool));
  return (
    <>
      <span className="tool-name">{spoken(tool.words).title}</span>
      {tool.options?.map((option, place) => (
        <Option key={place} option={option} />
      ))}
    </>
  );
}

function Option({ option }: { readonly option: ToolOption }) {
  const pressed = useApp((state) => ('action' in option ? option.pressed?.(state) : undefined));
  if (!('action' in option)) {
    const Control = option;
    return <Control />;
  }
  const action = actionOf(option.action);
  return (
    action && (
      <ActionButton action={action} icon={option.icon} side="bottom" {...(pressed === undefined ? {} : { pressed })} />
    )
  );
}
