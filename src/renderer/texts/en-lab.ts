import type { Fate, Update } from '../../shared/lab/game';

const FATES: Readonly<Record<Fate, string>> = {
  'spirals-out': 'It spirals out: the steps of both drive each other away from the middle.',
  circles: 'It goes round for ever: bounded, but it never comes to rest.',
  'spirals-in': 'It spirals in: both come to rest where neither gains.',
};
const UPDATES: Readonly<Record<Update, { readonly title: string; readonly help: string }>> = {
  simultaneous: { title: 'Both at once', help: 'Each follows its slope at the point where both stand' },
  alternating: { title: 'In turns', help: 'First the critic, then the generator, which sees where the critic went' },
  extragradient: { title: 'Look ahead', help: 'Each follows the slope of the point that a step would lead to' },
  optimistic: { title: 'Optimistic', help: 'Twice the slope of now less that of the step before' },
};

/** English texts of the lab's window. */
export const labEn = {
  windowTitle: 'GAN lab – Inpaint Studio',
  chapters: 'Chapters',
  knobs: 'Settings',
  numbers: 'Numbers',
  command: 'The same on the command line',
  game: {
    title: 'The game',
    body: 'The generator moves x to make x·y smaller, the critic moves y to make it larger. Neither gains in the middle. Drag the start, and see where each rule leads.',
    update: 'How they move',
    updates: UPDATES,
    fates: FATES,
    rate: 'Learning rate',
    criticSteps: 'Steps of the critic for each of the generator',
    averaging: 'Show the mean of all points so far',
    start: 'Start',
    point: (x: string, y: string) => `x ${x}, y ${y}`,
    picture: (step: number, radius: string) => `The orbit after ${step} steps, ${radius} from the middle`,
    time: 'Step',
    play: 'Play',
    pause: 'Pause',
    oneStep: 'One step',
    step: 'Step',
    radius: 'Distance from the middle',
    growth: 'Exact: times a step',
    orbit: 'orbit',
    mean: 'mean of the points',
    flow: 'endlessly small steps',
    outside: 'The orbit has left the picture.',
  },
  distance: {
    title: 'Distance',
    body: 'Water stands in cauldrons. Drag what there is and what is wanted: the cheapest way to carry it is found while you drag. Its cost is the Wasserstein distance; the curve below is the critic that proves it.',
    has: 'There is',
    wanted: 'Wanted',
    cauldron: (row: string, number: number) => `${row}, cauldron ${number}`,
    critic: 'The optimal critic',
    moves: (count: number) => `The cheapest transport: ${count} moves`,
    examples: 'Examples',
    example: {
      near: 'Neighbours',
      far: 'Far apart',
      modes: 'Two hills, one missed',
      same: 'The same',
    },
    penalty: 'Penalty of WGAN-GP (lambda)',
    wasserstein: 'Wasserstein distance W1',
    dual: 'What the critic says',
    js: 'Jensen-Shannon divergence',
    jsMost: 'Largest it can be (ln 2)',
    slope: 'Slope of a critic with the penalty',
    reported: 'Distance that it reports',
    same: 'Both are the same: there is nothing to carry.',
    apart:
      'Nothing overlaps: the Jensen-Shannon divergence is ln 2 however far it is, and tells a generator nothing. W1 says how far.',
    overlap: 'They overlap in part: both measures tell a generator where to go.',
  },
};
