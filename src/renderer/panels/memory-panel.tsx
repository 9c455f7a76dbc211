import { Tooltip } from '../controls/tooltip';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';
import { PanelSection } from './panel-section';

/** Gigabytes; 0 is what is free. */
const MEMORY_LIMITS = [0, 1, 2, 4, 8] as const;

/** The most that a fill may take. */
export function MemoryPanel() {
  const { preferences } = useStudio();
  const memoryLimit = useApp((state) => state.settings.memoryLimit);
  const words = (gigabytes: number) => (gigabytes === 0 ? texts.panels.memoryFree : texts.panels.memoryOf(gigabytes));
  return (
    <PanelSection id="memory" title={texts.panels.memory} summary={words(memoryLimit / 1024)}>
      <Tooltip title={texts.panels.memory} help={texts.panels.memoryHelp}>
        <select
          className="select"
          aria-labelledby="memory-title"
          value={memoryLimit}
          onChange={(event) => preferences.change({ memoryLimit: Number(event.target.value) })}
        >
          {MEMORY_LIMITS.map((gigabytes) => (
            <option key={gigabytes} value={gigabytes * 1024}>
              {words(gigabytes)}
            </option>
          ))}
        </select>
      </Tooltip>
    </PanelSection>
  );
}
