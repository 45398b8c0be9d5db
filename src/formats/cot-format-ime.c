/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-lines-private.h"

/* The logs of the Intune management extension (IntuneManagementExtension, AppWorkload,
 * AgentExecutor and their like): the frame of cot-format-ccm.c as a .NET writer fills it, with
 * seven digits of a second, no bias and a date without leading zeros:
 *
 *   <![LOG[[Subsystem] text]LOG]!><time="03:04:35.3725046" date="8-17-2025"
 *   component="IntuneManagementExtension" context="" type="1" thread="12" file="">
 *
 * Nearly all entries name the same component, so the subsystem takes its place; the written one is
 * then the context, which these writers leave empty. */
#define MAX_SUBSYSTEM_BYTES 64
#define ATTRIBUTES "]LOG]!><time=\""
#define ATTRIBUTES_BYTES 14
#define BID_MAX_RECORDS 200
#define MORE_BITS 2 /* than the frame alone */

static const char *const components[] = {
  "IntuneManagementExtension",
  "IntuneWindowsAgent",
  "AppWorkload",
  "AppActionProcessor",
  "AgentExecutor",
  "ClientHealth",
  "ClientHealthEval",
  "ClientCertCheck",
  "DeviceHealthMonitoring",
  "HealthScripts",
  "HealthMonitoring",
  "Sensor",
  "Win32AppInventory",
  "ScriptRunner",
  "ActiveProfile",
  "NotificationInfraLogs",
  "UserCertCheck",
};

static gboolean
is_of_family (CotSpan component)
{
  for (gsize i = 0; component.data != NULL && i < G_N_ELEMENTS (components); i++)
    if (cot_span_is (component, components[i]))
      return TRUE;
  return FALSE;
}

/**
 * cot_ime_find_subsystem:
 * @message: a message of Intune's agents
 *
 * "[Win32App]", "[Proxy Poller]", "[EmsAgentService:RequiredAppTask]"; not "[0]" or "[{".
 *
 * Returns: the text of the bracket that it begins with; none where that is no name
 */
CotSpan
cot_ime_find_subsystem (CotSpan message)
{
  gsize i = 0, start;

  while (i < message.length_bytes && g_ascii_isspace (message.data[i]))
    i++;
  if (i == message.length_bytes || message.data[i] != '[')
    return (CotSpan){ NULL, 0 };
  start = ++i;
  if (i == message.length_bytes || !g_ascii_isalpha (message.data[i]))
    return (CotSpan){ NULL, 0 };
  while (i < message.length_bytes && i - start < MAX_SUBSYSTEM_BYTES
         && (g_ascii_isalnum (message.data[i])
             || (message.data[i] != '\0' && strchr (" ._:-/", message.data[i]) != NULL)))
    i++;
  if (i == message.length_bytes || message.data[i] != ']')
    return (CotSpan){ NULL, 0 };
  return cot_span (message.data, start, i);
}

static CotRecordResult
ime_next_record (const char *data, gsize length_bytes, gsize start, gboolean at_end,
                 gsize *end_offset)
{
  return cot_format_ccm.next_record (data, length_bytes, start, at_end, end_offset);
}

static void
ime_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  CotSpan subsystem;

  cot_format_ccm.parse_entry (&cot_format_ccm, record, length_bytes, entry);
  if (!(entry->flags & COT_RECORD_FRAMED))
    return;
  subsystem = cot_ime_find_subsystem (entry->message);
  if (subsystem.data == NULL)
    return;
  if (entry->context.length_bytes == 0)
    entry->context = entry->component;
  entry->component = subsystem;
}

static CotSpan
ime_find_message (const CotFormat *self, const char *record, gsize length_bytes)
{
  return cot_format_ccm.find_message (&cot_format_ccm, record, length_bytes);
}

/* Whether the attributes at @from are those of a .NET writer. */
static gboolean
is_dotnet (const char *head, gsize from, gsize length_bytes)
{
  const char *quote = memchr (head + from, '"', length_bytes - from);
  const char *dot;

  if (quote == NULL)
    return FALSE;
  dot = memchr (head + from, '.', (gsize) (quote - head) - from);
  return dot != NULL && quote - dot == 8 && cot_has_shape (dot, 0, 8, ".9999999");
}

static CotSpan
find_component (const char *head, gsize from, gsize length_bytes)
{
  static const char name[] = " component=\"";
  gsize to = MIN (length_bytes, from + 160);
  const char *at = memmem (head + from, to - from, name, strlen (name));
  const char *quote;

  if (at == NULL)
    return (CotSpan){ NULL, 0 };
  at += strlen (name);
  quote = memchr (at, '"', (gsize) (head + length_bytes - at));
  return (CotSpan){ quote != NULL ? at : NULL, quote != NULL ? (gsize) (quote - at) : 0 };
}

static guint
ime_bid (const char *head, gsize length_bytes)
{
  guint bits_by_frame = cot_format_ccm.bid (head, length_bytes);
  guint n_records = 0, n_family = 0;
  const char *at = head;

  /* The frame is judged by its own format: what it would not take is not ours either. */
  if (bits_by_frame == 0)
    return 0;
  while (n_records < BID_MAX_RECORDS
         && (at = memmem (at, length_bytes - (gsize) (at - head), ATTRIBUTES, ATTRIBUTES_BYTES))
                != NULL)
    {
      gsize from = (gsize) (at - head) + ATTRIBUTES_BYTES;

      n_records++;
      n_family += is_dotnet (head, from, length_bytes)
                  && is_of_family (find_component (head, from, length_bytes));
      at = head + from;
    }
  return n_family > 0 && n_family * 2 >= n_records ? bits_by_frame + MORE_BITS : 0;
}

const CotFormat cot_format_ime = {
  .id = "ime",
  .name = "Intune",
  .bid = ime_bid,
  .next_record = ime_next_record,
  .parse_entry = ime_parse_entry,
  .find_message = ime_find_message,
};
