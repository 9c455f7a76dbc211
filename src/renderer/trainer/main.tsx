import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageFor } from '../../shared/language';
import { meetPagePolicy } from '../page-policy';
import { speak, texts } from '../texts';
import { TrainerApp } from './trainer-app';
import { TrainerProvider } from './trainer-context';
import { TrainerController } from './trainer-controller';
import { TrainerMain, TrainingLink } from './trainer-link';
import { createTrainerStore } from './trainer-state';
import '../styles/tokens.css';
import '../styles/controls.css';
import '../styles/trainer.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');

meetPagePolicy();

if (window.trainer) {
  const training = new TrainingLink();
  const main = new TrainerMain(window.trainer);
  const controller = new TrainerController(createTrainerStore(), main, training);
  window.addEventListener('message', (event) => training.receive(event));
  // In the language of the main window; where it cannot be had, in English.
  const settings = await main.call('trainer:settings', undefined).catch(() => null);
  speak(languageFor(settings?.language ?? 'system', navigator.languages));
  createRoot(root).render(
    <StrictMode>
      <TrainerProvider controller={controller}>
        <TrainerApp />
      </TrainerProvider>
    </StrictMode>,
  );
  void controller.start();
} else {
  createRoot(root).render(<Crash />);
}

function Crash() {
  return <p role="alert">{texts.trainer.noBridge}</p>;
}
