/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner-private.h"

/* Where no slice can be taken over, the scanner goes on alone from one to the next. It must not
 * read ahead for each of them: the buffer would grow with the log, and what is in it at the end
 * would be taken for one long tail. */

#define SLICE_BYTES 2000
#define BLOCK_BYTES 16384

static const char record[] = "Evaluated  $$<SMS_COLLECTION_EVALUATOR>"
                             "<11-30-2022 01:03:34.174-60><thread=4844 (0x12EC)>\r\n";

static GString *
make_log (void)
{
  GString *log = g_string_new (NULL);

  while (log->len < 400 * 1024)
    {
      for (gint n = g_test_rand_int_range (0, 40); n > 0; n--)
        g_string_append (log, "a line of a message, as long as those of a stack are\r\n");
      g_string_append (log, record);
    }
  return log;
}

static CotScanner *
begin (CotSource *source)
{
  CotScanner *scanner;
  CotTables tables;
  gboolean at_end;

  cot_tables_init (&tables);
  scanner = cot_scanner_new (source, &cot_format_server, &tables);
  cot_tables_clear (&tables);
  cot_scanner_set_block_size (scanner, BLOCK_BYTES);
  g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
  return scanner;
}

/* As slices move it on where none of them is taken over. */
static void
move_limit (CotScanner *scanner, guint64 size_bytes)
{
  guint64 position = cot_scanner_get_position (scanner);

  if (position < scanner->limit)
    return;
  cot_scanner_finish_scan (scanner);
  scanner->limit = position + SLICE_BYTES < size_bytes ? position + SLICE_BYTES : G_MAXUINT64;
}

static void
test_alone (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GString) log = make_log ();
      g_autoptr (GBytes) bytes = g_bytes_new (log->str, log->len);
      g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "a.log");
      g_autoptr (CotScanner) in_turn = begin (source);
      g_autoptr (CotScanner) scanner = begin (source);
      gboolean at_end = FALSE;
      gsize most_bytes = 0;

      while (!at_end)
        g_assert_true (cot_scanner_step (in_turn, &at_end, NULL));
      scanner->limit = cot_scanner_get_position (scanner);
      do
        {
          move_limit (scanner, log->len);
          g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
          most_bytes = MAX (most_bytes, scanner->n_bytes);
        }
      while (!at_end);
      g_assert_cmpuint (most_bytes, <, 4 * BLOCK_BYTES);
      g_assert_cmpuint (cot_scanner_get_position (scanner), ==,
                        cot_scanner_get_position (in_turn));
      g_assert_cmpmem (scanner->lines->data, scanner->lines->len * sizeof (guint64),
                       in_turn->lines->data, in_turn->lines->len * sizeof (guint64));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slices/alone", test_alone);
  return g_test_run ();
}
