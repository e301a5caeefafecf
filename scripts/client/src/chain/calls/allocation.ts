/** The calls of the pallet `allocation`: how many allowances a covered entity receives for nothing. */
import type { Call, Make } from "./call.js";

export type UnitKind = "CoalLarge" | "CoalSmall" | "CoalUnconventional" | "Gas";

/** How the entitlement of an installation is found. */
export type InstallationKind =
	/** From the power and heat that it delivers. */
	| { readonly Power: UnitKind }
	/** From its emissions and how it compares with its sector. */
	| "Output"
	/** It is given. */
	| "Direct";

/** Data of an installation in a year. */
export type Activity =
	| {
			readonly Power: {
				/** As the installation was registered. */
				readonly unit: UnitKind;
				readonly electricityMwh: bigint;
				/** Load correction, in parts per million: 1,000,000 to 2,000,000. */
				readonly correctionPpm: number;
				readonly heatGj: bigint;
			};
	  }
	| {
			readonly Output: {
				readonly emissions: bigint;
				/** How much better than its sector it is, in parts per million; negative where it is worse. */
				readonly deviationPpm: number;
			};
	  }
	| { readonly Direct: bigint };

/** Benchmarks of a year in 1/10,000 t: electricity per MWh, heat per GJ. */
export interface BenchmarkTable {
	readonly coalLarge: number;
	readonly coalSmall: number;
	readonly coalUnconventional: number;
	readonly gas: number;
	readonly heatCoal: number;
	readonly heatGas: number;
}

/** One line of a pre-allocation. */
export interface PreAllocation {
	readonly entity: string;
	/** Its last verified emissions; nothing where the chain has them itself. */
	readonly base: bigint | null;
}

export class AllocationCalls {
	constructor(private readonly make: Make) {}

	/** @param reference Digest of the installation's name in the regulator's register. */
	readonly registerInstallation = (entity: string, kind: InstallationKind, reference: string): Call =>
		this.make("allocation", "registerInstallation", entity, kind, reference);
	/** @param lastYear The last one that data are entered for. */
	readonly closeInstallation = (installation: number, lastYear: number): Call =>
		this.make("allocation", "closeInstallation", installation, lastYear);
	readonly moveInstallation = (installation: number, to: string): Call =>
		this.make("allocation", "moveInstallation", installation, to);
	readonly setBenchmarks = (year: number, table: BenchmarkTable): Call =>
		this.make("allocation", "setBenchmarks", year, table);
	/** @param emissions Those of the installation alone, which count for gas units. */
	readonly enterActivity = (
		installation: number,
		year: number,
		activity: Activity,
		emissions: bigint,
		digest: string,
	): Call => this.make("allocation", "enterActivity", installation, year, activity, emissions, digest);
	readonly preAllocate = (year: number, list: readonly PreAllocation[]): Call =>
		this.make("allocation", "preAllocate", year, list);
	readonly trueUp = (year: number, entities: readonly string[]): Call =>
		this.make("allocation", "trueUp", year, entities);
	/** Pay back what is owed after a true-up. */
	readonly returnUnits = (year: number, tonnes: bigint): Call =>
		this.make("allocation", "returnUnits", year, tonnes);
	/** Hold what is issued to a risky holder from now on. */
	readonly holdUnits = (entity: string, reason: string): Call =>
		this.make("allocation", "holdUnits", entity, reason);
	readonly surrenderHeld = (year: number, entity: string, vintage: number, tonnes: bigint): Call =>
		this.make("allocation", "surrenderHeld", year, entity, vintage, tonnes);
	readonly releaseUnits = (entity: string, vintage: number, tonnes: bigint): Call =>
		this.make("allocation", "releaseUnits", entity, vintage, tonnes);
	readonly endHold = (entity: string): Call => this.make("allocation", "endHold", entity);
	readonly object = (year: number, digest: string): Call => this.make("allocation", "object", year, digest);
	readonly decideObjection = (
		year: number,
		entity: string,
		decision: "Upheld" | "Rejected",
		reason: string,
	): Call => this.make("allocation", "decideObjection", year, entity, decision, reason);
}
