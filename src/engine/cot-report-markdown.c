/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For issue trackers and chats. Whatever a log says is text there: no mark-up of theirs, and no
 * HTML, which most of them would take. Lines of logs stand in fences that they cannot close. */

#include "cot-report-private.h"

#include "cot-decoder.h"

#include <string.h>

typedef struct
{
  GString *out;
  GString *line;   /* the part that is being written */
  GString *fenced; /* the line of a log of this row */
  GString *piece;  /* of a text in a fence or between backquotes */
  guint n_steps;
  guint n_cells;
  gboolean in_table;
  gboolean in_evidence;
} Markdown;

/* In a table nothing but an entity keeps a '|' from ending the cell. */
static void
append_escaped (GString *out, const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      char c = text[i];

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '|')
        g_string_append (out, "&#124;");
      else if (c == '@')
        g_string_append (out, "&#64;");
      else if (c == ':' && i + 2 < n && text[i + 1] == '/' && text[i + 2] == '/')
        g_string_append (out, "&#58;");
      else
        {
          if (strchr ("\\`*_[]~$", c) != NULL)
            g_string_append_c (out, '\\');
          g_string_append_c (out, c);
        }
    }
}

static void
append_piece (const char *piece, gsize length_bytes, const CotMaskItem *item, gpointer data)
{
  Markdown *markdown = data;
  g_autoptr (GString) visible = g_string_sized_new (length_bytes + 1);

  cot_text_append_visible (visible, piece, (gssize) length_bytes, FALSE);
  append_escaped (markdown->line, visible->str, visible->len);
}

static void
collect_piece (const char *piece, gsize length_bytes, const CotMaskItem *item, gpointer data)
{
  Markdown *markdown = data;

  cot_text_append_visible (markdown->piece, piece, (gssize) length_bytes, TRUE);
}

static gsize
count_backquotes (const char *text)
{
  gsize longest = 0;
  gsize run = 0;

  for (; *text != '\0'; text++)
    {
      run = *text == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  return longest;
}

static void
append_fence (GString *out, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_c (out, '`');
}

/* Between backquotes, as many as the text does not have in a row. */
static void
append_code (Markdown *markdown)
{
  gsize n = count_backquotes (markdown->piece->str) + 1;
  gboolean padded = n > 1;

  for (gsize i = 0; i < markdown->piece->len; i++)
    if (markdown->piece->str[i] == '\n' || markdown->piece->str[i] == '\r')
      markdown->piece->str[i] = ' ';
  if (markdown->in_table || markdown->piece->len == 0)
    {
      append_escaped (markdown->line, markdown->piece->str, markdown->piece->len);
      return;
    }
  append_fence (markdown->line, n);
  g_string_append (markdown->line, padded ? " " : "");
  g_string_append_len (markdown->line, markdown->piece->str, (gssize) markdown->piece->len);
  g_string_append (markdown->line, padded ? " " : "");
  append_fence (markdown->line, n);
}

/* In one line, where a line end is a blank. */
static void
append_note (Markdown *markdown)
{
  g_auto (GStrv) words = NULL;

  g_strdelimit (markdown->piece->str, "\r\n", ' ');
  words = g_strsplit (g_strstrip (markdown->piece->str), " ", -1);
  g_string_append (markdown->line, "**");
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      g_string_append (markdown->line, i > 0 ? " " : "");
      append_escaped (markdown->line, words[i], strlen (words[i]));
    }
  g_string_append (markdown->line, "**");
}

static void
append_text (Markdown *markdown, const CotReportEvent *event, CotMask *mask)
{
  g_string_truncate (markdown->piece, 0);
  if (event->style == COT_REPORT_NOTE)
    {
      cot_report_pieces (event, mask, collect_piece, markdown);
      append_note (markdown);
      return;
    }
  if (event->style == COT_REPORT_FIXED || event->style == COT_REPORT_CODE
      || event->style == COT_REPORT_LINE)
    {
      cot_report_pieces (event, mask, collect_piece, markdown);
      if (event->style == COT_REPORT_LINE && markdown->in_evidence)
        g_string_assign (markdown->fenced, markdown->piece->str);
      else
        append_code (markdown);
      return;
    }
  if (event->style == COT_REPORT_STRONG)
    g_string_append (markdown->line, "**");
  if (event->url != NULL)
    g_string_append_c (markdown->line, '[');
  cot_report_pieces (event, mask, append_piece, markdown);
  if (event->url != NULL)
    g_string_append_printf (markdown->line, "](<%s>)", event->url);
  if (event->style == COT_REPORT_STRONG)
    g_string_append (markdown->line, "**");
}

/* What makes a line a list, a heading or a rule only where it begins one. */
static void
append_line (Markdown *markdown, const char *before, const char *after)
{
  const char *text = markdown->line->str;
  gsize n_digits = strspn (text, "0123456789");

  g_string_append (markdown->out, before);
  if (*text != '\0' && strchr ("+-#=", *text) != NULL)
    g_string_append_c (markdown->out, '\\');
  else if (n_digits > 0 && (text[n_digits] == '.' || text[n_digits] == ')'))
    {
      g_string_append_len (markdown->out, text, (gssize) n_digits);
      g_string_append_c (markdown->out, '\\');
      text += n_digits;
    }
  g_string_append (markdown->out, text);
  g_string_append (markdown->out, after);
  g_string_truncate (markdown->line, 0);
}

