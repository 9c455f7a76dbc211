import { portRequests, engineEvents } from '../../shared/protocol/window-engine';
import { PortLink } from './port-link';

/** The engine process as the window sees it. */
export class EngineLink extends PortLink<typeof portRequests, typeof engineEvents> {
  constructor() {
    super(portRequests, engineEvents);
  }
}
