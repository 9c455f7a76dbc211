import type { KeyboardEvent, PointerEvent } from 'react';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a pointer is in the units of the SVG that it is over. */
function placeIn(svg: SVGSVGElement, { clientX, clientY }: PointerEvent): Place | null {
  const matrix = svg.getScreenCTM();
  if (matrix === null) return null;
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
  return { x, y };
}

/** Handlers of a part of an SVG that is dragged: `onPlace` hears every place from the press on, in the SVG's units. */
export function dragging(onPlace: (place: Place) => void) {
  const move = (event: PointerEvent<SVGElement>): void => {
    const svg = event.currentTarget.ownerSVGElement;
    const place = svg && event.currentTarget.hasPointerCapture(event.pointerId) ? placeIn(svg, event) : null;
    if (place) onPlace(place);
  };
  return {
    onPointerDown: (event: PointerEvent<SVGElement>): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      move(event);
    },
    onPointerMove: move,
  };
}

const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

/** The handler of arrow keys: one to the right, one upwards. */
export const arrows =
  (onMove: (direction: Place) => void) =>
  (event: KeyboardEvent): void => {
    const direction = ARROWS[event.key];
    if (!direction) return;
    event.preventDefault();
    onMove(direction);
  };
