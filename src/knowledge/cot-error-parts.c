/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-parts.h"

#define FAILURE 0x80000000u
#define STATUS_SEVERITY 0x40000000u
#define OF_PROGRAM 0x20000000u
#define STATUS_IN_HRESULT 0x10000000u
#define FACILITY_SETUP 400
#define TOKEN_BROKER 0xcaa /* as those are that error-codes.tsv has of it */

/* By winerror.h and [MS-ERREF]; those of enrollment, device registration, Configuration Manager and
 * SyncML by the codes that these write, as error-codes.tsv has them. */
static const struct
{
  guint facility;
  const char *name;
} facilities[] = {
  { 0, "general" },
  { 1, "RPC" },
  { 2, "COM dispatch" },
  { 3, "COM storage" },
  { COT_FACILITY_OWN, "COM interfaces" },
  { COT_FACILITY_WIN32, "Win32" },
  { 8, "Windows" },
  { 9, "Windows security and cryptography" },
  { 10, "Windows control mechanism" },
  { 11, "certificates" },
  { 12, "Windows Internet" },
  { 13, "Media Server" },
  { 14, "Message Queuing" },
  { 15, "Setup API" },
  { 16, "smart cards" },
  { 17, "COM+" },
  { 19, ".NET" },
  { 23, "side-by-side assemblies" },
  { 24, "MDM enrollment" },
  { 25, "HTTP" },
  { 26, "Common Log" },
  { 27, "Windows Error Reporting" },
  { 28, "device registration" },
  { 31, "Filter Manager" },
  { 32, "BITS" },
  { 33, "Windows configuration" },
  { 34, "state management" },
  { 36, "Windows Update" },
  { 37, "Active Directory" },
  { 38, "graphics" },
  { 39, "Windows Shell" },
  { 40, "TPM services" },
  { 41, "TPM software" },
  { 48, "performance logs" },
  { 49, "BitLocker" },
  { 50, "Windows Filtering Platform" },
  { 51, "WinRM" },
  { 52, "NDIS" },
  { 53, "Hyper-V" },
  { 54, "component management" },
  { 56, "Volume Manager" },
  { 57, "boot configuration" },
  { 58, "virtual disks" },
  { 60, "diagnostics" },
  { 61, "web services" },
  { 80, "Windows Defender" },
  { 81, "Open Packaging" },
  { 84, "PowerShell" },
  { 87, "Network Discovery" },
  { FACILITY_SETUP, "Windows Setup" },
  { 2000, "Configuration Manager" },
  { 2001, "SyncML statuses of Intune" },
};

static const char *
find_name (guint facility)
{
  for (guint i = 0; i < G_N_ELEMENTS (facilities); i++)
    if (facilities[i].facility == facility)
      return facilities[i].name;
  return NULL;
}

/**
 * cot_error_parts_read:
 * @code: a code
 * @parts: (out caller-allocates): what it is made of
 *
 * Any thread.
 *
 * Returns: whether it has parts
 */
gboolean
cot_error_parts_read (guint32 code, CotErrorParts *parts)
{
  if (code <= 0xffff)
    return FALSE;
  *parts = (CotErrorParts){
    .is_failure = (code & FAILURE) != 0,
    .facility = (code >> 16) & 0x7ff,
    .number = code & 0xffff,
  };
  /* It looks as a NTSTATUS does. */
  if (code >> 20 == TOKEN_BROKER)
    parts->kind = COT_ERROR_PARTS_TOKEN_BROKER;
  /* The bit is the same in a NTSTATUS: 0xE0434352 is what a program of .NET ends with. */
  else if ((code & OF_PROGRAM) != 0)
    parts->kind = COT_ERROR_PARTS_OF_PROGRAM;
  else if ((code & STATUS_IN_HRESULT) != 0)
    parts->kind = COT_ERROR_PARTS_STATUS_IN_HRESULT;
  /* Windows Setup sets the bit in HRESULTs: 0xC1900101. */
  else if ((code & STATUS_SEVERITY) != 0 && parts->facility != FACILITY_SETUP)
    parts->kind = COT_ERROR_PARTS_STATUS;
  if (parts->kind == COT_ERROR_PARTS_HRESULT)
    parts->facility_name = find_name (parts->facility);
  return TRUE;
}
