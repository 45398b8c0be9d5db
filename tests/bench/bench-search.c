/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"
#include "cot-filter.h"
#include "cot-finder.h"
#include "cot-matcher.h"

#include <stdio.h>
#include <time.h>

/* What a log is asked when it has been indexed, which is not part of the time:
 *   bench-search text WORDS PATH       looks for words, as they are written
 *   bench-search pattern PATTERN PATH  looks for a regular expression
 *   bench-search filter QUESTION PATH  asks every entry
 *   bench-search detectors all PATH    looks for all that the built-in detectors know
 *   bench-search detectors FILE PATH   looks for what those of that file know */

typedef struct
{
  CotSnapshot *snapshot;
  CotPattern *pattern; /* (nullable) */
  CotFilter *filter; /* (nullable) */
  CotKnowledge *knowledge; /* (nullable) */
} Question;

static gint64
get_cpu_usec (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
prepare (Question *question, const char *kind, const char *text, GError **error)
{
  if (g_str_equal (kind, "text"))
    question->pattern = cot_pattern_new (text, COT_PATTERN_LITERAL, error);
  else if (g_str_equal (kind, "pattern"))
    question->pattern = cot_pattern_new (text, 0, error);
  else if (g_str_equal (kind, "filter"))
    question->filter = cot_filter_new (text, error);
  else if (g_str_equal (text, "all"))
    question->knowledge = cot_knowledge_new_builtin (error);
  else
    question->knowledge = cot_knowledge_new_with_files (NULL, &text, 1);
  if (question->knowledge != NULL)
    cot_matcher_prepare (question->knowledge);
  return question->pattern != NULL || question->filter != NULL || question->knowledge != NULL;
}

/* The number of answers; negative where there is an error. */
static gint64
answer (const Question *question, GError **error)
{
  g_autoptr (CotBitset) found = cot_bitset_new ();
  guint64 n = cot_snapshot_get_n_entries (question->snapshot);
  guint64 n_too_slow = 0;

  if (question->knowledge != NULL)
    {
      g_autoptr (CotHits) hits = cot_matcher_run (question->knowledge, "CcmExec.log",
                                                  question->snapshot, 0, n, NULL, error);

      return hits != NULL ? (gint64) cot_hits_get_n (hits) : -1;
    }
  if (question->filter != NULL
          ? !cot_filter_run (question->filter, question->snapshot, NULL, NULL, 0, n, found,
                             &n_too_slow, NULL, error)
          : !cot_finder_run (question->pattern, question->snapshot, 0, n, found, &n_too_slow, NULL,
                             NULL, NULL, error))
    return -1;
  return (gint64) cot_bitset_get_size (found);
}

int
main (int argc, char **argv)
{
  g_autoptr (CotDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  Question question = { 0 };
  gint64 begin_usec;
  gint64 begin_cpu_usec;
  gint64 n = -1;

  if (argc != 4)
    {
      fprintf (stderr, "usage: %s text|pattern|filter|detectors WHAT PATH\n", argv[0]);
      return 64;
    }
  document = cot_document_new_for_path (argv[3]);
  if (cot_document_load_sync (document, NULL, &error)
      && prepare (&question, argv[1], argv[2], &error))
    {
      question.snapshot = cot_document_get_snapshot (document);
      begin_usec = g_get_monotonic_time ();
      begin_cpu_usec = get_cpu_usec ();
      n = answer (&question, &error);
    }
  if (n < 0)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("{\"usec\":%" G_GINT64_FORMAT ",\"cpu_usec\":%" G_GINT64_FORMAT
          ",\"found\":%" G_GINT64_FORMAT ",\"detectors\":%u}\n",
          g_get_monotonic_time () - begin_usec, get_cpu_usec () - begin_cpu_usec, n,
          question.knowledge != NULL ? cot_knowledge_get_n_detectors (question.knowledge) : 0);
  g_clear_pointer (&question.pattern, cot_pattern_unref);
  g_clear_pointer (&question.filter, cot_filter_unref);
  g_clear_pointer (&question.knowledge, cot_knowledge_unref);
  return 0;
}
