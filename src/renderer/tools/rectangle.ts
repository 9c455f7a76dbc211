import { texts } from '../texts';
import { boxTool } from './shape-tool';

export const rectangle = boxTool('rectangle', 'rectangle', () => texts.steps.rectangle);
