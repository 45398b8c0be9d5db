/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

static const CotFormat *const w3c = &cot_format_w3c;

#define FIELDS \
  "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip " \
  "cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n"
#define LINE(status) \
  "2026-11-18 14:12:41 192.0.2.1 GET /SMS_MP/.sms_aut MPLIST 443 - 192.0.2.7 ccmhttp - " status \
  " 12\r\n"
#define OTHERS "s-ip=192.0.2.1 s-port=443 cs(User-Agent)=ccmhttp"
#define SHORT_FIELDS "#Fields: date time cs-method cs-uri-stem sc-status\r\n"

static const CotFormat *
learn (const char *text)
{
  const CotSpan blocks[] = { { text, strlen (text) } };

  return cot_format_learn (w3c, blocks, G_N_ELEMENTS (blocks));
}

static void
split_learnt (Split *split, const char *text)
{
  split_text (split, learn (text), text);
}

static void
test_canonical (void)
{
  Split split;
  const CotEntry *entry = &split.entries[2];

  split_learnt (&split, "#Software: Contoso Web\r\n" FIELDS LINE ("403 7 64"));
  assert_shape (&split, "ppF");
  assert_time (entry, "2026-11-18T14:12:41.000000");
  g_assert_cmpint (entry->bias_minutes, ==, 0);
  g_assert_cmpint (entry->severity, ==, COT_SEVERITY_WARNING);
  assert_span (entry->origin, "192.0.2.7");
  assert_span (entry->context, NULL);
  /* For detectors; people read what is composed. */
  assert_message (&split, 2,
                  "2026-11-18 14:12:41 192.0.2.1 GET /SMS_MP/.sms_aut MPLIST 443 - 192.0.2.7 "
                  "ccmhttp - 403 7 64 12");
  assert_span (entry->type_text, "403");
}

/* What people read of a record; NULL where that is its own text. */
static char *
dup_composed (const char *fields, const char *line)
{
  g_autofree char *log = g_strconcat (fields, line, NULL);
  const CotFormat *learnt = learn (log);
  g_autoptr (GString) composed = g_string_new ("left over");
  CotEntry entry;

  cot_format_read_entry (learnt, line, strlen (line), composed, &entry);
  return entry.message.data == composed->str ? g_strndup (composed->str, composed->len) : NULL;
}

static void
test_composed (void)
{
  static const char firewall[] = "#Fields: date time action protocol src-ip dst-ip src-port "
                                 "dst-port path\n";
  static const char driver[] = "#Fields: date time c-ip cs-method cs-uri sc-status s-reason\n";
  static const char *const texts[] = {
    FIELDS, LINE ("403 7 64"),
    "GET /SMS_MP/.sms_aut?MPLIST 403.7 (64) 12 ms from 192.0.2.7  " OTHERS,
    FIELDS, LINE ("200 0 0"), "GET /SMS_MP/.sms_aut?MPLIST 200.0 12 ms from 192.0.2.7  " OTHERS,
    FIELDS, LINE ("- - -"), "GET /SMS_MP/.sms_aut?MPLIST 12 ms from 192.0.2.7  " OTHERS,
    SHORT_FIELDS, "2026-11-18 15:00:00 GET /x 404\r\n", "GET /x 404",
    SHORT_FIELDS, "2026-11-18 15:00:00 - - -\r\n", NULL,
    SHORT_FIELDS, "2026-11-18 15:00:00 GET\r\n", NULL,
    SHORT_FIELDS, "#Fields: x\r\n", NULL,
    SHORT_FIELDS, "words", NULL,
    firewall, "2026-11-18 09:12:41 DROP UDP 192.0.2.7 192.0.2.9 68 67 RECEIVE\n",
    "DROP UDP 192.0.2.7:68 to 192.0.2.9:67 RECEIVE",
    firewall, "2026-11-18 09:12:41 DROP ICMP 192.0.2.7 - - - -\n", "DROP ICMP 192.0.2.7",
    "#Fields: date time cs-username cs-method sc-status sc-bytes s-sitename s-siteid\n",
    "2026-11-18 09:12:41 CONTOSO\\ada GET 200 0 W3SVC1 1\n",
    "GET 200  cs-username=CONTOSO\\ada sc-bytes=0 s-siteid=1",
    driver, "2026-11-18 09:12:41 192.0.2.7 - - - Timer_ConnectionIdle\n",
    "Timer_ConnectionIdle from 192.0.2.7",
    driver, "2026-11-18 09:12:41 192.0.2.7 GET /x 503 AppOffline",
    "GET /x 503 AppOffline from 192.0.2.7",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i += 3)
    {
      g_autofree char *composed = dup_composed (texts[i], texts[i + 1]);

      g_assert_cmpstr (composed, ==, texts[i + 2]);
    }
}

