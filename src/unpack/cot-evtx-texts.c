/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An event log holds what an event is about, but the sentence to it is in a file of the machine
 * that wrote it. Here are sentences for the events that matter in managing a device, from the ids
 * and their data as they are publicly documented. "{2}" is the second value, "{2x}" the same in
 * hexadecimals. Of several sentences for an event the first one whose values are there is taken. */

#include "cot-evtx-private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  uint16_t id;
  const char *text;
} Sentence;

static const Sentence device_management[] = {
  { 3, "MDM Enroll: the request to the server could not be signed with the certificate. "
       "Result: ({1})." },
  { 4, "MDM Enroll: certificate policy request sent" },
  { 5, "MDM Enroll: certificate policy request could not be sent. Result: ({1})." },
  { 6, "MDM Enroll: certificate policy response processed" },
  { 7, "MDM Enroll: certificate policy response not received or not understood. Result: "
       "({1})." },
  { 8, "MDM Enroll: certificate enrollment request sent" },
  { 9, "MDM Enroll: certificate enrollment request could not be sent. Result: ({1})." },
  { 10, "MDM Enroll: certificate enrollment response understood" },
  { 11, "MDM Enroll: certificate enrollment response not received or not understood. "
        "Result: ({1})." },
  { 15, "MDM Enroll: client certificate could not be installed. Result: ({1})." },
  { 16, "MDM Enroll: OMA-DM client configured" },
  { 17, "MDM Enroll: OMA-DM client configuration failed. RAWResult: ({1}) Result: ({2})." },
  { 17, "MDM Enroll: OMA-DM client configuration failed. Result: ({1})." },
  { 19, "MDM Enroll: the schedule for sync could not be set up. Result: ({1})." },
  { 20, "MDM Enroll: sync blocked, the enrollment {1} is dormant" },
  { 26, "MDM Enroll: certificate could not be renewed. Result: ({1})." },
  { 27, "MDM Enroll: automatic enrollment. Policy value: {1}, credential type: {2}. "
        "Result: ({3})." },
  { 32, "SCEP: certificate enrollment failed. Result: ({1})." },
  { 36, "SCEP: certificate request made. Key usage: {1}, NDES address: {2}" },
  { 37, "SCEP: certificate request sent" },
  { 38, "SCEP: certificate response received" },
  { 39, "SCEP: certificate installed" },
  { 42, "MDM Push: the push channel could not be made. Result: ({1})." },
  { 43, "MDM Push: push channel made" },
  { 44, "MDM Push: the push channel could not be renewed. Result: ({1})." },
  { 45, "MDM Push: push channel renewed" },
  { 46, "MDM Push: the push channel could not be upgraded. Result: ({1})." },
  { 47, "MDM Push: push channel upgraded" },
  { 48, "MDM Unenroll: the server was told" },
  { 49, "MDM Unenroll: the server could not be told. Result: ({1})." },
  { 52, "MDM Enroll: the server returned a fault. Code: ({1}) Reason: ({2})." },
  { 53, "MDM Enroll: authentication failed, no token from the token service. Result: ({1})." },
  { 54, "MDM Enroll: authentication succeeded, token received" },
  { 55, "MDM Enroll: enrollment by the user failed. Result: ({1})." },
  { 56, "MDM Enroll: the server's provisioning XML was not understood. Result: ({1})." },
  { 57, "MDM Enroll: Provisioning failed. Result: ({1})." },
  { 58, "MDM Enroll: Provisioning succeeded" },
  { 59, "MDM Enroll: server context ({1})" },
  { 60, "MDM Unenroll: begun by the server or the device, not by the user ({1})" },
  { 61, "MDM Unenroll: begun by the user. Server: ({1})" },
  { 64, "MDM Unenroll: Changing dmwappushservice startup type to demand-start. Result: "
        "({1})." },
  { 65, "MDM Unenroll: Changing dmwappushservice startup type to demand-start failed. "
        "Result: ({1})" },
  { 67, "MDM Unenroll: account could not be deleted. Result: ({1})." },
  { 69, "MDM Enroll: the server returned a fault that was not understood" },
  { 71, "MDM Enroll: Failed ({1})" },
  { 72, "MDM Enroll: Succeeded" },
  { 73, "MDM Unenroll: the part that does not depend on a user is done" },
  { 74, "MDM Unenroll: Succeeded" },
  { 75, "Auto MDM Enroll: Device Credential ({1}), Succeeded" },
  { 75, "Auto MDM Enroll: Succeeded" },
  { 76, "Auto MDM Enroll: Device Credential ({1}), Failed ({2})" },
  { 76, "Auto MDM Enroll: Failed ({1})" },
  { 100, "Offline domain join: no connection after {1} ms. Result: ({2})." },
  { 101, "Offline domain join: connected after {1} ms. Result: ({2})." },
  { 105, "Offline domain join: looking for the domain controller's name. Result: ({1})." },
  { 106, "Offline domain join: pinging the domain controller. Result: ({1})." },
  { 107, "Offline domain join: blob applied. Result: ({1})." },
  { 108, "Offline domain join: blob could not be applied. Result: ({1})." },
  { 109, "Offline domain join: connectivity state set to ({1})" },
  { 110, "Offline domain join: connectivity state is ({1})" },
  { 200, "MDM Session: message sent" },
  { 201, "MDM Session: message could not be sent. Result: ({1})." },
  { 202, "MDM Session: message of the server received and understood" },
  { 203, "MDM Session: message of the server not understood. Result: ({1})." },
  { 204, "MDM Session: no connection to the server. Result: ({1})." },
  { 205, "MDM Session: client started" },
  { 206, "MDM Session: session started for user ({1})" },
  { 207, "MDM Session: alert ({1}) with event ({2}) tells the server whether a user is "
         "logged on" },
  { 208, "MDM Session: session started for enrollment ({1}) with server ({2})" },
  { 209, "MDM Session: session ended with status ({1})" },
  { 210, "MDM Session: client stopped with status ({1})" },
  { 212, "MDM Session: Failed to get AAD Token for sync session User Token: ({1}) Device "
         "Token: ({2})." },
  { 215, "MDM Session: failure at stage ({1}). Result: ({2})." },
  { 218, "MDM Session: client certificate missing. User: ({1})" },
  { 223, "MDM Session: the enrolled user ({1}) is not logged on" },
  { 224, "MDM Session: no token for the user. Status: ({3}), error code: ({4}). Result: "
         "({5})." },
  { 301, "SCEP: node ({1}) could not be opened. Result: ({2})." },
  { 302, "SCEP: node ({1}) could not be added. Result: ({2})." },
  { 303, "SCEP: child of node ({1}) could not be deleted. Result: ({2})." },
  { 304, "SCEP: value of node ({1}) could not be read. Result: ({2})." },
  { 305, "SCEP: value of node ({1}) could not be set. Result: ({2})." },
  { 306, "SCEP: request {1} for user ({2}). Result: ({6})." },
  { 307, "SCEP: failed: {1}" },
  { 308, "SCEP: the server {1} did not take the request. Result: ({2})." },
  { 309, "SCEP: certificate request {2}, status ({5}), retry ({6}). Result: ({7})." },
  { 310, "PFX certificate install, status {1}: ({2}), thumbprint ({3})" },
  { 400, "MDM configuration: command failed. Provider: ({3}), URI: ({5}). Result: ({6})." },
  { 403, "MDM configuration: provider check. URI: ({1}), allowed: ({2}). Result: ({3})." },
  { 404, "MDM configuration: command failed. Provider: ({3}), URI: ({5}). Result: ({6})." },
  { 450, "MDM configuration: command failed. Provider: ({3}), URI: ({5}). Result: ({6})." },
  { 454, "MDM configuration: command failed. Enrollment type: ({2}), provider: ({3}). "
         "Result: ({6})." },
  { 454, "MDM configuration: command failed. Enrollment type: ({2}), provider: ({3}). "
         "Result: ({5})." },
  { 700, "MDM registration: device unregistered by ({1}). Result: ({2})." },
  { 809, "MDM policy: number could not be set. Policy: ({1}), area: ({2}). Result: ({8})." },
  { 810, "MDM policy: text could not be set. Policy: ({1}), area: ({2}). Result: ({8})." },
  { 813, "MDM policy: number set. Policy: ({1}), area: ({2}), value: ({5})" },
  { 814, "MDM policy: text set. Policy: ({1}), area: ({2}), value: ({5})" },
  { 818, "MDM policy: could not be deleted. Policy: ({1}), area: ({2}). Result: ({6})." },
  { 819, "MDM policy: deleted. Policy: ({1}), area: ({2})" },
  { 821, "MDM policy: merge not completed. Policy: ({1}), area: ({2}). Result: ({3})." },
  { 827, "MDM policy: rejected by licensing. Policy: ({1}), area: ({2}). Result: ({3})." },
  { 828, "MDM policy: not allowed. Policy: ({1}), area: ({2}). Result: ({3})." },
  { 0, NULL },
};

