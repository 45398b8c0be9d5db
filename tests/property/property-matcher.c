/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matcher that sifts blocks by literals must find what every pattern on every message finds. */
#include "cot-document.h"
#include "cot-matcher.h"

#define N_ROUNDS 60
#define MAX_ENTRIES 400

static const char *const names[] = { "CoManagementHandler.log", "LocationServices.log",
                                     "ccmsetup.log", "SMS_Cloud_ProxyConnector.log", "other.log" };

/* A sample, sometimes cut, doubled, in other letters, or inside of other text. */
static void
append_message (GString *log, GRand *rand, CotKnowledge *knowledge)
{
  guint n = cot_knowledge_get_n_detectors (knowledge);
  const CotDetector *detector
      = cot_knowledge_get_detector (knowledge, (guint) g_rand_int_range (rand, 0, (int) n));
  guint n_samples;
  const CotSample *samples = cot_detector_get_samples (detector, &n_samples);
  g_autofree char *changed = NULL;
  g_autofree char *valid = NULL;
  const char *text;

  if (n_samples == 0 || g_rand_int_range (rand, 0, 3) == 0)
    {
      g_string_append (log, "Nothing of interest happened here");
      return;
    }
  text = samples[g_rand_int_range (rand, 0, (int) n_samples)].text;
  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      changed = g_ascii_strup (text, -1);
      break;
    case 1:
      changed = g_strndup (text, (gsize) g_rand_int_range (rand, 0, 80));
      break;
    case 2:
      changed = g_strconcat (text, " and then ", text, NULL);
      break;
    case 3:
      changed = g_strconcat ("caf\xc3\xa9 ", text, " \xe2\x82\xac", NULL);
      break;
    default:
      changed = g_strdup (text);
      break;
    }
  valid = g_utf8_make_valid (changed, -1);
  g_string_append (log, valid);
}

static CotSnapshot *
make_log (GRand *rand, CotKnowledge *knowledge)
{
  g_autoptr (GString) log = g_string_new (NULL);
  int n_entries = g_rand_int_range (rand, 0, MAX_ENTRIES);
  gboolean plain = g_rand_int_range (rand, 0, 4) == 0;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotDocument) document = NULL;

  for (int i = 0; i < n_entries; i++)
    {
      if (!plain)
        g_string_append (log, "<![LOG[");
      append_message (log, rand, knowledge);
      if (plain || g_rand_int_range (rand, 0, 50) == 0)
        g_string_append (log, "\n");
      else
        g_string_append_printf (log,
                                "]LOG]!><time=\"10:%02d:%02d.000+300\" date=\"09-09-2024\" "
                                "component=\"x\" context=\"\" type=\"1\" thread=\"1\" "
                                "file=\"\">\r\n",
                                i / 60 % 60, i % 60);
    }
  bytes = g_string_free_to_bytes (g_steal_pointer (&log));
  source = cot_source_new_from_bytes (bytes, "random");
  document = cot_document_new_for_source (source, "random");
  g_assert_true (cot_document_load_sync (document, NULL, NULL));
  return cot_snapshot_ref (cot_document_get_snapshot (document));
}

static void
assert_same (CotHits *fast, CotHits *slow)
{
  g_assert_cmpuint (cot_hits_get_counts (fast)->n_entries, ==,
                    cot_hits_get_counts (slow)->n_entries);
  g_assert_cmpint (cot_hits_get_newest_time (fast, NULL), ==,
                   cot_hits_get_newest_time (slow, NULL));
  for (guint i = 0; i < cot_hits_get_n (slow) && i < cot_hits_get_n (fast); i++)
    {
      const CotHit *left = cot_hits_get (fast, i);
      const CotHit *right = cot_hits_get (slow, i);
      guint n_captures;

      g_assert_cmpuint (left->ordinal, ==, right->ordinal);
      g_assert_cmpint (left->yielded, ==, right->yielded);
      g_assert_cmpstr (cot_detector_get_id (left->detector), ==,
                       cot_detector_get_id (right->detector));
      cot_detector_get_captures (left->detector, &n_captures);
      for (guint j = 0; j < n_captures; j++)
        g_assert_cmpstr (left->captures[j], ==, right->captures[j]);
    }
  g_assert_cmpuint (cot_hits_get_n (fast), ==, cot_hits_get_n (slow));
}

static void
test_fast_is_slow (void)
{
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  guint64 n_hits = 0;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (CotSnapshot) snapshot = make_log (rand, knowledge);
      const char *name = names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))];
      guint64 first = (guint64) g_rand_int_range (rand, 0, 10);
      g_autoptr (CotHits) fast
          = cot_matcher_run (knowledge, name, snapshot, first, G_MAXUINT64, NULL, NULL);
      g_autoptr (CotHits) slow
          = cot_matcher_run_slow (knowledge, name, snapshot, first, G_MAXUINT64, NULL, NULL);

      assert_same (fast, slow);
      n_hits += cot_hits_get_n (slow);
    }
  g_assert_cmpuint (n_hits, >, N_ROUNDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/matcher/fast-is-slow", test_fast_is_slow);
  return g_test_run ();
}
