/** What a worker finds around it: caches in memory, a network, its registration and its pages. */
type Answer = (url: string, init?: RequestInit) => Promise<Response>;

/** Cache Storage: names in the order of making, as browsers keep them. */
export class CachesTwin {
  readonly all = new Map<string, Map<string, Response>>();

  async open(name: string) {
    const entries = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, entries);
    return {
      match: async (url: string) => entries.get(url)?.clone(),
      put: async (url: string, response: Response) => void entries.set(url, response),
    };
  }

  async match(url: string) {
    for (const entries of this.all.values()) {
      const found = entries.get(url);
      if (found) return found.clone();
    }
    return undefined;
  }

  keys = async () => [...this.all.keys()];
  delete = async (name: string) => this.all.delete(name);
}

export interface Shown {
  title: string;
  body: string;
  tag: string;
  data: { path: string };
}

export class WorkerTwin {
  readonly caches = new CachesTwin();
  readonly fetched: string[] = [];
  readonly shown: Shown[] = [];
  readonly opened: string[] = [];
  readonly posted: unknown[] = [];
  pages: { url: string; focus(): Promise<void>; postMessage(message: unknown): void }[] = [];
  network: Answer = async (url) => new Response(`network ${url}`);

  /** Puts itself where the worker's modules look. */
  install(): this {
    Object.assign(globalThis, {
      caches: this.caches,
      location: { origin: "https://hoso.example" },
      self: {
        registration: {
          showNotification: async (title: string, options: Omit<Shown, "title">) =>
            void this.shown.push({ title, ...options }),
        },
        clients: {
          matchAll: async () => this.pages,
          openWindow: async (path: string) => void this.opened.push(path),
        },
      },
      fetch: async (url: string | Request, init?: RequestInit) => {
        const address = typeof url === "string" ? url : url.url;
        this.fetched.push(address);
        return this.network(address, init);
      },
    });
    return this;
  }

  addPage(url: string): void {
    this.pages.push({
      url,
      focus: async () => undefined,
      postMessage: (message) => void this.posted.push(message),
    });
  }
}

/** A request as the worker's fetch event gives it. */
export function request(path: string, change: { mode?: string; method?: string } = {}): Request {
  const url = path.startsWith("/") ? `https://hoso.example${path}` : path;
  return { url, method: "GET", mode: "cors", ...change } as Request;
}