static const Sentence entra[] = {
  { 1024, "HTTP request status: {1x}" },
  { 1025, "HTTP request status: {1x}. Method: {2}, address: {3}" },
  { 1081, "OAuth response error: {1}\nError description: {2}" },
  { 1082, "Key error: {1}\nError description: {2}" },
  { 1083, "Protected key error: {1}\nError description: {2}" },
  { 1084, "HTTP transport error. Status: {1x}" },
  { 1085, "Logon failed. Status: {1x}" },
  { 1086, "The user's realm could not be found out. Status: {1x}" },
  { 1087, "The keys for the credential could not be had. Status: {1x}" },
  { 1088, "WS-Trust response error: {1}\nError description: {2}" },
  { 1089, "The device is not joined to the cloud: {1x}" },
  { 1090, "Nonce response error: {1}\nError description: {2}" },
  { 1091, "No ticket of Windows Hello. Error: {1x}" },
  { 1094, "The refresh token could not be used. Status: {1x}" },
  { 1096, "The refresh token has expired" },
  { 1097, "Error: {1x} {2}\n{3}" },
  { 1098, "Error: {1x} {2}\n{3}" },
  { 1099, "Code: {1x} {2}\n{3}" },
  { 1100, "Error: {1x} {2}\n{3}" },
  { 1101, "Error: {1x} {2}\n{3}" },
  { 1102, "Code: {1x} {2}\n{3}" },
  { 1103, "The OAuth response could not be decrypted. Error: {1x}" },
  { 1104, "Cloud AP plugin call {1} returned error: {2x}" },
  { 1105, "Device registration call {1} returned error: {2x}" },
  { 1118, "Logon at the enterprise token service failed. Status: {1x}" },
  { 1131, "The device's peer certificate could not be renewed. Status: {1x}" },
  { 1134, "Cloud AP plugin call {1} returned error: {2x}" },
  { 1152, "The key of the device certificate cannot be used. Error: {1x}" },
  { 1160, "Logon failed. Status: {1x}" },
  { 0, NULL },
};

