import { keysOf } from '../actions/shortcut';

export const ON_MAC = navigator.platform.startsWith('Mac');

/** A shortcut as little keys. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return <KeyNames names={keysOf(shortcut, ON_MAC)} />;
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
