/** One flat shape; inks run from the far (1) to the near (4), `disc` is the light. */
export interface Layer {
  d: string;
  ink: "disc" | 1 | 2 | 3 | 4;
}

const disc = (x: number, y: number, radius: number): Layer => ({ d: circle(x, y, radius), ink: "disc" });

/** The landscapes a cover can show; the number moves things a little. */
export const MOTIFS: readonly ((number: number) => Layer[])[] = [hills, arches, tide, dunes];

function hills(number: number): Layer[] {
  const lift = number % 19;
  return [
    disc(58 + (number % 23), 30 + (lift % 9), 13),
    { d: `M0 ${58 + lift / 3}C24 ${42 + lift / 2} 46 ${72 - lift / 2} 100 ${52 + lift / 4}V100H0Z`, ink: 2 },
    { d: `M0 ${80 - lift / 3}C30 ${60 + lift / 2} 62 ${86 - lift / 3} 100 ${66 + lift / 3}V100H0Z`, ink: 3 },
    { d: `M0 ${94 - lift / 5}C34 ${78 + lift / 4} 70 ${98 - lift / 4} 100 ${84}V100H0Z`, ink: 4 },
  ];
}

function arches(number: number): Layer[] {
  const x = 36 + (number % 13);
  const arch = (radius: number, ink: Layer["ink"]): Layer => ({
    d: `M${x - radius} 100V${62}a${radius} ${radius} 0 0 1 ${2 * radius} 0V100Z`,
    ink,
  });
  return [disc(80, 24 + (number % 7), 9), arch(34, 2), arch(25, 3), arch(16, 4), arch(7.5, "disc")];
}

function tide(number: number): Layer[] {
  const y = 62 + (number % 9);
  const ring = (radius: number, ink: Layer["ink"]): Layer => ({ d: circle(50, y, radius), ink });
  return [
    ring(46, 2),
    ring(33, 3),
    ring(21, "disc"),
    { d: `M0 ${y}H100V100H0Z`, ink: 4 },
    { d: `M18 ${y + 10}H82v3H18ZM30 ${y + 19}H70v3H30Z`, ink: 2 },
  ];
}

function dunes(number: number): Layer[] {
  const peak = 30 + (number % 29);
  return [
    disc(72, 26 + (number % 11), 11),
    { d: `M0 100L${peak} 44L${peak + 52} 100Z`, ink: 2 },
    { d: `M${peak} 44L${peak + 52} 100H${peak - 6}Z`, ink: 3 },
    { d: "M0 86C30 74 62 92 100 78V100H0Z", ink: 4 },
  ];
}

function circle(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
}
