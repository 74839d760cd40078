/** Style of the charts, for the page that holds them. Colours by Okabe and Ito, which people who see few colours can distinguish. */
export const chartStyle = `
svg.chart { max-width: 100%; height: auto; } svg.chart text { font-size: 12px; text-anchor: middle; fill: currentColor; }
svg.chart text.end { text-anchor: end; } svg.chart text.start { text-anchor: start; }
svg.chart .grid { stroke: #8883; } svg.chart .zero { stroke: currentColor; stroke-width: 1; stroke-dasharray: 3 3; }
svg.chart path.line { fill: none; stroke: var(--c); stroke-width: 2; } svg.chart path.band { fill: var(--c); opacity: .14; }
svg.chart .whisker { stroke: var(--c); stroke-width: 2; } svg.chart circle { fill: var(--c); }
svg.chart .key { fill: var(--c); }
.c0 { --c: #0072b2; } .c1 { --c: #d55e00; } .c2 { --c: #009e73; } .c3 { --c: #cc79a7; } .c4 { --c: #e69f00; } .c5 { --c: #56b4e9; }
.c6 { --c: #7f7f7f; } .c7 { --c: #b0a020; }
`;

/** A class for the n-th of several things. */
export const colourOf = (at: number): string => `c${at % 8}`;
