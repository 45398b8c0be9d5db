/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One bundle with logs of several computers: clients, and the servers that they talk to. */

#include "case-fixture.h"

#define RECORD(message, time) \
  "<![LOG[" message "]LOG]!><time=\"" time ".000+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

#define CLIENT_403 \
  "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
#define CLIENT_FAILED \
  "Failed to refresh Site Signing Certificate over HTTP with error 0x87d0027e."
#define SERVER_403 \
  "MessageID: 1 RequestURI: https://mp1.contoso.com/SMS_MP/.sms_aut?SITESIGNCERT EndpointName: " \
  "SMS_MP ResponseHeader: HTTP/1.1 403 CMGConnector_Clientcertificaterequired"
#define CONNECTION_POINT \
  RECORD ("Chain build failed cert: C019CC17EEFA681D154BA9F24F8EAE9640D54C49", "09:00:00") \
  RECORD ("Chain 0 status: RevocationStatusUnknown", "09:00:01") \
  RECORD ("Filtered cert count with client auth: 0", "09:00:02") \
  RECORD (SERVER_403, "09:00:03")
#define REFUSED_CLIENT RECORD (CLIENT_403, "09:00:04") RECORD (CLIENT_FAILED, "09:00:05")
#define INBOX \
  RECORD ("~**ERROR: Cannot connect to the inbox source, sleep 30 seconds and try again.", \
          "09:00:10")
#define MOVED \
  RECORD ("~Moving 1 *.SMX file(s) from C:\\SMS\\MP\\OUTBOXES\\statemsg.box\\ to " \
          "\\\\PS1.contoso.com\\SMS_PS1\\inboxes\\auth\\statesys.box\\incoming\\.", \
          "09:10:00")
#define TRAFFIC \
  RECORD ("ReportTrafficData - state message to send: ~~<ProxyTrafficStateDetails " \
          "ServerName=\"CP1.CONTOSO.COM\"> <EndPoint Name=\"BGB\" " \
          "ProxyServer=\"GW.CLOUDAPP.NET\" TotalRequests=\"2\" FailedRequests=\"0\"/>", \
          "09:00:00")

/* (nullable): what a computer (NULL: none, or the only one) has to tell under that name. */
static G_NO_INLINE CotFinding *
find (Fixture *self, const char *device, const char *id)
{
  for (guint i = 0; i < cot_case_get_n_findings (self->bundle); i++)
    {
      CotFinding *finding = cot_case_get_finding (self->bundle, i);

      if (g_str_equal (cot_detector_get_id (finding->detector), id)
          && g_strcmp0 (cot_case_get_finding_device (self->bundle, finding), device) == 0)
        return finding;
    }
  return NULL;
}

/* The headline of a computer; no other finding of it may be one. */
static void
assert_headline (Fixture *self, const char *device, const char *id)
{
  const char *headline = NULL;

  for (guint i = 0; i < cot_case_get_n_findings (self->bundle); i++)
    {
      CotFinding *finding = cot_case_get_finding (self->bundle, i);

      if (!finding->headline
          || g_strcmp0 (cot_case_get_finding_device (self->bundle, finding), device) != 0)
        continue;
      g_assert_null (headline);
      headline = cot_detector_get_id (finding->detector);
    }
  g_assert_cmpstr (headline, ==, id);
}

/* The story as "PC0042/LocationServices.log:0 ...". */
static void
assert_story (Fixture *self, CotFinding *finding, const char *expected)
{
  g_autoptr (CotStory) story = cot_case_tell_story (self->bundle, finding);
  g_autoptr (GString) places = g_string_new (NULL);

  for (guint i = 0; i < story->lines->len; i++)
    {
      const CotStoryLine *line = &g_array_index (story->lines, CotStoryLine, i);
      CotLog *log;
      guint64 ordinal;
      int member;

      g_assert_true (
          cot_case_get_evidence (self->bundle, line->finding, line->first, &log, &ordinal));
      member = cot_case_find_member (self->bundle, log);
      g_assert_cmpint (member, >=, 0);
      g_string_append_printf (places, "%s%s:%" G_GUINT64_FORMAT, i > 0 ? " " : "",
                              cot_case_get_member (self->bundle, (guint) member)->label, ordinal);
    }
  g_assert_cmpstr (places->str, ==, expected);
}

