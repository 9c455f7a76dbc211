import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageFor } from '../shared/language';
import { listenToKeys } from './actions/keyboard';
import { App } from './panels/app';
import { StudioProvider } from './studio/studio-context';
import { createStudio, startStudio } from './create-studio';
import { meetPagePolicy } from './page-policy';
import { speak, texts } from './texts';
import './styles/tokens.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/panels.css';
import './styles/guidance.css';
import './styles/edits.css';
import './styles/film-strip.css';
import './styles/library.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');

meetPagePolicy();
speak(languageFor('system', navigator.languages));
if (window.studio) {
  const studio = createStudio(window.studio);
  listenToKeys(studio, navigator.platform.startsWith('Mac'));
  createRoot(root).render(
    <StrictMode>
      <StudioProvider studio={studio}>
        <App />
      </StudioProvider>
    </StrictMode>,
  );
  void startStudio(studio);
} else {
  createRoot(root).render(<Crash />);
}

function Crash() {
  return (
    <main className="crash" role="alert">
      <h1>{texts.crash.title}</h1>
      <p>{texts.crash.body}</p>
    </main>
  );
}
