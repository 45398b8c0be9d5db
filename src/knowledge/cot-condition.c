/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-condition-private.h"

static gboolean
needs_own_hits (const CotTest *test)
{
  if (test->kind == COT_TEST_TOGETHER_WITH)
    return FALSE;
  return test->kind <= COT_TEST_TOGETHER_WITH || test->kind >= COT_TEST_LENGTH_OVER
         || test->of == NULL;
}

static CotAnswer
answer_test (const CotTest *test, CotJudgement *judgement)
{
  if (judgement->moments == NULL && needs_own_hits (test))
    return COT_ANSWER_UNKNOWN;
  switch (test->kind)
    {
    case COT_TEST_LAST_OF_ITS_KIND:
      return cot_condition_answer_last (test, judgement);
    case COT_TEST_FOLLOWED_BY:
    case COT_TEST_NOT_FOLLOWED_BY:
      return cot_condition_answer_followed (test, judgement);
    case COT_TEST_EXPECTED_NEXT:
      if (test->same != NULL)
        cot_condition_choose_unfollowed (test, judgement);
      return cot_condition_answer_expected (test, judgement, NULL);
    case COT_TEST_TOGETHER_WITH:
      return cot_condition_answer_together (test, judgement);
    case COT_TEST_OLDER_THAN:
      return cot_condition_answer_older (test, judgement);
    case COT_TEST_VALUE:
      return cot_condition_answer_value (test, judgement);
    case COT_TEST_BITS:
      return cot_condition_answer_bits (test, judgement);
    case COT_TEST_LENGTH_OVER:
      return cot_condition_answer_length (test, judgement);
    case COT_TEST_SETUP_LINE:
      return cot_condition_answer_setup_line (test, judgement);
    default:
      return COT_ANSWER_UNKNOWN;
    }
}

/* All tests must hold; one that certainly does not decides, whatever is unknown about others. */
CotAnswer
cot_when_answer (const CotWhen *when, CotJudgement *judgement)
{
  CotAnswer all = COT_ANSWER_YES;

  for (guint i = 0; i < when->tests->len; i++)
    {
      const CotTest *test = &g_array_index (when->tests, CotTest, i);
      CotAnswer one = answer_test (test, judgement);

      if (test->negated && one != COT_ANSWER_UNKNOWN)
        one = cot_answer (one == COT_ANSWER_NO);
      if (one == COT_ANSWER_NO)
        return COT_ANSWER_NO;
      if (one == COT_ANSWER_UNKNOWN)
        all = COT_ANSWER_UNKNOWN;
    }
  return all;
}
