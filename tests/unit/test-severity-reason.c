/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include <string.h>

#define RECORD(message, type) \
  "<![LOG[" message "]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" " \
  "component=\"CcmMessaging\" context=\"\" type=\"" type "\" thread=\"7120\" file=\"x.cpp:1\">\r\n"
#define STATUS_MESSAGE(severity) \
  "STATMSG: ID=2301 SEV=" severity " LEV=M SOURCE=\"SMS Server\" " \
  "COMP=\"SMS_DISTRIBUTION_MANAGER\" " \
  "SYS=cm01.contoso.com SITE=CON PID=1 TID=2 GMTDATE=Wed Nov 18 14:12:41.327 2026  " \
  "$$<SMS_DISTRIBUTION_MANAGER><11-18-2026 09:12:41.327+300><thread=7120 (0x1BD0)>\r\n"

static void
test_reasons (void)
{
  static const struct
  {
    const CotFormat *format;
    const char *record;
    CotSeverity severity;
    CotSeverityReason reason;
    const char *said; /* NULL: nothing */
  } cases[] = {
    { &cot_format_ccm, RECORD ("All is well", "3"), COT_SEVERITY_ERROR,
      COT_SEVERITY_REASON_TYPE, "3" },
    { &cot_format_ccm, RECORD ("It failed", "1"), COT_SEVERITY_INFO, COT_SEVERITY_REASON_TYPE,
      "1" },
    { &cot_format_ccm, RECORD ("The request failed", "{}4"), COT_SEVERITY_ERROR,
      COT_SEVERITY_REASON_WORD, "failed" },
    { &cot_format_ccm, RECORD ("No error, but a retry", ""), COT_SEVERITY_WARNING,
      COT_SEVERITY_REASON_WORD, "retry" },
    { &cot_format_ccm, RECORD ("Waiting", ""), COT_SEVERITY_INFO, COT_SEVERITY_REASON_NONE, NULL },
    { &cot_format_plain, "warning, and then ERROR_ACCESS_DENIED\n", COT_SEVERITY_ERROR,
      COT_SEVERITY_REASON_WORD, "ERROR_ACCESS_DENIED" },
    { &cot_format_plain, "one warning after the other warning\n", COT_SEVERITY_WARNING,
      COT_SEVERITY_REASON_WORD, "warning" },
    { &cot_format_server, STATUS_MESSAGE ("E"), COT_SEVERITY_ERROR, COT_SEVERITY_REASON_STATUS,
      NULL },
    { &cot_format_msi, "Action ended 9:12:41: InstallFinalize. Return value 3.\r\n",
      COT_SEVERITY_ERROR, COT_SEVERITY_REASON_OUTCOME, "Return value 3" },
    { &cot_format_msi,
      "MSI (s) (A4:1C) [09:12:41:327]: Product: Fabrikam -- Installation success or error status: "
      "1603.\r\n",
      COT_SEVERITY_ERROR, COT_SEVERITY_REASON_OUTCOME, "success or error status: 1603" },
    { &cot_format_cbs, "2026-11-18 09:12:41, Error                 CBS    All is well\r\n",
      COT_SEVERITY_ERROR, COT_SEVERITY_REASON_TYPE, "Error" },
    { &cot_format_burn, "[1234:5678][2026-11-18T09:12:41]e000: All is well\r\n",
      COT_SEVERITY_ERROR, COT_SEVERITY_REASON_TYPE, "e000" },
    { &cot_format_timed, "<11>Nov 18 09:12:41 pc01 agent[412]: All is well\n", COT_SEVERITY_ERROR,
      COT_SEVERITY_REASON_TYPE, "11" },
    { &cot_format_timed, "<14>Nov 18 09:12:41 pc01 agent[412]: It failed\n", COT_SEVERITY_INFO,
      COT_SEVERITY_REASON_TYPE, "14" },
    { &cot_format_setupapi, "!!!  dvi: All is well\r\n", COT_SEVERITY_ERROR,
      COT_SEVERITY_REASON_MARK, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CotEntry entry = { 0 };
      CotSpan said;
      CotSeverityReason reason;
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].record);
      cot_format_parse_entry (cases[i].format, cases[i].record, strlen (cases[i].record), &entry);
      g_assert_cmpint (entry.severity, ==, cases[i].severity);
      reason = cot_entry_find_severity_reason (cases[i].format, &entry, &said);
      g_assert_cmpint (reason, ==, cases[i].reason);
      if (said.data != NULL)
        text = g_strndup (said.data, said.length_bytes);
      g_assert_cmpstr (text, ==, cases[i].said);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/severity-reason/reasons", test_reasons);
  return g_test_run ();
}
