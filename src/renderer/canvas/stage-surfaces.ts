import type Konva from 'konva';
import type { Rect } from '../../shared/geometry';
import type { Frame } from './frame';
import { PLANE_STYLES } from './plane-style';
import { type SurfaceContents, TiledSurface } from './tiled-surface';

/**
 * The surfaces of the stage, lowest first: those that are drawn as a whole, by Konva, and those made of tiles, because a
 * stroke changes a little of them and dragging the picture nothing.
 */
export const SURFACES = [
  { name: 'picture', kind: 'tiled' },
  { name: 'comparison', kind: 'konva' },
  { name: 'include', kind: 'tiled' },
  { name: 'exclude', kind: 'tiled' },
  { name: 'earlier', kind: 'tiled' },
  { name: 'rim', kind: 'tiled' },
  { name: 'hole', kind: 'tiled' },
  { name: 'hint', kind: 'konva' },
  { name: 'lines', kind: 'konva' },
  { name: 'outline', kind: 'tiled' },
] as const;
type AnySurface = (typeof SURFACES)[number];
export type SurfaceName = AnySurface['name'];
export type KonvaName = Extract<AnySurface, { readonly kind: 'konva' }>['name'];
export type TiledName = Extract<AnySurface, { readonly kind: 'tiled' }>['name'];

/** What the page provides: Konva's layers, and an element for each of the others. */
export interface StageParts {
  readonly konva: Readonly<Record<KonvaName, Konva.Layer>>;
  readonly tiled: Readonly<Record<TiledName, HTMLElement>>;
}

const KONVA_NAMES: readonly KonvaName[] = ['comparison', 'hint', 'lines'];

/** All surfaces of the stage under their names. */
export class StageSurfaces {
  private readonly konva: StageParts['konva'];
  private readonly holders: StageParts['tiled'];
  private readonly tiled: Readonly<Record<TiledName, TiledSurface>>;
  private readonly isEmpty: (name: KonvaName) => boolean;
  /** Konva's layers that something was drawn on. */
  private readonly drawn = new Set<KonvaName>();

  /** `isEmpty`: whether there is nothing on one of Konva's layers now. */
  constructor(
    { konva, tiled }: StageParts,
    frame: () => Frame | null,
    contents: Readonly<Record<TiledName, SurfaceContents>>,
    isEmpty: (name: KonvaName) => boolean,
  ) {
    const surface = (name: TiledName) => new TiledSurface(tiled[name], frame, contents[name]);
    this.konva = konva;
    this.holders = tiled;
    this.isEmpty = isEmpty;
    this.tiled = {
      picture: surface('picture'),
      include: surface('include'),
      exclude: surface('exclude'),
      earlier: surface('earlier'),
      rim: surface('rim'),
      hole: surface('hole'),
      outline: surface('outline'),
    };
    for (const name of ['include', 'exclude', 'earlier', 'rim', 'hole'] as const)
      this.setOpacity(name, PLANE_STYLES[name].opacity);
  }

  setOpacity(name: TiledName, opacity: number): void {
    this.holders[name].style.opacity = String(opacity);
  }

  dispose(): void {
    for (const surface of Object.values(this.tiled)) surface.dispose();
  }

  /** Draws a surface again with the next frame; of a tiled one only what shows `box`, a part of the picture. */
  refresh(name: SurfaceName, box?: Rect): void {
    if (name === 'comparison' || name === 'hint' || name === 'lines') this.redraw(name);
    else this.tiled[name].refresh(box);
  }

  /** The picture lies elsewhere: what is drawn as a whole is drawn again, tiles go along. */
  move(): void {
    for (const name of KONVA_NAMES) this.redraw(name);
    for (const surface of Object.values(this.tiled)) surface.move();
  }

  /** See TiledSurface. */
  extend(name: TiledName, ...part: Parameters<TiledSurface['extend']>): void {
    this.tiled[name].extend(...part);
  }

  /** What the surface of comparisons shows. */
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
