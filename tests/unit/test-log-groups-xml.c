/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups of logs as OneTrace and Support Center keep them, and what only looks like that. */

#include "cot-log-groups-xml.h"

#include <string.h>

#include "cot-log-groups.h"

#define GROUP(name, logs) \
  "<LogGroup Name=\"" name "\" GroupType=\"1\" GroupFilePath=\"\">" logs "</LogGroup>"
#define LOG(name) "<LogFile>" name "</LogFile>"

/* "name: a.log b.log; other: c.log"; "-" where it is no such file. */
static char *
dup_groups (const char *bytes, gsize length_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = cot_log_groups_xml_parse (bytes, length_bytes, &error);
  GString *text = g_string_new (NULL);

  if (groups == NULL)
    {
      g_assert_nonnull (error);
      g_string_append_c (text, '-');
    }
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      const CotNamedLogs *group = g_ptr_array_index (groups, i);
      g_autofree char *logs = g_strjoinv (" ", group->logs);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "; " : "", group->name, logs);
    }
  return g_string_free (text, FALSE);
}

static void
assert_groups (const char *text, const char *expected)
{
  g_autofree char *groups = dup_groups (text, strlen (text));

  g_assert_cmpstr (groups, ==, expected);
}

static void
test_groups (void)
{
  assert_groups ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- ours -->\r\n<LogGroups>\r\n"
                 GROUP ("Desired Configuration",
                        "\r\n  " LOG ("CIAgent.log") LOG ("DcmWmiProvider.log"))
                 GROUP ("Sites &amp; servers", LOG ("hman.log")) "</LogGroups>",
                 "Desired Configuration: CIAgent.log DcmWmiProvider.log; "
                 "Sites & servers: hman.log");
  /* Older parts and folders are those of the log itself, and each is named once. */
  assert_groups ("<LogGroups>"
                 GROUP ("A", LOG ("CIAgent.log") LOG ("ciagent.lo_")
                             LOG (" C:\\Windows\\Logs\\CBS\\CBS.log ")
                             LOG ("\\\\cm01\\logs\\hman.log"))
                 "</LogGroups>",
                 "A: CIAgent.log CBS.log hman.log");
  /* What is not known is passed over, and a group of nothing is none. */
  assert_groups ("<LogGroups version=\"2\"><Other>x</Other>" GROUP ("", LOG ("a.log"))
                 GROUP ("Empty", "") GROUP ("Patterns", LOG ("*.log") LOG ("") LOG ("C:\\"))
                 GROUP ("B", "<Note>" LOG ("no.log") "</Note>" LOG ("<b>no</b>") LOG ("b.log"))
                 "<LogFile>stray.log</LogFile></LogGroups>",
                 "B: b.log");
  assert_groups ("<LogGroups/>", "");
}

static void
test_encodings (void)
{
  static const char text[] = "<LogGroups>" GROUP ("\xc3\x84", LOG ("a.log")) "</LogGroups>";
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL);
  gsize n = 0;
  g_autofree char *wide = g_convert (text, -1, "UTF-16", "UTF-8", NULL, &n, NULL);
  g_autofree char *groups = dup_groups (wide, n);

  assert_groups (marked, "\xc3\x84: a.log");
  g_assert_cmpstr (groups, ==, "\xc3\x84: a.log");
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "",
    "not XML",
    "<a/>",
    "<LogGroups>",
    "<LogGroups></LogGroup>",
    "<LogGroups><LogGroup Name='a'><LogFile>\xff</LogFile></LogGroup></LogGroups>",
    "<LogGroups><LogGroup Name='a'><LogFile>&unknown;</LogFile></LogGroup></LogGroups>",
    "<!DOCTYPE LogGroups [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><LogGroups>"
    "<LogGroup Name='a'><LogFile>&x;</LogFile></LogGroup></LogGroups>",
    "<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><LogGroups>"
    "<LogGroup Name='&b;'/></LogGroups>",
    "<LogGroups><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></LogGroups>",
  };
  g_autofree char *large = g_strnfill (COT_LOG_GROUPS_XML_MAX_BYTES + 1, ' ');

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_groups (texts[i], "-");
  assert_groups (large, "-");
  g_free (dup_groups ("<LogGroups>\0</LogGroups>", 24));
  g_free (dup_groups ("\xff\xfe<", 3));
}

/* What is hidden, or turns the line around, is seen; a log is not named so. */
static void
test_deceiving (void)
{
  assert_groups ("<LogGroups>"
                 GROUP ("A&#x202e;gol.B&#x200b;C", LOG ("a.log") LOG ("b&#x202e;.log")
                                                   LOG ("c\xe2\x80\x8b.log"))
                 GROUP ("One&#10;two", LOG ("a.log")) GROUP ("&#10;", LOG ("a.log"))
                 "</LogGroups>",
                 "A\xe2\x9f\xa8U+202E\xe2\x9f\xa9gol.B\xe2\x9f\xa8U+200B\xe2\x9f\xa9" "C: a.log; "
                 "One\xe2\x90\x8atwo: a.log");
}

/* As much as can be kept. */
static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new ("<LogGroups>");
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GError) error = NULL;

  g_string_append_printf (text, "<LogGroup Name=\"%s\"><LogFile>a.log</LogFile></LogGroup>",
                          long_name);
  for (guint i = 0; i < COT_LOG_GROUPS_MAX_OWN + 10; i++)
    {
      g_string_append_printf (text, "<LogGroup Name=\"%u\">", i);
      for (guint j = 0; j < COT_LOG_GROUPS_MAX_LOGS + 10; j++)
        g_string_append_printf (text, "<LogFile>%u.log</LogFile>", j);
      g_string_append_printf (text, "<LogFile>%s</LogFile></LogGroup>", long_name);
    }
  g_string_append (text, "</LogGroups>");
  groups = cot_log_groups_xml_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (groups->len, ==, COT_LOG_GROUPS_MAX_OWN);
  for (guint i = 0; i < groups->len; i++)
    g_assert_cmpuint (g_strv_length (((CotNamedLogs *) groups->pdata[i])->logs), ==,
                      COT_LOG_GROUPS_MAX_LOGS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-groups-xml/groups", test_groups);
  g_test_add_func ("/log-groups-xml/encodings", test_encodings);
  g_test_add_func ("/log-groups-xml/hostile", test_hostile);
  g_test_add_func ("/log-groups-xml/deceiving", test_deceiving);
  g_test_add_func ("/log-groups-xml/limits", test_limits);
  return g_test_run ();
}
