/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-statmsg.h"

#include "test-format.h"

#define MESSAGE                                                                                    \
  "STATMSG: ID=2301 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" "          \
  "SYS=SITE01.contoso.com SITE=PS1 PID=924 TID=1424 GMTDATE=Wed Nov 18 09:12:41.327 2026 "         \
  "ISTR0=\"Contoso \"Viewer\" 1\" ISTR1=\"PS100003\" ISTR2=\"\" ISTR9=\"x = \"y\"\" NUMATTRS=1 "   \
  "AID0=400 AVAL0=\"PS100003\" LE=0X8007052e"

static gboolean
parse (const char *text, CotStatmsg *message)
{
  return cot_statmsg_parse (text, strlen (text), message);
}

static void
test_fields (void)
{
  static const char *const before[] = { "", ">> ", ">>", "~", "  \n" };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_autofree char *text = g_strconcat (before[i], MESSAGE, "\r\n", NULL);
      char time[COT_CLOCK_ISO_SIZE];
      CotStatmsg message;

      g_assert_true (parse (text, &message));
      g_assert_cmpuint (message.id, ==, 2301);
      g_assert_cmpint (message.severity, ==, COT_SEVERITY_INFO);
      g_assert_cmpint (message.kind, ==, COT_STATMSG_KIND_MILESTONE);
      assert_span (message.source, "SMS Server");
      assert_span (message.component, "SMS_DISTRIBUTION_MANAGER");
      assert_span (message.system, "SITE01.contoso.com");
      assert_span (message.site, "PS1");
      assert_span (message.process, "924");
      assert_span (message.thread, "1424");
      cot_clock_format_iso (message.time_usec, time);
      g_assert_cmpstr (time, ==, "2026-11-18T09:12:41.327000");
      assert_span (message.strings[0], "Contoso \"Viewer\" 1");
      assert_span (message.strings[1], "PS100003");
      assert_span (message.strings[2], "");
      assert_span (message.strings[3], NULL);
      assert_span (message.strings[9], "x = \"y\"");
      assert_span (message.last_error, "0X8007052e");
    }
}

static void
test_odd (void)
{
  static const char *const none[] = {
    "", "STATMSG", "STATMSG:", "STATMSG: ", "STATMSG: ID=", "STATMSG: ID=x", "STATMSG: ID=65536",
    "STATMSG: ID=-1", "STATMSG: SEV=E", "text STATMSG: ID=1", "STATMSG: id=1", "STATMSG: =1 ID=1",
  };
  CotStatmsg message;

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_test_message ("%s", none[i]);
      g_assert_false (parse (none[i], &message));
      g_assert_cmpuint (message.id, ==, 0);
      assert_span (message.source, NULL);
    }
  g_assert_true (parse ("STATMSG: ID=5 SEV=? LEV=? GMTDATE=soon ISTR0=\"open", &message));
  g_assert_cmpint (message.severity, ==, COT_SEVERITY_UNKNOWN);
  g_assert_cmpint (message.kind, ==, COT_STATMSG_KIND_UNKNOWN);
  g_assert_true (message.time_usec == COT_TIME_NONE);
  assert_span (message.strings[0], "open");
  g_assert_true (parse ("STATMSG: ID=1 ID=2 SITE=A SITE=B", &message));
  g_assert_cmpuint (message.id, ==, 1);
  assert_span (message.site, "A");
}

/* Quotes and blanks that end nothing are not looked at again and again. */
static void
test_long_text (void)
{
  g_autoptr (GString) text = g_string_new ("STATMSG: ID=1 ISTR0=\"");
  gint64 started = g_get_monotonic_time ();
  CotStatmsg message;

  for (guint i = 0; i < 300000; i++)
    g_string_append (text, "\" \t");
  g_assert_true (parse (text->str, &message));
  g_string_assign (text, "STATMSG: ID=1 SYS=a");
  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, ' ');
  g_string_append (text, "b");
  g_assert_true (parse (text->str, &message));
  g_assert_cmpuint (message.system.length_bytes, ==, 1000002);
  /* Some milliseconds; an hour if each blank looked at all that follow. */
  g_assert_cmpint (g_get_monotonic_time () - started, <, 60 * G_USEC_PER_SEC);
}

static void
test_entry (void)
{
  Split split;

  split_text (&split, &cot_format_server,
              "STATMSG: ID=6703 SEV=E LEV=M SOURCE=\"SMS Server\"  "
              "$$<SMS_X><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\n"
              "STATMSG: ID=1 SEV=I ISTR0=\"it failed\"  "
              "$$<SMS_X><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\n");
  assert_shape (&split, "FF");
  g_assert_cmpint (split.entries[0].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (split.entries[1].severity, ==, COT_SEVERITY_INFO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statmsg/fields", test_fields);
  g_test_add_func ("/statmsg/odd", test_odd);
  g_test_add_func ("/statmsg/long-text", test_long_text);
  g_test_add_func ("/statmsg/entry", test_entry);
  return g_test_run ();
}
