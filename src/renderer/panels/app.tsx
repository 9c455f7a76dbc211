import { Tooltip } from 'radix-ui';
import { CanvasArea } from './canvas-area';
import { Dialogs } from './dialogs';
import { FilmStrip } from './film-strip';
import { Notices } from './notices';
import { SidePanel } from './side-panel';
import { StatusBar } from './status-bar';
import { useApp } from '../studio/studio-context';
import { ToolRail } from './tool-rail';
import { TopBar } from './top-bar';

/** The window. */
export function App() {
  // The texts are no state: another language draws everything again.
  useApp((state) => state.settings.language);
  const tour = useApp((state) => state.tour);
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <div className="window" data-tour={tour ?? 'off'}>
        <TopBar />
        <ToolRail />
        <CanvasArea />
        <FilmStrip />
        <SidePanel />
        <StatusBar />
      </div>
      <Dialogs />
      <Notices />
    </Tooltip.Provider>
  );
}
