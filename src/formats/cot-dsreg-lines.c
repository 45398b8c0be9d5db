/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-dsreg-private.h"

#include "cot-lines-private.h"

/* The lines of dsregcmd /status, by "Troubleshoot devices by using the dsregcmd command" on
 * learn.microsoft.com. */

#define MAX_KEY_BYTES 48

static const char *const keys[] = {
  "AzureAdJoined",
  "EnterpriseJoined",
  "DomainJoined",
  "DomainName",
  "Virtual Desktop",
  "Device Name",
  "DeviceId",
  "Thumbprint",
  "DeviceCertificateValidity",
  "KeyContainerId",
  "KeyProvider",
  "TpmProtected",
  "DeviceAuthStatus",
  "TenantName",
  "TenantId",
  "Idp",
  "AuthCodeUrl",
  "AccessTokenUrl",
  "MdmUrl",
  "MdmTouUrl",
  "MdmComplianceUrl",
  "SettingsUrl",
  "JoinSrvVersion",
  "JoinSrvUrl",
  "JoinSrvId",
  "KeySrvVersion",
  "KeySrvUrl",
  "KeySrvId",
  "WebAuthNSrvVersion",
  "WebAuthNSrvUrl",
  "WebAuthNSrvId",
  "DeviceManagementSrvVer",
  "DeviceManagementSrvUrl",
  "DeviceManagementSrvId",
  "NgcSet",
  "NgcKeyId",
  "CanReset",
  "WorkplaceJoined",
  "WamDefaultSet",
  "WamDefaultAuthority",
  "WamDefaultId",
  "WamDefaultGUID",
  "AzureAdPrt",
  "AzureAdPrtUpdateTime",
  "AzureAdPrtExpiryTime",
  "AzureAdPrtAuthority",
  "AcquirePrtDiagnostics",
  "RefreshPrtDiagnostics",
  "Previous Prt Attempt",
  "Attempt Status",
  "User Identity",
  "Credential Type",
  "Correlation ID",
  "Endpoint URI",
  "HTTP Method",
  "HTTP Error",
  "HTTP status",
  "Server Error Code",
  "Server Error Description",
  "EnterprisePrt",
  "EnterprisePrtUpdateTime",
  "EnterprisePrtExpiryTime",
  "EnterprisePrtAuthority",
  "OnPremTgt",
  "CloudTgt",
  "KerbTopLevelNames",
  "Diagnostics Reference",
  "User Context",
  "Client Time",
  "AD Connectivity Test",
  "AD Configuration Test",
  "DRS Discovery Test",
  "DRS Connectivity Test",
  "Token acquisition Test",
  "Fallback to Sync-Join",
  "Previous Registration",
  "Registration Type",
  "Error Phase",
  "Client ErrorCode",
  "Server ErrorCode",
  "Server ErrorSubCode",
  "Server Operation",
  "Server Message",
  "Https Status",
  "Request Id",
  "AadRecoveryEnabled",
  "Executing Account Name",
  "KeySignTest",
  "IsDeviceJoined",
  "IsUserAzureAD",
  "PolicyEnabled",
  "PostLogonEnabled",
  "DeviceEligible",
  "SessionIsNotRemote",
  "CertEnrollment",
  "AdfsRefreshToken",
  "AdfsRaIsReady",
  "LogonCertTemplateReady",
  "PreReqResult",
  "WorkplaceDeviceId",
  "WorkplaceThumbprint",
  "WorkplaceIdp",
  "WorkplaceTenantId",
  "WorkplaceTenantName",
  "WorkplaceMdmUrl",
  "WorkplaceSettingsUrl",
};

gboolean
cot_dsreg_is_known (CotSpan key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (cot_span_is (key, keys[i]))
      return TRUE;
  return FALSE;
}

static CotSpan
trimmed (const char *data, gsize from, gsize to)
{
  while (from < to && cot_is_filler (data[from]))
    from++;
  while (to > from && cot_is_filler (data[to - 1]))
    to--;
  return cot_span (data, from, to);
}

