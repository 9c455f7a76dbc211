import type { AppStore, Question } from './app-state';

/** Asks before something is lost. One question at a time: a second one counts as "no" for the first. */
export class Questions {
  private readonly store: AppStore;

  constructor(store: AppStore) {
    this.store = store;
  }

  ask(question: Omit<Question, 'answer'>): Promise<boolean> {
    const { dialog } = this.store.getState();
    if (dialog.kind === 'question') dialog.question.answer(false);
    return new Promise((resolve) => {
      const answer = (yes: boolean) => {
        this.store.setState({ dialog: { kind: 'closed' } });
        resolve(yes);
      };
      this.store.setState({ dialog: { kind: 'question', question: { ...question, answer } } });
    });
  }
}
