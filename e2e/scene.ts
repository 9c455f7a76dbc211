import type { Page } from '@playwright/test';
import type { LabWindow } from './pages/lab-window';
import type { StudioWindow } from './pages/studio-window';
import type { TrainerWindow } from './pages/trainer-window';

/** What scenes are played on. */
export interface Stage {
  readonly studio: StudioWindow;
  /** For the files that a scene needs. */
  readonly folder: string;
  /** How long its runs are trained, steps: long for curves to look at, short where it only matters that there are some. */
  readonly steps: number;
  /** The trainer's window, once a scene has opened it. */
  trainer: TrainerWindow | null;
  /** The lab's. */
  lab: LabWindow | null;
}

/** A state of the program, reached from the one before it. */
export interface Scene {
  readonly name: string;
  /** What it is, for people who look at its picture. */
  readonly title: string;
  /** Whether it shows a panel that no scene before shows as well: then it is photographed on a large screen, too. */
  readonly large?: true;
  readonly enter: (stage: Stage) => Promise<void>;
  readonly leave?: (stage: Stage) => Promise<void>;
}

/** The window that is looked at. */
export function pageOf({ studio, trainer, lab }: Stage): Page {
  return (lab ?? trainer ?? studio).page;
}

export const escape = ({ studio }: Stage): Promise<void> => studio.press('Escape');

/** Chooses an item of the application menu. */
export const menu =
  (id: string) =>
  ({ studio }: Stage): Promise<void> =>
    studio.menu(id);
