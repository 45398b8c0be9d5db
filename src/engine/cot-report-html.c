/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One file that shows the same wherever it is opened: no script, no font, no picture from
 * elsewhere, and a policy that forbids them should somebody add one. */

#include "cot-report-private.h"

#include "cot-decoder.h"

#include <string.h>

typedef struct
{
  GString *out;
  gboolean in_head; /* cells of a table's head */
  gboolean in_title;
  gboolean keep_line_ends;
} Html;

static const char head[]
    = "<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n";

/* The colours are those of the window. */
static const char style[]
    = "<style>\n"
      ":root{--fg:#2e2e33;--bg:#fff;--dim:#5e5c64;--line:#dcdce0;--card:#fff;--error:#a51d2d;"
      "--error-mark:#c01c28;--warning:#7d4e00;--warning-mark:#a86f00;--warning-tint:#fbf2da;"
      "--success:#186a41;--success-mark:#1e8a57;--info:#1a5fb4;--info-tint:#e6eefb;"
      "--mask-fg:#fff;--mask-bg:#3d3846;--code:#f3f3f5}\n"
      "@media (prefers-color-scheme:dark){:root{--fg:#eeeeec;--bg:#1e1e1e;--dim:#c0bfbc;"
      "--line:#454549;--card:#262629;--error:#ff9c92;--error-mark:#f66151;--warning:#f3cf7a;"
      "--warning-mark:#e5a50a;--warning-tint:#37301b;--success:#8ff0a4;--success-mark:#33d17a;"
      "--info:#99c1f1;--info-tint:#253346;--mask-fg:#1e1e1e;--mask-bg:#deddda;--code:#303034}}\n"
      "@media print{:root{--fg:#000;--bg:#fff;--dim:#444;--line:#bbb;--card:#fff;--error:#a51d2d;"
      "--error-mark:#c01c28;--warning:#7d4e00;--warning-mark:#a86f00;--warning-tint:#fff;"
      "--success:#186a41;--success-mark:#1e8a57;--info:#1a5fb4;--info-tint:#fff;--mask-fg:#000;"
      "--mask-bg:#ddd;--code:#fff}}\n"
      "*{box-sizing:border-box}\n"
      "html{background:var(--bg);color:var(--fg);font:15px/1.45 Cantarell,'Segoe UI',system-ui,"
      "sans-serif}\n"
      "body{max-width:1000px;margin:0 auto;padding:24px 32px 48px;overflow-wrap:break-word}\n"
      "h1{font-size:1.6em;line-height:1.2;margin:0 0 4px}\n"
      "h2{font-size:1.15em;margin:30px 0 10px}\n"
      "h3{font-size:1em;margin:18px 0 6px}\n"
      "p{margin:6px 0}\n"
      ".small,.subtitle{color:var(--dim)}.small{font-size:.87em}\n"
      ".notice{margin:18px 0;padding:10px 14px;border:1px solid var(--info);border-radius:10px;"
      "background:var(--info-tint);color:var(--info)}\n"
      ".notice.warning{border-color:var(--warning-mark);background:var(--warning-tint);color:"
      "var(--warning)}\n"
      ".card{margin:30px 0 14px;padding:12px 18px;border:1px solid var(--line);border-left:6px "
      "solid "
      "var(--dim);border-radius:10px;background:var(--card)}\n"
      "h2+.card{margin-top:0}.card.info{border-left-color:var(--info)}\n"
      ".card.error{border-left-color:var(--error-mark)}\n"
      ".card.warning{border-left-color:var(--warning-mark)}\n"
      ".card.success{border-left-color:var(--success-mark)}\n"
      ".label{font-size:.87em;font-weight:bold;margin:0}\n"
      ".label.error{color:var(--error)}.label.warning{color:var(--warning)}"
      ".label.success{color:var(--success)}.label.info{color:var(--info)}\n"
      ".card>h3:first-of-type{margin-top:2px;font-size:1.1em}\n"
      "svg{width:1em;height:1em;vertical-align:-.125em;margin-right:6px}\n"
      "ol,ul{margin:6px 0;padding-left:1.6em}li{margin:4px 0}\n"
      "li.warning{margin:8px 0;padding:6px 10px;border:1px solid var(--warning-mark);"
      "border-radius:8px;background:var(--warning-tint)}\n"
      "table{border-collapse:collapse;width:100%;margin:6px 0}\n"
      "th,td{text-align:left;vertical-align:top;padding:6px 16px 6px 0;border-bottom:1px solid "
      "var(--line)}th{font-size:.82em;color:var(--dim);white-space:nowrap}td:last-child,th:last-"
      "child{padding-right:0}"
      "\n"
      "table{overflow-wrap:anywhere}td:first-child{min-width:13em}time{white-space:nowrap}\n"
      ".evidence{table-layout:fixed}.evidence th:nth-child(1){width:25%}"
      ".evidence th:nth-child(2){width:20%}\n"
      "code{font:.87em/1.4 'Source Code Pro',Consolas,monospace;background:var(--code);"
      "padding:1px 4px;border-radius:4px}\n"
      "code.line{display:block;white-space:pre-wrap;background:none;padding:0;"
      "unicode-bidi:plaintext}\n"
      ".note{display:block;white-space:pre-wrap;unicode-bidi:plaintext;font-weight:bold;"
      "margin-bottom:4px}\n"
      ".mask{background:var(--mask-bg);color:var(--mask-fg);border-radius:3px;padding:0 "
      "5px;white-space:nowrap}\n"
      "a{color:var(--info)}\n"
      "@media print{html{font-size:12px}body{padding:0;max-width:none}.evidence th:nth-child(2){"
      "width:23%}.card,tr,li,h2,h3{break-inside:avoid}h2,h3{"
      "break-after:avoid}.mask{border:1px solid #666}}\n"
      "@media (max-width:640px){body{padding:16px}.evidence,.evidence tbody,.evidence tr,.evidence "
      "td{display:block;"
      "width:auto!important}.evidence th{display:none}.evidence td{border:0;padding:2px 0}"
      ".evidence tr{border-bottom:1px solid var(--line);padding:6px 0}}\n"
      "</style>\n";

