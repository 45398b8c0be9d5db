/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-decode.h"

#include "cot-clock.h"
#include "cot-error-code.h"

#include <string.h>

typedef struct
{
  guint64 bit;
  const char *name;
} Flag;

/* ClientHealthStatus under HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\MDM */
static const Flag client_health_flags[] = {
  { 1, "client installed" },
  { 2, "client registered" },
  { 4, "a health evaluation was passed" },
  { 8, "client installation or upgrade failed" },
  { 16, "no contact with a management point" },
};

/* CoManagementFlags; higher bits exist and have no documented name. */
static const Flag workload_flags[] = {
  { 1, "co-management configured" },
  { 2, "compliance policies" },
  { 4, "resource access policies" },
  { 8, "device configuration" },
  { 16, "Windows Update policies" },
  { 32, "endpoint protection" },
  { 64, "client apps" },
  { 128, "Office Click-to-Run apps" },
};

static const struct
{
  const char *sid;
  const char *name;
} well_known_sids[] = {
  { "S-1-1-0", "Everyone" },
  { "S-1-5-11", "Authenticated Users" },
  { "S-1-5-18", "Local System" },
  { "S-1-5-19", "Local Service" },
  { "S-1-5-20", "Network Service" },
  { "S-1-5-32-544", "Administrators" },
  { "S-1-5-32-545", "Users" },
  { "S-1-5-32-546", "Guests" },
};

static const struct
{
  guint status;
  const char *name;
} http_statuses[] = {
  { 200, "OK" },
  { 201, "Created" },
  { 204, "No content" },
  { 206, "Partial content" },
  { 301, "Moved permanently" },
  { 302, "Found elsewhere" },
  { 304, "Not modified" },
  { 400, "Bad request" },
  { 401, "Unauthorized: not signed in, or the token was refused" },
  { 403, "Forbidden" },
  { 404, "Not found" },
  { 405, "Method not allowed" },
  { 407, "The proxy wants authentication" },
  { 408, "Request timed out" },
  { 409, "Conflict" },
  { 413, "Request too large" },
  { 416, "Range not satisfiable" },
  { 429, "Too many requests" },
  { 500, "Internal server error" },
  { 501, "Not implemented" },
  { 502, "Bad gateway" },
  { 503, "Service unavailable" },
  { 504, "Gateway timed out" },
};

static char *
describe_flags (guint64 value, const Flag *flags, gsize n_flags)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_flags; i++)
    if (value & flags[i].bit)
      {
        g_string_append_printf (text, "%s%" G_GUINT64_FORMAT " %s", text->len > 0 ? ", " : "",
                                flags[i].bit, flags[i].name);
        value &= ~flags[i].bit;
      }
  /* Unnamed bits stay visible, each as its number. */
  for (guint i = 0; i < 64; i++)
    if (value & (G_GUINT64_CONSTANT (1) << i))
      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, text->len > 0 ? ", " : "",
                              G_GUINT64_CONSTANT (1) << i);
  if (text->len == 0)
    g_string_append (text, "none");
  return g_string_free (text, FALSE);
}

/**
 * cot_decode_client_health:
 * @flags: ClientHealthStatus
 *
 * Bits without a name stay visible as their number.
 *
 * Returns: (transfer full): "1 client installed, 2 client registered"; "none" for 0
 */
char *
cot_decode_client_health (guint64 flags)
{
  return describe_flags (flags, client_health_flags, G_N_ELEMENTS (client_health_flags));
}

/**
 * cot_decode_workloads:
 * @flags: CoManagementFlags, or CoManagementSettings_Capabilities
 *
 * Bits without a documented name stay visible as their number.
 *
 * Returns: (transfer full): "1 co-management configured, 64 client apps"; "none" for 0
 */
char *
cot_decode_workloads (guint64 flags)
{
  return describe_flags (flags, workload_flags, G_N_ELEMENTS (workload_flags));
}

/**
 * cot_decode_http_status:
 * @status: an HTTP status
 *
 * Returns: (nullable): what it means, English
 */
const char *
cot_decode_http_status (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (http_statuses); i++)
    if (http_statuses[i].status == status)
      return http_statuses[i].name;
  return NULL;
}

/**
 * cot_decode_sid:
 * @sid: a security identifier, in any case
 *
 * Returns: (nullable): whose it is, for well-known ones
 */
const char *
cot_decode_sid (const char *sid)
{
  for (guint i = 0; i < G_N_ELEMENTS (well_known_sids); i++)
    if (g_ascii_strcasecmp (well_known_sids[i].sid, sid) == 0)
      return well_known_sids[i].name;
  return NULL;
}

/**
 * cot_decode_number:
 * @text: digits, with 0x in front where it is hexadecimal whatever @base says
 * @base: 10 or 16
 * @value: (out): the number
 *
 * Returns: %FALSE where @text is anything else, or too large
 */
gboolean
cot_decode_number (const char *text, guint base, guint64 *value)
{
  if (g_ascii_strncasecmp (text, "0x", 2) == 0)
    {
      text += 2;
      base = 16;
    }
  return g_ascii_string_to_unsigned (text, base == 16 ? 16 : 10, 0, G_MAXUINT64, value, NULL);
}

static char *
decode_error_code (const char *text)
{
  guint32 code;

  return cot_error_code_parse (text, -1, &code) && code != 0 ? cot_error_code_describe (code)
                                                              : NULL;
}

static char *
decode_time (const char *text)
{
  int year, month, day, hour, minute, second, microsecond;
  gint64 time_usec;
  gboolean is_utc;

  if (!cot_clock_parse_moment (text, strlen (text), &time_usec, &is_utc))
    return NULL;
  cot_clock_to_civil (time_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d%s", year, month, day, hour, minute,
                          second, is_utc ? " UTC" : "");
}

static char *
decode_status (const char *text, const char *kind)
{
  guint64 status;
  const char *name;

  if (!cot_decode_number (text, 10, &status) || status > 999)
    return NULL;
  name = cot_decode_http_status ((guint) status);
  return name != NULL ? g_strdup_printf ("%s %u: %s", kind, (guint) status, name) : NULL;
}

/**
 * cot_decode:
 * @decoder: what kind of value
 * @text: the value as captured
 * @base: of a number without 0x
 *
 * Returns: (transfer full) (nullable): the value in words
 */
char *
cot_decode (CotDecoder decoder, const char *text, guint base)
{
  guint64 number;

  switch (decoder)
    {
    case COT_DECODER_CLIENT_HEALTH:
      return cot_decode_number (text, base, &number) ? cot_decode_client_health (number) : NULL;
    case COT_DECODER_WORKLOADS:
      return cot_decode_number (text, base, &number) ? cot_decode_workloads (number) : NULL;
    case COT_DECODER_ERROR_CODE:
      return decode_error_code (text);
    case COT_DECODER_HTTP_STATUS:
      return decode_status (text, "HTTP");
    case COT_DECODER_SYNCML_STATUS:
      return decode_status (text, "SyncML");
    case COT_DECODER_SID:
      return g_strdup (cot_decode_sid (text));
    case COT_DECODER_TIME:
    case COT_DECODER_DUE_TIME:
      return decode_time (text);
    case COT_DECODER_NONE:
    case COT_DECODER_DUE_MINUTES:
    case COT_DECODER_DUE_SECONDS:
    default:
      return NULL;
    }
}
