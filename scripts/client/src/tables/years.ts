/** Which years of the tables are meant. */
import { DataError } from "../errors.js";

/** Years from `first` to `last`, both of them meant. */
export interface YearRange {
	readonly first: number;
	readonly last: number;
}

/** The years of `range`, in order. */
export function yearsIn({ first, last }: YearRange): number[] {
	return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

/** Years that all of `lists` have, in order, none of them left out: a chain opens one year after the other. */
export function commonYears(...lists: readonly (readonly number[])[]): number[] {
	const [first, ...others] = lists;
	const years = [...new Set(first)].filter((year) => others.every((each) => each.includes(year))).sort((a, b) => a - b);
	if (years.length === 0) {
		throw new DataError(
			"The tables have no year in common with recorded emissions, surrender statuses and allocations.",
		);
	}
	const gap = years.findIndex((year, n) => n > 0 && year !== (years[n - 1] ?? 0) + 1);
	if (gap > 0) {
		throw new DataError(
			`Between ${years[gap - 1]} and ${years[gap]} the tables leave years out; name those to replay with --years.`,
		);
	}
	return years;
}
