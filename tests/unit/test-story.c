/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-story.h"

#include "cot-clock.h"
#include "knowledge-case.h"

#include <string.h>

#define CLIENT_403 \
  "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
#define CLIENT_FAILED \
  "Failed to refresh Site Signing Certificate over HTTP with error 0x87d0027e."
#define CHAIN_FAILED "Chain build failed cert: C019CC17EEFA681D154BA9F24F8EAE9640D54C49"
#define REVOCATION "Chain 0 status: RevocationStatusUnknown"
#define NO_CERTIFICATE "Filtered cert count with client auth: 0"
#define SERVER_403 \
  "MessageID: 1 RequestURI: https://mp1.contoso.com/SMS_MP/.sms_aut?SITESIGNCERT EndpointName: " \
  "SMS_MP ResponseHeader: HTTP/1.1 403 CMGConnector_Clientcertificaterequired"

#define CLIENT_401 "[CCMHTTP] ERROR INFO: StatusCode=401 StatusText=CMGService_Invalid_Token"
#define TOKEN_EXPIRED \
  "Return code: 401, Description: PreAuth token validation failed, " \
  "System.IdentityModel.Tokens.SecurityTokenExpiredException:"

static CotStory *
tell (Case *self, const char *id)
{
  case_judge (self);
  g_assert_nonnull (case_find (self, id));
  return cot_story_new (case_find (self, id), (CotFinding *const *) self->findings->pdata,
                        self->findings->len);
}

static const CotStoryLine *
get_line (const CotStory *story, guint index)
{
  g_assert_cmpuint (index, <, story->lines->len);
  return &g_array_index (story->lines, CotStoryLine, index);
}

static void
assert_line (const CotStory *story, guint index, const char *id, guint n, const char *clock)
{
  const CotStoryLine *line = get_line (story, index);
  char text[COT_CLOCK_ISO_SIZE];

  g_assert_cmpstr (cot_detector_get_id (line->finding->detector), ==, id);
  g_assert_cmpuint (line->n, ==, n);
  cot_clock_format_iso (line->time_usec, text);
  g_assert_cmpint (strncmp (text + strlen ("2024-09-09T"), clock, strlen (clock)), ==, 0);
}

/* Cause on the server, consequences on the client: one story, by time, whoever is asked. */
static void
test_over_two_logs (Case *self, gconstpointer data)
{
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");
  KnowledgeLog *server = case_add_log (self, "SMS_Cloud_ProxyConnector.log");
  g_autoptr (CotStory) of_cause = NULL;
  g_autoptr (CotStory) of_consequence = NULL;

  knowledge_log_add (server, CHAIN_FAILED);
  knowledge_log_add (server, REVOCATION);
  knowledge_log_add (server, NO_CERTIFICATE);
  knowledge_log_add (server, SERVER_403);
  knowledge_log_skip (client, 5);
  knowledge_log_add (client, CLIENT_403);
  knowledge_log_add (client, CLIENT_403);
  knowledge_log_add (client, CLIENT_FAILED);
  knowledge_log_add (client, CLIENT_403);

  of_cause = tell (self, "cmg-cp-chain-revocation");
  g_assert_cmpint (of_cause->clock, ==, COT_STORY_CLOCK_WRITTEN);
  g_assert_cmpuint (of_cause->n_findings, ==, 6);
  g_assert_true (of_cause->cause == case_find (self, "cmg-cp-chain-revocation"));
  assert_line (of_cause, 0, "cmg-cp-chain-build-failed", 1, "08:00:00");
  assert_line (of_cause, 1, "cmg-cp-chain-revocation", 1, "08:01:00");
  assert_line (of_cause, 2, "cmg-cp-no-client-auth-cert", 1, "08:02:00");
  assert_line (of_cause, 3, "cmg-403-client-cert-required-server", 1, "08:03:00");
  assert_line (of_cause, 4, "cmg-403-client-cert-required", 3, "08:05:00");
  assert_line (of_cause, 5, "ccm-http-status-87d0027e", 1, "08:07:00");
  g_assert_cmpuint (of_cause->lines->len, ==, 6);
  /* From the first to the last of the repeated line. */
  g_assert_cmpuint (get_line (of_cause, 4)->first, ==, 0);
  g_assert_cmpuint (get_line (of_cause, 4)->last, ==, 2);
  g_assert_cmpint (get_line (of_cause, 4)->last_time_usec - get_line (of_cause, 4)->time_usec, ==,
                   3 * 60 * G_USEC_PER_SEC);

  of_consequence = cot_story_new (case_find (self, "ccm-http-status-87d0027e"),
                                  (CotFinding *const *) self->findings->pdata,
                                  self->findings->len);
  g_assert_true (of_consequence->cause == of_cause->cause);
  g_assert_cmpuint (of_consequence->lines->len, ==, 6);
}

