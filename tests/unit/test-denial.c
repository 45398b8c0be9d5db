/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-matcher.h"

#include "cot-knowledge.h"

#include <string.h>

static gboolean
is_known (CotKnowledge *knowledge, const char *log, const char *text, const char *id)
{
  g_autoptr (CotHits) hits = cot_matcher_run_text (knowledge, log, text);

  for (guint i = 0; i < cot_hits_get_n (hits); i++)
    if (g_str_equal (cot_detector_get_id (cot_hits_get (hits, i)->detector), id))
      return TRUE;
  return FALSE;
}

/* What a bare code is evidence of, and what not. */
static const struct
{
  const char *text;
  gboolean known;
} sentences[] = {
  { "MDM enrollment ended with error 0x80180026", TRUE },
  { "0x80180026", TRUE },
  /* Denied in front of the code. */
  { "MDM enrollment ended without error 0x80180026", FALSE },
  { "There was no error 0x80180026", FALSE },
  { "No error: 0x80180026", FALSE },
  { "No error code = 0x80180026", FALSE },
  { "No error (0x80180026) was seen", FALSE },
  { "It did not fail with error code 0x80180026", FALSE },
  { "It didn't end with the error \"0x80180026\"", FALSE },
  { "It never returned 0x80180026. It never failed with 0x80180026", TRUE },
  { "It never failed with 0x80180026", FALSE },
  { "The result is not 0x80180026", FALSE },
  { "The result is other than 0x80180026", FALSE },
  { "The result is no longer 0x80180026", FALSE },
  /* Denied behind it. */
  { "0x80180026 was not returned", FALSE },
  { "The code 0x80180026 did not occur", FALSE },
  { "0x80180026 isn't an error", FALSE },
  { "Here 0x80180026 is not the cause", FALSE },
  /* Put away behind it. */
  { "Last enrollment error code 0x80180026 was cleared", FALSE },
  { "The error 0x80180026 has been cleared", FALSE },
  { "The connection 0x80180026 was reset", TRUE },
  { "The error 0x80180026 was not cleared", TRUE },
  { "Error 0x80180026, the cache was cleared", TRUE },
  /* Asked for. */
  { "Is 0x80180026 returned?", FALSE },
  { "Looking at the result: was it 0x80180026?", FALSE },
  { "Error 0x80180026?", FALSE },
  /* Real failures say "not" too. */
  { "Could not enroll: 0x80180026", TRUE },
  { "Policy not found 0x80180026", TRUE },
  { "Enrollment did not succeed with error 0x80180026", TRUE },
  { "Failed to enroll, error 0x80180026", TRUE },
  { "There is no such policy, ended with error 0x80180026", TRUE },
  { "There is no such policy with error 0x80180026", TRUE },
  { "The answer was not received: error 0x80180026", TRUE },
  { "The server did not answer (0x80180026)", TRUE },
  { "The request did not end: error 0x80180026", TRUE },
  { "It could not fail with error 0x80180026", TRUE },
  { "No. Error 0x80180026", TRUE },
  { "Repeat: no, error 0x80180026", TRUE },
  { "retry=no error=0x80180026", TRUE },
  { "Casino error 0x80180026", TRUE },
  { "0x80180026 was returned, and nothing was not done", TRUE },
  { "The object 0x80180026 is not installed", TRUE },
  { "0x80180026 is not supported", TRUE },
  /* What looks like a question. */
  { "GET https://mp1.contoso.com/SMS_MP/.sms_aut?MPLIST failed with 0x80180026", TRUE },
  { "Failed with 0x80180026 (Zugriff verweigert?.? ????.)", TRUE },
  { "Failed with 0x80180026: is the proxy set?", TRUE },
  { "Failed with 0x80180026. Is the proxy set?", TRUE },
  { "Failed with 0x80180026 at \\\\?\\C:\\x", TRUE },
  /* The first of several is denied. */
  { "It ended without error 0x80180026 once, and then with error 0x80180026", TRUE },
};

static void
test_sentences (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_test_message ("%s", sentences[i].text);
      g_assert_cmpint (is_known (knowledge, "CoManagementHandler.log", sentences[i].text,
                                 "comgmt-80180026-blocked"),
                       ==, sentences[i].known);
    }
}

/* A detector that looks for a denial, which its sample shows, is not held up by one. */
static void
test_detector_of_a_denial (void)
{
  static const char xml[]
      = "<knowledge><detector id=\"own-denial\" area=\"other\" severity=\"warning\">"
        "<title>T</title><match kind=\"literal\">certificate 4711</match>"
        "<meaning>M</meaning><step>S</step><source>Mine</source>"
        "<sample>There is no certificate 4711</sample></detector>"
        "<detector id=\"own-failure\" area=\"other\" severity=\"warning\">"
        "<title>T</title><match kind=\"literal\">failure 4712</match>"
        "<meaning>M</meaning><step>S</step><source>Mine</source>"
        "<sample>There is a failure 4712</sample>"
        "<sample matches=\"no\">There is no failure 4712</sample></detector></knowledge>";
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge
      = cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), &error);

  g_assert_no_error (error);
  cot_knowledge_check_samples (knowledge, &error);
  g_assert_no_error (error);
  g_assert_true (is_known (knowledge, "x.log", "There is no certificate 4711", "own-denial"));
  g_assert_true (is_known (knowledge, "x.log", "There is a failure 4712", "own-failure"));
  g_assert_false (is_known (knowledge, "x.log", "There is no failure 4712", "own-failure"));
}

/* A match at either end of a text, and a text that ends in the middle of a clause. */
static void
test_ends_of_text (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);
  static const char text[] = "no no no no error error error 0x80180026 is is not not ?";

  g_assert_no_error (error);
  for (gsize i = 0; i < strlen (text); i++)
    for (gsize length = 0; length <= strlen (text) - i; length++)
      {
        g_autofree char *part = g_strndup (text + i, length);

        is_known (knowledge, "CoManagementHandler.log", part, "comgmt-80180026-blocked");
      }
}

/* A failure behind many denials is found; behind too many of them it is told that nobody looked. */
static void
test_many_denials (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);
  static const guint numbers[] = { 1, 15, 16, 17, 63, 64, 100 };

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (CotHits) hits = NULL;
      gboolean is_found;

      for (guint j = 0; j < numbers[i]; j++)
        g_string_append (text, "No error 0x80180026. ");
      g_string_append (text, "MDM enrollment ended with error 0x80180026");
      is_found = is_known (knowledge, "CoManagementHandler.log", text->str,
                           "comgmt-80180026-blocked");
      hits = cot_matcher_run_text (knowledge, "CoManagementHandler.log", text->str);
      g_assert_cmpint (is_found, ==, numbers[i] < 64);
      g_assert_cmpint (cot_hits_get_counts (hits)->n_too_slow > 0, ==, !is_found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/denial/sentences", test_sentences);
  g_test_add_func ("/denial/detector-of-a-denial", test_detector_of_a_denial);
  g_test_add_func ("/denial/ends-of-text", test_ends_of_text);
  g_test_add_func ("/denial/many-denials", test_many_denials);
  return g_test_run ();
}