/* A device's bundle and a folder of server logs: one story from the server to the client. */
static void
test_device_and_server_folder (Fixture *self, gconstpointer data)
{
  add_log (self, "support-PC0042/CCM/Logs/LocationServices.log", REFUSED_CLIENT);
  add_log (self, "server/SMS_Cloud_ProxyConnector.log", CONNECTION_POINT);
  judge (self);
  assert_headline (self, NULL, "cmg-cp-chain-revocation");
  assert_story (self, find (self, NULL, "cmg-403-client-cert-required"),
                "server/SMS_Cloud_ProxyConnector.log:0 server/SMS_Cloud_ProxyConnector.log:1 "
                "server/SMS_Cloud_ProxyConnector.log:2 server/SMS_Cloud_ProxyConnector.log:3 "
                "support-PC0042/CCM/Logs/LocationServices.log:0 "
                "support-PC0042/CCM/Logs/LocationServices.log:1");
}

/* Each client that is refused has the server's lines as its reason; one that is not has none. */
static void
test_clients_of_one_server (Fixture *self, gconstpointer data)
{
  add_log (self, "PC0042/LocationServices.log", REFUSED_CLIENT);
  add_log (self, "PC0043/LocationServices.log", REFUSED_CLIENT);
  add_log (self, "PC0044/LocationServices.log", RECORD ("All is well", "09:00:04"));
  add_log (self, "server/SMS_Cloud_ProxyConnector.log", CONNECTION_POINT);
  judge (self);
  g_assert_cmpuint (cot_case_get_n_devices (self->bundle), ==, 3);
  assert_headline (self, "PC0042", "cmg-cp-chain-revocation");
  assert_headline (self, "PC0043", "cmg-cp-chain-revocation");
  assert_headline (self, "PC0044", NULL);
  assert_headline (self, NULL, "cmg-cp-chain-revocation");
  g_assert_true (find (self, "PC0042", "cmg-403-client-cert-required")->parent
                 == find (self, "PC0042", "cmg-cp-chain-revocation"));
  g_assert_true (find (self, "PC0043", "cmg-403-client-cert-required")->parent
                 == find (self, "PC0043", "cmg-cp-chain-revocation"));
  g_assert_null (find (self, "PC0044", "cmg-cp-chain-revocation"));
  assert_story (self, find (self, "PC0043", "cmg-cp-chain-revocation"),
                "server/SMS_Cloud_ProxyConnector.log:0 server/SMS_Cloud_ProxyConnector.log:1 "
                "server/SMS_Cloud_ProxyConnector.log:2 server/SMS_Cloud_ProxyConnector.log:3 "
                "PC0043/LocationServices.log:0 PC0043/LocationServices.log:1");
}

/* What the Windows of the server says of certificates is lent to its clients, and no more. */
static void
test_certificates_of_the_server (Fixture *self, gconstpointer data)
{
  add_log (self, "PC0042/LocationServices.log", REFUSED_CLIENT);
  add_log (self, "PC0043/LocationServices.log", RECORD ("All is well", "09:00:04"));
  add_log (self, "server/SMS_Cloud_ProxyConnector.log", CONNECTION_POINT);
  add_log (self, "server/Microsoft-Windows-CAPI2%4Operational.log",
           RECORD ("The revocation function was unable to check revocation because the "
                   "revocation server was offline. 80092013",
                   "08:59:59"));
  add_log (self, "server/Microsoft-Windows-AAD%4Operational.log",
           RECORD ("error 0xcaa10001", "08:59:59"));
  judge (self);
  assert_headline (self, "PC0042", "crl-revocation-offline");
  assert_headline (self, "PC0043", NULL);
  assert_story (self, find (self, "PC0042", "crl-revocation-offline"),
                "server/Microsoft-Windows-CAPI2%4Operational.log:0 "
                "server/SMS_Cloud_ProxyConnector.log:0 server/SMS_Cloud_ProxyConnector.log:1 "
                "server/SMS_Cloud_ProxyConnector.log:2 server/SMS_Cloud_ProxyConnector.log:3 "
                "PC0042/LocationServices.log:0 PC0042/LocationServices.log:1");
  g_assert_null (find (self, "PC0042", "comgmt-caa10001-signin"));
  g_assert_nonnull (find (self, NULL, "comgmt-caa10001-signin"));
}

