/** What the user decides once for all pictures: what main keeps, and what of it the window sees and changes. */
import { z } from 'zod';
import { LANGUAGE_SETTINGS } from '../language';
import { FILL_MANNERS, MOST_FEATHER, MOST_MEMORY, idSchema as id } from './values';

/** How large words and buttons are, beside what the system has. */
export const INTERFACE_SCALES = [0.9, 1, 1.1, 1.25, 1.5] as const;

const settingsShape = {
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(LANGUAGE_SETTINGS),
  interfaceScale: z.literal(INTERFACE_SCALES),
  tourSeen: z.boolean(),
  brushSize: z.number().min(1).max(2000),
  /** 0..1 of the tip: how much of its radius is not soft. */
  hardness: z.number().min(0).max(1),
  /** Whether a pen's pressure makes the tip smaller. */
  penPressure: z.boolean(),
  /** Width of the soft edge of the next fill, pixels. */
  feather: z.number().min(0).max(MOST_FEATHER),
  modelId: id,
  /** How the next hole is filled. */
  manner: z.enum(FILL_MANNERS),
  /** Longest side of the crop that the network works on, pixels. */
  workingSize: z.union([z.literal(256), z.literal(384), z.literal(512)]),
  /** How much of the source's own texture a fill gets: 0 is the network alone. */
  detail: z.number().min(0).max(1),
  /** Sections of the side panel that are folded up. */
  folded: z.array(z.string().max(40)).max(40),
  /** Least height of the list of edits, CSS pixels: what the sections above it leave it at any rate. */
  editsHeight: z.number().min(0).max(4000),
  /** Whether the film strip shows its photos, or only its head. */
  filmStrip: z.boolean(),
  /** Most memory that a fill may take, MB; 0: what is free. */
  memoryLimit: z.number().int().min(0).max(MOST_MEMORY),
  /** How strongly painted hints hold. */
  hintStrength: z.number().min(0).max(1),
  /** Fills end with the coarse one and wait for a hint. */
  stopAtCoarse: z.boolean(),
  /** Lifting the brush fills what it has painted. */
  fillOnLift: z.boolean(),
  /** Lifting the tool makes the fill that is edited again. */
  remakeOnLift: z.boolean(),
};
export const settingsSchema = z.object({
  theme: settingsShape.theme.default('system'),
  language: settingsShape.language.default('system'),
  interfaceScale: settingsShape.interfaceScale.default(1),
  tourSeen: settingsShape.tourSeen.default(false),
  brushSize: settingsShape.brushSize.default(40),
  hardness: settingsShape.hardness.default(1),
  penPressure: settingsShape.penPressure.default(true),
  feather: settingsShape.feather.default(0),
  modelId: settingsShape.modelId.default('default'),
  manner: settingsShape.manner.default('remove'),
  workingSize: settingsShape.workingSize.default(512),
  detail: settingsShape.detail.default(1),
  folded: settingsShape.folded.default([]),
  editsHeight: settingsShape.editsHeight.default(230),
  filmStrip: settingsShape.filmStrip.default(true),
  memoryLimit: settingsShape.memoryLimit.default(0),
  hintStrength: settingsShape.hintStrength.default(0.8),
  stopAtCoarse: settingsShape.stopAtCoarse.default(false),
  fillOnLift: settingsShape.fillOnLift.default(false),
  remakeOnLift: settingsShape.remakeOnLift.default(true),
  recentFiles: z.array(z.string().max(4096)).max(10).default([]),
  /** Those of them that were dropped and never chosen in a dialog: nothing is written over them without a question. */
  droppedFiles: z.array(z.string().max(4096)).max(10).default([]),
  windowBounds: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .nullable()
    .default(null),
});
export type Settings = z.infer<typeof settingsSchema>;
/** What the window sees of the settings; recent files (paths) and bounds are main's own. */
export const windowSettingsSchema = z.object(settingsShape);
export type WindowSettings = z.infer<typeof windowSettingsSchema>;
/** What the window may change. Made without the defaults: `partial` would let them overwrite what is not mentioned. */
export const settingsChangeSchema = windowSettingsSchema.partial().strict();
