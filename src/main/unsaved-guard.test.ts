import { describe, expect, it, vi } from 'vitest';
import { type UnsavedChoice, UnsavedGuard } from './unsaved-guard';

function guarding(...choices: UnsavedChoice[]) {
  const ask = vi.fn((_name: string) => Promise.resolve(choices.shift() ?? 'cancel'));
  const startSaving = vi.fn();
  return { guard: new UnsavedGuard(ask, startSaving), ask, startSaving };
}

/** Lets the answer to the question arrive. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('the unsaved-changes guard', () => {
  it('lets a saved document go without a question', async () => {
    const { guard, ask } = guarding();
    expect(await guard.mayDiscard()).toBe(true);
    guard.report(true, 'a.png');
    guard.report(false, 'a.png');
    expect(await guard.mayDiscard()).toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks by name, and does what the person says', async () => {
    const { guard, ask, startSaving } = guarding('cancel', 'discard');
    guard.report(true, 'a.png');
    expect(await guard.mayDiscard()).toBe(false);
    expect(await guard.mayDiscard()).toBe(true);
    expect(ask).toHaveBeenLastCalledWith('a.png');
    expect(startSaving).not.toHaveBeenCalled();
  });

  it('waits for the save', async () => {
    const { guard, startSaving } = guarding('save');
    guard.report(true, 'a.png');
    const may = guard.mayDiscard();
    await settle();
    expect(startSaving).toHaveBeenCalledOnce();
    guard.report(false, 'a.png');
    expect(await may).toBe(true);
  });

  it('stays when the save is given up', async () => {
    const { guard } = guarding('save');
    guard.report(true, 'a.png');
    const may = guard.mayDiscard();
    await settle();
    guard.saveAbandoned();
    expect(await may).toBe(false);
    // A later save of the person's own closes nothing.
    guard.report(false, 'a.png');
    guard.saveAbandoned();
  });

  it('asks once, however often the window is closed meanwhile, and again when the save hangs', async () => {
    const { guard, ask } = guarding('save', 'discard');
    guard.report(true, 'a.png');
    const both = [guard.mayDiscard(), guard.mayDiscard()];
    await settle();
    expect(ask).toHaveBeenCalledOnce();
    expect(await guard.mayDiscard()).toBe(true);
    expect(await Promise.all(both)).toEqual([false, false]);
  });

  it('stays when the question cannot be asked', async () => {
    const guard = new UnsavedGuard(
      () => Promise.reject(new Error('no window')),
      () => undefined,
    );
    guard.report(true, 'a.png');
    expect(await guard.mayDiscard()).toBe(false);
  });
});
