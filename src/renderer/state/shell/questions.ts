import type { Answer, ShellStore, Question } from './shell-slice';

/** Asks before something is lost. One question at a time: a second one counts as "no" for the first. */
export class Questions {
  private readonly store: ShellStore;

  constructor(store: ShellStore) {
    this.store = store;
  }

  async ask(question: Omit<Question, 'answer'>): Promise<boolean> {
    return (await this.choose(question)) === 'yes';
  }

  /** For a question with another answer besides yes and no. */
  choose(question: Omit<Question, 'answer'>): Promise<Answer> {
    const { dialog } = this.store.getState();
    if (dialog.kind === 'question') dialog.question.answer('no');
    return new Promise((resolve) => {
      const answer = (chosen: Answer) => {
        this.store.setState({ dialog: { kind: 'closed' } });
        resolve(chosen);
      };
      this.store.setState({ dialog: { kind: 'question', question: { ...question, answer } } });
    });
  }
}
