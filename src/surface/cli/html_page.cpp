#include "surface/cli/html_page.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

// Widths are the page's or less, and long words break, so that nothing scrolls sideways on a phone;
// there tables become a block for each row.
constexpr const char* style = R"(<style>
:root { color-scheme: light dark; --ink: #1c2430; --soft: #667085; --line: #d9dee7;
  --paper: #ffffff; --card: #f7f9fc;
  --verified: #2f7d5b; --restated: #3567b0; --provisional: #a87510; --held: #b23a3a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf3; --soft: #98a2b3;
  --line: #323b4a; --paper: #12161d; --card: #1a2029; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 32px 24px 64px; background: var(--paper);
  color: var(--ink); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 21px; margin: 0 0 4px; }
h3 { font-size: 15px; margin: 0; } .note { color: var(--soft); margin: 0 0 16px; }
.broken { color: var(--held); }
a { color: inherit; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 0 16px; }
.client { border-top: 2px solid var(--line); margin-top: 32px; padding-top: 24px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px;
  margin: 12px 0; }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline;
  gap: 0 16px; }
.row .note { margin: 0; }
.total { font-size: 20px; font-variant-numeric: tabular-nums; }
.chart { display: grid; grid-template-columns: max-content minmax(0, 1fr); column-gap: 8px;
  margin: 16px 0 8px; font-size: 11px; color: var(--soft); font-variant-numeric: tabular-nums; }
.plot { grid-column: 2; height: 120px; } .plot svg { width: 100%; height: 100%; display: block; }
.y { position: relative; min-width: 64px; height: 120px; }
.y span { position: absolute; right: 0; transform: translateY(-50%); white-space: nowrap; }
.x { grid-column: 2; position: relative; height: 20px; }
.x span { position: absolute; top: 4px; transform: translateX(-50%); white-space: nowrap; }
.x span:first-child { transform: none; margin-left: -4px; }
line { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
line.zero { stroke: var(--soft); }
rect.verified { fill: var(--verified); } rect.restated { fill: var(--restated); }
rect.provisional { fill: var(--provisional); } rect.held { fill: var(--held); }
rect.gap { fill: transparent; }
.state { font-size: 12px; padding: 1px 8px; border-radius: 9px; color: #fff; margin-right: 4px;
  white-space: nowrap; display: inline-block; }
.state.verified { background: var(--verified); } .state.restated { background: var(--restated); }
.state.provisional { background: var(--provisional); } .state.held { background: var(--held); }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
@media (min-width: 641px) { table.blocks th, table.blocks td:first-child,
  table.blocks td[data-name="owner"] { overflow-wrap: normal; } }
th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: 6px 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { margin-top: 4px; } summary { color: var(--soft); cursor: pointer; font-size: 13px; }
@media (max-width: 640px) {
  body { padding: 20px 12px 48px; } .card { padding: 12px; }
  .x span:nth-child(even) { display: none; }
  table.blocks, table.blocks tbody, table.blocks tr, table.blocks td { display: block; }
  table.blocks tr.head { display: none; }
  table.blocks tr { border-bottom: 1px solid var(--line); padding: 8px 0; }
  table.blocks td { border: 0; padding: 1px 0; text-align: left; white-space: normal; }
  table.blocks td[data-name]::before { content: attr(data-name) ": "; color: var(--soft); }
}
</style></head><body>
)";

}  // namespace

std::string page_head(std::string_view title) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{}</title>\n{}",
        title, style);
}

}  // namespace meshline
