import { Diff, Eye, FolderOpen, Redo2, Save, SquareSplitHorizontal, Undo2 } from 'lucide-react';
import { compare } from '../actions/compare';
import { difference, split } from '../actions/comparison';
import { redo, undo } from '../actions/history';
import { open } from '../actions/open';
import { save, saveAs } from '../actions/save';
import { documentOf, isUnsaved } from '../state/document/document-slice';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { MoreMenu } from './more-menu';
import { ToolOptions } from './tool-options';
import { useApp } from '../studio/studio-context';

/** File, the tool's options, undo, comparing. */
export function TopBar() {
  const name = useApp((state) => documentOf(state)?.name ?? '');
  const unsaved = useApp(isUnsaved);
  const comparing = useApp((state) => state.comparing);
  const comparison = useApp((state) => state.comparison.kind);
  return (
    <header className="top-bar">
      <div className="bar-group">
        <ActionButton
          action={open}
          icon={FolderOpen}
          label={texts.actions.open.title}
          look="plain"
          className="open-button"
        />
        <span className="document-name" title={name}>
          <span className="document-words">{name}</span>
          {unsaved && (
            <span className="unsaved" role="img" aria-label={texts.window.unsaved} title={texts.window.unsaved} />
          )}
        </span>
      </div>
      <div className="bar-group bar-middle" role="group" aria-label={texts.window.toolOptions}>
        <ToolOptions />
      </div>
      <div className="bar-group">
        <ActionButton action={undo} icon={Undo2} />
        <ActionButton action={redo} icon={Redo2} />
        <span className="bar-line" />
        <ActionButton
          action={compare}
          icon={Eye}
          label={compare.words().title}
          pressed={comparing}
          className="compare-button"
        />
        <ActionButton action={split} icon={SquareSplitHorizontal} pressed={comparison === 'split'} />
        <ActionButton action={difference} icon={Diff} pressed={comparison === 'difference'} />
        <span className="bar-line" />
        <ActionButton action={save} icon={Save} />
        <ActionButton action={saveAs} label={saveAs.words().title} look="plain" />
        <MoreMenu />
      </div>
    </header>
  );
}
