/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-clock.h"
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

typedef struct
{
  gint64 key;
  guint snapshot;
  guint64 ordinal;
} Place;

/* The key of an entry: its own time in UTC, else that of its predecessor, else the first one. */
static gint64
get_key (CotSnapshot *snapshot, guint64 ordinal, gint16 fallback_bias)
{
  CotEntryColumns columns;
  guint64 n = cot_snapshot_get_n_entries (snapshot);

  for (guint64 i = ordinal + 1; i > 0; i--)
    if (cot_snapshot_get (snapshot, i - 1, &columns) && columns.time_usec != COT_TIME_NONE)
      goto found;
  for (guint64 i = ordinal; i < n; i++)
    if (cot_snapshot_get (snapshot, i, &columns) && columns.time_usec != COT_TIME_NONE)
      goto found;
  return G_MAXINT64;

found:
  return cot_clock_to_utc (columns.time_usec, columns.bias_minutes != COT_BIAS_NONE
                                                  ? columns.bias_minutes
                                                  : fallback_bias);
}

static gint16
get_fallback (CotSnapshot **snapshots, guint n_snapshots)
{
  for (guint i = 0; i < n_snapshots; i++)
    for (guint64 j = 0; j < cot_snapshot_get_n_entries (snapshots[i]); j++)
      {
        CotEntryColumns columns;

        if (cot_snapshot_get (snapshots[i], j, &columns)
            && columns.bias_minutes != COT_BIAS_NONE)
          return columns.bias_minutes;
      }
  return 0;
}

/* The slow way: of what each log would give next, the earliest, again and again. */
static void
assert_is_merge (CotMerge *merge, CotSnapshot **snapshots, guint n_snapshots)
{
  gint16 fallback = get_fallback (snapshots, n_snapshots);
  guint64 next[8] = { 0 };

  for (guint64 position = 0; position < cot_merge_get_n_entries (merge); position++)
    {
      Place wanted = { .snapshot = G_MAXUINT };
      guint snapshot;
      guint64 ordinal;

      for (guint i = 0; i < n_snapshots; i++)
        {
          gint64 key;

          if (next[i] == cot_snapshot_get_n_entries (snapshots[i]))
            continue;
          key = get_key (snapshots[i], next[i], fallback);
          if (wanted.snapshot == G_MAXUINT || key < wanted.key)
            wanted = (Place){ key, i, next[i] };
        }
      g_assert_cmpuint (wanted.snapshot, !=, G_MAXUINT);
      cot_merge_get (merge, position, &snapshot, &ordinal);
      g_assert_cmpuint (snapshot, ==, wanted.snapshot);
      g_assert_cmpuint (ordinal, ==, wanted.ordinal);
      g_assert_cmpuint (cot_merge_get_position (merge, snapshot, ordinal), ==, position);
      next[snapshot]++;
    }
  for (guint i = 0; i < n_snapshots; i++)
    {
      guint64 n = cot_snapshot_get_n_entries (snapshots[i]);

      g_assert_cmpuint (next[i], ==, n);
      g_assert_cmpuint (cot_merge_get_position (merge, i, n), ==,
                        cot_merge_get_n_entries (merge));
    }
}

/* A log that goes on: mostly forward in time, now and then back, and some lines without any. */
static void
append_lines (GArray *lines, guint n, guint *second, const char *bias)
{
  for (guint i = 0; i < n; i++)
    {
      Line line = { NULL, "x" };

      *second += (guint) g_test_rand_int_range (0, 3);
      if (g_test_rand_int_range (0, 20) == 0)
        *second -= MIN (*second, (guint) g_test_rand_int_range (0, 600));
      if (g_test_rand_int_range (0, 6) > 0)
        line.time = g_strdup_printf ("%02u:%02u:%02u.000%s", *second / 3600 % 24,
                                     *second / 60 % 60, *second % 60, bias);
      g_array_append_val (lines, line);
    }
}

static void
lines_free (GArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    g_free ((char *) g_array_index (lines, Line, i).time);
  g_array_unref (lines);
}

/* Logs that grow, again and again: what was kept of the order before is what the whole would be. */
static void
test_random (void)
{
  static const char *const biases[] = { "+300", "-060", "0000" };

  for (guint round = 0; round < 12; round++)
    {
      guint n_logs = (guint) g_test_rand_int_range (1, 7);
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) lines_free);
      g_autoptr (CotMerge) before = NULL;
      CotDocument *documents[8] = { NULL };
      guint seconds[8] = { 0 };
      guint64 n_kept = 0;

      for (guint i = 0; i < n_logs; i++)
        g_ptr_array_add (lines, g_array_new (FALSE, FALSE, sizeof (Line)));
      for (guint growth = 0; growth < 5; growth++)
        {
          CotSnapshot *snapshots[8];
          g_autoptr (CotMerge) merge = NULL;

          for (guint i = 0; i < n_logs; i++)
            {
              guint n = (guint) g_test_rand_int_range (0, growth == 0 ? 4000 : 300);

              if (documents[i] != NULL && g_test_rand_bit ())
                n = 0;
              append_lines (lines->pdata[i], n, &seconds[i],
                            biases[g_test_rand_int_range (0, i == 0 ? 1 : 3)]);
              if (documents[i] == NULL || n > 0)
                {
                  GArray *all = lines->pdata[i];

                  g_clear_object (&documents[i]);
                  documents[i] = load ((const Line *) (gpointer) all->data, all->len);
                }
              snapshots[i] = cot_document_get_snapshot (documents[i]);
            }
          merge = before != NULL ? cot_merge_new_grown (before, snapshots, n_logs)
                                 : cot_merge_new (snapshots, n_logs);
          assert_is_merge (merge, snapshots, n_logs);
          n_kept += cot_merge_get_n_kept (merge);
          g_clear_pointer (&before, cot_merge_unref);
          before = g_steal_pointer (&merge);
        }
      g_test_message ("%u logs, %" G_GUINT64_FORMAT " places kept", n_logs, n_kept);
      for (guint i = 0; i < n_logs; i++)
        g_clear_object (&documents[i]);
    }
}

/* What comes at the end costs the end: the order before it is kept but for a last block. */
static void
test_growing_keeps (void)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (CotDocument) other = NULL;
  g_autoptr (CotDocument) first = NULL;
  g_autoptr (CotDocument) second = NULL;
  g_autoptr (CotMerge) before = NULL;
  g_autoptr (CotMerge) merge = NULL;
  CotSnapshot *snapshots[2];
  const Line late[] = { { "09:00:00.000+000", "x" } };

  for (guint i = 0; i < 20000; i++)
    {
      Line line = { g_strdup_printf ("10:%02u:%02u.%03u+000", i / 6000, i / 100 % 60, i % 100),
                    "x" };

      g_array_append_val (lines, line);
    }
  other = load (late, G_N_ELEMENTS (late));
  first = load ((const Line *) (gpointer) lines->data, 19990);
  second = load ((const Line *) (gpointer) lines->data, 20000);
  snapshots[0] = cot_document_get_snapshot (other);
  snapshots[1] = cot_document_get_snapshot (first);
  before = cot_merge_new (snapshots, 2);
  snapshots[1] = cot_document_get_snapshot (second);
  merge = cot_merge_new_grown (before, snapshots, 2);
  assert_is_merge (merge, snapshots, 2);
  g_assert_cmpuint (cot_merge_get_n_kept (merge), >=, 16384);
  for (guint i = 0; i < lines->len; i++)
    g_free ((char *) g_array_index (lines, Line, i).time);
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
  g_test_add_func ("/merge/growing-keeps", test_growing_keeps);
  return g_test_run ();
}
