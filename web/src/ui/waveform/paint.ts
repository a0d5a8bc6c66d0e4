import { barCount, barHeights, type Rhythm, type Shape, WATER_LINE } from "./bars";

/** Draws `peaks` over the whole canvas in the canvas's own text colour, sharp on every screen. */
export function paint(canvas: HTMLCanvasElement, peaks: Uint8Array, shape: Shape, rhythm: Rhythm): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const pen = canvas.getContext("2d");
  if (!pen || width === 0 || height === 0) return;
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  pen.scale(density, density);
  pen.fillStyle = getComputedStyle(canvas).color;
  const heights = barHeights(peaks, barCount(width, rhythm));
  heights.forEach((loudness, i) => {
    drawBar(pen, i * (rhythm.bar + rhythm.gap), rhythm.bar, height, loudness, shape);
  });
}

function drawBar(pen: CanvasRenderingContext2D, x: number, bar: number, height: number, loudness: number, shape: Shape): void {
  const ground = shape === "mirror" ? height / 2 : shape === "lake" ? height * WATER_LINE : height;
  const rise = Math.max(1, loudness * ground);
  pen.fillRect(x, ground - rise, bar, shape === "mirror" ? rise * 2 : rise);
  if (shape === "lake") drawReflection(pen, x, bar, height, ground, loudness);
}

function drawReflection(pen: CanvasRenderingContext2D, x: number, bar: number, height: number, ground: number, loudness: number): void {
  pen.globalAlpha = 0.38;
  pen.fillRect(x, ground + 2, bar, Math.max(1, loudness * (height - ground - 2)));
  pen.globalAlpha = 1;
}
