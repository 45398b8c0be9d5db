/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"
#include "cot-merge.h"

/* time (NULL: a plain line) and message of an entry */
typedef struct
{
  const char *time;
  const char *message;
} Line;

static CotDocument *
load (const Line *lines, guint n_lines)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotDocument) document = NULL;

  for (guint i = 0; i < n_lines; i++)
    if (lines[i].time == NULL)
      g_string_append_printf (text, "%s\r\n", lines[i].message);
    else
      g_string_append_printf (text,
                              "<![LOG[%s]LOG]!><time=\"%s\" date=\"09-09-2024\" component=\"A\" "
                              "context=\"\" type=\"1\" thread=\"1\" file=\"a.cpp:1\">\r\n",
                              lines[i].message, lines[i].time);
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  source = cot_source_new_from_bytes (bytes, "a.log");
  document = cot_document_new_for_source (source, NULL);
  g_assert_true (cot_document_load_sync (document, NULL, NULL));
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (document)), ==,
                    n_lines);
  return g_steal_pointer (&document);
}

/* "a0 b0 a1": log and ordinal in the merged order. */
static void
assert_order (CotDocument *const *documents, guint n_documents, const char *wanted)
{
  CotSnapshot *snapshots[4];
  g_autoptr (CotMerge) merge = NULL;
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < n_documents; i++)
    snapshots[i] = cot_document_get_snapshot (documents[i]);
  merge = cot_merge_new (snapshots, n_documents);
  for (guint64 i = 0; i < cot_merge_get_n_entries (merge); i++)
    {
      guint snapshot;
      guint64 ordinal;

      cot_merge_get (merge, i, &snapshot, &ordinal);
      g_string_append_printf (order, "%s%c%" G_GUINT64_FORMAT, i > 0 ? " " : "",
                              (char) ('a' + snapshot), ordinal);
    }
  g_assert_cmpstr (order->str, ==, wanted);
}

static void
test_wall_clock (void)
{
  const Line a[] = { { "10:00:00.0000000", "1" }, { "12:00:00.0000000", "3" } };
  const Line b[] = { { "11:00:00.0000000", "2" }, { "12:00:00.0000000", "as late" } };
  g_autoptr (CotDocument) first = load (a, G_N_ELEMENTS (a));
  g_autoptr (CotDocument) second = load (b, G_N_ELEMENTS (b));
  CotDocument *forth[] = { first, second };
  CotDocument *back[] = { second, first };

  assert_order (forth, 2, "a0 b0 a1 b1");
  assert_order (back, 2, "b0 a0 a1 b1");
}

static void
test_utc (void)
{
  /* 10:00 at UTC-5 is 15:00 UTC; 12:00 at UTC+2 is 10:00 UTC. */
  const Line a[] = { { "10:00:00.000+300", "late" } };
  const Line b[] = { { "12:00:00.000-120", "early" } };
  const Line c[] = { { "11:00:00.0000000", "no bias: by the wall clock" } };
  g_autoptr (CotDocument) first = load (a, G_N_ELEMENTS (a));
  g_autoptr (CotDocument) second = load (b, G_N_ELEMENTS (b));
  g_autoptr (CotDocument) third = load (c, G_N_ELEMENTS (c));
  CotDocument *both[] = { first, second };
  CotDocument *mixed[] = { first, third };

  assert_order (both, 2, "b0 a0");
  assert_order (mixed, 2, "a0 b0");
}

static void
test_without_time (void)
{
  const Line a[] = { { NULL, "before all" },
                     { "10:00:00.000+000", "1" },
                     { NULL, "goes with it" } };
  const Line b[] = { { "09:00:00.000+000", "0" }, { "10:30:00.000+000", "2" } };
  const Line c[] = { { NULL, "no time at all" }, { NULL, "nor here" } };
  g_autoptr (CotDocument) first = load (a, G_N_ELEMENTS (a));
  g_autoptr (CotDocument) second = load (b, G_N_ELEMENTS (b));
  g_autoptr (CotDocument) third = load (c, G_N_ELEMENTS (c));
  CotDocument *documents[] = { third, first, second };

  assert_order (documents, 3, "c0 b0 b1 b2 c1 a0 a1");
}

static void
test_own_order_stays (void)
{
  const Line a[] = { { "10:00:00.000+000", "1" },
                     { "09:00:00.000+000", "the clock went back" },
                     { "10:10:00.000+000", "2" } };
  const Line b[] = { { "09:30:00.000+000", "0" }, { "10:05:00.000+000", "3" } };
  g_autoptr (CotDocument) first = load (a, G_N_ELEMENTS (a));
  g_autoptr (CotDocument) second = load (b, G_N_ELEMENTS (b));
  CotDocument *documents[] = { first, second };

  assert_order (documents, 2, "b0 a0 a1 b1 a2");
}

static void
test_nothing (void)
{
  g_autoptr (CotDocument) empty = load (NULL, 0);
  CotDocument *documents[] = { empty, empty };

  assert_order (documents, 0, "");
  assert_order (documents, 2, "");
}

/* Every entry once, each log's own order kept, whatever the times are. */
static void
test_random (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (CotMerge) merge = NULL;
      CotSnapshot *snapshots[4];
      guint64 next[4] = { 0 };
      guint64 n_entries = 0;

      for (guint j = 0; j < 4; j++)
        {
          Line lines[20];
          char times[20][32];
          guint n = (guint) g_test_rand_int_range (0, 20);

          for (guint k = 0; k < n; k++)
            {
              g_snprintf (times[k], sizeof times[k], "%02d:00:00.000%s",
                          g_test_rand_int_range (0, 24), g_test_rand_bit () ? "+300" : "0000");
              lines[k] = (Line){ g_test_rand_int_range (0, 4) > 0 ? times[k] : NULL, "x" };
            }
          g_ptr_array_add (documents, load (lines, n));
          snapshots[j] = cot_document_get_snapshot (documents->pdata[j]);
          n_entries += n;
        }

      merge = cot_merge_new (snapshots, 4);
      g_assert_cmpuint (cot_merge_get_n_entries (merge), ==, n_entries);
      for (guint64 position = 0; position < n_entries; position++)
        {
          guint snapshot;
          guint64 ordinal;

          cot_merge_get (merge, position, &snapshot, &ordinal);
          g_assert_cmpuint (snapshot, <, 4);
          g_assert_cmpuint (ordinal, ==, next[snapshot]++);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/wall-clock", test_wall_clock);
  g_test_add_func ("/merge/utc", test_utc);
  g_test_add_func ("/merge/without-time", test_without_time);
  g_test_add_func ("/merge/own-order-stays", test_own_order_stays);
  g_test_add_func ("/merge/nothing", test_nothing);
  g_test_add_func ("/merge/random", test_random);
  return g_test_run ();
}