static const Sentence registration[] = {
  { 100, "Discovery request sent" },
  { 101, "Discovery answered. Server response was: {1}" },
  { 102, "Join request prepared. Type: {1} ({2}), domain: {3}" },
  { 103, "Join request sent" },
  { 104, "Join response received. Server response was: {1}" },
  { 105, "Join response completed" },
  { 106, "Tasks after the join done" },
  { 110, "Registration cleared from the device. Join type: {1} ({2})" },
  { 111, "Registration written. Join type: {1} ({2})" },
  { 200, "Discovery request could not be sent. Exit code: {1}, domain: {2}" },
  { 201, "Discovery failed. Exit code: {1}, HTTP status: {2}. Server response was: {3}" },
  { 202, "Join request could not be prepared. Exit code: {1}" },
  { 203, "Join request could not be sent. Exit code: {1}" },
  { 204, "Join failed. Exit code: {1}, HTTP status: {3}. Server response was: {4}" },
  { 205, "Join response could not be completed. Exit code: {1}" },
  { 206, "Tasks after the join failed. Exit code: {1}" },
  { 219, "It is not known whether the computer is in a domain. Error: {1}" },
  { 220, "The computer's name is not known. Error: {2}" },
  { 221, "No connection to the LDAP server {1}:{2}. Error: {4}" },
  { 226, "No connection to {1}:{2}. Error: {3}" },
  { 230, "HTTP request could not be sent. Error: {1}" },
  { 233, "HTTP status {1} ({3}). Error: {2}" },
  { 239, "Registration could not be cleared. Exit code: {1}" },
  { 240, "Registration could not be written. Exit code: {1}" },
  { 300, "Windows Hello key registered. User: {2}" },
  { 301, "Windows Hello key could not be registered. Exit code: {1}, server message: {5}" },
  { 304, "Automatic registration failed when joining. Exit code: {1}, server error: {2}, "
         "tenant type: {3}" },
  { 305, "Automatic registration failed at authentication. Exit code: {1}, server error: {2}" },
  { 306, "Automatic registration succeeded" },
  { 307, "Automatic registration failed: no registration service in Active Directory. "
         "Exit code: {1}" },
  { 308, "The user {1} did not sign in with an Entra ID account" },
  { 309, "The registration service was not found. Exit code: {1}" },
  { 0, NULL },
};

