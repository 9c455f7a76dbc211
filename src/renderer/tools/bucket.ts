import { PaintBucket } from 'lucide-react';
import { spoken } from '../texts';
import { clickGesture } from './click-gesture';
import type { Tool } from './tool';

const words = {
  en: {
    title: 'Fill bucket',
    caption: 'Bucket',
    help: 'Click inside a painted outline: what it encloses is marked. Alt: take a patch away.',
    step: 'filled outline',
  },
  de: {
    title: 'Fülleimer',
    caption: 'Eimer',
    help: 'In einen gemalten Umriss klicken: was er einschließt, wird markiert. Alt: einen Fleck wegnehmen.',
    step: 'gefüllter Umriss',
  },
};

/** Fills what a painted line encloses. With Alt it takes a patch of paint away. */
export const bucket = {
  id: 'bucket',
  icon: PaintBucket,
  key: 'K',
  words,
  cursor: 'cross',
  begin: (context, first, { alt }) => clickGesture(first, (at) => context.fillRegion(at, !alt, spoken(words).step)),
} satisfies Tool;