/* What the client lacks is there, in the log of another machine. */
static void
test_log_of_a_server_is_not_missing (Fixture *self, gconstpointer data)
{
  add_log (self, "PC0042/LocationServices.log", REFUSED_CLIENT);
  add_log (self, "PC0043/LocationServices.log", RECORD ("All is well", "09:00:04"));
  add_log (self, "server/SMS_Cloud_ProxyConnector.log", RECORD ("All is well", "09:00:04"));
  judge (self);
  assert_headline (self, "PC0042", "cmg-403-client-cert-required");
  for (guint i = 0; i < cot_case_get_n_coverages (self->bundle); i++)
    {
      const CotCoverage *coverage = cot_case_get_coverage (self->bundle, i);

      for (guint j = 0; j < coverage->logs->len; j++)
        {
          const CotLogCoverage *log = g_ptr_array_index (coverage->logs, j);

          if (g_ascii_strcasecmp (log->name, "SMS_Cloud_ProxyConnector.log") == 0)
            g_assert_cmpint (log->state, ==, COT_COVERAGE_PRESENT);
        }
    }
}

/* One server's inboxes are out of reach, another's are not: each is judged alone. */
static void
test_servers_are_judged_alone (Fixture *self, gconstpointer data)
{
  add_log (self, "SRV0001/mpfdm.log", INBOX);
  add_log (self, "SRV0001/SMS_Cloud_ProxyConnector.log", TRAFFIC);
  add_log (self, "SRV0002/mpfdm.log", MOVED);
  judge (self);
  g_assert_cmpuint (cot_case_get_n_devices (self->bundle), ==, 2);
  assert_headline (self, "SRV0001", "cmg-cp-disconnected-inbox");
  assert_headline (self, "SRV0002", NULL);
  g_assert_true (find (self, "SRV0001", "cmg-proxyconnector-trafficdata")->parent
                 == find (self, "SRV0001", "cmg-cp-disconnected-inbox"));
}

/* Logs of a server beside a client's: what the client has nothing to do with is not its news. */
static void
test_server_of_no_client (Fixture *self, gconstpointer data)
{
  add_log (self, "PC0042/LocationServices.log", RECORD ("All is well", "09:00:04"));
  add_log (self, "PC0043/LocationServices.log", RECORD ("All is well", "09:00:04"));
  add_log (self, "server/mpfdm.log", INBOX);
  judge (self);
  assert_headline (self, "PC0042", NULL);
  assert_headline (self, "PC0043", NULL);
  assert_headline (self, NULL, "cmg-cp-disconnected-inbox");
  g_assert_cmpuint (cot_case_get_n_findings (self->bundle), ==, 1);
}

#define ID_42 "0D6B9E52-3C1F-4A87-8E60-52B7C9F1A3D4"
#define ID_43 "5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611"
#define REGISTERS(id) \
  RECORD ("[RegTask] - Starting registration, attempt 1.", "09:00:00") \
  RECORD ("[RegTask] - Client is not registered. Sending registration request for GUID:" id \
          " ...", \
          "09:00:01") \
  RECORD ("Waiting for the answer", "09:10:00")
#define AT_MP(id) RECORD ("Processing Registration request from Client 'GUID:" id "'", "09:00:02")