gboolean
cot_dsreg_read_line (const char *data, gsize from, gsize to, CotDsregLine *line)
{
  gsize start = cot_skip_blanks (data, from, to);
  gsize limit = MIN (to, start + MAX_KEY_BYTES);
  gsize i = start;

  while (i < limit && (g_ascii_isalnum (data[i]) || memchr (" -_/()", data[i], 6) != NULL))
    i++;
  if (i == limit || (data[i] != ':' && data[i] != '='))
    return FALSE;
  line->key = trimmed (data, start, i);
  line->value = trimmed (data, i + 1, to);
  return line->key.length_bytes > 1 && g_ascii_isalpha (line->key.data[0]);
}

gboolean
cot_dsreg_read_title (const char *data, gsize from, gsize to, CotSpan *title)
{
  CotSpan line = trimmed (data, from, to);

  if (line.length_bytes < 3 || line.data[0] != '|' || line.data[line.length_bytes - 1] != '|')
    return FALSE;
  *title = trimmed (line.data, 1, line.length_bytes - 1);
  return title->length_bytes > 0;
}

gboolean
cot_dsreg_is_test (CotSpan key)
{
  return key.length_bytes > 4
         && g_ascii_strncasecmp (key.data + key.length_bytes - 4, "Test", 4) == 0
         && cot_dsreg_is_known (key);
}

/* A hexadecimal number other than zero. */
static gboolean
is_failure_code (CotSpan value)
{
  if (!cot_span_has_prefix (value, "0x"))
    return FALSE;
  for (gsize i = 2; i < value.length_bytes && g_ascii_isxdigit (value.data[i]); i++)
    if (value.data[i] != '0')
      return TRUE;
  return FALSE;
}

static gboolean
is_http_failure (CotSpan value)
{
  gint status;

  return cot_span_to_number (value, &status) && status >= 400;
}

typedef gboolean (*IsBad) (CotSpan value);

static gboolean
is_yes (CotSpan value)
{
  return cot_span_is (value, "YES");
}

static gboolean
is_failed (CotSpan value)
{
  return cot_span_has_prefix (value, "FAIL");
}

static gboolean
is_error (CotSpan value)
{
  return cot_span_has_prefix (value, "ERROR");
}

static gboolean
is_invalid (CotSpan value)
{
  return cot_span_has_prefix (value, "INVALID");
}

static gboolean
is_said (CotSpan value)
{
  return value.length_bytes > 0;
}

/* A missing token says nothing by itself: it is normal where the program ran as SYSTEM or elevated,
 * and which of both it was stands in another line. The detectors judge the two together. */
CotSeverity
cot_dsreg_judge (const CotDsregLine *line)
{
  static const struct
  {
    const char *key;
    IsBad is_bad;
    CotSeverity severity;
  } rules[] = {
    { "DeviceAuthStatus", is_failed, COT_SEVERITY_ERROR },
    { "Client ErrorCode", is_failure_code, COT_SEVERITY_ERROR },
    { "Server ErrorCode", is_said, COT_SEVERITY_ERROR },
    { "Attempt Status", is_failure_code, COT_SEVERITY_ERROR },
    { "Server Error Code", is_said, COT_SEVERITY_ERROR },
    { "HTTP Error", is_failure_code, COT_SEVERITY_ERROR },
    { "HTTP status", is_http_failure, COT_SEVERITY_ERROR },
    { "Https Status", is_http_failure, COT_SEVERITY_ERROR },
    { "AadRecoveryEnabled", is_yes, COT_SEVERITY_WARNING },
    { "WamDefaultSet", is_error, COT_SEVERITY_WARNING },
    { "Virtual Desktop", is_invalid, COT_SEVERITY_WARNING },
  };

  if (cot_dsreg_is_test (line->key) && is_failed (line->value))
    return COT_SEVERITY_ERROR;
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (cot_span_is (line->key, rules[i].key) && rules[i].is_bad (line->value))
      return rules[i].severity;
  return COT_SEVERITY_INFO;
}
