/** A trace as a drawing: columns of boxes from the issues on the left to the surrender on the right. */
import { type Arrow, type Box, compare, type Graph } from "./graph.js";
import { assetName, grouped, holderName, priceSpan, serials, span, tonnes, type TracedSurrender } from "./words.js";

const MARGIN = 24;
const BOX_WIDTH = 190;
const COLUMN_GAP = 215;
/** An arrow runs straight for as long as its text is, then bends to its end. */
const STRAIGHT = 155;
const ROW_GAP = 22;
const LINE = 15;
const PADDING = 9;
/** Height that an arrow takes at a box, with its two lines of text. */
const PORT = 30;
const RANGES_MAX = 3;
/** Above the columns, and below them. */
const HEADER = 92;
const FOOTER = 40;
const FILLS = { issue: "#dcefdc", holder: "#eef2f7", end: "#fbe6cf" } as const;
const STROKES = { issue: "#3f7d3f", holder: "#5b6b80", end: "#b06a1b" } as const;

interface Placed {
	readonly box: Box;
	readonly lines: readonly string[];
	readonly height: number;
	x: number;
	y: number;
}

/** Boxes in their places, with the arrows that leave and reach each in the order of their other ends. */
class Layout {
	readonly placed = new Map<string, Placed>();
	readonly width: number;
	readonly height: number;
	private readonly leaving: ReadonlyMap<string, Arrow[]>;
	private readonly reaching: ReadonlyMap<string, Arrow[]>;

	constructor(
		readonly graph: Graph,
		surrender: TracedSurrender,
	) {
		this.leaving = grouping(graph.arrows, ({ from }) => from);
		this.reaching = grouping(graph.arrows, ({ to }) => to);
		const columns = this.columns(surrender);
		const heights = columns.map((column) => column.reduce((sum, { height }) => sum + height + ROW_GAP, -ROW_GAP));
		const tallest = Math.max(0, ...heights);
		for (const [distance, column] of columns.entries()) {
			let y = HEADER + Math.floor((tallest - (heights[distance] ?? 0)) / 2);
			for (const each of column) {
				each.x = MARGIN + (columns.length - 1 - distance) * (BOX_WIDTH + COLUMN_GAP);
				each.y = y;
				y += each.height + ROW_GAP;
			}
		}
		const order = (end: "from" | "to") => (a: Arrow, b: Arrow) =>
			(this.placed.get(a[end])?.y ?? 0) - (this.placed.get(b[end])?.y ?? 0) || compare(a[end], b[end]);
		for (const arrows of this.leaving.values()) arrows.sort(order("to"));
		for (const arrows of this.reaching.values()) arrows.sort(order("from"));
		this.width = Math.max(900, 2 * MARGIN + columns.length * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP);
		this.height = HEADER + tallest + FOOTER;
	}

	/** Boxes by distance, each column in an order that lets few arrows cross: by the mean place of what its boxes lead to. */
	private columns(surrender: TracedSurrender): Placed[][] {
		const columns: Placed[][] = [];
		for (const box of this.graph.boxes) {
			const ports = Math.max(this.leaving.get(box.key)?.length ?? 0, this.reaching.get(box.key)?.length ?? 0);
			const lines = linesOf(box, surrender);
			const height = Math.max(lines.length * LINE + 2 * PADDING, ports * PORT);
			const placed = { box, lines, height, x: 0, y: 0 };
			this.placed.set(box.key, placed);
			(columns[box.distance] ??= []).push(placed);
		}
		const places = new Map<string, number>();
		for (const column of columns) {
			const mean = ({ box }: Placed): number => {
				const next = (this.leaving.get(box.key) ?? []).map(({ to }) => places.get(to) ?? 0);
				return next.length === 0 ? 0 : next.reduce((sum, each) => sum + each, 0) / next.length;
			};
			const means = new Map(column.map((each) => [each.box.key, mean(each)]));
			column.sort(
				(a, b) => (means.get(a.box.key) ?? 0) - (means.get(b.box.key) ?? 0) || compare(a.box.key, b.box.key),
			);
			for (const [n, { box }] of column.entries()) places.set(box.key, n);
		}
		return columns;
	}

	/** Where an arrow leaves its box, and where it reaches the other one. */
	ends(arrow: Arrow): { readonly from: readonly [number, number]; readonly to: readonly [number, number] } | undefined {
		const [from, to] = [this.placed.get(arrow.from), this.placed.get(arrow.to)];
		if (from === undefined || to === undefined) return undefined;
		return {
			from: [from.x + BOX_WIDTH, portOf(from, arrow, this.leaving.get(arrow.from) ?? [])],
			to: [to.x, portOf(to, arrow, this.reaching.get(arrow.to) ?? [])],
		};
	}
}

/** Height at which an arrow meets a box: all of the box's are spread over its side. */
function portOf({ y, height }: Placed, arrow: Arrow, all: readonly Arrow[]): number {
	return y + Math.round((height * (2 * all.indexOf(arrow) + 1)) / (2 * all.length));
}

