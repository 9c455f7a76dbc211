import type Konva from 'konva';
import type { Rect } from '../../shared/geometry';
import type { Frame } from './frame';
import { PLANE_STYLES } from './plane-style';
import { type LayerContents, TiledLayer } from './tiled-layer';

/**
 * The layers of the stage, lowest first: those that are drawn as a whole, by Konva, and those made of tiles, because a
 * stroke changes a little of them and dragging the picture nothing.
 */
export const LAYERS = [
  { name: 'picture', kind: 'tiled' },
  { name: 'comparison', kind: 'konva' },
  { name: 'include', kind: 'tiled' },
  { name: 'exclude', kind: 'tiled' },
  { name: 'earlier', kind: 'tiled' },
  { name: 'hole', kind: 'tiled' },
  { name: 'hint', kind: 'konva' },
  { name: 'lines', kind: 'konva' },
  { name: 'outline', kind: 'tiled' },
] as const;
type AnyLayer = (typeof LAYERS)[number];
export type LayerName = AnyLayer['name'];
export type KonvaName = Extract<AnyLayer, { readonly kind: 'konva' }>['name'];
export type TiledName = Extract<AnyLayer, { readonly kind: 'tiled' }>['name'];

/** What the page provides: Konva's layers, and an element for each of the others. */
export interface StageParts {
  readonly konva: Readonly<Record<KonvaName, Konva.Layer>>;
  readonly tiled: Readonly<Record<TiledName, HTMLElement>>;
}

const KONVA_NAMES: readonly KonvaName[] = ['comparison', 'hint', 'lines'];

/** All layers of the stage under their names. */
export class StageLayers {
  private readonly konva: StageParts['konva'];
  private readonly tiled: Readonly<Record<TiledName, TiledLayer>>;
  private readonly isEmpty: (name: KonvaName) => boolean;
  /** Konva's layers that something was drawn on. */
  private readonly drawn = new Set<KonvaName>();

  /** `isEmpty`: whether there is nothing on one of Konva's layers now. */
  constructor(
    { konva, tiled }: StageParts,
    frame: () => Frame | null,
    contents: Readonly<Record<TiledName, LayerContents>>,
    isEmpty: (name: KonvaName) => boolean,
  ) {
    const layer = (name: TiledName) => new TiledLayer(tiled[name], frame, contents[name]);
    this.konva = konva;
    this.isEmpty = isEmpty;
    this.tiled = {
      picture: layer('picture'),
      include: layer('include'),
      exclude: layer('exclude'),
      earlier: layer('earlier'),
      hole: layer('hole'),
      outline: layer('outline'),
    };
    for (const name of ['include', 'exclude', 'earlier', 'hole'] as const)
      tiled[name].style.opacity = String(PLANE_STYLES[name].opacity);
  }

  dispose(): void {
    for (const layer of Object.values(this.tiled)) layer.dispose();
  }

  /** Draws a layer again with the next frame; of a tiled one only what shows `box`, a part of the picture. */
  refresh(name: LayerName, box?: Rect): void {
    if (name === 'comparison' || name === 'hint' || name === 'lines') this.redraw(name);
    else this.tiled[name].refresh(box);
  }

  /** The picture lies elsewhere: what is drawn as a whole is drawn again, tiles go along. */
  move(): void {
    for (const name of KONVA_NAMES) this.redraw(name);
    for (const layer of Object.values(this.tiled)) layer.move();
  }

  /** See TiledLayer. */
  extend(name: TiledName, ...part: Parameters<TiledLayer['extend']>): void {
    this.tiled[name].extend(...part);
  }

  /** What the layer of comparisons shows. */
  get comparison(): CanvasRenderingContext2D {
    return this.konva.comparison.getContext()._context;
  }

  /** Clearing what is clear costs as much as drawing. */
  private redraw(name: KonvaName): void {
    const empty = this.isEmpty(name);
    if (empty && !this.drawn.has(name)) return;
    if (empty) this.drawn.delete(name);
    else this.drawn.add(name);
    this.konva[name].batchDraw();
  }
}
