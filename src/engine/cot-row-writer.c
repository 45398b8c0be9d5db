/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-row-writer.h"

#include <string.h>

#define BYTE_ORDER_MARK "\357\273\277"

/* A spreadsheet takes a cell that begins so for a formula, which a log from a stranger may be. */
static gboolean
is_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

static void
append_quoted (GString *into, const char *text)
{
  g_string_append_c (into, '"');
  if (is_formula (text))
    g_string_append_c (into, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (into, '"');
      g_string_append_c (into, *text);
    }
  g_string_append_c (into, '"');
}

static void
append_flat (GString *into, const char *text)
{
  for (; *text != '\0'; text++)
    g_string_append_c (into, strchr ("\t\r\n", *text) != NULL ? ' ' : *text);
}

static void
append_html (GString *into, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (into, escaped);
}

/* What would end the cell, or be read as markup. */
static void
append_markdown (GString *into, const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text == '\r')
        continue;
      if (*text == '\n')
        {
          g_string_append (into, "<br>");
          continue;
        }
      if (*text == '<')
        {
          g_string_append (into, "&lt;");
          continue;
        }
      if (*text == '&')
        {
          g_string_append (into, "&amp;");
          continue;
        }
      if (strchr ("\\|`*_[]", *text) != NULL)
        g_string_append_c (into, '\\');
      g_string_append_c (into, *text);
    }
}

static void
append_cell (const CotRowWriter *self, GString *into, const char *text)
{
  switch (self->format)
    {
    case COT_ROW_FORMAT_CSV:
      append_quoted (into, text);
      break;
    case COT_ROW_FORMAT_TSV:
      if (is_formula (text))
        g_string_append_c (into, '\'');
      append_flat (into, text);
      break;
    case COT_ROW_FORMAT_HTML:
      append_html (into, text);
      break;
    case COT_ROW_FORMAT_MARKDOWN:
      append_markdown (into, text);
      break;
    case COT_ROW_FORMAT_TEXT:
    case COT_ROW_FORMAT_UNITS:
    default:
      g_string_append (into, text);
      break;
    }
}

static void
append_row (const CotRowWriter *self, const char *const *cells, const char *open,
            const char *between, const char *close, GString *into)
{
  g_string_append (into, open);
  for (guint i = 0; i < self->n_cells; i++)
    {
      if (i > 0)
        g_string_append (into, between);
      if (cells[i] != NULL)
        append_cell (self, into, cells[i]);
    }
  g_string_append (into, close);
}

static void
begin_html (const CotRowWriter *self, GString *into)
{
  g_string_append (into, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>");
  append_html (into, self->title);
  g_string_append (into, "</title>\n<style>\n"
                         "body { font-family: sans-serif; font-size: 10pt; }\n"
                         "table { border-collapse: collapse; }\n"
                         "th, td { border: 1px solid #ccc; padding: 2px 6px; text-align: left;"
                         " vertical-align: top; white-space: pre-wrap; }\n"
                         "thead { display: table-header-group; }\n"
                         ".error { background: #f9e8e9; color: #a51d2d; }\n"
                         ".warning { background: #fbf2da; color: #7d4e00; }\n"
                         "</style>\n</head>\n<body>\n<h1>");
  append_html (into, self->title);
  g_string_append (into, "</h1>\n<table>\n<thead>\n");
  append_row (self, self->headings, "<tr><th>", "</th><th>", "</th></tr>\n", into);
  g_string_append (into, "</thead>\n<tbody>\n");
}

/**
 * cot_row_writer_begin:
 * @self: what is written
 * @into: where
 *
 * Writes what stands above the rows.
 */
void
cot_row_writer_begin (const CotRowWriter *self, GString *into)
{
  switch (self->format)
    {
    case COT_ROW_FORMAT_CSV:
      g_string_append (into, BYTE_ORDER_MARK);
      append_row (self, self->headings, "", ",", "\r\n", into);
      break;
    case COT_ROW_FORMAT_HTML:
      begin_html (self, into);
      break;
    case COT_ROW_FORMAT_MARKDOWN:
      append_row (self, self->headings, "| ", " | ", " |\n", into);
      for (guint i = 0; i < self->n_cells; i++)
        g_string_append (into, i == 0 ? "| --- |" : " --- |");
      g_string_append_c (into, '\n');
      break;
    case COT_ROW_FORMAT_UNITS:
      break;
    case COT_ROW_FORMAT_TSV:
    case COT_ROW_FORMAT_TEXT:
    default:
      append_row (self, self->headings, "", "\t", "\n", into);
      break;
    }
}

/**
 * cot_row_writer_add:
 * @self: what is written
 * @cells: (array) (nullable elements): as many as there are headings
 * @severity: of the row, which a format may show
 * @into: where
 *
 * Writes one row.
 */
void
cot_row_writer_add (const CotRowWriter *self, const char *const *cells, CotSeverity severity,
                    GString *into)
{
  const char *open = "<tr><td>";

  switch (self->format)
    {
    case COT_ROW_FORMAT_CSV:
      append_row (self, cells, "", ",", "\r\n", into);
      break;
    case COT_ROW_FORMAT_HTML:
      if (severity == COT_SEVERITY_ERROR)
        open = "<tr class=\"error\"><td>";
      else if (severity == COT_SEVERITY_WARNING)
        open = "<tr class=\"warning\"><td>";
      append_row (self, cells, open, "</td><td>", "</td></tr>\n", into);
      break;
    case COT_ROW_FORMAT_MARKDOWN:
      append_row (self, cells, "| ", " | ", " |\n", into);
      break;
    case COT_ROW_FORMAT_UNITS:
      append_row (self, cells, "", "\037", "\036", into);
      break;
    case COT_ROW_FORMAT_TSV:
    case COT_ROW_FORMAT_TEXT:
    default:
      append_row (self, cells, "", "\t", "\n", into);
      break;
    }
}

/**
 * cot_row_writer_end:
 * @self: what is written
 * @into: where
 *
 * Writes what stands below the rows.
 */
void
cot_row_writer_end (const CotRowWriter *self, GString *into)
{
  if (self->format == COT_ROW_FORMAT_HTML)
    g_string_append (into, "</tbody>\n</table>\n</body>\n</html>\n");
}
