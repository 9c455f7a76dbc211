import { ChevronDown } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { ReactNode } from 'react';
import { useApp, useStudio } from '../studio/studio-context';

interface PanelSectionProps {
  /** Names it in the settings, which remember whether it is folded up. */
  readonly id: string;
  readonly title: string;
  /** What is chosen inside, in a few words: all that is seen of it while it is folded up. */
  readonly summary?: ReactNode;
  /** Small buttons beside the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the side panel that can be folded up to its title. */
export function PanelSection({ id, title, summary, tools, children }: PanelSectionProps) {
  const { preferences } = useStudio();
  const folded = useApp((state) => state.settings.folded);
  const open = !folded.includes(id);
  const fold = (opened: boolean) => {
    const others = folded.filter((other) => other !== id);
    preferences.change({ folded: opened ? others : [...others, id] });
  };
  return (
    <Collapsible.Root asChild open={open} onOpenChange={fold}>
      <section className={`section section-${id}`} aria-labelledby={`${id}-title`}>
        <div className="section-head">
          <h2>
            <Collapsible.Trigger className="section-toggle">
              <ChevronDown aria-hidden size={14} className="section-arrow" />
              <span id={`${id}-title`}>{title}</span>
              {!open && summary !== undefined && <span className="section-summary">{summary}</span>}
            </Collapsible.Trigger>
          </h2>
          {open && tools}
        </div>
        <Collapsible.Content className="section-body">{children}</Collapsible.Content>
      </section>
    </Collapsible.Root>
  );
}