/* The server's clock is in another zone: by what is written, the cause would stand behind. */
static void
test_clocks_of_two_zones (Case *self, gconstpointer data)
{
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");
  KnowledgeLog *server = case_add_log (self, "SMS_Cloud_ProxyConnector.log");
  g_autoptr (CotStory) story = NULL;

  server->bias_minutes = -60;
  knowledge_log_add (server, CHAIN_FAILED);
  knowledge_log_add (server, REVOCATION);
  knowledge_log_add (server, NO_CERTIFICATE);
  knowledge_log_skip (client, 5);
  knowledge_log_add (client, CLIENT_403);
  story = tell (self, "cmg-cp-chain-revocation");
  g_assert_cmpint (story->clock, ==, COT_STORY_CLOCK_UTC);
  assert_line (story, 0, "cmg-cp-chain-build-failed", 1, "13:00:00");
  assert_line (story, 1, "cmg-cp-chain-revocation", 1, "13:01:00");
  assert_line (story, 2, "cmg-cp-no-client-auth-cert", 1, "13:02:00");
  assert_line (story, 3, "cmg-403-client-cert-required", 1, "13:05:00");
}

/* Nothing comes of what was not there yet; what only began earlier is no "result". */
static void
test_order_of_time (Case *self, gconstpointer data)
{
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");
  KnowledgeLog *server = case_add_log (self, "CCM_STS.log");

  knowledge_log_add (server, "Request 6D6BDFC9 was answered");
  knowledge_log_skip (server, 90);
  knowledge_log_add (server, TOKEN_EXPIRED);
  knowledge_log_skip (client, 5);
  knowledge_log_add (client, CLIENT_401);
  case_judge (self);
  g_assert_null (case_find (self, "cmg-401-invalid-token")->parent);
  g_assert_null (case_find (self, "sts-token-expired")->parent);

  knowledge_log_skip (client, 100);
  knowledge_log_add (client, CLIENT_401);
  case_judge (self);
  g_assert_true (case_find (self, "cmg-401-invalid-token")->parent
                 == case_find (self, "sts-token-expired"));
  g_assert_true (case_find (self, "cmg-401-invalid-token")->began_before_parent);
}

/* Where the log of the cause begins only later, the line may have been lost with its older part. */
static void
test_cause_may_be_lost (Case *self, gconstpointer data)
{
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");
  KnowledgeLog *server = case_add_log (self, "CCM_STS.log");

  knowledge_log_skip (server, 90);
  knowledge_log_add (server, TOKEN_EXPIRED);
  knowledge_log_add (client, CLIENT_401);
  case_judge (self);
  g_assert_true (case_find (self, "cmg-401-invalid-token")->parent
                 == case_find (self, "sts-token-expired"));
  g_assert_true (case_find (self, "cmg-401-invalid-token")->began_before_parent);
}

/* By the clocks on the wall the cause would be hours late. */
static void
test_order_in_two_zones (Case *self, gconstpointer data)
{
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");
  KnowledgeLog *server = case_add_log (self, "CCM_STS.log");

  server->bias_minutes = -120;
  knowledge_log_add (server, "Request 6D6BDFC9 was answered");
  knowledge_log_add (server, TOKEN_EXPIRED);
  knowledge_log_skip (client, 2);
  knowledge_log_add (client, CLIENT_401);
  case_judge (self);
  g_assert_true (case_find (self, "cmg-401-invalid-token")->parent
                 == case_find (self, "sts-token-expired"));
  g_assert_false (case_find (self, "cmg-401-invalid-token")->began_before_parent);
}

static void
assert_range (CotFinding *finding, CotStoryClock clock, const char *first, const char *last)
{
  char text[COT_CLOCK_ISO_SIZE];

  g_assert_cmpint (finding->clock, ==, clock);
  cot_clock_format_iso (finding->first_time_usec, text);
  g_assert_cmpint (strncmp (text, first, strlen (first)), ==, 0);
  cot_clock_format_iso (finding->last_time_usec, text);
  g_assert_cmpint (strncmp (text, last, strlen (last)), ==, 0);
}