static const Sentence shell[] = {
  { 62404, "CloudExperienceHost Web App Activity started. CXID: '{1}'." },
  { 62405, "CloudExperienceHost Web App Activity stopped. Result: '{1}'." },
  { 62406, "CloudExperienceHost Web App Event 1. Name: '{1}'." },
  { 62407, "CloudExperienceHost Web App Event 2. Name: '{1}', Value: '{2}'." },
  { 0, NULL },
};

static const Sentence autopilot[] = {
  { 100, "Autopilot policy {1} was not found" },
  { 101, "Autopilot policy {1} is {2}" },
  { 103, "Autopilot policy {1} is {2}" },
  { 109, "Autopilot overrides the setup setting {1}: {2}" },
  { 153, "Autopilot state changed from {1} to {2}" },
  { 171, "Autopilot could not confirm the TPM identity. HRESULT = {1}" },
  { 172, "Autopilot could not make the profile available. HRESULT = {1}" },
  { 807, "ZtdDeviceIsNotRegistered: the device is not registered for Autopilot" },
  { 809, "ZtdDeviceHasNoAssignedProfile: the profile that was assigned does not exist" },
  { 815, "ZtdDeviceHasNoAssignedProfile: no profile is assigned, and there is no default one" },
  { 0, NULL },
};

static const Sentence certificates[] = {
  { 10, "Building a certificate chain begins" },
  { 11, "Build chain: {result}" },
  { 30, "Verify chain policy: {result}" },
  { 40, "Verifying revocation begins" },
  { 41, "Verify revocation: {result}" },
  { 53, "Retrieve from the network: {result}" },
  { 70, "Acquire the private key: {result}" },
  { 81, "Verify trust: {result}" },
  { 90, "Certificate objects" },
  { 0, NULL },
};

static const Sentence installer[] = {
  { 1033, "Installed: {1}, version {2}, status {4}. Manufacturer: {5}" },
  { 1034, "Removed: {1}, version {2}, status {4}. Manufacturer: {5}" },
  { 1035, "Configuration changed: {1}, version {2}, status {4}. Manufacturer: {5}" },
  { 1036, "Update {4} installed for {1}, version {2}, status {5}. Manufacturer: {6}" },
  { 1037, "Update {4} removed from {1}, version {2}, status {5}. Manufacturer: {6}" },
  { 1038, "Restart needed for {1}, version {2}. Type: {4}, reason: {5}" },
  { 1040, "Transaction begins: {1}. Process: {2}" },
  { 1042, "Transaction ends: {1}. Process: {2}" },
  { 0, NULL },
};

static const Sentence application_error[] = {
  { 1000, "{1} {2} crashed in {4} {5}, exception 0x{7} at 0x{8}" },
  { 0, NULL },
};

static const Sentence application_hang[] = {
  { 1002, "{1} {2} did not respond and was closed" },
  { 0, NULL },
};

static const Sentence error_reporting[] = {
  { 1001, "Fault bucket {1}, type {2}: {3} {6} {7}" },
  { 0, NULL },
};

static const Sentence services[] = {
  { 7000, "The service {1} could not be started: {2}" },
  { 7009, "The service {2} did not connect within {1} ms" },
  { 7023, "The service {1} ended with the error {2}" },
  { 7031, "The service {1} ended unexpectedly, {2} times so far" },
  { 7034, "The service {1} ended unexpectedly, {2} times so far" },
  { 7036, "The service {1} is now {2}" },
  { 7040, "The start type of the service {1} was changed from {2} to {3}" },
  { 7045, "The service {1} was installed: {2}" },
  { 0, NULL },
};

static const Sentence wmi[] = {
  { 63, "The provider {1} was registered in the WMI namespace {2} to run as {3}" },
  { 0, NULL },
};

static const struct
{
  const char *provider;
  const Sentence *sentences;
} providers[] = {
  { "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider", device_management },
  { "Microsoft-Windows-AAD", entra },
  { "Microsoft-Windows-User Device Registration", registration },
  { "Microsoft-Windows-Shell-Core", shell },
  { "Microsoft-Windows-ModernDeployment-Diagnostics-Provider", autopilot },
  { "Microsoft-Windows-CAPI2", certificates },
  { "MsiInstaller", installer },
  { "Application Error", application_error },
  { "Application Hang", application_hang },
  { "Windows Error Reporting", error_reporting },
  { "Service Control Manager", services },
  { "Microsoft-Windows-WMI", wmi },
};