static gboolean
has_request_at_mp (Fixture *self, const char *device)
{
  for (guint i = 0; i < cot_case_get_n_journeys (self->bundle); i++)
    {
      CotJourneyReport *report = cot_case_get_journey (self->bundle, i);

      if (g_strcmp0 (cot_case_get_journey_device (self->bundle, i), device) != 0)
        continue;
      for (guint j = 0; j < report->milestones->len; j++)
        {
          const CotMilestoneReport *one
              = &g_array_index (report->milestones, CotMilestoneReport, j);

          if (g_strcmp0 (one->milestone->id, "request-at-mp") == 0)
            return one->state == COT_MILESTONE_SEEN;
        }
    }
  g_assert_not_reached ();
}

/* The management point writes of both clients: each has its own request there, and none that of the
 * other one. */
static void
test_line_with_an_id (Fixture *self, gconstpointer data)
{
  add_log (self, "PC0042/ClientIDManagerStartup.log", REGISTERS (ID_42));
  add_log (self, "PC0043/ClientIDManagerStartup.log", REGISTERS (ID_43));
  add_log (self, "server/MP_RegistrationManager.log", AT_MP (ID_43));
  judge (self);
  g_assert_false (has_request_at_mp (self, "PC0042"));
  g_assert_true (has_request_at_mp (self, "PC0043"));
}

/* An id that no log here tells of may be that of any of them. */
static void
test_line_with_an_unknown_id (Fixture *self, gconstpointer data)
{
  add_log (self, "PC0042/ClientIDManagerStartup.log", REGISTERS (ID_42));
  add_log (self, "PC0043/ClientIDManagerStartup.log", REGISTERS (ID_43));
  add_log (self, "server/MP_RegistrationManager.log",
           AT_MP ("11111111-2222-4333-8444-55555555abcd"));
  judge (self);
  g_assert_true (has_request_at_mp (self, "PC0042"));
  g_assert_true (has_request_at_mp (self, "PC0043"));
}

/* Two computers of one image have the same id. */
static void
test_line_with_the_id_of_two (Fixture *self, gconstpointer data)
{
  add_log (self, "PC0042/ClientIDManagerStartup.log", REGISTERS (ID_42));
  add_log (self, "PC0043/ClientIDManagerStartup.log", REGISTERS (ID_42));
  add_log (self, "server/MP_RegistrationManager.log", AT_MP (ID_42));
  judge (self);
  g_assert_true (has_request_at_mp (self, "PC0042"));
  g_assert_true (has_request_at_mp (self, "PC0043"));
}

/* A line that names another computer is no reason of what this one tells; one that names it, is. */
static void
test_line_with_a_name (Fixture *self, gconstpointer data)
{
  add_log (self, "PC0042/LocationServices.log", REFUSED_CLIENT);
  add_log (self, "PC0043/LocationServices.log", REFUSED_CLIENT);
  add_log (self, "server/SMS_Cloud_ProxyConnector.log",
           RECORD (SERVER_403 " for pc0043.contoso.com", "09:00:03"));
  judge (self);
  g_assert_null (find (self, "PC0042", "cmg-403-client-cert-required-server"));
  g_assert_nonnull (find (self, "PC0043", "cmg-403-client-cert-required-server"));
}

#define ADD(path, function) \
  g_test_add ("/machines/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("device-and-server-folder", test_device_and_server_folder);
  ADD ("clients-of-one-server", test_clients_of_one_server);
  ADD ("certificates-of-the-server", test_certificates_of_the_server);
  ADD ("log-of-a-server-is-not-missing", test_log_of_a_server_is_not_missing);
  ADD ("servers-are-judged-alone", test_servers_are_judged_alone);
  ADD ("server-of-no-client", test_server_of_no_client);
  ADD ("line-with-an-id", test_line_with_an_id);
  ADD ("line-with-an-unknown-id", test_line_with_an_unknown_id);
  ADD ("line-with-the-id-of-two", test_line_with_the_id_of_two);
  ADD ("line-with-a-name", test_line_with_a_name);
  return g_test_run ();
}
