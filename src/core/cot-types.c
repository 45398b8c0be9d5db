/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-types.h"

/* Part of the output contract of the command line: never translated, never changed. */
static const char *const severity_names[COT_N_SEVERITIES] = {
  [COT_SEVERITY_UNKNOWN] = "unknown",
  [COT_SEVERITY_VERBOSE] = "verbose",
  [COT_SEVERITY_INFO] = "info",
  [COT_SEVERITY_SUCCESS] = "success",
  [COT_SEVERITY_WARNING] = "warning",
  [COT_SEVERITY_ERROR] = "error",
};

/**
 * cot_severity_to_string:
 * @severity: a severity
 *
 * Returns: (transfer none): its name in the output of the command line and in
 *   the knowledge files; "unknown" for a number that is no severity
 */
const char *
cot_severity_to_string (CotSeverity severity)
{
  if ((guint) severity >= COT_N_SEVERITIES)
    return severity_names[COT_SEVERITY_UNKNOWN];
  return severity_names[severity];
}

/**
 * cot_severity_from_string:
 * @text: (nullable): a name
 * @severity: (out): the severity; untouched where FALSE is returned
 *
 * Returns: whether @text is exactly the name of a severity
 */
gboolean
cot_severity_from_string (const char *text, CotSeverity *severity)
{
  if (text == NULL)
    return FALSE;
  for (guint i = 0; i < COT_N_SEVERITIES; i++)
    if (g_str_equal (text, severity_names[i]))
      {
        *severity = (CotSeverity) i;
        return TRUE;
      }
  return FALSE;
}