static void
test_severities (void)
{
  static const struct
  {
    const char *line;
    CotSeverity severity;
  } lines[] = {
    { FIELDS LINE ("200 0 0"), COT_SEVERITY_INFO },
    { FIELDS LINE ("304 0 0"), COT_SEVERITY_INFO },
    { FIELDS LINE ("404 0 2"), COT_SEVERITY_WARNING },
    { FIELDS LINE ("500 19 13"), COT_SEVERITY_ERROR },
    { FIELDS LINE ("503 0 0"), COT_SEVERITY_ERROR },
    { FIELDS LINE ("401 2 5"), COT_SEVERITY_INFO },
    { FIELDS LINE ("401 1 2148074254"), COT_SEVERITY_INFO },
    { FIELDS LINE ("401 1 1326"), COT_SEVERITY_WARNING },
    { FIELDS LINE ("- - -"), COT_SEVERITY_INFO },
    { FIELDS LINE ("99999999999 0 0"), COT_SEVERITY_INFO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      Split split;

      g_test_message ("%s", lines[i].line);
      split_learnt (&split, lines[i].line);
      g_assert_cmpint (split.entries[1].severity, ==, lines[i].severity);
    }
}

/* The service came back with other settings: each line is read by the layout it fits. */
static void
test_two_layouts (void)
{
  Split split;

  split_learnt (&split, FIELDS LINE ("500 0 0") SHORT_FIELDS
                "2026-11-18 15:00:00 GET /x 404\r\n" FIELDS LINE ("200 0 0")
                "2026-11-18 15:00:01 two columns\r\n2026-11-18 15:00:02 GET /x word\r\n");
  assert_shape (&split, "pFpFpFFF");
  g_assert_cmpint (split.entries[1].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (split.entries[3].severity, ==, COT_SEVERITY_WARNING);
  assert_span (split.entries[3].type_text, "404");
  g_assert_cmpint (split.entries[5].severity, ==, COT_SEVERITY_INFO);
  assert_time (&split.entries[6], "2026-11-18T15:00:01.000000");
  assert_span (split.entries[7].type_text, NULL);
}

static void
test_firewall (void)
{
  Split split;

  split_learnt (&split,
                "#Version: 1.5\r\n#Software: Contoso Firewall\r\n#Time Format: Local\r\n"
                "#Fields: date time action protocol src-ip dst-ip src-port dst-port path pid\r\n"
                "\r\n"
                "2026-11-18 09:12:41 DROP UDP 192.0.2.7 192.0.2.9 68 67 RECEIVE 4711\r\n"
                "2026-11-18 09:12:41 ALLOW TCP 192.0.2.7 192.0.2.9 50000 443 SEND -\r\n");
  assert_shape (&split, "ppppFF");
  g_assert_cmpint (split.entries[4].bias_minutes, ==, COT_BIAS_NONE);
  g_assert_cmpint (split.entries[4].severity, ==, COT_SEVERITY_WARNING);
  assert_span (split.entries[4].type_text, "DROP");
  assert_span (split.entries[4].origin, "192.0.2.7");
  assert_span (split.entries[4].thread, "4711");
  g_assert_cmpint (split.entries[5].severity, ==, COT_SEVERITY_INFO);
  assert_span (split.entries[5].thread, NULL);
}

static void
test_date_from_directive (void)
{
  Split split;

  split_learnt (&split, "#Date: 2026-11-18 00:00:00\r\n"
                        "#Fields: time s-sitename cs-method sc-status\r\n"
                        "09:12:41 W3SVC1 GET 200\r\n");
  assert_time (&split.entries[2], "2026-11-18T09:12:41.000000");
  assert_span (split.entries[2].component, "W3SVC1");
}

/* Of several days none is that of a line. */
static void
test_dates_from_directives (void)
{
  static const char same[] = "#Date: 2026-11-18 00:00:00\r\n"
                             "#Fields: time cs-method sc-status\r\n09:12:41 GET 200\r\n"
                             "#Date: 2026-11-18 10:00:00\r\n10:12:41 GET 200\r\n";
  static const char other[] = "#Date: 2026-11-18 00:00:00\r\n"
                              "#Fields: time cs-method sc-status\r\n09:12:41 GET 200\r\n"
                              "#Date: 2026-11-19 10:00:00\r\n10:12:41 GET 200\r\n";
  Split split;

  split_learnt (&split, same);
  assert_time (&split.entries[2], "2026-11-18T09:12:41.000000");
  assert_time (&split.entries[4], "2026-11-18T10:12:41.000000");
  split_learnt (&split, other);
  assert_time (&split.entries[2], "");
  assert_time (&split.entries[4], "");
}

static void
test_without_layout (void)
{
  Split split;

  split_text (&split, w3c, LINE ("500 0 0") "words\n\n#Fields: cut\n2026-99-99 14:12:41 x y\n");
  assert_shape (&split, "FppF");
  assert_time (&split.entries[0], "2026-11-18T14:12:41.000000");
  assert_message (&split, 0,
                  "192.0.2.1 GET /SMS_MP/.sms_aut MPLIST 443 - 192.0.2.7 ccmhttp - 500 0 0 12");
  assert_time (&split.entries[3], "");
}

/* Columns that make neither a request nor a packet are read as they stand. */
static void
test_other_columns (void)
{
  Split split;
  const char *log = "#Fields: date time s-sitename x-event x-text\n"
                    "2026-11-18 14:12:41 SITE1 started \"all of it\"\n";

  split_learnt (&split, log);
  assert_shape (&split, "pF");
  assert_span (split.entries[1].component, "SITE1");
  assert_message (&split, 1, "started \"all of it\"");
  assert_time (&split.entries[1], "2026-11-18T14:12:41.000000");
}

static void
test_odd_layouts (void)
{
  g_autoptr (GString) wide = g_string_new ("#Fields: date time");
  Split split;

  /* More columns than there is room for; names of nothing; none. */
  for (guint i = 0; i < 100; i++)
    g_string_append (wide, " x");
  g_string_append (wide, "\n2026-11-18 14:12:41");
  for (guint i = 0; i < 100; i++)
    g_string_append (wide, " y");
  g_string_append (wide, "\n#Fields:\n#Fields: a b c\n");
  split_learnt (&split, wide->str);
  assert_shape (&split, "pFpp");
  assert_time (&split.entries[1], "2026-11-18T14:12:41.000000");
  /* Quotes hold blanks, and may be torn. */
  split_learnt (&split, "#Fields:  date  time  cs-uri  sc-status\n"
                        "\"2026-11-18\"  14:12:41  \"/a b\"  \"404\"\n"
                        "2026-11-18 14:12:41 \"/a b 404\n");
  assert_shape (&split, "pFF");
  assert_span (split.entries[1].type_text, "404");
  assert_span (split.entries[2].type_text, NULL);
}

static void
test_needs_more (void)
{
  static const char nuls[] = LINE ("200 0 0") "\0\0\0\0";
  Split split;
  gsize end;

  split_bytes (&split, w3c, nuls, sizeof nuls - 1);
  assert_shape (&split, "F");
  g_assert_cmpint (w3c->next_record (nuls, 40, 0, FALSE, &end), ==, COT_RECORD_NEEDS_MORE);
  split_text (&split, w3c, "2026-11-18 14:12:41 a\r2026-11-18 14:12:42 b\r");
  assert_shape (&split, "FF");
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    FIELDS, "w3c",
    "#Software: Contoso\r\n#Version: 1.0\r\n#Date: 2026-11-18 00:00:00\r\n" FIELDS, "w3c",
    LINE ("200 0 0") FIELDS, "w3c",
    "#Software: Contoso\r\n#Version: 1.0\r\n", "w3c",
    "#Software: Contoso\r\n" FIELDS LINE ("200 0 0") LINE ("200 0 0") LINE ("200 0 0"), "w3c",
    "# Software\n", "plain",
    "", "plain",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-w3c/canonical", test_canonical);
  g_test_add_func ("/format-w3c/composed", test_composed);
  g_test_add_func ("/format-w3c/severities", test_severities);
  g_test_add_func ("/format-w3c/two-layouts", test_two_layouts);
  g_test_add_func ("/format-w3c/firewall", test_firewall);
  g_test_add_func ("/format-w3c/date-from-directive", test_date_from_directive);
  g_test_add_func ("/format-w3c/dates-from-directives", test_dates_from_directives);
  g_test_add_func ("/format-w3c/without-layout", test_without_layout);
  g_test_add_func ("/format-w3c/other-columns", test_other_columns);
  g_test_add_func ("/format-w3c/odd-layouts", test_odd_layouts);
  g_test_add_func ("/format-w3c/needs-more", test_needs_more);
  g_test_add_func ("/format-w3c/detection", test_detection);
  return g_test_run ();
}
