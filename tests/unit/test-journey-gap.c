/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a path ends, and what speaks against it where it does not: no more than the logs tell. */

#include "journey-fixture.h"

#define TROUBLE(id, area, log, text) \
  "<detector id=\"" id "\" area=\"" area "\" severity=\"error\"><title>Trouble</title>" \
  "<log>" log "</log><match kind=\"literal\">" text "</match><meaning>M</meaning>" \
  "<step>S</step><source>Me</source><sample>" text "</sample></detector>"

static void
know (Case *self, const char *xml)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
  self->knowledge = read_xml (xml, &error);
  g_assert_no_error (error);
}

/* The log itself tells that the path went on. */
static void
test_passed_is_no_gap (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_trip (self, "Eating lunch");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, -1);
  g_assert_null (cot_journey_report_get_gap (report));
  assert_state (report, M_LUNCH, COT_MILESTONE_MISSING);
  g_assert_true (get (report, M_LUNCH)->passed);
  g_assert_cmpstr (get (report, M_LUNCH)->log_name, ==, "Inn.log");
  assert_state (report, M_ARRIVE, COT_MILESTONE_SEEN);
  /* But nobody saw all of it. */
  g_assert_false (report->complete);
}

/* What need not be there shows the way too, where it is. */
static void
test_passed_by_what_is_optional (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 5, "The lights are off");
  add_at (case_add_log (self, "Road.log"), 3, "Having a rest");
  add_at (case_add_log (self, "Inn.log"), 4, "The door opens");
  report = case_judge (self);
  assert_state (report, M_PACK, COT_MILESTONE_MISSING);
  g_assert_true (get (report, M_PACK)->passed);
  g_assert_cmpint (report->first_gap, ==, M_LUNCH);
  g_assert_false (get (report, M_LUNCH)->passed);
}

/* A server takes the toll of all who come by. */
static void
test_not_passed_by_a_server (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 1, "The lights are off");
  add_at (case_add_log (self, "Server.log"), 3, "Toll was taken");
  report = case_judge (self);
  assert_state (report, M_TOLL, COT_MILESTONE_SEEN);
  g_assert_cmpint (report->first_gap, ==, M_PACK);
  g_assert_false (get (report, M_PACK)->passed);
}

/* A server that was given with the device: its lines count where the journey goes through it. */
static void
test_log_of_a_guest (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_trip (self, NULL);
  add_at (case_add_log (self, "Server.log"), 3, "Toll was taken");
  self->guests[3] = TRUE;
  report = case_judge (self);
  assert_state (report, M_TOLL, COT_MILESTONE_SEEN);
  g_assert_cmpuint (get (report, M_TOLL)->log, ==, 3);
  g_assert_cmpuint (report->n_seen, ==, 7);
  g_assert_true (report->complete);
}

/* It makes no journey of the device, and is none of its logs. */
static void
test_guest_on_its_own_way (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_at (case_add_log (self, "Road.log"), 1, "Taking the car");
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  self->guests[1] = TRUE;
  report = case_judge (self);
  g_assert_false (report->applies);
  assert_state (report, M_LEAVE, COT_MILESTONE_UNKNOWN);
  g_assert_cmpint (get (report, M_LEAVE)->coverage, ==, COT_COVERAGE_MISSING);
}

static void
test_not_passed_by_what_stands_alone (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  know (self, HEAD START PACK MILESTONE ("bell", "alone=\"yes\"", "Town.log", "Bell rings", TELLS)
                  TAIL);
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 1, "The lights are off");
  add_at (case_add_log (self, "Town.log"), 3, "Bell rings");
  report = case_judge (self);
  assert_state (report, 2, COT_MILESTONE_SEEN);
  g_assert_cmpint (report->first_gap, ==, 1);
  assert_state (report, 1, COT_MILESTONE_MISSING);
}

/* That a log ends is no proof of anything. */
static void
test_log_that_ends_there (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, M_PACK);
  assert_state (report, M_PACK, COT_MILESTONE_UNKNOWN);
  g_assert_cmpint (get (report, M_PACK)->coverage, ==, COT_COVERAGE_ENDS_BEFORE);
  g_assert_false (report->complete);
  self->logs[0].n_seconds = 59;
  knowledge_log_add (&self->logs[0], "The lights are off");
  report = case_judge (self);
  assert_state (report, M_PACK, COT_MILESTONE_UNKNOWN);
  add_at (&self->logs[0], 1, "The lights are off");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, M_PACK);
  assert_state (report, M_PACK, COT_MILESTONE_MISSING);
}

