import { figure } from './figure';

interface KnobProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What is written, where it is not the value. */
  readonly shown?: number;
  readonly onChange: (value: number) => void;
}

/** A slider with its number. */
export function Knob({ label, value, min, max, step, shown = value, onChange }: KnobProps) {
  return (
    <label className="knob">
      <span>{label}</span>
      <output>{figure(shown)}</output>
      <input
        type="range"
        {...{ value, min, max, step }}
        aria-label={label}
        aria-valuetext={figure(shown)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </label>
  );
}
