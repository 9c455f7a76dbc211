import { texts } from '../texts';
import { boxTool } from './shape-tool';

export const ellipse = boxTool('ellipse', 'ellipse', () => texts.steps.ellipse);
