/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Knowledge files of a user, command lines, and the texts in which codes are looked for. */
#include "cot-ccmsetup-line.h"
#include "cot-correlate.h"
#include "cot-decode.h"
#include "cot-error-code.h"
#include "cot-journey-report.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
judge_journeys (CotKnowledge *knowledge, const CotCaseLog *log, GPtrArray *findings)
{
  g_autoptr (GPtrArray) reports = cot_journeys_judge (knowledge, log, 1, findings);
  g_autoptr (GPtrArray) coverages = cot_coverage_of_findings (knowledge, log, 1, findings);

  g_assert_nonnull (coverages);
  g_assert_cmpuint (reports->len, ==, cot_knowledge_get_n_journeys (knowledge));
  for (guint i = 0; i < reports->len; i++)
    {
      const CotJourneyReport *report = g_ptr_array_index (reports, i);

      g_assert_cmpuint (report->n_seen, <=, report->n_milestones);
      g_assert_cmpint (report->first_gap, <, (int) report->milestones->len);
    }
}

static void
read_as_knowledge (const char *text, gsize length_bytes)
{
  g_autoptr (CotKnowledge) knowledge
      = cot_knowledge_new_from_xml (NULL, "fuzz", text, length_bytes, NULL);

  if (knowledge != NULL)
    {
      g_autoptr (CotHits) hits = cot_matcher_run_text (knowledge, NULL, text);
      CotCaseLog log = { "fuzz.log", hits };
      g_autoptr (GPtrArray) findings = cot_correlate (knowledge, &log, 1);

      judge_journeys (knowledge, &log, findings);
    }
}

/* As a file of a user's folder: what is wrong is left out, and everything else goes on. */
static void
read_as_pack (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("pack", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  const char *paths[] = { path, path };
  g_autoptr (CotKnowledge) knowledge = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  /* Twice: the second one brings nothing new. */
  knowledge = cot_knowledge_new_with_files (NULL, paths, G_N_ELEMENTS (paths));
  close (fd);
  g_assert_cmpuint (cot_knowledge_get_n_packs (knowledge), <=, 2);
  g_assert_cmpuint (cot_knowledge_get_n_problems (knowledge), <=,
                    2 * (COT_KNOWLEDGE_MAX_DETECTORS + COT_KNOWLEDGE_MAX_PROBLEMS));
  for (guint i = 0; i < cot_knowledge_get_n_problems (knowledge); i++)
    {
      const CotKnowledgeProblem *problem = cot_knowledge_get_problem (knowledge, i);

      g_assert_cmpstr (problem->file, ==, path);
      g_assert_true (g_utf8_validate (problem->reason, -1, NULL));
    }
}

static void
read_as_message (const char *text)
{
  static CotKnowledge *builtin = NULL;
  g_autoptr (CotHits) hits = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  CotCaseLog log = { "ccmsetup.log", NULL };

  if (builtin == NULL)
    builtin = cot_knowledge_new_builtin (NULL);
  hits = cot_matcher_run_text (builtin, NULL, text);
  log.hits = hits;
  findings = cot_correlate (builtin, &log, 1);
  judge_journeys (builtin, &log, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *expanded = cot_finding_expand (finding, text);

      g_assert_nonnull (expanded);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GArray) codes = cot_codes_find_in_text ((const char *) data, (gssize) size);
  g_autoptr (GPtrArray) issues = cot_ccmsetup_line_check (text);
  g_autoptr (GPtrArray) segments = cot_step_text_split (text);
  guint32 code;

  for (guint i = 0; i < codes->len; i++)
    {
      const CotFoundCode *one = &g_array_index (codes, CotFoundCode, i);

      g_assert_cmpuint (one->start_bytes, <, one->end_bytes);
      g_assert_cmpuint (one->end_bytes, <=, size);
    }
  for (CotDecoder decoder = COT_DECODER_NONE; decoder <= COT_DECODER_TIME; decoder++)
    g_free (cot_decode (decoder, text, 16));
  cot_error_code_parse (text, -1, &code);
  cot_log_name_matches (text, "CcmMessaging.log");
  read_as_knowledge (text, size);
  read_as_pack (data, size);
  read_as_message (valid);
  return 0;
}
