import type { ErrorReport } from '../../../shared/errors';
import { texts } from '../../texts';
import type { ShellStore } from './shell-slice';
import { spokenReport } from '../../texts/reports';

/** More would cover the picture; the oldest goes. */
const MOST = 4;

/** Messages beside the work. The same message is shown once, however often it comes. */
export class Notices {
  private next = 1;
  private readonly store: ShellStore;

  constructor(store: ShellStore) {
    this.store = store;
  }

  info(title: string, body = ''): void {
    this.add('info', title, body);
  }

  /** Says what happened, to which file, and what to do; a cancelled action needs no words. */
  error(thrown: unknown, title: string = texts.errors.title): void {
    const report = spokenReport(thrown);
    if (report.code === 'cancelled') return;
    if (report.code === 'internal') console.error(thrown);
    this.add('error', title, describe(report));
  }

  dismiss(noticeId: string): void {
    this.store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.noticeId !== noticeId) }));
  }

  /** What they were about is gone. */
  dismissErrors(): void {
    this.store.setState(({ notices }) => ({ notices: notices.filter(({ kind }) => kind !== 'error') }));
  }

  private add(kind: 'info' | 'error', title: string, body: string): void {
    const { notices } = this.store.getState();
    const others = notices.filter((notice) => notice.title !== title || notice.body !== body);
    this.store.setState({
      notices: [...others, { noticeId: `notice-${this.next++}`, kind, title, body }].slice(-MOST),
    });
  }
}

/** An error in words: the file when the message does not name it, what happened, what to do. */
export function describe({ message, remedy, file }: ErrorReport): string {
  const name = file?.split(/[\\/]/).at(-1) ?? '';
  const named = name === '' || message.includes(name);
  return [named ? message : `${name}: ${message}`, remedy].filter((part) => part !== '').join(' ');
}
