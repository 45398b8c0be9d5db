/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-format-msi-private.h"
#include "cot-lines-private.h"
#include "cot-severity-private.h"
#include "cot-statmsg.h"
#include "cot-timed-private.h"

/* Types that CMTrace or its imitators know; others say nothing. */
static gboolean
is_ccm_type (CotSpan type)
{
  while (type.length_bytes > 0 && g_ascii_isspace (type.data[0]))
    type = (CotSpan){ type.data + 1, type.length_bytes - 1 };
  while (type.length_bytes > 0 && g_ascii_isspace (type.data[type.length_bytes - 1]))
    type.length_bytes--;
  return type.length_bytes == 1 && type.data[0] >= '0' && type.data[0] <= '4';
}

/* Whether the severity is what the column of it says, and not what the words beside it do. */
static gboolean
says_type (const CotFormat *format, const CotEntry *entry)
{
  CotSeverity severity;

  if (entry->type_text.data == NULL || entry->type_text.length_bytes == 0)
    return FALSE;
  if (cot_format_is (format, &cot_format_ccm) || cot_format_is (format, &cot_format_ime))
    return is_ccm_type (entry->type_text);
  /* There the result beside it may say otherwise. */
  if (cot_format_is (format, &cot_format_reporting_events))
    return !cot_span_has_prefix (entry->type_text, "Succ")
           || entry->severity < COT_SEVERITY_WARNING;
  if (cot_format_is (format, &cot_format_w3c) || cot_format_is (format, &cot_format_burn)
      || cot_format_is (format, &cot_format_psadt))
    return TRUE;
  /* The priority of syslog; a level is a word. */
  if (cot_format_is (format, &cot_format_timed) && g_ascii_isdigit (entry->type_text.data[0]))
    return TRUE;
  return cot_level_from_word (entry->type_text, &severity) && severity == entry->severity;
}

/**
 * cot_entry_find_severity_reason:
 * @format: the format that read the entry
 * @entry: the entry
 * @said: (out): what of the record says so; no data where that is no piece of it
 *
 * For people who wonder why a line is red. Any thread.
 *
 * Returns: what says how severe the entry is
 */
CotSeverityReason
cot_entry_find_severity_reason (const CotFormat *format, const CotEntry *entry, CotSpan *said)
{
  CotSpan message = entry->message;
  CotStatmsg status;
  CotSpan word;

  *said = (CotSpan){ NULL, 0 };
  if (says_type (format, entry))
    {
      *said = entry->type_text;
      return COT_SEVERITY_REASON_TYPE;
    }
  if ((cot_format_is (format, &cot_format_server)
       || cot_format_is (format, &cot_format_copied_rows))
      && cot_statmsg_parse (message.data, message.length_bytes, &status)
      && status.severity == entry->severity)
    return COT_SEVERITY_REASON_STATUS;
  if (cot_format_is (format, &cot_format_msi))
    {
      *said = cot_msi_find_outcome (message);
      if (said->data != NULL)
        return COT_SEVERITY_REASON_OUTCOME;
    }
  if (entry->severity < COT_SEVERITY_SUCCESS)
    return COT_SEVERITY_REASON_NONE;
  if (cot_severity_find_word (message.data, message.length_bytes, &word) == entry->severity)
    {
      *said = word;
      return COT_SEVERITY_REASON_WORD;
    }
  return COT_SEVERITY_REASON_MARK;
}
