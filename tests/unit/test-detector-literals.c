/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-detector-private.h"
#include "cot-knowledge.h"

#include <string.h>

/* All logs are sifted for texts of which one stands in each match; where one stands, the pattern is
 * asked. A text that stands in many lines which are no match ("HTTP": in every address) makes the
 * pass over all logs slow, whatever else there is. No clock is needed to see that: the lines of
 * the practice logs are asked. */

/* Of so many lines, one may hold the text and be no match. */
#define MIN_LINES_A_MISS 200

typedef struct
{
  GPtrArray *written; /* (element-type utf8) */
  GPtrArray *folded; /* (element-type utf8) the same in lower case */
} Lines;

static const char *practice_folder;

static void
add_file (Lines *lines, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) split = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  split = g_strsplit (text, "\n", -1);
  for (char **line = split; *line != NULL; line++)
    if (**line != '\0')
      {
        g_ptr_array_add (lines->written, g_strdup (*line));
        g_ptr_array_add (lines->folded, g_ascii_strdown (*line, -1));
      }
}

static void
add_folder (Lines *lines, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        add_folder (lines, child);
      else if (g_str_has_suffix (name, ".log"))
        add_file (lines, child);
    }
}

static void
set_up (Lines *lines, gconstpointer data)
{
  lines->written = g_ptr_array_new_with_free_func (g_free);
  lines->folded = g_ptr_array_new_with_free_func (g_free);
  add_folder (lines, practice_folder);
  g_assert_cmpuint (lines->written->len, >, 10000);
}

static void
tear_down (Lines *lines, gconstpointer data)
{
  g_ptr_array_unref (lines->written);
  g_ptr_array_unref (lines->folded);
}

/* In how many lines the text stands that do not match. */
static guint
count_misses (const Lines *lines, CotPattern *pattern, const char *literal)
{
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  g_autofree char *folded = g_ascii_strdown (literal, -1);
  guint n = 0;

  for (guint i = 0; i < lines->written->len; i++)
    {
      const char *line = lines->written->pdata[i];
      gsize start, end;

      if (strstr (lines->folded->pdata[i], folded) != NULL
          && cot_pattern_match (pattern, scratch, line, strlen (line), 0, &start, &end)
                 != COT_MATCH_FOUND)
        n++;
    }
  return n;
}

static gboolean
is_rare (const Lines *lines, CotPattern *pattern, const char *literal)
{
  return count_misses (lines, pattern, literal) * MIN_LINES_A_MISS <= lines->written->len;
}

static void
test_builtin (Lines *lines, gconstpointer data)
{
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (NULL);
  guint n_detectors = cot_knowledge_get_n_detectors (knowledge);

  g_assert_cmpuint (n_detectors, >, 0);
  for (guint i = 0; i < n_detectors; i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);
      const char *const *literals;
      CotPattern *pattern
          = cot_detector_get_pattern ((CotDetector *) detector, &literals, NULL);

      for (guint j = 0; pattern != NULL && literals[j] != NULL; j++)
        if (!is_rare (lines, pattern, literals[j]))
          g_test_fail_printf ("%s: “%s” stands in too many lines", cot_detector_get_id (detector),
                              literals[j]);
    }
}

/* The measure itself. */
static void
test_common (Lines *lines, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotPattern) pattern = cot_pattern_new ("HTTP\\S* 407", 0, &error);

  g_assert_no_error (error);
  g_assert_false (is_rare (lines, pattern, "HTTP"));
  g_assert_true (is_rare (lines, pattern, "HTTP 407"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  practice_folder = argv[1];
  g_test_add ("/detector-literals/builtin", Lines, NULL, set_up, test_builtin, tear_down);
  g_test_add ("/detector-literals/common", Lines, NULL, set_up, test_common, tear_down);
  return g_test_run ();
}
