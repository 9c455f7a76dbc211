import { CommandPalette } from './command-palette';
import { FillAllDialog } from './fill-all-dialog';
import { FillAllReport } from './fill-all-report';
import { LibraryDialog } from './library-dialog';
import { QuestionDialog } from './question-dialog';
import { RecoveryDialog } from './recovery-dialog';
import { RepairDialog } from './repair-dialog';
import { SaveAsDialog } from './save-as-dialog';
import { ShortcutSheet } from './shortcut-sheet';
import { useApp, useStudio } from '../studio/studio-context';

/** Whichever dialog is open. */
export function Dialogs() {
  const { store } = useStudio();
  const dialog = useApp((state) => state.dialog);
  const close = () => store.setState({ dialog: { kind: 'closed' } });
  switch (dialog.kind) {
    case 'closed':
      return null;
    case 'shortcuts':
      return <ShortcutSheet close={close} />;
    case 'commands':
      return <CommandPalette close={close} />;
    case 'save-as':
      return <SaveAsDialog close={close} />;
    case 'library':
      return <LibraryDialog />;
    case 'fill-all':
      return <FillAllDialog close={close} />;
    case 'fill-all-report':
      return <FillAllReport close={close} />;
    case 'repair':
      return <RepairDialog measured={dialog.measured} proposals={dialog.proposals} close={close} />;
    case 'recovery':
      return <RecoveryDialog leftovers={dialog.leftovers} />;
    case 'question':
      return <QuestionDialog question={dialog.question} />;
  }
}
