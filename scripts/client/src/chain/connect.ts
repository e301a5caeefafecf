/** Connection to a node, with a sentence for everything that commonly goes wrong. */
import { connect as connectSocket } from "node:net";
import { ApiPromise, WsProvider } from "@polkadot/api";
import { ChainError, messageOf, NamedError } from "../errors.js";

/** Pallets of this product. A chain without one of them is another chain. */
export const PALLETS = [
	"participants",
	"regulator",
	"nodes",
	"settlement",
	"allowance",
	"allocation",
	"offsets",
	"market",
	"blockTrades",
	"credit",
	"penalties",
	"provenance",
] as const;

const INIT_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 60_000;

export interface ConnectOptions {
	/** How long to wait for the node's port to open, in seconds. */
	readonly waitSeconds?: number;
	/** Let the library report what it thinks of the chain on the console. */
	readonly reportWarnings?: boolean;
}

/** A node that is a Carbon Chain. */
export interface Connection {
	readonly api: ApiPromise;
	/** Address of the node. */
	readonly url: string;
	/** A plain JSON-RPC request. Unlike `api.rpc` it neither decodes the answer nor writes errors to the console. */
	readonly request: (method: string, params: readonly unknown[]) => Promise<unknown>;
	/** What to say of an error: while the connection is lost, every request fails in its own way. */
	readonly explain: (thrown: unknown) => unknown;
	readonly close: () => Promise<void>;
}

/** Connect to the node at `url` and check that it is a Carbon Chain. */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Connection> {
	const address = parse(url);
	await waitForPort(url, address, options.waitSeconds ?? 0);
	// Without automatic reconnection: a node that goes away in the middle must end the run, not hang it.
	const provider = new WsProvider(url, false, {}, REQUEST_TIMEOUT_MS);
	const opened = new Promise<void>((resolve, reject) => {
		provider.on("connected", resolve);
		provider.on("error", () => reject(new Error("it refuses the WebSocket connection")));
	});
	try {
		await Promise.all([withTimeout(opened, INIT_TIMEOUT_MS), provider.connect()]);
		const api = await withTimeout(
			ApiPromise.create({ provider, throwOnConnect: true, noInitWarn: options.reportWarnings !== true }),
			INIT_TIMEOUT_MS,
		);
		requirePallets(api, url);
		return {
			api,
			url,
			request: (method, params) => provider.send<unknown>(method, [...params]),
			explain: (thrown) => (api.isConnected || thrown instanceof NamedError ? thrown : lost(url, thrown)),
			// There is nothing to close where the node has gone.
			close: () => (api.isConnected ? api.disconnect() : Promise.resolve()),
		};
	} catch (thrown) {
		await provider.disconnect().catch(() => {});
		if (thrown instanceof ChainError) throw thrown;
		throw new ChainError(`${url} does not answer like a Carbon Chain node: ${messageOf(thrown)}.`, {
			cause: thrown,
		});
	}
}

function lost(url: string, thrown: unknown): ChainError {
	return new ChainError(`The connection to the node at ${url} was lost.`, { cause: thrown });
}

function requirePallets(api: ApiPromise, url: string): void {
	const missing = PALLETS.filter((pallet) => api.tx[pallet] === undefined);
	if (missing.length === 0) return;
	const name = `${api.runtimeVersion.specName.toString()}-${api.runtimeVersion.specVersion.toString()}`;
	throw new ChainError(
		`The chain at ${url} (${name}) is not a Carbon Chain: it has no pallet ${missing.join(", ")}.`,
	);
}

function parse(url: string): { host: string; port: number } {
	try {
		const { protocol, hostname, port } = new URL(url);
		if (protocol !== "ws:" && protocol !== "wss:") throw new Error("not a WebSocket address");
		// WHATWG drops the scheme's default port.
		return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port || (protocol === "ws:" ? 80 : 443)) };
	} catch (thrown) {
		throw new ChainError(`"${url}" is not a WebSocket address such as ws://127.0.0.1:9944.`, { cause: thrown });
	}
}

async function waitForPort(url: string, address: { host: string; port: number }, seconds: number): Promise<void> {
	const deadline = Date.now() + seconds * 1_000;
	for (;;) {
		const code = await tryPort(address);
		if (code === undefined) return;
		if (Date.now() >= deadline) {
			throw new ChainError(`No node answers at ${url} (${code}); start one or name another address with --ws.`);
		}
		await sleep(500);
	}
}

function tryPort({ host, port }: { host: string; port: number }): Promise<string | undefined> {
	return new Promise((resolve) => {
		const socket = connectSocket({ host, port, timeout: 5_000 });
		const finish = (code: string | undefined) => {
			socket.destroy();
			resolve(code);
		};
		socket.once("connect", () => finish(undefined));
		socket.once("timeout", () => finish("no answer within 5 s"));
		socket.once("error", (error: NodeJS.ErrnoException) => {
			finish(error.code === "ECONNREFUSED" ? "connection refused" : (error.code ?? error.message));
		});
	});
}

export function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** `promise`, or an error when it takes longer. */
async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const timeout = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1_000} s`)), ms);
	});
	try {
		return await Promise.race([promise, timeout]);
	} finally {
		clearTimeout(timer);
	}
}