static void
append_fenced (Markdown *markdown)
{
  gsize n = MAX (count_backquotes (markdown->fenced->str) + 1, 3u);
  g_auto (GStrv) lines = NULL;

  g_string_replace (markdown->fenced, "\r\n", "\n", 0);
  g_string_replace (markdown->fenced, "\r", "\n", 0);
  lines = g_strsplit (markdown->fenced->str, "\n", -1);
  g_string_append (markdown->out, "  ");
  append_fence (markdown->out, n);
  g_string_append (markdown->out, "text\n");
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (markdown->out, "  %s\n", lines[i]);
  g_string_append (markdown->out, "  ");
  append_fence (markdown->out, n);
  g_string_append (markdown->out, "\n\n");
  g_string_truncate (markdown->fenced, 0);
}

static void
end_row (Markdown *markdown, gboolean is_head)
{
  if (markdown->in_evidence)
    {
      if (!is_head)
        {
          /* The last cell is the fence. */
          if (markdown->fenced->len > 0 && g_str_has_suffix (markdown->line->str, ", "))
            g_string_truncate (markdown->line, markdown->line->len - 2);
          append_line (markdown, "- ", "\n\n");
          append_fenced (markdown);
        }
      g_string_truncate (markdown->line, 0);
      return;
    }
  g_string_append_printf (markdown->out, "| %s |\n", markdown->line->str);
  g_string_truncate (markdown->line, 0);
  for (guint i = 0; is_head && i < markdown->n_cells; i++)
    g_string_append (markdown->out, i + 1 < markdown->n_cells ? "| --- " : "| --- |\n");
}

static void
begin (Markdown *markdown, const CotReportEvent *event)
{
  switch ((int) event->part)
    {
    case COT_REPORT_STEPS:
      markdown->n_steps = 0;
      break;
    case COT_REPORT_TABLE:
      markdown->in_table = TRUE;
      break;
    case COT_REPORT_EVIDENCE:
      markdown->in_evidence = TRUE;
      break;
    case COT_REPORT_HEAD_ROW:
    case COT_REPORT_ROW:
      markdown->n_cells = 0;
      break;
    case COT_REPORT_CELL:
      if (markdown->n_cells++ > 0)
        g_string_append (markdown->line, markdown->in_table ? " | " : ", ");
      break;
    default:
      break;
    }
  if (event->severity == COT_SEVERITY_WARNING && event->part == COT_REPORT_STEP)
    g_string_append (markdown->line, "⚠ ");
}

static void
end_list (Markdown *markdown)
{
  markdown->in_table = FALSE;
  markdown->in_evidence = FALSE;
  if (!g_str_has_suffix (markdown->out->str, "\n\n"))
    g_string_append_c (markdown->out, '\n');
}

static void
end (Markdown *markdown, const CotReportEvent *event)
{
  g_autofree char *number = NULL;

  switch (event->part)
    {
    case COT_REPORT_TITLE:
      append_line (markdown, "# ", "\n\n");
      break;
    case COT_REPORT_HEADING:
      append_line (markdown, "## ", "\n\n");
      break;
    case COT_REPORT_SUBHEADING:
      append_line (markdown, "### ", "\n\n");
      break;
    case COT_REPORT_IF_MASKED:
    case COT_REPORT_IF_UNMASKED:
      append_line (markdown, "> ", "\n\n");
      break;
    case COT_REPORT_STEP:
      number = g_strdup_printf ("%u. ", ++markdown->n_steps);
      append_line (markdown, number, "\n");
      break;
    case COT_REPORT_ITEM:
      append_line (markdown, "- ", "\n");
      break;
    case COT_REPORT_STEPS:
    case COT_REPORT_LIST:
    case COT_REPORT_TABLE:
    case COT_REPORT_EVIDENCE:
      end_list (markdown);
      break;
    case COT_REPORT_HEAD_ROW:
    case COT_REPORT_ROW:
      end_row (markdown, event->part == COT_REPORT_HEAD_ROW);
      break;
    case COT_REPORT_SUBTITLE:
    case COT_REPORT_PARAGRAPH:
    case COT_REPORT_SMALL:
    case COT_REPORT_LABEL:
      append_line (markdown, "", "\n\n");
      break;
    case COT_REPORT_CARD:
    case COT_REPORT_CELL:
    default:
      break;
    }
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
cot_report_dup_markdown (CotReport *self, CotMask *mask, GCancellable *cancellable)
{
  Markdown markdown = { .out = g_string_new (NULL),
                        .line = g_string_new (NULL),
                        .fenced = g_string_new (NULL),
                        .piece = g_string_new (NULL) };

  cot_report_foreach (self, mask, cancellable, append_event, &markdown);
  g_string_free (markdown.line, TRUE);
  g_string_free (markdown.fenced, TRUE);
  g_string_free (markdown.piece, TRUE);
  return g_string_free (markdown.out, FALSE);
}
