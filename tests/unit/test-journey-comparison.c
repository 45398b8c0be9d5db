/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the ways of two devices part, and which of them was slow. */

#include "cot-journey-comparison.h"

#include "journey-fixture.h"

typedef struct
{
  Case one;
  Case other;
} Pair;

static void
pair_set_up (Pair *self, gconstpointer data)
{
  case_set_up (&self->one, data);
  self->other.knowledge = cot_knowledge_ref (self->one.knowledge);
}

static void
pair_tear_down (Pair *self, gconstpointer data)
{
  case_tear_down (&self->one, data);
  case_tear_down (&self->other, data);
}

/* Home in minutes 0 and 1, @road in minute 2, and Inn.log where there is a line for it. */
static void
travel (Case *self, const char *road, guint inn_minute, const char *inn)
{
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 1, "Bag is packed");
  add_at (case_add_log (self, "Road.log"), 2, road);
  add_at (case_add_log (self, "Inn.log"), inn_minute, inn);
}

static CotJourneyComparison *
compare (Pair *self)
{
  return cot_journey_comparison_new (case_judge (&self->one), case_judge (&self->other));
}

/* The number of steps where it is none of them. */
static guint
find_step (const CotJourneyComparison *comparison, const char *id)
{
  guint i;

  for (i = 0; i < comparison->steps->len; i++)
    if (g_str_equal (cot_journey_comparison_get_step (comparison, i)->one->milestone->id, id))
      break;
  return i;
}

static const CotJourneyStep *
get_step (const CotJourneyComparison *comparison, const char *id)
{
  return cot_journey_comparison_get_step (comparison, find_step (comparison, id));
}

static const char *
get_first_difference (const CotJourneyComparison *comparison)
{
  if (comparison->first_difference < 0)
    return NULL;
  return cot_journey_comparison_get_step (comparison, (guint) comparison->first_difference)
      ->one->milestone->id;
}

static void
test_parts (Pair *self, gconstpointer data)
{
  g_autoptr (CotJourneyComparison) comparison = NULL;
  g_autoptr (CotJourneyComparison) reversed = NULL;

  travel (&self->one, "Taking the train", 4, "Eating lunch");
  travel (&self->other, "Taking the train", 9, "The door opens");
  comparison = compare (self);
  g_assert_cmpstr (get_first_difference (comparison), ==, "lunch");
  g_assert_cmpint (get_step (comparison, "pack")->kind, ==, COT_JOURNEY_STEP_BOTH);
  g_assert_cmpint (get_step (comparison, "lunch")->kind, ==, COT_JOURNEY_STEP_ONE);
  g_assert_cmpint (get_step (comparison, "arrive")->kind, ==, COT_JOURNEY_STEP_NEITHER);

  reversed = cot_journey_comparison_new (comparison->other, comparison->one);
  g_assert_cmpstr (get_first_difference (reversed), ==, "lunch");
  g_assert_cmpint (get_step (reversed, "lunch")->kind, ==, COT_JOURNEY_STEP_OTHER);
}

/* What both lack, what one may leave out, and what was passed unseen is no difference. */
static void
test_same_end (Pair *self, gconstpointer data)
{
  g_autoptr (CotJourneyComparison) comparison = NULL;

  travel (&self->one, "Taking the train", 5, "Arriving at the inn");
  add_at (&self->one.logs[1], 3, "Having a rest");
  travel (&self->other, "Taking the train", 5, "Eating lunch");
  add_at (&self->other.logs[2], 6, "Arriving at the inn");
  comparison = compare (self);
  g_assert_cmpint (get_step (comparison, "rest")->kind, ==, COT_JOURNEY_STEP_ONE);
  g_assert_cmpint (get_step (comparison, "lunch")->kind, ==, COT_JOURNEY_STEP_OTHER);
  g_assert_null (get_first_difference (comparison));
}

/* Two branches of a fork lead to the same place; a branch that nobody took is no step. */
static void
test_fork (Pair *self, gconstpointer data)
{
  g_autoptr (CotJourneyComparison) comparison = NULL;
  g_autoptr (CotJourneyComparison) with_itself = NULL;

  travel (&self->one, "Taking the train", 4, "Eating lunch");
  travel (&self->other, "Taking the car", 4, "Eating lunch");
  comparison = compare (self);
  g_assert_cmpint (get_step (comparison, "train")->kind, ==, COT_JOURNEY_STEP_ONE);
  g_assert_cmpint (get_step (comparison, "train")->other->state, ==, COT_MILESTONE_NOT_TAKEN);
  g_assert_cmpint (get_step (comparison, "car")->kind, ==, COT_JOURNEY_STEP_OTHER);
  g_assert_null (get_first_difference (comparison));

  with_itself = cot_journey_comparison_new (comparison->one, comparison->one);
  g_assert_cmpuint (find_step (with_itself, "car"), ==, with_itself->steps->len);
  g_assert_null (get_first_difference (with_itself));
}

static void
test_took (Pair *self, gconstpointer data)
{
  g_autoptr (CotJourneyComparison) comparison = NULL;
  const CotJourneyStep *lunch;

  travel (&self->one, "Taking the train", 4, "Eating lunch");
  travel (&self->other, "Taking the train", 42, "Eating lunch");
  comparison = compare (self);
  g_assert_cmpint (get_step (comparison, "leave")->one_took_usec, ==, COT_TIME_NONE);
  g_assert_cmpint (get_step (comparison, "pack")->one_took_usec, ==, 60 * G_USEC_PER_SEC);
  g_assert_false (get_step (comparison, "pack")->slower);
  lunch = get_step (comparison, "lunch");
  g_assert_cmpint (lunch->one_took_usec, ==, 2 * 60 * G_USEC_PER_SEC);
  g_assert_cmpint (lunch->other_took_usec, ==, 40 * 60 * (gint64) G_USEC_PER_SEC);
  g_assert_true (lunch->slower);
  g_assert_cmpint (get_step (comparison, "arrive")->one_took_usec, ==, COT_TIME_NONE);
}

static void
add (const char *path, void (*test) (Pair *, gconstpointer))
{
  g_test_add (path, Pair, NULL, pair_set_up, test, pair_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/journey-comparison/parts", test_parts);
  add ("/journey-comparison/same-end", test_same_end);
  add ("/journey-comparison/fork", test_fork);
  add ("/journey-comparison/took", test_took);
  return g_test_run ();
}
