/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-report-private.h"

#include <string.h>

struct _CotReport
{
  gatomicrefcount references;
  CotMask *mask;
  GArray *events; /* (element-type CotReportEvent) */
  GArray *open;   /* (element-type CotReportPart): parts that have not ended yet */
};

static void
event_clear (gpointer data)
{
  CotReportEvent *event = data;

  g_free (event->text);
  g_free (event->url);
}

CotReport *
cot_report_new (CotMask *mask)
{
  CotReport *self = g_new0 (CotReport, 1);

  g_atomic_ref_count_init (&self->references);
  self->mask = cot_mask_ref (mask);
  self->events = g_array_new (FALSE, TRUE, sizeof (CotReportEvent));
  g_array_set_clear_func (self->events, event_clear);
  self->open = g_array_new (FALSE, FALSE, sizeof (CotReportPart));
  return self;
}

/**
 * cot_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): @self; any thread
 */
CotReport *
cot_report_ref (CotReport *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * cot_report_unref:
 * @self: (transfer full): a report
 *
 * Any thread.
 */
void
cot_report_unref (CotReport *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->events);
  g_array_unref (self->open);
  cot_mask_unref (self->mask);
  g_free (self);
}

/**
 * cot_report_get_mask:
 * @self: a report
 *
 * Returns: (transfer none): what is masked in it
 */
CotMask *
cot_report_get_mask (CotReport *self)
{
  return self->mask;
}

/**
 * cot_report_begin:
 * @self: a report that is being built
 * @part: what begins, inside of what was begun last
 * @severity: what a picture tells of it; %COT_SEVERITY_UNKNOWN: it has none
 *
 * Ends with cot_report_end().
 */
void
cot_report_begin (CotReport *self, CotReportPart part, CotSeverity severity)
{
  CotReportEvent event = { COT_REPORT_EVENT_BEGIN, part, severity };

  g_array_append_val (self->events, event);
  g_array_append_val (self->open, part);
}

/**
 * cot_report_end:
 * @self: a report that is being built
 *
 * Ends the part that was begun last.
 */
void
cot_report_end (CotReport *self)
{
  CotReportEvent event = { COT_REPORT_EVENT_END };

  g_return_if_fail (self->open->len > 0);

  event.part = g_array_index (self->open, CotReportPart, self->open->len - 1);
  g_array_set_size (self->open, self->open->len - 1);
  g_array_append_val (self->events, event);
}

/**
 * cot_report_text:
 * @self: a report that is being built
 * @style: what it is
 * @text: UTF-8, as it was written: it is made visible and escaped when it is written to a file
 *
 * Adds to the part that was begun last.
 */
void
cot_report_text (CotReport *self, CotReportStyle style, const char *text)
{
  CotReportEvent event = { COT_REPORT_EVENT_TEXT };

  event.style = style;
  event.text = g_strdup (text);
  g_array_append_val (self->events, event);
}

/**
 * cot_report_link:
 * @self: a report that is being built
 * @text: our words
 * @url: an address of ours, never of a log
 *
 * Adds to the part that was begun last.
 */
void
cot_report_link (CotReport *self, const char *text, const char *url)
{
  CotReportEvent event = { COT_REPORT_EVENT_TEXT };

  event.style = COT_REPORT_OWN;
  event.text = g_strdup (text);
  event.url = g_strdup (url);
  g_array_append_val (self->events, event);
}

/**
 * cot_report_add:
 * @self: a report that is being built
 * @part: a part
 * @style: what @text is
 * @text: all that stands in the part
 *
 * See cot_report_text().
 */
void
cot_report_add (CotReport *self, CotReportPart part, CotReportStyle style, const char *text)
{
  cot_report_begin (self, part, COT_SEVERITY_UNKNOWN);
  cot_report_text (self, style, text);
  cot_report_end (self);
}

static gboolean
is_masked (const CotReportEvent *event)
{
  return event->kind == COT_REPORT_EVENT_TEXT && event->style >= COT_REPORT_SAID;
}

static const CotReportEvent *
get_event (CotReport *self, guint index)
{
  return &g_array_index (self->events, CotReportEvent, index);
}

static gboolean
count (CotReport *self, GCancellable *cancellable)
{
  cot_mask_forget_counts (self->mask);
  for (guint i = 0; i < self->events->len; i++)
    {
      const CotReportEvent *event = get_event (self, i);

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (is_masked (event))
        cot_mask_count (self->mask, event->text);
    }
  return TRUE;
}

