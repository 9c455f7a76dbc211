import { Toolbar } from 'radix-ui';
import { actionOf } from '../actions';
import { chooseToolId } from '../actions/choose-tool';
import { spoken, texts } from '../texts';
import { TOOLS } from '../tools';
import { ActionButton } from './action-button';
import { useApp } from '../studio/studio-context';

/** The tools: one stop of the Tab key, and the arrow keys go from one to the next. */
export function ToolRail() {
  const chosen = useApp((state) => state.tool);
  return (
    <Toolbar.Root className="tool-rail" orientation="vertical" aria-label={texts.window.toolRail}>
      {TOOLS.map((tool) => {
        const action = actionOf(chooseToolId(tool.id));
        if (!action) return null;
        return (
          <ActionButton
            key={tool.id}
            action={action}
            icon={tool.icon}
            caption={spoken(tool.words).caption ?? spoken(tool.words).title}
            pressed={tool.id === chosen}
            side="right"
            inToolbar
            className={`tool tool-${tool.id}`}
          />
        );
      })}
    </Toolbar.Root>
  );
}
