/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What will stand in the file, to be looked through before it is written: the same words, in plain
 * lines. What is more than text, and where a stand-in is, is told beside it. */

#include "cot-report-private.h"

#include "cot-decoder.h"

#include <string.h>

#define NO_SPAN G_MAXINT
/* Between the cells of a row. */
#define SEPARATOR " · "

typedef struct
{
  CotReportPreview *preview;
  GString *out;
  guint n_characters;
  guint part_start; /* of the part that is being written */
  guint n_steps;
  guint n_cells;
  gsize cell_start; /* in bytes */
  gboolean in_card;
  gboolean in_evidence;
  gboolean keep_line_ends;
} Writer;

static void
append (Writer *writer, const char *text)
{
  g_string_append (writer->out, text);
  writer->n_characters += (guint) g_utf8_strlen (text, -1);
}

static void
add_span (Writer *writer, CotReportSpanKind kind, guint start)
{
  CotReportSpan span = { kind, start, writer->n_characters };

  if (span.end > span.start)
    g_array_append_val (writer->preview->spans, span);
}

static void
append_piece (const char *piece, gsize length_bytes, const CotMaskItem *item, gpointer data)
{
  Writer *writer = data;
  g_autoptr (GString) visible = g_string_sized_new (length_bytes + 1);
  guint start = writer->n_characters;

  cot_text_append_visible (visible, piece, (gssize) length_bytes, writer->keep_line_ends);
  append (writer, visible->str);
  if (item != NULL)
    add_span (writer, COT_REPORT_SPAN_STAND_IN, start);
}

static int
get_span (CotReportPart part)
{
  if (part == COT_REPORT_TITLE)
    return COT_REPORT_SPAN_TITLE;
  if (part == COT_REPORT_HEADING || part == COT_REPORT_SUBHEADING)
    return COT_REPORT_SPAN_HEADING;
  if (part == COT_REPORT_SMALL || part == COT_REPORT_SUBTITLE)
    return COT_REPORT_SPAN_SMALL;
  return part == COT_REPORT_HEAD_ROW ? COT_REPORT_SPAN_STRONG : NO_SPAN;
}

static gboolean
is_at_line_start (const GString *out)
{
  return out->len == 0 || out->str[out->len - 1] == '\n';
}

/* The heading of a card stands under its label. */
static gboolean
has_space_above (const Writer *writer, CotReportPart part)
{
  return part == COT_REPORT_HEADING || part == COT_REPORT_CARD || part == COT_REPORT_TITLE
         || (part == COT_REPORT_SUBHEADING && !writer->in_card) || part == COT_REPORT_IF_MASKED
         || part == COT_REPORT_IF_UNMASKED;
}

static void
begin (Writer *writer, const CotReportEvent *event)
{
  g_autofree char *number = NULL;

  if (has_space_above (writer, event->part) && writer->out->len > 1
      && writer->out->str[writer->out->len - 2] != '\n')
    append (writer, "\n");
  if (event->part == COT_REPORT_STEPS)
    writer->n_steps = 0;
  else if (event->part == COT_REPORT_STEP)
    {
      number = g_strdup_printf ("%u. ", ++writer->n_steps);
      append (writer, number);
    }
  else if (event->part == COT_REPORT_ITEM)
    append (writer, "• ");
  else if (event->part == COT_REPORT_CARD)
    writer->in_card = TRUE;
  else if (event->part == COT_REPORT_EVIDENCE)
    writer->in_evidence = TRUE;
  else if (event->part == COT_REPORT_HEAD_ROW || event->part == COT_REPORT_ROW)
    writer->n_cells = 0;
  else if (event->part == COT_REPORT_CELL)
    {
      writer->cell_start = writer->out->len;
      append (writer, writer->n_cells++ > 0 ? SEPARATOR : "");
    }
  if (event->part != COT_REPORT_CELL)
    writer->part_start = writer->n_characters;
}

static gboolean
is_block (CotReportPart part)
{
  return part != COT_REPORT_CELL && part != COT_REPORT_CARD && part != COT_REPORT_STEPS
         && part != COT_REPORT_LIST && part != COT_REPORT_TABLE && part != COT_REPORT_EVIDENCE;
}

static void
end (Writer *writer, const CotReportEvent *event)
{
  int span = get_span (event->part);

  if (span != NO_SPAN)
    add_span (writer, (CotReportSpanKind) span, writer->part_start);
  if (event->part == COT_REPORT_EVIDENCE)
    writer->in_evidence = FALSE;
  if (event->part == COT_REPORT_CARD)
    writer->in_card = FALSE;
  if (is_block (event->part) && !is_at_line_start (writer->out))
    append (writer, "\n");
}

/* On a line of its own, not behind what parts it from the cell before. */
static void
start_line_of_log (Writer *writer)
{
  if (g_str_has_suffix (writer->out->str + writer->cell_start, SEPARATOR))
    {
      g_string_truncate (writer->out, writer->out->len - strlen (SEPARATOR));
      writer->n_characters -= (guint) g_utf8_strlen (SEPARATOR, -1);
    }
  append (writer, "\n");
}

static void
append_text (Writer *writer, const CotReportEvent *event, CotMask *mask)
{
  guint start = writer->n_characters;

  writer->keep_line_ends = event->style == COT_REPORT_LINE || event->style == COT_REPORT_NOTE;
  if (event->style == COT_REPORT_LINE && writer->in_evidence)
    start_line_of_log (writer);
  cot_report_pieces (event, mask, append_piece, writer);
  if (event->style == COT_REPORT_LINE || event->style == COT_REPORT_CODE
      || event->style == COT_REPORT_FIXED)
    add_span (writer, COT_REPORT_SPAN_LINE, start);
  else if (event->style == COT_REPORT_STRONG || event->style == COT_REPORT_NOTE)
    add_span (writer, COT_REPORT_SPAN_STRONG, start);
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

CotReportPreview *
cot_report_preview_new (CotReport *self, gboolean masked, GCancellable *cancellable)
{
  CotReportPreview *preview = g_new0 (CotReportPreview, 1);
  Writer writer = { preview, g_string_new (NULL) };

  preview->spans = g_array_new (FALSE, FALSE, sizeof (CotReportSpan));
  cot_report_foreach (self, masked ? cot_report_get_mask (self) : NULL, cancellable, append_event,
                      &writer);
  preview->text = g_string_free (writer.out, FALSE);
  return preview;
}

/**
 * cot_report_preview_free:
 * @self: (transfer full): a preview
 *
 * Any thread.
 */
void
cot_report_preview_free (CotReportPreview *self)
{
  g_array_unref (self->spans);
  g_free (self->text);
  g_free (self);
}
