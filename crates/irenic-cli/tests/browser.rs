//! The report in headless Chromium: no errors, no requests, filters work, links land. Skipped where Chromium is absent.

#![allow(clippy::print_stderr, reason = "a test says what it skips")]

use std::fs;
use std::path::Path;
use std::process::Command;

const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Written into the page: it tries what a reader would do and writes what it found into the document.
const CHECK: &str = r##"<script>
const wrong = [];
window.addEventListener("error", (event) => wrong.push("script: " + event.message));
window.addEventListener("load", () => {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => !name.startsWith("data:"));
  if (loaded.length) wrong.push("requests: " + loaded);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) wrong.push("an id stands twice");
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target || !document.body.contains(target)) wrong.push("a dead link: " + link.getAttribute("href"));
  }
  const words = document.querySelector('.chronicle a[href^="#d"]');
  if (words) {
    const mark = document.getElementById(words.getAttribute("href").slice(1));
    if (mark?.tagName !== "MARK") wrong.push("a line does not lead to marked words");
    if (mark && !mark.querySelector("a.back")) wrong.push("marked words do not lead back");
  }
  const form = document.querySelector("form.filters");
  const lines = [...document.querySelectorAll(".chronicle li")];
  const shown = () => lines.filter((line) => !line.hidden).length;
  for (const select of form.querySelectorAll("select")) {
    for (const option of [...select.options].slice(1)) {
      select.value = option.value;
      form.dispatchEvent(new Event("change"));
      const count = Number(option.textContent.match(/\((\d+)\)$/)[1]);
      if (shown() !== count) wrong.push(`${select.name} ${option.value}: ${shown()} of ${count}`);
      if (form.querySelector(".count").textContent !== String(count)) wrong.push("the count is not told");
    }
    select.value = "";
    form.dispatchEvent(new Event("change"));
    if (shown() !== lines.length) wrong.push("not all lines come back");
  }
  const titles = [...document.querySelectorAll("h1, h2, h3, h4")].map((title) => Number(title.tagName[1]));
  if (titles.some((level, at) => level > (titles[at - 1] ?? 0) + 1)) wrong.push("a heading skips a level");
  const told = (chart) => chart.getAttribute("aria-label") ||
    (chart.getAttribute("aria-labelledby") ?? "").split(" ").some((id) => document.getElementById(id)?.textContent);
  for (const chart of document.querySelectorAll("svg")) if (!told(chart)) wrong.push("a chart says nothing");
  for (const [name, of] of [["main", "main"], ["nav", "nav"], ["footer", "footer"], ["header", "header"]]) {
    if (document.querySelectorAll(of).length !== 1) wrong.push("not one " + name);
  }
  dispatchEvent(new Event("beforeprint"));
  if (document.querySelector("details:not([open])")) wrong.push("print loses what is folded away");
  dispatchEvent(new Event("afterprint"));
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) wrong.push("the page scrolls sideways");
  document.documentElement.dataset.checked = wrong.length ? wrong.join("; ") : "good";
});
</script>"##;

fn chromium() -> Option<&'static str> {
    CHROMIUM.iter().copied().find(|name| Command::new(name).arg("--version").output().is_ok())
}

/// What the check in the page wrote, in a window of the given width.
fn checked(browser: &str, page: &Path, width: u32, profile: &Path) -> String {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--virtual-time-budget=10000", "--dump-dom"])
        .arg(format!("--window-size={width},900"))
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser starts");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let start = dom.find("data-checked=\"").map(|at| at + "data-checked=\"".len());
    start.map_or_else(
        || format!("no answer: {}", String::from_utf8_lossy(&output.stderr)),
        |start| dom[start..].split('"').next().unwrap_or_default().to_owned(),
    )
}

#[test]
fn the_examples_work_in_a_browser() {
    let Some(browser) = chromium() else {
        eprintln!("skipped: no Chromium (Debian: chromium)");
        return;
    };
    let scratch = tempfile::tempdir().expect("a folder for the test");
    for example in ["karabakh", "aceh"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(example);
        let page = scratch.path().join(format!("{example}.html"));
        let made = Command::new(env!("CARGO_BIN_EXE_irenic"))
            .args([Path::new("report"), &folder, Path::new("-o"), &page])
            .output()
            .expect("the program starts");
        assert!(made.status.success());
        let text = fs::read_to_string(&page).expect("the report is written");
        assert!(!text.contains("src=\"http") && text.len() < 3_000_000);
        fs::write(&page, text.replace("</head>", &format!("{CHECK}</head>"))).expect("the check is added");
        for width in [1440, 800, 500] {
            let profile = scratch.path().join(format!("profile-{example}-{width}"));
            assert_eq!(checked(browser, &page, width, &profile), "good", "{example} at {width} pixels");
        }
    }
}

#[test]
fn a_folder_has_a_page_for_each_document() {
    let scratch = tempfile::tempdir().expect("a folder for the test");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/aceh");
    let target = scratch.path().join("pages/");
    let made = Command::new(env!("CARGO_BIN_EXE_irenic"))
        .args([Path::new("report"), &folder, Path::new("-o"), &target])
        .output()
        .expect("the program starts");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let index = fs::read_to_string(target.join("index.html")).expect("the index");
    let mut led = 0;
    for link in index.split("href=\"text-").skip(1).filter_map(|rest| rest.split('"').next()) {
        let (file, place) = link.split_once('#').map_or((link, None), |(file, place)| (file, Some(place)));
        let text = fs::read_to_string(target.join(format!("text-{file}"))).expect("a page that is linked to");
        if let Some(place) = place {
            assert!(text.contains(&format!("id=\"{place}\"")), "{link} leads nowhere");
            led += 1;
        }
    }
    assert!(led > 10, "the index links to the words");
}
