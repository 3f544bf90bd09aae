// Light or dark: what the reader chose before, or else what their system prefers.

const KEY = "annals-theme";

export type Theme = "light" | "dark";

export function preferredTheme(): Theme {
  const chosen = kept();
  if (chosen === "light" || chosen === "dark") {
    return chosen;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Pages opened from a folder may keep nothing.
    return null;
  }
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It then lasts as long as the page.
  }
}
