/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-reports.h"

#include <string.h>

#include "cot-report-rows-private.h"
#include "cot-results-xml.h"

static CotSpan
span_of (const char *text)
{
  return (CotSpan){ text, strlen (text) };
}

static CotSeverity
judge (gboolean has_hresult, guint32 hresult)
{
  return has_hresult && hresult != 0 ? COT_SEVERITY_WARNING : COT_SEVERITY_INFO;
}

/* What the device says of a thing is a hint: it calls things missing that it has collected. */
static void
append_hresult (GString *message, guint32 hresult, const char *hint)
{
  g_string_append_printf (message, " = 0x%08x", hresult);
  if (hresult != 0)
    g_string_append_printf (message, " (%s)", hint);
}

static void
add_item (CotReportRows *rows, const CotResultsItem *item)
{
  g_autoptr (GString) message = g_string_new (*item->target != '\0' ? item->target : "(nothing)");

  if (item->has_hresult)
    append_hresult (message, item->hresult, "a hint: where its file is there, it was collected");
  cot_report_rows_add (rows, judge (item->has_hresult, item->hresult), span_of (item->kind),
                       span_of (""), cot_report_span (message));
}

static void
add_collection (CotReportRows *rows, const CotResults *results)
{
  g_autoptr (GString) message = g_string_new (results->id != NULL ? results->id : "");

  if (results->has_hresult)
    append_hresult (message, results->hresult, "the collection as a whole");
  if (message->len > 0)
    cot_report_rows_add (rows, judge (results->has_hresult, results->hresult),
                         span_of ("Collection"), span_of (""), cot_report_span (message));
  if (results->has_address)
    cot_report_rows_add (rows, COT_SEVERITY_INFO, span_of ("SasUrl"), span_of (""),
                         span_of ("(the address of the upload is never shown)"));
}

static gboolean
convert (CotSource *from, CotSpool *into, GCancellable *cancellable, GError **error)
{
  gboolean is_cut = FALSE;
  g_autoptr (GString) text = NULL;
  g_autoptr (CotResults) results = NULL;
  g_autoptr (GString) bytes = cot_report_read (from, &is_cut, cancellable, error);
  CotReportRows rows;

  if (bytes == NULL)
    return FALSE;
  results = cot_results_parse (bytes->str, bytes->len);
  cot_report_rows_init (&rows, into, bytes->len, cancellable);
  add_collection (&rows, results);
  for (guint i = 0; i < results->items->len; i++)
    add_item (&rows, results->items->pdata[i]);
  if (is_cut || !results->is_whole)
    cot_report_rows_add (&rows, COT_SEVERITY_WARNING, span_of ("Collection"), span_of (""),
                         span_of ("The file breaks off here, or is no XML from here on."));
  return cot_report_rows_finish (&rows, error);
}

const CotConversion cot_conversion_results = {
  .format = {
    .id = "results",
    .name = "Intune collection results",
    .bid = cot_rows_bid,
    .next_record = cot_rows_next_record,
    .parse_entry = cot_rows_parse_entry,
  },
  .claims = cot_results_claims,
  .convert = convert,
};
