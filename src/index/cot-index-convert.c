/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-index-private.h"

#include <string.h>

#include "cot-decoder.h"
#include "cot-event-log.h"
#include "cot-redact.h"
#include "cot-results-xml.h"
#include "cot-rows.h"
#include "cot-spool.h"

/* What the worker makes of event logs. */
static const CotFormat format_evtx = {
  .id = "evtx",
  .name = "Windows event log",
  .bid = cot_rows_bid,
  .next_record = cot_rows_next_record,
  .parse_entry = cot_rows_parse_entry,
};

gboolean
cot_index_is_binary (const char *head, gsize n_head)
{
  return cot_event_log_is_one (head, n_head);
}

/* The address that a device uploaded to stands in results.xml. Whoever opens it alone, or as plain
 * text, must not find it on his screen either. */
gboolean
cot_index_redact (CotSource *original, const char *head, gsize n_head, CotSource **redacted,
                  GError **error)
{
  static const char opener[] = "<![LOG[";
  gsize n_start = MIN (n_head, (gsize) 64);
  g_autoptr (GString) text = NULL;

  /* Nearly all files are something else, and most of the others are logs of Configuration
   * Manager. */
  if (memchr (head, '<', n_start) == NULL
      || memmem (head, n_start, opener, strlen (opener)) != NULL)
    return TRUE;
  text = g_string_new (NULL);
  cot_decoder_append (text, cot_encoding_detect (head, n_head), head, n_head);
  if (!cot_results_claims (text->str, text->len))
    return TRUE;
  *redacted = cot_redact_source (original, error);
  return *redacted != NULL;
}

/* Several kinds of file may have one format: that which the file says it is, else the first. */
static const CotConversion *
find_conversion (const CotFormat *wanted, const char *head, gsize n_head)
{
  const CotConversion *claimed = cot_conversions_detect (head, n_head);
  const CotConversion *conversion;

  if (wanted == NULL || (claimed != NULL && strcmp (claimed->format.id, wanted->id) == 0))
    return claimed;
  for (guint i = 0; (conversion = cot_conversions_get (i)) != NULL; i++)
    if (strcmp (conversion->format.id, wanted->id) == 0)
      return conversion;
  return NULL;
}

/* @original: the file. @text: the same, re-coded where it was UTF-16; @head is its start. */
gboolean
cot_index_convert (CotSource *original, CotSource *text, const char *head, gsize n_head,
                   const CotFormat *wanted, CotSource **rows, const CotFormat **format,
                   GCancellable *cancellable, GError **error)
{
  const CotConversion *conversion = NULL;
  gboolean is_event_log = wanted == NULL && cot_index_is_binary (head, n_head);
  g_autoptr (CotSpool) spool = NULL;

  if (!is_event_log && (conversion = find_conversion (wanted, head, n_head)) == NULL)
    return TRUE;
  spool = cot_spool_new ();
  if (is_event_log ? !cot_event_log_convert (original, spool, cancellable, error)
                   : !conversion->convert (text, spool, cancellable, error))
    return FALSE;
  *format = is_event_log ? &format_evtx : &conversion->format;
  *rows = cot_spool_finish (g_steal_pointer (&spool), cot_source_get_label (original));
  return TRUE;
}

/**
 * cot_index_get_nth_choice:
 * @index: from 0
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): a format that somebody may choose for a file; %NULL beyond
 *   the last one
 */
const CotFormat *
cot_index_get_nth_choice (guint index)
{
  const char *last = "";
  const CotConversion *conversion;

  if (index < cot_formats_get_n ())
    return cot_formats_get (index);
  index -= cot_formats_get_n ();
  for (guint i = 0; (conversion = cot_conversions_get (i)) != NULL; i++)
    {
      if (strcmp (conversion->format.id, last) != 0 && index-- == 0)
        return &conversion->format;
      last = conversion->format.id;
    }
  return NULL;
}

/**
 * cot_index_find_choice:
 * @id: (nullable): the id of a format
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): that format, where it may be chosen for a file
 */
const CotFormat *
cot_index_find_choice (const char *id)
{
  const CotFormat *format;

  for (guint i = 0; (format = cot_index_get_nth_choice (i)) != NULL; i++)
    if (g_strcmp0 (format->id, id) == 0)
      return format;
  return NULL;
}

/**
 * cot_index_get_nth_format_id:
 * @index: from 0
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the id of a format that a file may be found to have, each
 *   once; %NULL beyond the last one
 */
const char *
cot_index_get_nth_format_id (guint index)
{
  const char *last = format_evtx.id;
  const CotConversion *conversion;

  if (index < cot_formats_get_n ())
    return cot_formats_get (index)->id;
  index -= cot_formats_get_n ();
  if (index-- == 0)
    return last;
  for (guint i = 0; (conversion = cot_conversions_get (i)) != NULL; i++)
    {
      /* One format may be made of several kinds of file, which stand together. */
      if (strcmp (conversion->format.id, last) != 0 && index-- == 0)
        return conversion->format.id;
      last = conversion->format.id;
    }
  return NULL;
}
