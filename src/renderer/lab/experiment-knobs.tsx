import { Segments } from '../controls/segments';
import { texts } from '../texts';
import { Knob } from './knob';
import type { Options } from './use-pane';

/** An option as it is set: from a few, along a range, or on and off. */
type Control =
  | { readonly option: OptionName; readonly choices: readonly string[] }
  | { readonly option: OptionName; readonly values: readonly number[] }
  | { readonly option: OptionName; readonly toggle: true };

export type OptionName = keyof typeof texts.lab.training.options;

const LOSS: Control = { option: 'loss', choices: ['non-saturating', 'minimax', 'least-squares', 'wasserstein'] };
const PENALTY: Control = { option: 'penalty', choices: ['none', 'r1', 'wgan-gp', 'wgan-lp'] };
const Z: Control = { option: 'z', values: [1, 2, 4, 8, 16, 32, 64] };
const NOISE: Control = { option: 'noise', values: [0, 0.1, 0.2, 0.4, 0.8] };

/** What a chapter lets one change without being asked for more; every option is on the command line. */
export const CONTROLS = {
  densities: [
    { option: 'generator', choices: ['linear', 'mlp'] },
    LOSS,
    PENALTY,
    { option: 'dropout', toggle: true },
    Z,
  ],
  collapse: [LOSS, PENALTY, { option: 'packing', values: [1, 2, 4] }, Z, NOISE],
} as const satisfies Readonly<Record<string, readonly Control[]>>;

interface ExperimentKnobsProps {
  readonly controls: readonly Control[];
  readonly options: Options;
  readonly onChange: (change: Options) => void;
}

export function ExperimentKnobs({ controls, options, onChange }: ExperimentKnobsProps) {
  const words = texts.lab.training;
  return controls.map((control) => {
    const { option } = control;
    const label = words.options[option];
    const value = options[option];
    if ('toggle' in control)
      return (
        <label key={option} className="check">
          <input
            type="checkbox"
            checked={value === true}
            onChange={({ target }) => onChange({ [option]: target.checked })}
          />
          {label}
        </label>
      );
    if ('values' in control) {
      const at = Math.max(
        0,
        control.values.findLastIndex((each) => each <= Number(value)),
      );
      return (
        <Knob
          key={option}
          {...{ label, value: at, min: 0, max: control.values.length - 1, step: 1, shown: Number(value) }}
          onChange={(index) => onChange({ [option]: control.values[index] ?? 0 })}
        />
      );
    }
    return (
      <div key={option} className="field">
        <span id={`option-${option}`}>{label}</span>
        <Segments
          aria-labelledby={`option-${option}`}
          choices={control.choices}
          chosen={String(value)}
          onChoose={(choice) => onChange({ [option]: choice })}
        >
          {(choice) => words.values[choice as keyof typeof words.values]}
        </Segments>
      </div>
    );
  });
}
