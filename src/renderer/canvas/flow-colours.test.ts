import { describe, expect, it } from 'vitest';
import { NOWHERE, reachOf } from '../../shared/source-map';
import { flowColour, flowPixels } from './flow-colours';

describe('the colours of the flow', () => {
  it('say the direction by the hue and the distance by the saturation', () => {
    expect(flowColour(0, 0, 10)).toEqual([255, 255, 255]);
    expect(flowColour(10, 0, 10)).toEqual([255, 0, 0]);
    expect(flowColour(-10, 0, 10)).toEqual([0, 255, 255]);
    expect(flowColour(0, 10, 10)).toEqual([128, 255, 0]);
    expect(flowColour(0, -10, 10)).toEqual([128, 0, 255]);
    expect(flowColour(5, 0, 10)).toEqual([255, 128, 128]);
    expect(flowColour(500, 0, 10)).toEqual([255, 0, 0]);
  });

  it('leave cells clear of which nothing is known', () => {
    const box = { x: 0, y: 0, width: 6, height: 4 };
    const map = { box, cell: 4, shifts: Int32Array.of(3, 4, NOWHERE, NOWHERE) };
    expect(reachOf([map])).toBe(5);
    const pixels = flowPixels(map, 5);
    expect(pixels).toHaveLength(8);
    expect(pixels[3]).toBeGreaterThan(0);
    expect([...pixels.slice(4)]).toEqual([0, 0, 0, 0]);
  });
});
