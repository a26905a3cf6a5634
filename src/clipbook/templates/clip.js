/* Saves the page in front of you as a file for clipbook: its text as the browser shows it under a head of "Name: value"
   lines, or its HTML. The file goes to your downloads; nothing is sent anywhere. */
(function clip(kind) {
  "use strict";
  const line = (text) => (typeof text === "string" ? text : "").replace(/\s+/g, " ").trim().slice(0, 1000);
  const names = (value) => [].concat(value ?? []).map((one) => line(one?.name ?? (typeof one === "string" ? one : ""))).filter(Boolean).join("; ");

  // What the page states of itself: its meta elements, and the article among its JSON-LD
  const meta = (...keys) => {
    const found = keys.flatMap((key) => [...document.querySelectorAll(`meta[property="${key}"], meta[name="${key}"], meta[itemprop="${key}"]`)]);
    return line(found.find((one) => line(one.content))?.content);
  };
  const linked = [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) => {
    try {
      return [JSON.parse(script.textContent)].flat().flatMap((one) => [one, ...[one?.["@graph"] ?? []].flat()]);
    } catch {
      return [];
    }
  });
  const article = linked.find((one) => /Article|Posting|Report/.test([one?.["@type"]].flat().join(" "))) ?? {};

  const address = location.href.split("#")[0];
  const head = {
    "URL": address,
    "Clipped": new Date().toISOString(),
    "Page title": line(document.title),
    "Page heading": line(document.querySelector("h1")?.innerText) || line(article.headline) || meta("og:title"),
    "Page site": meta("og:site_name") || names(article.publisher),
    "Page author": names(article.author) || meta("author", "article:author", "parsely-author"),
    "Page date": line(article.datePublished) || meta("article:published_time", "datePublished", "date"),
    "Page updated": line(article.dateModified) || meta("article:modified_time", "dateModified"),
    "Page section": line([article.articleSection].flat()[0]) || meta("article:section"),
  };
  const stated = Object.entries(head).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  const content = kind === "html"
    ? `<!DOCTYPE html>\n<!-- saved from url=(${String(address.length).padStart(4, "0")})${address.replaceAll("--", "-%2D")} -->\n${document.documentElement.outerHTML}\n`
    : `${stated.join("\n")}\n\n${document.body.innerText}\n`;

  const name = `${location.hostname} ${document.title}`.normalize("NFKD").replace(/[^A-Za-z0-9.]+/g, "-").slice(0, 80);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: kind === "html" ? "text/html" : "text/plain" }));
  link.download = `${name.replace(/^[-.]+|[-.]+$/g, "") || "page"}-${new Date().toISOString().slice(0, 10)}.${kind === "html" ? "html" : "txt"}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
})
