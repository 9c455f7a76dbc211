import { type ReactNode, useState } from 'react';
import { texts } from '../texts';
import { BellsChapter } from './bells-chapter';
import { DistanceChapter } from './distance-chapter';
import { GameChapter } from './game-chapter';
import { CollapseChapter, DensitiesChapter } from './training-chapter';

const CHAPTERS = ['game', 'bells', 'densities', 'distance', 'collapse'] as const;
type ChapterName = (typeof CHAPTERS)[number];

const PAGES: Readonly<Record<ChapterName, () => ReactNode>> = {
  game: GameChapter,
  bells: BellsChapter,
  densities: DensitiesChapter,
  distance: DistanceChapter,
  collapse: CollapseChapter,
};

/** The chapters on the left, the chosen one on the right. */
export function LabApp() {
  const [chosen, choose] = useState<ChapterName>('game');
  const Page = PAGES[chosen];
  return (
    <div className="lab">
      <title>{texts.lab.windowTitle}</title>
      <nav className="lab-chapters" aria-label={texts.lab.chapters}>
        <ul>
          {CHAPTERS.map((name) => (
            <li key={name}>
              <button type="button" className="lab-chapter" aria-current={name === chosen} onClick={() => choose(name)}>
                {texts.lab[name].title}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <Page />
    </div>
  );
}
