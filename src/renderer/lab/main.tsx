import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { LabBridge } from '../../shared/lab-bridge';
import { languageFor } from '../../shared/language';
import { meetPagePolicy } from '../page-policy';
import { speak, texts } from '../texts';
import { LabApp } from './lab-app';
import '../styles/tokens.css';
import '../styles/controls.css';
import '../styles/lab.css';

declare global {
  interface Window {
    /** Put there by the lab's preload. */
    readonly lab?: LabBridge;
  }
}

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');

meetPagePolicy();
// In the language of the main window; where it cannot be had, in that of the system.
const answer = await window.lab?.settings().catch(() => null);
speak(languageFor(answer?.ok === true ? answer.value.language : 'system', navigator.languages));
createRoot(root).render(<StrictMode>{window.lab ? <LabApp /> : <NoBridge />}</StrictMode>);

function NoBridge() {
  return <p role="alert">{texts.trainer.noBridge}</p>;
}
