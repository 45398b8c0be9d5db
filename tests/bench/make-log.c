/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Writes a large CCM log of invented text to standard output: the same bytes for the same size
 * and seed. CRLF, with a BOM; 2 % of the entries have several lines, 1 % are warnings and 0.3 %
 * errors. The size is rounded up to a whole record. */

#define N_ITEMS(array) (sizeof (array) / sizeof (array)[0])

static const char *const subjects[] = {
  "The policy agent", "Workload flags", "The enrollment task", "Certificate selection",
  "The management point", "Location services", "The content transfer", "A hardware inventory cycle",
  "The compliance state", "The inbox watcher", "The maintenance window", "A deployment",
  "The scheduler", "The client registration", "Co-management capability", "The service window",
  "The download of PKG00041", "The boundary group of Contoso-West", "The proxy of Fabrikam",
};
static const char *const verbs[] = {
  "evaluated", "received", "queued", "is waiting for", "sent", "found", "compared",
  "raised", "parsed", "stored", "finished with", "was told about", "opened", "closed",
};
static const char *const objects[] = {
  "the assignment {5c1f7a20-0c55-4d1e-9f0e-2b7d6b6a3e11}", "a reply of 2,048 bytes",
  "the state message for topic 1042", "https://cmg01.contoso.example/CCM_Proxy_MutualAuth",
  "an instance of CCM_Policy_AuthorityData", "the key HKLM\\Software\\Contoso\\Agent",
  "the user context S-1-5-21-1004336348-1177238915-682003330-512",
  "C:\\Windows\\ccmcache\\1f\\setup.exe", "the timer for 09/24/2024 10:03:11",
  "a job with priority 3", "the thumbprint 0123456789ABCDEF0123456789ABCDEF01234567",
  "the value 8193", "the next hop, dp07.fabrikam.example", "no change since the last cycle",
};
static const char *const endings[] = {
  ".", ", result 0x0.", ", hr = 0x87d00215", " (attempt 2 of 5).", "", " in 15 ms.",
  ", which is as expected.", ". Retrying in 10 minutes.", " [00000000-0000-4000-8000-000000000000]",
};
static const char *const components[] = {
  "PolicyAgent_PolicyEvaluator", "CoManagementHandler", "CcmExec", "LocationServices",
  "ClientIDManagerStartup", "ContentTransferManager", "DataTransferService", "CcmMessaging",
  "StateMessage", "InventoryAgent", "ScanAgent", "UpdatesDeployment", "UpdatesHandler",
  "WUAHandler", "ServiceWindowManager", "CIAgent", "CIDownloader", "DCMAgent", "AppIntentEval",
  "AppDiscovery", "AppEnforce", "CAS", "Scheduler", "SrcUpdateMgr", "execmgr", "PwrProvider",
  "CertificateMaintenance", "ccmsetup", "EndpointProtectionAgent", "smsclient",
};
static const char *const files[] = {
  "policyevaluator.cpp", "comgmthandler.cpp", "ccmexec.cpp", "lsad.cpp", "regtask.cpp",
  "ctmjob.cpp", "dtsjob.cpp", "ccmgencert.cpp", "statemessage.cpp", "agent.cpp", "scanjob.cpp",
};
static const int lines[] = { 31, 118, 204, 366, 498, 517, 733, 902, 1034, 1187, 1460, 2291 };

static uint64_t state;

static uint32_t
next_random (void)
{
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t) (state >> 32);
}

static uint32_t
below (uint32_t limit)
{
  return (uint32_t) (((uint64_t) next_random () * limit) >> 32);
}

#define PICK(array) array[below (N_ITEMS (array))]

static char *
put (char *at, const char *text)
{
  size_t n = strlen (text);

  memcpy (at, text, n);
  return at + n;
}

static char *
put_digits (char *at, unsigned value, int n)
{
  for (int i = n - 1; i >= 0; i--, value /= 10)
    at[i] = (char) ('0' + value % 10);
  return at + n;
}

static char *
put_sentence (char *at)
{
  at = put (at, PICK (subjects));
  *at++ = ' ';
  at = put (at, PICK (verbs));
  *at++ = ' ';
  at = put (at, PICK (objects));
  return put (at, PICK (endings));
}

static char *
put_message (char *at)
{
  uint32_t n_more = below (2);

  at = put_sentence (at);
  if (below (100) < 2)
    {
      for (uint32_t i = 0; i < 3 + n_more; i++)
        at = put_sentence (put (at, "\r\n\t"));
      return at;
    }
  for (uint32_t i = 0; i < n_more; i++)
    at = put_sentence (put (at, " "));
  return at;
}

/* 28 days of each month: a date that exists, whatever the size. */
static char *
put_time (char *at, uint64_t msec)
{
  unsigned day = (unsigned) (msec / 86400000);
  unsigned second = (unsigned) (msec / 1000 % 86400);

  at = put_digits (put (at, "<time=\""), second / 3600, 2);
  at = put_digits (put (at, ":"), second / 60 % 60, 2);
  at = put_digits (put (at, ":"), second % 60, 2);
  at = put_digits (put (at, "."), (unsigned) (msec % 1000), 3);
  at = put_digits (put (at, "+300\" date=\""), day / 28 % 12 + 1, 2);
  at = put_digits (put (at, "-"), day % 28 + 1, 2);
  return put_digits (put (at, "-"), 2024 + day / 336, 4);
}

static char *
put_record (char *at, uint64_t msec)
{
  uint32_t kind = below (1000);
  uint32_t component = below (N_ITEMS (components));

  at = put_message (put (at, "<![LOG["));
  at = put_time (put (at, "]LOG]!>"), msec);
  at = put (put (at, "\" component=\""), components[component]);
  at = put (put (at, "\" context=\"\" type=\""), kind < 3 ? "3" : kind < 13 ? "2" : "1");
  at = put_digits (put (at, "\" thread=\""), 1000 + 4 * below (64), 4);
  at = put (put (at, "\" file=\""), files[component % N_ITEMS (files)]);
  at += sprintf (at, ":%d", lines[(component + below (2)) % N_ITEMS (lines)]);
  return put (at, "\">\r\n");
}

int
main (int argc, char **argv)
{
  static char buffer[1 << 20];
  uint64_t size = argc > 1 ? strtoull (argv[1], NULL, 10) : 0;
  uint64_t seed = argc > 2 ? strtoull (argv[2], NULL, 10) : 1;
  uint64_t written = 0;
  uint64_t msec = 9 * 3600 * 1000;
  char *at = put (buffer, "\xef\xbb\xbf");

  if (argc < 2 || argc > 3)
    {
      fprintf (stderr, "usage: %s BYTES [SEED]\n", argv[0]);
      return 64;
    }
  state = seed * UINT64_C (0x9e3779b97f4a7c15) + 1;
  while (written + (uint64_t) (at - buffer) < size)
    {
      msec += below (120);
      at = put_record (at, msec);
      if (buffer + sizeof buffer - at < 8192)
        {
          written += (uint64_t) (at - buffer);
          if (fwrite (buffer, 1, (size_t) (at - buffer), stdout) != (size_t) (at - buffer))
            return 1;
          at = buffer;
        }
    }
  if (fwrite (buffer, 1, (size_t) (at - buffer), stdout) != (size_t) (at - buffer)
      || fflush (stdout) != 0)
    return 1;
  return 0;
}
