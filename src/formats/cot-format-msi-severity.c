/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format-msi-private.h"

#include <string.h>

#include "cot-lines-private.h"

#define ERROR_INSTALL_USEREXIT 1602
#define ERROR_SUCCESS_REBOOT_INITIATED 1641
#define ERROR_SUCCESS_REBOOT_REQUIRED 3010
#define RETURN_USER_EXIT 2
#define RETURN_FAILURE 3

/* Names and values of others: a table of the name Error is no error, and the internal notes (1:
 * 2205 2: 3: Error) are none either. */
static const char *const without_outcome[] = {
  "Note: 1: ",       "PROPERTY CHANGE: ", "Transforming table ", "TRANSFORM: ",
  "Doing action: ",  "Skipping action: ", "Executing op: ",      "Action start ",
  "Property(",       "Creating MSIHANDLE ", "Closing MSIHANDLE ",  "Ignoring disallowed property ",
};

/* What a result stands behind. */
static const char *const before_result[] = {
  "success or error status: ",
  " is returning ",
  "Return value: ",
  "returned actual error code ",
};

/* @said: the words before the result, and the result. */
static gboolean
find_result (CotSpan message, gint *result, gboolean *is_last, CotSpan *said)
{
  for (guint i = 0; i < G_N_ELEMENTS (before_result); i++)
    {
      gsize length = strlen (before_result[i]);
      const char *at = memmem (message.data, message.length_bytes, before_result[i], length);
      const char *end;

      if (at == NULL)
        continue;
      said->data = *at == ' ' ? at + 1 : at;
      at += length;
      for (end = at; end < message.data + message.length_bytes && g_ascii_isdigit (*end);)
        end++;
      *is_last = i == 0;
      said->length_bytes = (gsize) (end - said->data);
      if (cot_span_to_number ((CotSpan){ at, (gsize) (end - at) }, result))
        return TRUE;
    }
  return FALSE;
}

static CotSeverity
severity_of_result (CotSpan message, gint result, gboolean is_last)
{
  static const char ignored[] = "translated to success";

  switch (result)
    {
    case 0:
    case ERROR_SUCCESS_REBOOT_INITIATED:
    case ERROR_SUCCESS_REBOOT_REQUIRED:
      return is_last ? COT_SEVERITY_SUCCESS : COT_SEVERITY_INFO;
    case ERROR_INSTALL_USEREXIT:
      return COT_SEVERITY_WARNING;
    default:
      break;
    }
  if (memmem (message.data, message.length_bytes, ignored, strlen (ignored)) != NULL)
    return COT_SEVERITY_WARNING;
  return COT_SEVERITY_ERROR;
}

/* The 3 of "Return value 3.", in any language. */
static gint
find_return_value (CotSpan message)
{
  const char *data = message.data;
  gsize length = message.length_bytes;

  if (length < 4 || data[length - 1] != '.' || !g_ascii_isdigit (data[length - 2])
      || data[length - 3] != ' ')
    return -1;
  return data[length - 2] - '0';
}

static gboolean
is_numbered (CotSpan message, const char *kind)
{
  gsize length = strlen (kind);

  return cot_span_has_prefix (message, kind) && message.length_bytes > length + 1
         && message.data[length] == ' ' && g_ascii_isdigit (message.data[length + 1]);
}

gboolean
cot_msi_is_numbered (CotSpan message)
{
  return is_numbered (message, "Error") || is_numbered (message, "Warning")
         || is_numbered (message, "Info");
}

CotSeverity
cot_msi_get_severity (CotSpan message, gboolean in_action)
{
  gint result;
  gboolean is_last;
  CotSpan said;

  if (in_action)
    switch (find_return_value (message))
      {
      case RETURN_FAILURE:
        return COT_SEVERITY_ERROR;
      case RETURN_USER_EXIT:
        return COT_SEVERITY_WARNING;
      default:
        return COT_SEVERITY_INFO;
      }
  for (guint i = 0; i < G_N_ELEMENTS (without_outcome); i++)
    if (cot_span_has_prefix (message, without_outcome[i]))
      return COT_SEVERITY_INFO;
  if (is_numbered (message, "Error"))
    return COT_SEVERITY_ERROR;
  if (is_numbered (message, "Warning"))
    return COT_SEVERITY_WARNING;
  if (is_numbered (message, "Info"))
    return COT_SEVERITY_INFO;
  if (find_result (message, &result, &is_last, &said))
    return severity_of_result (message, result, is_last);
  return cot_severity_from_words (message.data, message.length_bytes);
}

CotSpan
cot_msi_find_outcome (CotSpan message)
{
  CotSpan said = { NULL, 0 };
  gint result;
  gboolean is_last;

  if (find_return_value (message) >= 0)
    {
      const char *start = message.data + message.length_bytes - 1;

      /* The sentence, for its words are those of the language. */
      while (start > message.data && !(start[0] == ' ' && start[-1] == '.'))
        start--;
      start += *start == ' ' ? 1 : 0;
      return (CotSpan){ start, (gsize) (message.data + message.length_bytes - 1 - start) };
    }
  if (cot_msi_is_numbered (message))
    {
      gsize end = cot_span_has_prefix (message, "Warning") ? strlen ("Warning ")
                  : cot_span_has_prefix (message, "Error") ? strlen ("Error ")
                                                           : strlen ("Info ");

      while (end < message.length_bytes && g_ascii_isdigit (message.data[end]))
        end++;
      return (CotSpan){ message.data, end };
    }
  for (guint i = 0; i < G_N_ELEMENTS (without_outcome); i++)
    if (cot_span_has_prefix (message, without_outcome[i]))
      return said;
  return find_result (message, &result, &is_last, &said) ? said : (CotSpan){ NULL, 0 };
}
