/** Keys by which a person goes from control to control, or inside one: whoever presses them works by keyboard. */
const MOVING = new Set(['Tab', 'F6', 'Home', 'End', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);
/** What a click leaves the focus on, and what each key does there; a list opens by Space. */
const PRESSED = {
  Enter: 'button, a, select, input[type="checkbox"], [role="slider"], [role="radio"], [role="switch"]',
  ' ': 'button, a, input[type="checkbox"], [role="slider"], [role="radio"], [role="switch"]',
} as const;
/** They have their keys to themselves as long as they are there. */
const POPUPS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/**
 * Gives Enter and Space back to the picture where a control has the focus only because it was clicked: they are Fill and
 * the hand there, and would press the button once more. Who has come to a control by Tab or an arrow key presses it.
 * @param picture the element that takes the keys; null while there is none
 * @param signal ends it
 */
export function returnKeys(picture: () => HTMLElement | null, signal: AbortSignal): void {
  let byPointer = false;
  const press = (event: KeyboardEvent) => {
    const clicked = byPointer;
    if (MOVING.has(event.key)) byPointer = false;
    if (!clicked || !event.isTrusted || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const { target, key } = event;
    if (!(target instanceof Element) || target.closest(POPUPS)) return;
    if ((key !== 'Enter' && key !== ' ') || !target.matches(PRESSED[key])) return;
    const owner = picture();
    if (!owner) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    owner.focus({ preventScroll: true });
    owner.dispatchEvent(new KeyboardEvent('keydown', event));
  };
  window.addEventListener('pointerdown', () => (byPointer = true), { signal, capture: true });
  window.addEventListener('keydown', press, { signal, capture: true });
}