/* One finding in two logs: from its first line to its last is ten minutes, not an hour and more. */
static void
test_range_over_two_zones (Case *self, gconstpointer data)
{
  KnowledgeLog *one = case_add_log (self, "LocationServices.log");
  KnowledgeLog *other = case_add_log (self, "CcmMessaging.log");

  knowledge_log_add (one, CLIENT_403);
  knowledge_log_skip (other, 10);
  knowledge_log_add (other, CLIENT_403);
  case_judge (self);
  assert_range (case_find (self, "cmg-403-client-cert-required"), COT_STORY_CLOCK_WRITTEN,
                "2024-09-09T08:00:00", "2024-09-09T08:10:00");
  g_string_truncate (other->bytes, 0);
  other->n_seconds = 10 * 60;
  other->bias_minutes = -60;
  knowledge_log_add (other, CLIENT_403);
  case_judge (self);
  assert_range (case_find (self, "cmg-403-client-cert-required"), COT_STORY_CLOCK_UTC,
                "2024-09-09T13:00:00", "2024-09-09T13:10:00");
}

/* One of the logs does not say its zone: as written, and the story says that it guesses. */
static void
test_clock_of_no_zone (Case *self, gconstpointer data)
{
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");
  KnowledgeLog *server = case_add_log (self, "SMS_Cloud_ProxyConnector.log");
  g_autoptr (CotStory) story = NULL;

  server->bias_minutes = COT_BIAS_NONE;
  knowledge_log_add (server, CHAIN_FAILED);
  knowledge_log_add (server, REVOCATION);
  knowledge_log_add (server, NO_CERTIFICATE);
  knowledge_log_skip (client, 5);
  knowledge_log_add (client, CLIENT_403);
  story = tell (self, "cmg-cp-chain-revocation");
  g_assert_cmpint (story->clock, ==, COT_STORY_CLOCK_MIXED);
  assert_line (story, 0, "cmg-cp-chain-build-failed", 1, "08:00:00");
  assert_line (story, 1, "cmg-cp-chain-revocation", 1, "08:01:00");
  assert_line (story, 2, "cmg-cp-no-client-auth-cert", 1, "08:02:00");
  assert_line (story, 3, "cmg-403-client-cert-required", 1, "08:05:00");
}

/* In one log the order of entries counts, not a clock that was set back. */
static void
test_clock_set_back (Case *self, gconstpointer data)
{
  KnowledgeLog *server = case_add_log (self, "SMS_Cloud_ProxyConnector.log");
  g_autoptr (CotStory) story = NULL;

  knowledge_log_skip (server, 60);
  knowledge_log_add (server, CHAIN_FAILED);
  server->n_seconds = 0;
  knowledge_log_add (server, REVOCATION);
  story = tell (self, "cmg-cp-chain-revocation");
  assert_line (story, 0, "cmg-cp-chain-build-failed", 1, "09:00:00");
  assert_line (story, 1, "cmg-cp-chain-revocation", 1, "08:00:00");
}

/* A finding that explains nothing, and that nothing explains, is a story of its own. */
static void
test_alone (Case *self, gconstpointer data)
{
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");
  KnowledgeLog *other = case_add_log (self, "CcmMessaging.log");
  g_autoptr (CotStory) story = NULL;

  knowledge_log_add (client, CLIENT_403);
  knowledge_log_add (other, CLIENT_403);
  knowledge_log_add (other, CLIENT_403);
  story = tell (self, "cmg-403-client-cert-required");
  g_assert_cmpuint (story->n_findings, ==, 1);
  g_assert_cmpuint (story->lines->len, ==, 2);
  assert_line (story, 0, "cmg-403-client-cert-required", 1, "08:00:00");
  assert_line (story, 1, "cmg-403-client-cert-required", 2, "08:00:00");
}

#define ADD(path, function) \
  g_test_add ("/story/" path, Case, NULL, case_set_up, function, case_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("over-two-logs", test_over_two_logs);
  ADD ("clocks-of-two-zones", test_clocks_of_two_zones);
  ADD ("order-of-time", test_order_of_time);
  ADD ("order-in-two-zones", test_order_in_two_zones);
  ADD ("cause-may-be-lost", test_cause_may_be_lost);
  ADD ("range-over-two-zones", test_range_over_two_zones);
  ADD ("clock-of-no-zone", test_clock_of_no_zone);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("alone", test_alone);
  return g_test_run ();
}
