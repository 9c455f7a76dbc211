import { randomUUID } from 'node:crypto';
import { errorFor } from '../shared/error-texts';

/** Files and folders that a person has chosen, under tickets: a window says which one it means without knowing where it is. */
export class ChosenPaths {
  private readonly paths = new Map<string, string>();

  /** @returns its ticket, valid until the program ends */
  add(path: string): string {
    const ticket = randomUUID();
    this.paths.set(ticket, path);
    return ticket;
  }

  /** @throws StudioError `bad-request` for a ticket that was never given */
  path(ticket: string): string {
    const path = this.paths.get(ticket);
    if (path !== undefined) return path;
    throw errorFor('not-chosen-here', {});
  }
}
