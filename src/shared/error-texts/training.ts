import { reason, type With } from './reason';

/** Training: its pictures and masks, its settings, the folder of a run. */
export const training = {
  'features-not-fetched': reason('runtime-unavailable', {
    en: ({ command }: With<'command'>) => [
      'The perceptual loss and the critics of learnt features need a feature network that is not on this machine.',
      `Fetch it once with "${command}", or choose a goal without them.`,
    ],
    de: ({ command }) => [
      'Der Wahrnehmungsfehler und die Kritiker gelernter Merkmale brauchen ein Merkmalsnetz, das auf diesem Rechner fehlt.',
      `Einmal mit „${command}“ holen, oder ein Ziel ohne sie wählen.`,
    ],
  }),
};
