import { keysOf } from './shortcut';

export function onMac(): boolean {
  return navigator.platform.startsWith('Mac');
}

/** The keys of a control, as little keys. Screen readers are told by the control's own `aria-keyshortcuts`. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span aria-hidden>
      <KeyNames names={keysOf(shortcut, onMac())} />
    </span>
  );
}

export function KeyNames({ names }: { readonly names: readonly string[] }) {
  return (
    <span className="keys">
      {names.map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
