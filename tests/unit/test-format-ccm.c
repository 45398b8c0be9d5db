/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

#define ATTRIBUTES \
  "<time=\"09:12:41.327+300\" date=\"11-18-2026\" component=\"ContosoAgent\" context=\"\" " \
  "type=\"1\" thread=\"7120\" file=\"agent.cpp:42\">"
#define RECORD(message) "<![LOG[" message "]LOG]!>" ATTRIBUTES
#define BOM "\xef\xbb\xbf"

static const CotFormat *const ccm = &cot_format_ccm;

static void
test_canonical (void)
{
  Split split;
  const CotEntry *entry = &split.entries[0];

  split_text (&split, ccm, RECORD ("Contoso agent started") "\r\n");
  assert_shape (&split, "F");
  assert_message (&split, 0, "Contoso agent started");
  assert_span (entry->component, "ContosoAgent");
  assert_span (entry->context, "");
  assert_span (entry->thread, "7120");
  assert_span (entry->origin, "agent.cpp:42");
  assert_span (entry->type_text, "1");
  assert_time (entry, "2026-11-18T09:12:41.327000");
  g_assert_cmpint (entry->bias_minutes, ==, 300);
  g_assert_false (entry->doubled_bias_sign);
  g_assert_cmpint (entry->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (entry->flags, ==, COT_RECORD_FRAMED);
}

/* Whatever ends the lines, the records are the same and hold every byte. */
static void
test_line_ends (void)
{
  static const char *const logs[] = {
    RECORD ("a") "\r\n" RECORD ("b") "\r\n",
    RECORD ("a") "\n" RECORD ("b") "\n",
    RECORD ("a") "\r" RECORD ("b") "\r",
    RECORD ("a") "\r\n" RECORD ("b"),
    RECORD ("a") RECORD ("b"), /* two records on one line */
    RECORD ("a") " \t" RECORD ("b"),
    RECORD ("a") "  \r\n\r\n \t \n\x1a\n" RECORD ("b") "\r\n\r\n",
    BOM RECORD ("a") "\r\n" BOM RECORD ("b") "\r\n", /* two files joined */
    "\r\n  " RECORD ("a") "\r\n   " RECORD ("b") " ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      Split split;

      g_test_message ("%u", i);
      split_text (&split, ccm, logs[i]);
      assert_shape (&split, "FF");
      assert_message (&split, 0, "a");
      assert_message (&split, 1, "b");
    }
}

static void
test_nul_tail (void)
{
  static const char log[] = RECORD ("a") "\r\n\0\0\0\0\0\0";
  static const char written[] = RECORD ("a") "\r\n\0\0\0\0"
                                             "0\0x\0";
  Split split;

  split_bytes (&split, ccm, log, sizeof log - 1);
  assert_shape (&split, "F");
  assert_message (&split, 0, "a");
  /* A preallocated log whose writer left its offset at the end, in UTF-16. */
  split_bytes (&split, ccm, written, sizeof written - 1);
  assert_shape (&split, "Fp");
  g_assert_cmpuint (split.starts[1], ==, sizeof RECORD ("a") "\r\n\0\0\0\0" - 1);
}

static void
test_nothing_but_filler (void)
{
  static const struct
  {
    const char *data;
    gsize length_bytes;
  } logs[] = {
    { BOM, 3 }, { "\0\0\0\0", 4 }, { "\r\n\r\n", 4 }, { BOM " \t\r\n", 7 }, { " ", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      Split split;

      split_bytes (&split, ccm, logs[i].data, logs[i].length_bytes);
      assert_shape (&split, "p");
      assert_message (&split, 0, "");
    }
}

static void
test_messages (void)
{
  static const char *const messages[] = {
    RECORD ("") "\n", "",
    RECORD (" \t indented ") "\n", " \t indented ",
    RECORD ("environment [PE]") "\n", "environment [PE]",
    RECORD ("[Win32App][x]]]") "\n", "[Win32App][x]]]",
    RECORD ("\nstarts with a line end") "\n", "\nstarts with a line end",
    RECORD ("ends with one\r\n") "\n", "ends with one\r\n",
    RECORD ("Raising event:\n\n\tinstance of Contoso\n\t{\n\t};\n") "\n",
    "Raising event:\n\n\tinstance of Contoso\n\t{\n\t};\n",
    RECORD ("\r    0 percent\r  100 percent") "\n", "\r    0 percent\r  100 percent",
    RECORD ("<![CDATA[ x ]]> ]LOG] ]LOG]! <a>") "\n", "<![CDATA[ x ]]> ]LOG] ]LOG]! <a>",
    /* Quoted marks: a closer counts with its frame, an opener at the start of a line. */
    RECORD ("the mark ]LOG]!> ends it") "\n", "the mark ]LOG]!> ends it",
    RECORD ("the mark <![LOG[ begins it") "\n", "the mark <![LOG[ begins it",
    RECORD ("\x07 \x1a \x1b \x08\x08") "\n", "\x07 \x1a \x1b \x08\x08",
    "<![LOG[a]LOG]!> \t " ATTRIBUTES "\n", "a",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i += 2)
    {
      Split split;
      const char *message = messages[i + 1];

      g_test_message ("%s", message);
      split_text (&split, ccm, messages[i]);
      assert_shape (&split, "F");
      assert_message (&split, 0, message);
      g_assert_cmpint ((split.entries[0].flags & COT_RECORD_MULTI_LINE) != 0, ==,
                       strpbrk (message, "\r\n") != NULL);
    }
}

static void
test_types (void)
{
  static const struct
  {
    const char *attribute;
    const char *type;
    CotSeverity severity;
  } cases[] = {
    { "type=\"0\"", "0", COT_SEVERITY_VERBOSE },
    { "type=\"1\"", "1", COT_SEVERITY_INFO },
    { "type=\"2\"", "2", COT_SEVERITY_WARNING },
    { "type=\"3\"", "3", COT_SEVERITY_ERROR },
    { "type=\"4\"", "4", COT_SEVERITY_VERBOSE },
    { "type=\" 3 \"", " 3 ", COT_SEVERITY_ERROR },
    { "type=3", "3", COT_SEVERITY_ERROR },
    { "TYPE=\"3\"", "3", COT_SEVERITY_ERROR },
    { "type=\"2\" type=\"3\"", "2", COT_SEVERITY_WARNING },
    /* By the words of the message, which says that something failed. */
    { "type=\"\"", "", COT_SEVERITY_ERROR },
    { "type=\"9\"", "9", COT_SEVERITY_ERROR },
    { "type=\"11\"", "11", COT_SEVERITY_ERROR },
    { "type=\"{}4\"", "{}4", COT_SEVERITY_ERROR },
    { "thread=\"1\"", NULL, COT_SEVERITY_ERROR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *log = g_strdup_printf ("<![LOG[It failed]LOG]!><time=\"1:02:03\" %s>\n",
                                              cases[i].attribute);
      Split split;

      g_test_message ("%s", cases[i].attribute);
      split_text (&split, ccm, log);
      assert_shape (&split, "F");
      assert_span (split.entries[0].type_text, cases[i].type);
      g_assert_cmpint (split.entries[0].severity, ==, cases[i].severity);
    }
}

typedef struct
{
  const char *attributes;
  const char *component;
  const char *context;
  const char *thread;
  const char *origin;
  const char *time;
} AttributesCase;

static const AttributesCase attributes_cases[] = {
  { "file=\"a.cpp:1\" thread=\"2\" type=\"1\" context=\"u\" component=\"C\" date=\"1-2-2026\" "
    "time=\"1:02:03.5\"",
    "C", "u", "2", "a.cpp:1", "2026-01-02T01:02:03.500000" },
  { "Time=\"1:02:03\" DATE=\"1-2-2026\" Component=\"C\"", "C", NULL, NULL, NULL,
    "2026-01-02T01:02:03.000000" },
  { "", NULL, NULL, NULL, NULL, "" },
  { "time=\"1:02:03\"", NULL, NULL, NULL, NULL, "" },
  { "date=\"1-2-2026\"", NULL, NULL, NULL, NULL, "" },
  { "time=\"garbage\" date=\"1-2-2026\" component=\"C\"", "C", NULL, NULL, NULL, "" },
  { "time=\"1:02:03\" date=\"99-99-2026\" component=\"C\"", "C", NULL, NULL, NULL, "" },
  { "time=\"0000-12-31 18:27:49 -0532 LMT\" date=\"0000-12-31 18:27:49 -0532 LMT\" thread=\"3\"",
    NULL, NULL, "3", NULL, "" },
  { "time = \"1:02:03\"\tdate= \"1-2-2026\"", NULL, NULL, NULL, NULL,
    "2026-01-02T01:02:03.000000" },
  { "component=\"Example\"CoreSettings\" thread=\"1\"", "Example\"CoreSettings", NULL, "1", NULL,
    "" },
  { "component=\"A\"context=\"u\"thread=\"1\"", "A", "u", "1", NULL, "" },
  { "thread=\"/srv/main.go 15\" file=main.go\"\"", NULL, NULL, "/srv/main.go 15", "main.go", "" },
  { "source=\"Fabrikam\"", NULL, "Fabrikam", NULL, NULL, "" },
  { "source=\"Fabrikam\" context=\"\"", NULL, "", NULL, NULL, "" },
  { "component=\"a>b <c> = d\" file=\"C:\\Program Files\\x y.ps1\"", "a>b <c> = d", NULL, NULL,
    "C:\\Program Files\\x y.ps1", "" },
  { "ti ad=\"4180\" file=\"sqldb.cpp:929\"", NULL, NULL, NULL, "sqldb.cpp:929", "" },
  { "component=\"\" thread=\"\" file=\"\"", "", NULL, "", "", "" },
  { "unknown=\"1\" component=\"C\" file=\"\u00fc.cpp:1\"", "C", NULL, NULL, "\u00fc.cpp:1", "" },
  { "time=\"1:02:03\"\r\n  date=\"1-2-2026\"\n\ncomponent=\"C\"\n", "C", NULL, NULL, NULL,
    "2026-01-02T01:02:03.000000" },
  { "component=\"one\" component=\"two\"", "one", NULL, NULL, NULL, "" },
};

static void
test_attributes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (attributes_cases); i++)
    {
      const AttributesCase *c = &attributes_cases[i];
      g_autofree char *log = g_strdup_printf ("<![LOG[m]LOG]!><%s>\r\n" RECORD ("next") "\r\n",
                                              c->attributes);
      Split split;
      const CotEntry *entry = &split.entries[0];

      g_test_message ("%s", c->attributes);
      split_text (&split, ccm, log);
      assert_shape (&split, "FF");
      assert_message (&split, 0, "m");
      assert_span (entry->component, c->component);
      assert_span (entry->context, c->context);
      assert_span (entry->thread, c->thread);
      assert_span (entry->origin, c->origin);
      assert_time (entry, c->time);
    }
}

static void
test_bias (void)
{
  Split split;

  split_text (&split, ccm,
              "<![LOG[a]LOG]!><time=\"1:02:03.004+-240\" date=\"1-2-2026\">\n"
              "<![LOG[b]LOG]!><time=\"1:02:03.004 600\" date=\"1-2-2026\">\n"
              "<![LOG[c]LOG]!><time=\"1:02:03.0045678\" date=\"2026-1-2\">\n");
  assert_shape (&split, "FFF");
  g_assert_cmpint (split.entries[0].bias_minutes, ==, -240);
  g_assert_true (split.entries[0].doubled_bias_sign);
  g_assert_cmpint (split.entries[1].bias_minutes, ==, 600);
  g_assert_cmpint (split.entries[2].bias_minutes, ==, COT_BIAS_NONE);
  assert_time (&split.entries[2], "2026-01-02T01:02:03.004567");
}

/* A frame that its line end breaks off is still one record, and takes nothing of the next. */
static void
test_broken_frames (void)
{
  static const char *const broken[] = {
    "<time=\"1:02:03\" date=\"1-2-2026\"",
    "<time=\"1:02:03\" date=\"1-2-2026\" component=\"Cont",
    "<time=\"1:02:03\" date=\"1-2-2026\" component",
    "<time=\"1:02:03\" date=\"1-2-2026\" component=",
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *log = g_strconcat ("<![LOG[m]LOG]!>", broken[i], "\r\nforeign line\r\n",
                                          RECORD ("next"), "\r\n", NULL);
      Split split;

      g_test_message ("%s", broken[i]);
      split_text (&split, ccm, log);
      assert_shape (&split, "IpF");
      assert_message (&split, 0, "m");
      assert_message (&split, 1, "foreign line");
      assert_message (&split, 2, "next");
      assert_time (&split.entries[0], "2026-01-02T01:02:03.000000");
    }
}

static void
test_cut_records (void)
{
  Split split;

  /* By the next record, at the start of a line. */
  split_text (&split, ccm, "<![LOG[lost tail\r\nof two lines\r\n" RECORD ("next") "\r\n");
  assert_shape (&split, "IF");
  assert_message (&split, 0, "lost tail\r\nof two lines");
  assert_message (&split, 1, "next");
  /* By the end of the data, in each part. */
  split_text (&split, ccm, RECORD ("a") "\r\n<![LOG[Raising event:\r\n\r\n");
  assert_shape (&split, "FI");
  assert_message (&split, 1, "Raising event:");
  g_assert_true (split.entries[1].flags & COT_RECORD_OPEN_ENDED);
  split_text (&split, ccm, "<![LOG[m]LOG]!>");
  assert_shape (&split, "I");
  split_text (&split, ccm, "<![LOG[m]LOG]!><time=\"1:02:03\" date=\"1-2-2026\"");
  assert_shape (&split, "I");
  assert_message (&split, 0, "m");
  assert_time (&split.entries[0], "2026-01-02T01:02:03.000000");
  g_assert_true (split.entries[0].flags & COT_RECORD_OPEN_ENDED);
  split_text (&split, ccm, RECORD ("a") "\n<![LO");
  assert_shape (&split, "Fp");
}

/* Two writers over each other: what is left of a record is text of its own. */
static void
test_torn_writes (void)
{
  Split split;

  split_text (&split, ccm,
              RECORD ("a") "\r\nre.]LOG]!>" ATTRIBUTES "\r\n]LOG]!>" ATTRIBUTES "\r\n"
                           "   at Contoso.Fabrikam.Run()\r\n\r\n" RECORD ("b") "\r\n");
  assert_shape (&split, "FpppF");
  assert_message (&split, 1, "re.]LOG]!>" ATTRIBUTES);
  assert_message (&split, 3, "   at Contoso.Fabrikam.Run()");
  assert_message (&split, 4, "b");
  /* One record's attributes in the message of another. */
  split_text (&split, ccm,
              "<![LOG[m]LOG]!><time=\"1:02:03\" component=\"CcmRes logging.]LOG]!>" ATTRIBUTES
              "\r\n" RECORD ("b") "\r\n");
  assert_shape (&split, "FF");
}

static void
test_begins_inside (void)
{
  Split split;

  split_text (&split, ccm,
              BOM "t=\"\" type=\"1\" thread=\"7172\" file=\"a.cpp:1\">\r\n" RECORD ("a") "\r\n");
  assert_shape (&split, "pF");
  assert_message (&split, 0, "t=\"\" type=\"1\" thread=\"7172\" file=\"a.cpp:1\">");
  split_text (&split, ccm, "OG[Running query]LOG]!>" ATTRIBUTES "\n" RECORD ("a"));
  assert_shape (&split, "pF");
}

static void
test_text_between (void)
{
  Split split;

  split_text (&split, ccm,
              RECORD ("a") "\nfirst\r\nsecond\rthird " RECORD ("b") " same line\n"
                           "text~  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\n");
  assert_shape (&split, "FpppFpp");
  assert_message (&split, 1, "first");
  assert_message (&split, 2, "second");
  assert_message (&split, 3, "third ");
  assert_message (&split, 4, "b");
  assert_message (&split, 5, " same line");
}

static void
test_too_long (void)
{
  g_autoptr (GString) log = g_string_new ("<![LOG[");
  gsize end = 0;
  CotEntry entry;

  while (log->len < COT_RECORD_MAX_BYTES - 1)
    g_string_append_c (log, 'x');
  /* Not in the middle of a character. */
  g_string_append (log, "\u20ac and more");
  g_assert_cmpint (ccm->next_record (log->str, log->len, 0, FALSE, &end), ==, COT_RECORD_FOUND);
  g_assert_cmpuint (end, ==, COT_RECORD_MAX_BYTES - 1);
  cot_format_parse_entry (ccm, log->str, end, &entry);
  g_assert_true (entry.flags & COT_RECORD_INCOMPLETE);
  g_string_append (log, "]LOG]!>" ATTRIBUTES "\n" RECORD ("next"));
  g_assert_cmpint (ccm->next_record (log->str, log->len, end, FALSE, &end), ==, COT_RECORD_FOUND);
  cot_format_parse_entry (ccm, log->str + COT_RECORD_MAX_BYTES - 1,
                          end - COT_RECORD_MAX_BYTES + 1, &entry);
  g_assert_false (entry.flags & COT_RECORD_FRAMED);
  g_assert_true (g_str_has_prefix (log->str + end, RECORD ("next")));
}

/* A line of a megabyte full of attributes: each is read once, and not the rest of the line with
 * it, which would take the better part of a minute. */
static void
test_many_attributes (void)
{
  g_autoptr (GString) log = g_string_new ("<![LOG[x]LOG]!><");
  gint64 start_usec = g_get_monotonic_time ();
  gsize end = 0;
  CotEntry entry;

  while (log->len < COT_RECORD_MAX_BYTES - 64)
    g_string_append (log, "a=\"b\" ");
  g_string_append (log, "thread=\"7\">\n");
  g_assert_cmpint (ccm->next_record (log->str, log->len, 0, TRUE, &end), ==, COT_RECORD_FOUND);
  g_assert_cmpuint (end, ==, log->len);
  cot_format_parse_entry (ccm, log->str, end, &entry);
  assert_span (entry.thread, "7");
  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, 5 * G_USEC_PER_SEC);
}