/* But not where an error in it explains why. */
static void
test_log_that_ends_with_an_error (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  know (self, TROUBLE ("torn-bag", "other", "Home.log", "The bag is torn") HEAD START MILESTONE (
                  "pack", "explained-by=\"torn-bag\"", "Home.log", "Bag is packed", TELLS)
                  MILESTONE ("lock", "", "Home.log", "Door is locked", TELLS)
                      MILESTONE ("lunch", "", "Inn.log", "Eating lunch", TELLS) TAIL);
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  self->logs[0].n_seconds = 5;
  knowledge_log_add (&self->logs[0], "The bag is torn");
  add_at (case_add_log (self, "Inn.log"), 0, "The door opens");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, 1);
  g_assert_nonnull (report->explanation);
  assert_state (report, 1, COT_MILESTONE_MISSING);
  /* Nor does it end early for what would have come behind; of another log this tells nothing. */
  assert_state (report, 2, COT_MILESTONE_MISSING);
  g_assert_cmpint (get (report, 2)->coverage, ==, COT_COVERAGE_PRESENT);
  g_assert_cmpint (get (report, 3)->coverage, ==, COT_COVERAGE_ENDS_BEFORE);
}

/* Without times, a line behind it is all that can be asked for. */
static void
test_log_without_times (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  g_string_append (case_add_log (self, "Home.log")->bytes, "Leaving home\r\n");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, M_PACK);
  assert_state (report, M_PACK, COT_MILESTONE_UNKNOWN);
  g_string_append (self->logs[0].bytes, "The lights are off\r\n");
  report = case_judge (self);
  assert_state (report, M_PACK, COT_MILESTONE_MISSING);
}

/* The same of another log: its last line is of the moment of the milestone before. */
static void
test_other_log_that_ends_there (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 1, "Bag is packed");
  add_at (case_add_log (self, "Road.log"), 2, "Taking the car");
  add_at (case_add_log (self, "Inn.log"), 2, "The door opens");
  report = case_judge (self);
  assert_state (report, M_LUNCH, COT_MILESTONE_UNKNOWN);
  g_assert_cmpint (get (report, M_LUNCH)->coverage, ==, COT_COVERAGE_ENDS_BEFORE);
  add_at (&self->logs[2], 3, "The door is shut");
  report = case_judge (self);
  assert_state (report, M_LUNCH, COT_MILESTONE_MISSING);
}

/* What stands on a way that was not taken is nothing against that which was. */
static void
test_error_on_the_other_way (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  know (self, TROUBLE ("late-train", "other", "Rail.log", "The train is late") HEAD START
        "<fork><branch>" MILESTONE ("rail", "", "Rail.log", "Taking the train", TELLS)
        "</branch><branch>" CAR "</branch></fork>" ARRIVE TAIL);
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (case_add_log (self, "Road.log"), 1, "Taking the car");
  add_at (case_add_log (self, "Inn.log"), 2, "Arriving at the inn");
  add_at (case_add_log (self, "Rail.log"), 3, "The train is late");
  report = case_judge (self);
  assert_state (report, 1, COT_MILESTONE_NOT_TAKEN);
  g_assert_cmpuint (self->findings->len, ==, 1);
  g_assert_null (report->contradiction);
  g_assert_true (report->complete);
}

#define TOLL_OF(place) \
  TROUBLE ("no-money", "policy", "Bank.log", "The bank is shut") HEAD START \
  MILESTONE ("toll", "server=\"yes\" explained-by=\"no-money\"", place, "Toll was taken", TELLS) \
  ARRIVE TAIL

/* It is known to be why a milestone would not be there, and that one cannot be told. */
static void
test_error_of_what_cannot_be_told (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  know (self, TOLL_OF ("Server.log"));
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (case_add_log (self, "Inn.log"), 2, "Arriving at the inn");
  add_at (case_add_log (self, "Bank.log"), 3, "The bank is shut");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, -1);
  g_assert_nonnull (report->contradiction);
  /* It was taken: the bank is another story. */
  add_at (case_add_log (self, "Server.log"), 1, "Toll was taken");
  report = case_judge (self);
  assert_state (report, 1, COT_MILESTONE_SEEN);
  g_assert_null (report->contradiction);
  g_assert_true (report->complete);
}

#define ADD(path, function) \
  g_test_add ("/journey-gap/" path, Case, NULL, case_set_up, function, case_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("passed", test_passed_is_no_gap);
  ADD ("passed-by-optional", test_passed_by_what_is_optional);
  ADD ("not-passed-by-server", test_not_passed_by_a_server);
  ADD ("guest", test_log_of_a_guest);
  ADD ("guest-on-its-own-way", test_guest_on_its_own_way);
  ADD ("not-passed-by-alone", test_not_passed_by_what_stands_alone);
  ADD ("log-ends-there", test_log_that_ends_there);
  ADD ("log-ends-with-an-error", test_log_that_ends_with_an_error);
  ADD ("log-without-times", test_log_without_times);
  ADD ("other-log-ends-there", test_other_log_that_ends_there);
  ADD ("error-on-the-other-way", test_error_on_the_other_way);
  ADD ("error-of-what-cannot-be-told", test_error_of_what_cannot_be_told);
  return g_test_run ();
}
