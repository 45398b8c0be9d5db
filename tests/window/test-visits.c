/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-visits.h"

typedef struct
{
  CotVisits *visits;
  GObject *a_case;
  GObject *logs[2];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->visits = cot_visits_new ();
  fixture->a_case = g_object_new (G_TYPE_OBJECT, NULL);
  for (guint i = 0; i < 2; i++)
    fixture->logs[i] = g_object_new (G_TYPE_OBJECT, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cot_visits_free (fixture->visits);
  g_object_unref (fixture->a_case);
  for (guint i = 0; i < 2; i++)
    g_clear_object (&fixture->logs[i]);
}

static CotVisit
at (Fixture *fixture, guint log, guint64 ordinal)
{
  return (CotVisit){ fixture->a_case, fixture->logs[log], ordinal };
}

static void
leave (Fixture *fixture, guint log, guint64 ordinal)
{
  CotVisit here = at (fixture, log, ordinal);

  cot_visits_leave (fixture->visits, &here);
}

/* Where a step leads from there: the ordinal; -1: nowhere. */
static gint64
step (Fixture *fixture, gboolean forward, guint log, guint64 ordinal)
{
  CotVisit here = at (fixture, log, ordinal);
  CotVisit there;

  if (!cot_visits_step (fixture->visits, forward, &here, &there))
    return -1;
  g_object_unref (there.a_case);
  g_object_unref (there.log);
  return (gint64) there.ordinal;
}

static void
test_there_and_back (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (step (fixture, FALSE, 0, 7), ==, -1);
  leave (fixture, 0, 100);
  leave (fixture, 1, 200);
  g_assert_cmpint (step (fixture, TRUE, 0, 300), ==, -1);
  g_assert_cmpint (step (fixture, FALSE, 0, 300), ==, 200);
  g_assert_cmpint (step (fixture, FALSE, 1, 200), ==, 100);
  g_assert_cmpint (step (fixture, FALSE, 0, 100), ==, -1);
  g_assert_cmpint (step (fixture, TRUE, 0, 100), ==, 200);
  g_assert_cmpint (step (fixture, TRUE, 1, 200), ==, 300);
  g_assert_cmpint (step (fixture, TRUE, 0, 300), ==, -1);
}

/* Who goes elsewhere from a place in between has another way ahead. */
static void
test_other_way (Fixture *fixture, gconstpointer data)
{
  leave (fixture, 0, 100);
  leave (fixture, 0, 200);
  g_assert_cmpint (step (fixture, FALSE, 0, 300), ==, 200);
  g_assert_cmpint (step (fixture, FALSE, 0, 200), ==, 100);
  leave (fixture, 0, 100);
  g_assert_cmpint (step (fixture, TRUE, 0, 900), ==, -1);
  g_assert_cmpint (step (fixture, FALSE, 0, 900), ==, 100);
  g_assert_cmpint (step (fixture, TRUE, 0, 100), ==, 900);
}

/* Neighbours are one place; the same number in another log is another. */
static void
test_near (Fixture *fixture, gconstpointer data)
{
  leave (fixture, 0, 100);
  leave (fixture, 0, 103);
  leave (fixture, 1, 103);
  g_assert_cmpint (step (fixture, FALSE, 1, 104), ==, 100);
  g_assert_cmpint (step (fixture, FALSE, 0, 100), ==, -1);
}

/* What was closed is left out, and was not kept open. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  gpointer gone = fixture->logs[1];

  leave (fixture, 0, 100);
  leave (fixture, 1, 200);
  g_object_add_weak_pointer (fixture->logs[1], &gone);
  g_clear_object (&fixture->logs[1]);
  g_assert_null (gone);
  g_assert_cmpint (step (fixture, FALSE, 0, 300), ==, 100);
}

/* Nothing is selected: there is nothing to come back to, but what was before. */
static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  CotVisit nowhere = { 0 };
  CotVisit there;

  cot_visits_leave (fixture->visits, &nowhere);
  g_assert_false (cot_visits_step (fixture->visits, FALSE, &nowhere, &there));
  leave (fixture, 0, 100);
  g_assert_true (cot_visits_step (fixture->visits, FALSE, &nowhere, &there));
  g_assert_cmpuint (there.ordinal, ==, 100);
  g_object_unref (there.a_case);
  g_object_unref (there.log);
}

/* The oldest ones go. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  guint n = 0;

  for (guint i = 0; i < 1000; i++)
    leave (fixture, 0, i * 100);
  while (step (fixture, FALSE, 0, 999999) >= 0)
    n++;
  g_assert_cmpuint (n, ==, 99);
}

#define ADD(path, function) \
  g_test_add ("/visits/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("there-and-back", test_there_and_back);
  ADD ("other-way", test_other_way);
  ADD ("near", test_near);
  ADD ("closed", test_closed);
  ADD ("nowhere", test_nowhere);
  ADD ("many", test_many);
  return g_test_run ();
}