static const struct
{
  const char *tag;
  const char *css_class; /* (nullable) */
} tags[] = {
  [COT_REPORT_TITLE] = { "h1", NULL },        [COT_REPORT_SUBTITLE] = { "p", "subtitle" },
  [COT_REPORT_IF_MASKED] = { "p", "notice" }, [COT_REPORT_IF_UNMASKED] = { "p", "notice" },
  [COT_REPORT_HEADING] = { "h2", NULL },      [COT_REPORT_SUBHEADING] = { "h3", NULL },
  [COT_REPORT_PARAGRAPH] = { "p", NULL },     [COT_REPORT_SMALL] = { "p", "small" },
  [COT_REPORT_CARD] = { "section", "card" },  [COT_REPORT_LABEL] = { "p", "label" },
  [COT_REPORT_STEPS] = { "ol", NULL },        [COT_REPORT_STEP] = { "li", NULL },
  [COT_REPORT_LIST] = { "ul", NULL },         [COT_REPORT_ITEM] = { "li", NULL },
  [COT_REPORT_TABLE] = { "table", NULL },     [COT_REPORT_EVIDENCE] = { "table", "evidence" },
  [COT_REPORT_HEAD_ROW] = { "tr", NULL },     [COT_REPORT_ROW] = { "tr", NULL },
  [COT_REPORT_CELL] = { "td", NULL },
};

static void
append_escaped (GString *out, const char *text, gsize length_bytes, gboolean keep_line_ends)
{
  g_autoptr (GString) visible = g_string_sized_new (length_bytes + 1);

  cot_text_append_visible (visible, text, (gssize) length_bytes, keep_line_ends);
  for (gsize i = 0; i < visible->len; i++)
    switch (visible->str[i])
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      case '\'':
        g_string_append (out, "&#39;");
        break;
      case '\r':
        if (visible->str[i + 1] != '\n')
          g_string_append_c (out, '\n');
        break;
      default:
        g_string_append_c (out, visible->str[i]);
        break;
      }
}

static void
append_piece (const char *piece, gsize length_bytes, const CotMaskItem *item, gpointer data)
{
  Html *html = data;

  if (item != NULL)
    g_string_append (html->out, "<span class=\"mask\">");
  append_escaped (html->out, piece, length_bytes, html->keep_line_ends);
  if (item != NULL)
    g_string_append (html->out, "</span>");
}

static void
append_plain_piece (const char *piece, gsize length_bytes, const CotMaskItem *item, gpointer data)
{
  append_escaped (((Html *) data)->out, piece, length_bytes, FALSE);
}

static const char *
get_severity_class (CotSeverity severity)
{
  switch (severity)
    {
    case COT_SEVERITY_ERROR:
      return "error";
    case COT_SEVERITY_WARNING:
      return "warning";
    case COT_SEVERITY_SUCCESS:
      return "success";
    case COT_SEVERITY_INFO:
      return "info";
    case COT_SEVERITY_VERBOSE:
    case COT_SEVERITY_UNKNOWN:
    default:
      return NULL;
    }
}