export function svgOf(graph: Graph, surrender: TracedSurrender): string {
	const layout = new Layout(graph, surrender);
	const { width, height } = layout;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
		'font-family="Helvetica, Arial, sans-serif" font-size="11">',
		'<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">',
		'<path d="M0 0L8 4L0 8z" fill="#5b6b80"/></marker></defs>',
		`<rect width="${width}" height="${height}" fill="#ffffff"/>`,
		...header(surrender),
		...graph.arrows.flatMap((arrow) => curve(layout, arrow)),
		...[...layout.placed.values()].flatMap(drawn),
		// Above everything, or boxes and other arrows would hide them.
		...graph.arrows.flatMap((arrow) => label(layout, arrow)),
		...footer(graph, height),
		"</svg>",
		"",
	].join("\n");
}

function header({ id, year, supplier, entity, asset, tonnes: all, block, hash, genesis }: TracedSurrender): string[] {
	return [
		text(
			MARGIN,
			26,
			`Trace of surrender No. ${id}: ${tonnes(all)} of ${assetName(asset)}`,
			'font-size="16" font-weight="bold"',
		),
		text(MARGIN, 44, `supplied by ${supplier} for ${entity}, year ${year}`),
		text(MARGIN, 59, `block ${grouped(block)} ${hash}`, 'fill="#5b6b80"'),
		text(MARGIN, 74, `genesis block ${genesis}`, 'fill="#5b6b80"'),
	];
}

function footer({ cut }: Graph, height: number): string[] {
	const rule = "Units are numbered from 1 in the order of their issue; what came first to a holder goes first.";
	const left =
		cut === 0 ? "" : ` ${grouped(cut)} ${cut === 1 ? "box is" : "boxes are"} left out here; the table has every lot.`;
	return [text(MARGIN, height - 14, `${rule}${left}`, 'fill="#5b6b80"')];
}

function drawn({ box, lines, height, x, y }: Placed): string[] {
	const { kind } = box.subject;
	const top = y + Math.floor((height - lines.length * LINE) / 2) + 11;
	return [
		`<g><title>${escaped(fullName(box))}</title>`,
		`<rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${height}" rx="5" fill="${FILLS[kind]}" stroke="${STROKES[kind]}"/>`,
		...lines.map((line, n) => text(x + PADDING, top + n * LINE, line, n === 0 ? 'font-weight="bold"' : "")),
		"</g>",
	];
}

function curve(layout: Layout, arrow: Arrow): string[] {
	const ends = layout.ends(arrow);
	if (ends === undefined) return [];
	const { from, to } = ends;
	const begin = from[0] + STRAIGHT;
	const bend = Math.floor((2 * (to[0] - begin)) / 3);
	const path = `M${from[0]} ${from[1]}H${begin}C${begin + bend} ${from[1]} ${to[0] - bend} ${to[1]} ${to[0]} ${to[1]}`;
	return [`<path d="${path}" fill="none" stroke="#5b6b80" marker-end="url(#tip)"/>`];
}

/** At the beginning of the arrow, where each has its own place. */
function label(layout: Layout, arrow: Arrow): string[] {
	const ends = layout.ends(arrow);
	if (ends === undefined) return [];
	const [x, y] = ends.from;
	const halo = 'font-size="10" stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round"';
	const blocks = `block ${span(arrow.blocks, grouped)}`;
	const second = arrow.prices === undefined ? blocks : `${priceSpan(arrow.prices)}, ${blocks}`;
	return [text(x + 6, y - 5, `${tonnes(arrow.tonnes)}, ${arrow.by}`, halo), text(x + 6, y + 12, second, halo)];
}

function linesOf({ subject, asset, tonnes: all, ranges }: Box, { id }: TracedSurrender): string[] {
	const shown = ranges.slice(0, RANGES_MAX).map(serials);
	const more = ranges.length - shown.length;
	const numbers = more === 0 ? shown : [...shown, `and ${grouped(more)} ranges more`];
	const amount = `${tonnes(all)} of ${assetName(asset)}`;
	switch (subject.kind) {
		case "issue": {
			const { by, block, event } = subject.issue;
			return [by.charAt(0).toUpperCase() + by.slice(1), `block ${grouped(block)}, event ${event}`, amount, ...numbers];
		}
		case "holder":
			return [holderName(subject.holder, short), amount, ...numbers];
		case "end":
			return [`Surrender No. ${id}`, `block ${grouped(subject.end.block)}`, amount, ...numbers];
	}
}

function fullName({ subject }: Box): string {
	switch (subject.kind) {
		case "issue":
			return `${subject.issue.by} to ${holderName(subject.issue.to)}`;
		case "holder":
			return holderName(subject.holder);
		case "end":
			return `surrender of ${holderName(subject.end.from)}`;
	}
}

/** The beginning and the end of an address; the box has all of it as its title. */
function short(address: string): string {
	return address.length <= 16 ? address : `${address.slice(0, 8)}…${address.slice(-6)}`;
}

function text(x: number, y: number, content: string, attributes = ""): string {
	return `<text x="${x}" y="${y}"${attributes === "" ? "" : ` ${attributes}`}>${escaped(content)}</text>`;
}

function escaped(content: string): string {
	return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function grouping(arrows: readonly Arrow[], key: (arrow: Arrow) => string): Map<string, Arrow[]> {
	const groups = new Map<string, Arrow[]>();
	for (const arrow of arrows) groups.set(key(arrow), [...(groups.get(key(arrow)) ?? []), arrow]);
	return groups;
}
