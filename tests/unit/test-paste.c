/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a text that was copied means: paths, a path of Windows, or a log. */

#include "cot-paste.h"

#include <string.h>

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* The paths joined by "|"; "-" where it is a text. */
static void
assert_paths (const char *text, const char *expected)
{
  g_autoptr (GBytes) bytes = bytes_of (text);
  g_autoptr (GPtrArray) paths = cot_paste_dup_paths (bytes);
  g_autoptr (GString) joined = g_string_new (paths == NULL ? "-" : NULL);

  for (guint i = 0; paths != NULL && i < paths->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "|" : "", (char *) paths->pdata[i]);
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
test_paths (void)
{
  g_autofree char *home = g_build_filename (g_get_home_dir (), "a.log", NULL);

  assert_paths ("/logs/a.log", "/logs/a.log");
  assert_paths ("  \"/logs/a b.log\"\r\n'/logs/c.log'\n\n", "/logs/a b.log|/logs/c.log");
  assert_paths ("file:///logs/a%20b.log\r\n", "/logs/a b.log");
  assert_paths ("~/a.log", home);
}

/* One line that is no path makes a text of all of them. */
static void
test_texts (void)
{
  g_autofree char *long_text = g_strnfill (70000, '/');
  g_autoptr (GBytes) with_zero = g_bytes_new_static ("/logs\0/a.log", 12);

  assert_paths ("", "-");
  assert_paths ("a.log", "-");
  assert_paths ("/logs/a.log\nFailed to send the request", "-");
  assert_paths ("<![LOG[a]LOG]!>", "-");
  assert_paths ("file://%", "-");
  assert_paths (long_text, "-");
  g_assert_null (cot_paste_dup_paths (with_zero));
}

static void
test_foreign_paths (void)
{
  static const struct
  {
    const char *text;
    gboolean is_one;
  } cases[] = {
    { "C:\\Windows\\CCM\\Logs\\CcmExec.log", TRUE },
    { "\"C:\\Windows\\CCM\\Logs\\CcmExec.log\"\r\n", TRUE },
    { "\\\\contoso-cm01\\SMS_C01\\Logs", TRUE },
    { "\\\\contoso-cm01\\SMS_C01\\Logs\\Contoso Setup.log", TRUE },
    { "C:\\Windows\\CCM\\Logs\\CcmExec.lo_", TRUE },
    { "\\\\contoso-cm01\\share is not reachable, error 53", FALSE },
    { "\\\\contoso-cm01\\share is not reachable", FALSE },
    { "C:\\Windows\\ccm was deleted by the task", FALSE },
    { "C:\\a.log: read with 0x80070005 C:\\b.log", FALSE },
    { "C:\\setup failed. See setup.log, then setup.log", FALSE },
    { "C:\\Windows\\ccm was deleted.", FALSE },
    { "c:", FALSE },
    { "C:\\a.log\nC:\\b.log was read", FALSE },
    { "C:\\a.log\t3\t09:12", FALSE },
    { "/logs/a.log", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (cot_paste_is_foreign_path (bytes), ==, cases[i].is_one);
    }
}

/* Of what is one path for sure it is said that there is no file. */
static void
test_one_path (void)
{
  static const struct
  {
    const char *text;
    gboolean is_one;
  } cases[] = {
    { "/mnt/logs/CcmExec.log", TRUE },
    { "'/mnt/logs/bundle.zip'\n", TRUE },
    { "file:///mnt/logs/CcmExec.log", TRUE },
    { "/mnt/logs/CcmExec.log\n/mnt/logs/CAS.log", FALSE },
    { "/mnt/logs/CcmExec.log: not found", FALSE },
    { "/mp:https://cm01.contoso.com", FALSE },
    { "/regtoken=a/b.log", FALSE },
    { "/forcelogging", FALSE },
    { "/a.log", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (cases[i].text);
      g_autoptr (GPtrArray) paths = cot_paste_dup_paths (bytes);

      g_test_message ("%s", cases[i].text);
      g_assert_nonnull (paths);
      g_assert_cmpint (cot_paste_is_one_path (paths), ==, cases[i].is_one);
    }
}

/* What only looks like a path is a text again as soon as it is looked for. */
static void
test_has_file (void)
{
  g_autoptr (GBytes) bytes = bytes_of ("/forcelogging SMSSITECODE=ABC\n"
                                        "/mp:https://cm01.contoso.com");
  g_autoptr (GPtrArray) paths = cot_paste_dup_paths (bytes);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_assert_false (cot_paste_has_file (paths, NULL));
  g_ptr_array_add (paths, g_strdup (g_get_tmp_dir ()));
  g_assert_true (cot_paste_has_file (paths, NULL));
  g_cancellable_cancel (cancelled);
  g_assert_false (cot_paste_has_file (paths, cancelled));
}

static void
test_blank (void)
{
  g_autoptr (GBytes) nothing = bytes_of ("");
  g_autoptr (GBytes) spaces = bytes_of (" \r\n\t");
  g_autoptr (GBytes) text = bytes_of (" \n a");

  g_assert_true (cot_paste_is_blank (nothing));
  g_assert_true (cot_paste_is_blank (spaces));
  g_assert_false (cot_paste_is_blank (text));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paste/paths", test_paths);
  g_test_add_func ("/paste/texts", test_texts);
  g_test_add_func ("/paste/foreign-paths", test_foreign_paths);
  g_test_add_func ("/paste/one-path", test_one_path);
  g_test_add_func ("/paste/has-file", test_has_file);
  g_test_add_func ("/paste/blank", test_blank);
  return g_test_run ();
}
