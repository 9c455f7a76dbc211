import { ToggleGroup } from 'radix-ui';
import { FILL_MANNERS } from '../../shared/protocol/values';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';

/** Whether the next hole is something that shall vanish or something that shall come back, with what that means. */
export function MannerSwitch() {
  const { preferences } = useStudio();
  const manner = useApp((state) => state.settings.manner);
  return (
    <div className="manner">
      <ToggleGroup.Root
        type="single"
        className="segments"
        aria-label={texts.manner.title}
        aria-describedby="manner-help"
        value={manner}
        onValueChange={(value) => {
          const chosen = FILL_MANNERS.find((each) => each === value);
          if (chosen !== undefined) preferences.change({ manner: chosen });
        }}
      >
        {FILL_MANNERS.map((each) => (
          <ToggleGroup.Item key={each} className="segment" value={each}>
            {texts.manner[each].title}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <p id="manner-help" className="quiet manner-help">
        {texts.manner[manner].help}
      </p>
    </div>
  );
}
