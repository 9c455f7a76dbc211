import { FILL_MANNERS } from '../../shared/protocol/values';
import { Segments } from '../controls/segments';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';

/** Whether the next hole is something that shall vanish or something that shall come back, with what that means. */
export function MannerSwitch() {
  const { preferences } = useStudio();
  const manner = useApp((state) => state.settings.manner);
  return (
    <div className="manner">
      <Segments
        choices={FILL_MANNERS}
        chosen={manner}
        onChoose={(chosen) => preferences.change({ manner: chosen })}
        aria-label={texts.manner.title}
        aria-describedby="manner-help"
      >
        {(each) => texts.manner[each].title}
      </Segments>
      <p id="manner-help" className="quiet manner-help">
        {texts.manner[manner].help}
      </p>
    </div>
  );
}
