/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

static const CotFormat *const ime = &cot_format_ime;

#define TAIL_OF(component) \
  "]LOG]!><time=\"3:04:35.3725046\" date=\"8-7-2026\" component=\"" component \
  "\" context=\"\" type=\"1\" thread=\"12\" file=\"\">"
#define TAIL TAIL_OF ("AppWorkload")
#define RECORD(message) "<![LOG[" message TAIL "\r\n"

static void
test_canonical (void)
{
  Split split;
  const CotEntry *entry = &split.entries[0];

  split_text (&split, ime, RECORD ("[Win32App] Contoso VPN starts") RECORD ("no subsystem"));
  assert_shape (&split, "FF");
  assert_message (&split, 0, "[Win32App] Contoso VPN starts");
  assert_span (entry->component, "Win32App");
  assert_span (entry->context, "AppWorkload");
  assert_span (entry->thread, "12");
  assert_span (entry->origin, "");
  assert_span (entry->type_text, "1");
  assert_time (entry, "2026-08-07T03:04:35.372504");
  g_assert_cmpint (entry->bias_minutes, ==, COT_BIAS_NONE);
  g_assert_cmpint (entry->severity, ==, COT_SEVERITY_INFO);
  assert_span (split.entries[1].component, "AppWorkload");
  assert_span (split.entries[1].context, "");
}

static void
test_subsystems (void)
{
  static const char *const messages[] = {
    "[Proxy Poller] x", "Proxy Poller",
    "[Win32App][ReportingManager] x", "Win32App",
    "[EmsAgentService:RequiredAppTask] x", "EmsAgentService:RequiredAppTask",
    "\r\n  [PowerShell] x", "PowerShell",
    "[AutopilotV2-StandardUserProvider]", "AutopilotV2-StandardUserProvider",
    "x [Win32App]", "AppWorkload",
    "[0] x", "AppWorkload",
    "[{\"AppId\":\"1\"}]", "AppWorkload",
    "[]", "AppWorkload",
    "[", "AppWorkload",
    "[never closed", "AppWorkload",
    "", "AppWorkload",
    "[A name that is far longer than any subsystem would ever be called by anybody] x",
    "AppWorkload",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i += 2)
    {
      g_autofree char *log = g_strconcat ("<![LOG[", messages[i], TAIL, "\r\n", NULL);
      Split split;

      g_test_message ("%s", messages[i]);
      split_text (&split, ime, log);
      assert_shape (&split, "F");
      assert_message (&split, 0, messages[i]);
      assert_span (split.entries[0].component, messages[i + 1]);
    }
}

/* A context that is written stays. */
static void
test_written_context (void)
{
  Split split;

  split_text (&split, ime,
              "<![LOG[[HS] x]LOG]!><time=\"3:04:35.3725046\" date=\"8-7-2026\" "
              "component=\"HealthScripts\" context=\"CONTOSO\\ada\" type=\"3\" thread=\"\" "
              "file=\"\">\r\n");
  assert_shape (&split, "F");
  assert_span (split.entries[0].component, "HS");
  assert_span (split.entries[0].context, "CONTOSO\\ada");
  g_assert_cmpint (split.entries[0].severity, ==, COT_SEVERITY_ERROR);
}

static void
test_torn (void)
{
  static const char nuls[] = RECORD ("[A1] x") "\0\0\0\0";
  Split split;

  split_text (&split, ime, "lost head" TAIL "\r\n" RECORD ("[A1] x") "<![LOG[[B2] cut");
  assert_shape (&split, "pFI");
  assert_span (split.entries[0].component, NULL);
  assert_span (split.entries[2].component, "B2");
  split_bytes (&split, ime, nuls, sizeof nuls - 1);
  assert_shape (&split, "F");
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    RECORD ("[Win32App] x"), "ime",
    RECORD ("x"), "ime",
    "lost head" TAIL "\r\n" RECORD ("x"), "ime",
    "<![LOG[x" TAIL_OF ("HealthScripts"), "ime",
    "<![LOG[x" TAIL_OF ("SMS_SERVICE_CONNECTOR"), "ccm",
    "<![LOG[x]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" "
    "component=\"AppWorkload\"", "ccm",
    "<![LOG[x]LOG]!><time=\"", "ccm",
    "<![LOG[x]LOG]!><time=\"3:04:35.3725046\" date=\"8-7-2026\" component=\"AppWork", "ccm",
    "", "plain",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    {
      g_test_message ("%s", heads[i]);
      g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-ime/canonical", test_canonical);
  g_test_add_func ("/format-ime/subsystems", test_subsystems);
  g_test_add_func ("/format-ime/written-context", test_written_context);
  g_test_add_func ("/format-ime/torn", test_torn);
  g_test_add_func ("/format-ime/detection", test_detection);
  return g_test_run ();
}