/* Each severity has a shape of its own, since a colour alone says nothing to many. */
static void
append_icon (GString *out, CotSeverity severity)
{
  const char *shape;

  switch (severity)
    {
    case COT_SEVERITY_ERROR:
      shape = "<path d=\"M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0zM3.5 6.5v3h9v-3z\"/>";
      break;
    case COT_SEVERITY_WARNING:
      shape = "<path fill-rule=\"evenodd\" d=\"M8 .5 16 15H0zM7 5.5v5h2v-5zM7 11.5v2h2v-2z\"/>";
      break;
    case COT_SEVERITY_SUCCESS:
      shape = "<path d=\"M6 13.5.8 8.3l1.9-1.9L6 9.7l7.3-7.3 1.9 1.9z\"/>";
      break;
    case COT_SEVERITY_INFO:
      shape = "<path fill-rule=\"evenodd\" d=\"M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0zM7 3v2h2V3zM7 "
              "6.5V13h2V6.5z\"/>";
      break;
    case COT_SEVERITY_VERBOSE:
    case COT_SEVERITY_UNKNOWN:
    default:
      return;
    }
  g_string_append_printf (out,
                          "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" fill=\"currentColor\" "
                          "fill-rule=\"evenodd\">%s</svg>",
                          shape);
}

static const char *
get_tag (const Html *html, CotReportPart part)
{
  return part == COT_REPORT_CELL && html->in_head ? "th scope=\"col\"" : tags[part].tag;
}

static void
begin (Html *html, const CotReportEvent *event)
{
  const char *severity = get_severity_class (event->severity);
  const char *css_class = tags[event->part].css_class;

  if (event->part == COT_REPORT_HEAD_ROW)
    html->in_head = TRUE;
  g_string_append_printf (html->out, "<%s", get_tag (html, event->part));
  if (css_class != NULL || severity != NULL)
    g_string_append_printf (html->out, " class=\"%s%s%s\"", css_class != NULL ? css_class : "",
                            css_class != NULL && severity != NULL ? " " : "",
                            severity != NULL ? severity : "");
  g_string_append_c (html->out, '>');
  if (event->part != COT_REPORT_CARD)
    append_icon (html->out, event->severity);
}

static void
end (Html *html, const CotReportEvent *event)
{
  const char *tag = event->part == COT_REPORT_CELL && html->in_head ? "th" : tags[event->part].tag;

  g_string_append_printf (html->out, "</%s>%s", tag, event->part == COT_REPORT_CELL ? "" : "\n");
  if (event->part == COT_REPORT_HEAD_ROW)
    html->in_head = FALSE;
}

static void
append_text (Html *html, const CotReportEvent *event, CotMask *mask)
{
  static const struct
  {
    const char *before;
    const char *after;
  } marks[] = {
    [COT_REPORT_OWN] = { "", "" },
    [COT_REPORT_STRONG] = { "<strong>", "</strong>" },
    [COT_REPORT_TIME] = { "<time>", "</time>" },
    [COT_REPORT_FIXED] = { "<code>", "</code>" },
    [COT_REPORT_SAID] = { "", "" },
    [COT_REPORT_CODE] = { "<code>", "</code>" },
    [COT_REPORT_DATA] = { "<bdi>", "</bdi>" },
    [COT_REPORT_NOTE] = { "<span class=\"note\">", "</span>" },
    [COT_REPORT_LINE] = { "<code class=\"line\">", "</code>" },
  };

  if (event->url != NULL)
    {
      g_string_append (html->out, "<a rel=\"noreferrer noopener\" href=\"");
      append_escaped (html->out, event->url, strlen (event->url), FALSE);
      g_string_append (html->out, "\">");
    }
  g_string_append (html->out, marks[event->style].before);
  html->keep_line_ends = event->style == COT_REPORT_LINE || event->style == COT_REPORT_NOTE;
  cot_report_pieces (event, mask, append_piece, html);
  g_string_append (html->out, marks[event->style].after);
  if (event->url != NULL)
    g_string_append (html->out, "</a>");
}

/* The title of the page is that of the report. */
static void
append_title (const CotReportEvent *event, CotMask *mask, gpointer data)
{
  Html *html = data;

  if (event->kind != COT_REPORT_EVENT_TEXT && event->part == COT_REPORT_TITLE)
    html->in_title = event->kind == COT_REPORT_EVENT_BEGIN;
  else if (html->in_title && event->kind == COT_REPORT_EVENT_TEXT)
    cot_report_pieces (event, mask, append_plain_piece, html);
}

static void
append_event (const CotReportEvent *event, CotMask *mask, gpointer data)
{
  if (event->kind == COT_REPORT_EVENT_BEGIN)
    begin (data, event);
  else if (event->kind == COT_REPORT_EVENT_END)
    end (data, event);
  else
    append_text (data, event, mask);
}

char *
cot_report_dup_html (CotReport *self, CotMask *mask, GCancellable *cancellable)
{
  Html html = { g_string_new ("<!DOCTYPE html>\n<html>\n<head>\n") };

  g_string_append (html.out, head);
  g_string_append (html.out, "<title>");
  cot_report_foreach (self, mask, cancellable, append_title, &html);
  g_string_append (html.out, "</title>\n");
  g_string_append (html.out, style);
  g_string_append (html.out, "</head>\n<body>\n");
  cot_report_foreach (self, mask, cancellable, append_event, &html);
  g_string_append (html.out, "</body>\n</html>\n");
  return g_string_free (html.out, FALSE);
}
