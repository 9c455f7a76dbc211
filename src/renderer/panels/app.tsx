import { Tooltip } from 'radix-ui';
import { CanvasArea } from './canvas-area';
import { Dialogs } from './dialogs';
import { Notices } from './notices';
import { SidePanel } from './side-panel';
import { StatusBar } from './status-bar';
import { ToolRail } from './tool-rail';
import { TopBar } from './top-bar';

/** The window. */
export function App() {
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <div className="window">
        <TopBar />
        <ToolRail />
        <CanvasArea />
        <SidePanel />
        <StatusBar />
      </div>
      <Dialogs />
      <Notices />
    </Tooltip.Provider>
  );
}