/* The answer of a part is the answer of the whole, or there is none yet. */
static void
test_needs_more (void)
{
  static const char log[] = BOM RECORD ("a\nb") "\r\n\r\ntext\r\n<![LOG[c]LOG]!><x=\"1\"\r\n"
                            "<![LOG[d\r\n" RECORD ("e");
  gsize length = sizeof log - 1;

  for (gsize start = 0; start < length;)
    {
      gsize end = 0;

      g_assert_cmpint (ccm->next_record (log, length, start, TRUE, &end), ==, COT_RECORD_FOUND);
      for (gsize n = start; n < length; n++)
        {
          gsize early = 0;
          CotRecordResult result = ccm->next_record (log, n, start, FALSE, &early);

          if (n < end)
            g_assert_cmpint (result, ==, COT_RECORD_NEEDS_MORE);
          else if (result == COT_RECORD_FOUND)
            g_assert_cmpuint (early, ==, end);
        }
      start = end;
    }
}

static void
test_detection (void)
{
  static const struct
  {
    const char *head;
    const char *id;
  } cases[] = {
    { "", "plain" },
    { "<![LOG[", "ccm" },
    { RECORD ("a"), "ccm" },
    { BOM RECORD ("a"), "ccm" },
    { "lost head]LOG]!>" ATTRIBUTES, "ccm" },
    { RECORD ("a") "\nx  $$<C><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\n", "ccm" },
    { RECORD ("a") "\nx  $$<C><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\n"
                   "y  $$<C><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\n",
      "server" },
    { "<![CDATA[x]]>\n", "plain" },
    { "[LOG[ ]LOG]!\n", "plain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (cot_formats_detect (cases[i].head, strlen (cases[i].head))->id, ==,
                     cases[i].id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-ccm/canonical", test_canonical);
  g_test_add_func ("/format-ccm/line-ends", test_line_ends);
  g_test_add_func ("/format-ccm/nul-tail", test_nul_tail);
  g_test_add_func ("/format-ccm/nothing-but-filler", test_nothing_but_filler);
  g_test_add_func ("/format-ccm/messages", test_messages);
  g_test_add_func ("/format-ccm/types", test_types);
  g_test_add_func ("/format-ccm/attributes", test_attributes);
  g_test_add_func ("/format-ccm/bias", test_bias);
  g_test_add_func ("/format-ccm/broken-frames", test_broken_frames);
  g_test_add_func ("/format-ccm/cut-records", test_cut_records);
  g_test_add_func ("/format-ccm/torn-writes", test_torn_writes);
  g_test_add_func ("/format-ccm/begins-inside", test_begins_inside);
  g_test_add_func ("/format-ccm/text-between", test_text_between);
  g_test_add_func ("/format-ccm/too-long", test_too_long);
  g_test_add_func ("/format-ccm/many-attributes", test_many_attributes);
  g_test_add_func ("/format-ccm/needs-more", test_needs_more);
  g_test_add_func ("/format-ccm/detection", test_detection);
  return g_test_run ();
}
