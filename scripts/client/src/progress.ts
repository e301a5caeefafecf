/** Where a long run stands: a bar that redraws itself on a terminal, plain lines elsewhere. */

const BAR_WIDTH = 30;
/** Plain output repeats itself this often within a phase, so that a log shows life. */
const PLAIN_INTERVAL_MS = 10_000;

export class Progress {
	private title = "";
	private total = 0;
	private done = 0;
	private startedAt = 0;
	private drawnAt = 0;

	constructor(private readonly stream: NodeJS.WriteStream) {}

	/** Begin a phase of `total` steps. */
	begin(title: string, total: number): void {
		this.title = title;
		this.total = total;
		this.done = 0;
		this.startedAt = Date.now();
		this.drawnAt = this.stream.isTTY ? 0 : this.startedAt;
		if (this.stream.isTTY) this.draw();
	}

	/** `steps` more are done. */
	advance(steps = 1): void {
		this.done = Math.min(this.total, this.done + steps);
		if (Date.now() - this.drawnAt >= (this.stream.isTTY ? 100 : PLAIN_INTERVAL_MS)) this.draw();
	}

	/** The phase is complete. `note` stands in the place of the count. */
	end(note = String(this.total)): void {
		this.done = this.total;
		const seconds = ((Date.now() - this.startedAt) / 1_000).toFixed(1);
		this.clear();
		this.stream.write(`✓ ${this.title}: ${note} (${seconds} s)\n`);
		this.title = "";
	}

	/** Make room for an error message. */
	clear(): void {
		if (this.stream.isTTY && this.title !== "") this.stream.write("\r\u001b[2K");
	}

	private draw(): void {
		this.drawnAt = Date.now();
		if (!this.stream.isTTY) {
			this.stream.write(`  ${this.title}: ${this.done} of ${this.total}\n`);
			return;
		}
		const share = this.total === 0 ? 0 : this.done / this.total;
		const full = Math.round(share * BAR_WIDTH);
		const bar = "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
		this.stream.write(`\r\u001b[2K${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${this.title}`);
	}
}