/* A gap in a sentence: the position of its value from 1, or 0 for the element "Result". */
typedef struct
{
  uint32_t position;
  bool in_hex;
} Gap;

/* Returns what stands behind the gap that begins at @at. */
static const char *
read_gap (const char *at, Gap *gap)
{
  *gap = (Gap) { 0 };
  at++;
  if (strncmp (at, "result}", 7) == 0)
    return at + 7;
  while (*at >= '0' && *at <= '9')
    gap->position = gap->position * 10 + (uint32_t) (*at++ - '0');
  if (*at == 'x')
    {
      gap->in_hex = true;
      at++;
    }
  return at + 1;
}

static bool
piece_is (const CotEvtxEvent *event, CotEvtxPiece piece, const char *text)
{
  return piece.n_bytes == strlen (text)
         && memcmp (event->text.data + piece.offset, text, piece.n_bytes) == 0;
}

/* The number of the datum that fills a gap; n_data where there is none. */
static uint32_t
find_datum (const CotEvtxEvent *event, const Gap *gap)
{
  uint32_t i = gap->position - 1;

  if (gap->position == 0)
    for (i = 0; i < event->n_data; i++)
      if (piece_is (event, event->data[i].name, "Result"))
        return i;
  return i < event->n_data ? i : event->n_data;
}

static bool
has_all (const CotEvtxEvent *event, const char *text)
{
  while ((text = strchr (text, '{')) != NULL)
    {
      Gap gap;

      text = read_gap (text, &gap);
      if (find_datum (event, &gap) == event->n_data)
        return false;
    }
  return true;
}

/* Numbers come as decimals, and people know errors in hexadecimals. */
static bool
append_hex (const CotEvtxEvent *event, CotEvtxPiece value, CotEvtxText *into)
{
  const char *digits = event->text.data + value.offset;
  uint64_t number = 0;
  char text[16];

  if (value.n_bytes == 0 || value.n_bytes > 10)
    return false;
  for (uint32_t i = 0; i < value.n_bytes; i++)
    {
      if (digits[i] < '0' || digits[i] > '9')
        return false;
      number = number * 10 + (uint64_t) (digits[i] - '0');
    }
  if (number > UINT32_MAX)
    return false;
  snprintf (text, sizeof text, "0x%08" PRIX32, (uint32_t) number);
  cot_evtx_text_append_string (into, text);
  return true;
}

static void
append_sentence (const CotEvtxEvent *event, const char *text, CotEvtxText *into, uint64_t *told)
{
  const char *next;

  while ((next = strchr (text, '{')) != NULL)
    {
      const CotEvtxDatum *datum;
      uint32_t i;
      Gap gap;

      cot_evtx_text_append (into, text, (size_t) (next - text));
      text = read_gap (next, &gap);
      i = find_datum (event, &gap);
      datum = &event->data[i];
      if (gap.in_hex && append_hex (event, datum->value, into))
        continue;
      cot_evtx_text_append (into, event->text.data + datum->value.offset, datum->value.n_bytes);
      if (i < 64)
        *told |= UINT64_C (1) << i;
    }
  cot_evtx_text_append_string (into, text);
}

/* Old logs keep a whole sentence as the only string; so does every error of Windows Installer. */
static bool
append_own_sentence (const CotEvtxEvent *event, CotEvtxText *into, uint64_t *told)
{
  const CotEvtxDatum *datum = &event->data[0];

  if (event->n_data == 0 || datum->name.n_bytes > 0 || datum->value.n_bytes == 0
      || memchr (event->text.data + datum->value.offset, ' ', datum->value.n_bytes) == NULL)
    return false;
  cot_evtx_text_append (into, event->text.data + datum->value.offset, datum->value.n_bytes);
  *told = 1;
  return true;
}

bool
cot_evtx_texts_append (const CotEvtxEvent *event, CotEvtxText *into, uint64_t *told)
{
  *told = 0;
  for (size_t i = 0; i < sizeof providers / sizeof providers[0]; i++)
    {
      if (!event->has_event_id || !piece_is (event, event->provider, providers[i].provider))
        continue;
      for (const Sentence *at = providers[i].sentences; at->text != NULL; at++)
        if (at->id == event->event_id && has_all (event, at->text))
          {
            append_sentence (event, at->text, into, told);
            return true;
          }
    }
  return append_own_sentence (event, into, told);
}