/* Once all names are known. */
static gboolean
cut_lines (CotReport *self, GCancellable *cancellable)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      CotReportEvent *event = &g_array_index (self->events, CotReportEvent, i);
      g_autofree char *whole = NULL;
      gsize n;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (event->kind != COT_REPORT_EVENT_TEXT || event->style != COT_REPORT_LINE)
        continue;
      n = cot_mask_find_cut (self->mask, event->text, COT_REPORT_MAX_LINE_BYTES);
      if (event->text[n] == '\0')
        continue;
      whole = g_steal_pointer (&event->text);
      event->text = g_strdup_printf ("%.*s …", (int) n, whole);
    }
  return TRUE;
}

/* Once the single names are known. */
static gboolean
learn_names (CotReport *self, GCancellable *cancellable)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      const CotReportEvent *event = get_event (self, i);

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (is_masked (event))
        cot_mask_learn_names (self->mask, event->text);
    }
  return TRUE;
}

gboolean
cot_report_close (CotReport *self, GCancellable *cancellable)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      const CotReportEvent *event = get_event (self, i);

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (event->kind == COT_REPORT_EVENT_TEXT
          && (event->style == COT_REPORT_DATA || event->style == COT_REPORT_NOTE
              || event->style == COT_REPORT_LINE))
        cot_mask_learn (self->mask, event->text, strlen (event->text));
    }
  return learn_names (self, cancellable) && cut_lines (self, cancellable)
         && count (self, cancellable);
}

/**
 * cot_report_mask_word:
 * @self: a report
 * @word: what is to be masked, too
 * @n: (out): how often it is masked
 * @n_inside: (out): how often it stands inside of what is masked anyway; 0 of both: it does not
 *   occur
 *
 * Wherever it stands, also inside of longer words; but not in the words of the report itself.
 * Blocking: for a worker, or the command line.
 *
 * Returns: %FALSE where it is too short or too long to be masked
 */
gboolean
cot_report_mask_word (CotReport *self, const char *word, guint *n, guint *n_inside)
{
  g_autofree char *stripped = g_strstrip (g_strdup (word));

  *n = *n_inside = 0;
  if (!cot_mask_add_word (self->mask, stripped))
    return FALSE;
  count (self, NULL);
  *n = cot_mask_get_count (self->mask, stripped, n_inside);
  return TRUE;
}

void
cot_report_foreach (CotReport *self,
                    CotMask *mask,
                    GCancellable *cancellable,
                    CotReportFunc function,
                    gpointer data)
{
  CotReportPart left_out = mask != NULL ? COT_REPORT_IF_UNMASKED : COT_REPORT_IF_MASKED;
  gboolean inside = FALSE;

  for (guint i = 0; i < self->events->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const CotReportEvent *event = get_event (self, i);
      gboolean is_edge = event->kind != COT_REPORT_EVENT_TEXT && event->part == left_out;

      inside = is_edge ? event->kind == COT_REPORT_EVENT_BEGIN : inside;
      if (!is_edge && !inside)
        function (event, mask, data);
    }
}

void
cot_report_pieces (const CotReportEvent *event, CotMask *mask, CotMaskFunc function, gpointer data)
{
  if (mask != NULL && is_masked (event))
    cot_mask_apply (mask, event->text, function, data);
  else
    function (event->text, strlen (event->text), NULL, data);
}

/**
 * cot_report_dup_file:
 * @self: a report
 * @format: of the file
 * @masked: with stand-ins for what its mask has enabled
 *
 * Any thread, one at a time.
 *
 * Returns: (transfer full): what stands in the file, UTF-8
 */
char *
cot_report_dup_file (CotReport *self, CotReportFormat format, gboolean masked)
{
  return cot_report_dup_cancellable (self, format, masked, NULL);
}

char *
cot_report_dup_cancellable (CotReport *self,
                            CotReportFormat format,
                            gboolean masked,
                            GCancellable *cancellable)
{
  CotMask *mask = masked ? self->mask : NULL;

  return format == COT_REPORT_HTML ? cot_report_dup_html (self, mask, cancellable)
                                   : cot_report_dup_markdown (self, mask, cancellable);
}
