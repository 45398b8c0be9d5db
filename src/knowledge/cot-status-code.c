/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-status-code.h"

#include "cot-knowledge-data.h"
#include "cot-matcher.h"

#include <string.h>

#define TABLE_PATH "/io/github/cotrace/Cotrace/knowledge/status-codes.tsv"

#define N_FIELDS 5
/* AADSTS numbers have at most this many digits, statuses three and sub-statuses three. */
#define MAX_AADSTS_DIGITS 8

typedef struct
{
  const char *log; /* as documented */
  CotCodeContext context;
} LogContext;

typedef struct
{
  GArray *codes; /* CotStatusCode */
  GArray *logs; /* LogContext */
} Table;

static const struct
{
  const char *name;
  CotCodeContext context;
} contexts[] = {
  { "", COT_CODE_ANYWHERE },
  { "syncml", COT_CODE_IN_SYNCML },
  { "enrollment", COT_CODE_IN_ENROLLMENT },
  { "setup", COT_CODE_IN_SETUP },
  { "task-sequence", COT_CODE_IN_TASK_SEQUENCE },
};

static const char *const schemes[] = { "number", "http", "syncml", "aadsts" };

static gboolean
parse_context (const char *name, CotCodeContext *context)
{
  for (guint i = 0; i < G_N_ELEMENTS (contexts); i++)
    if (g_str_equal (contexts[i].name, name))
      {
        *context = contexts[i].context;
        return TRUE;
      }
  return FALSE;
}

/* "403" or "403.7" */
static gboolean
parse_status (const char *text, guint32 *code, guint32 *sub_status)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 3);
  guint64 number;
  guint64 sub = COT_STATUS_NO_SUB;

  if (parts[0] == NULL || (parts[1] != NULL && parts[2] != NULL)
      || !g_ascii_string_to_unsigned (parts[0], 10, 100, 599, &number, NULL))
    return FALSE;
  if (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 0, 999, &sub, NULL))
    return FALSE;
  *code = (guint32) number;
  *sub_status = (guint32) sub;
  return TRUE;
}

static gboolean
parse_row (char **fields, CotStatusCode *code)
{
  guint64 number;
  gboolean hex;

  *code = (CotStatusCode){ .sub_status = COT_STATUS_NO_SUB };
  if (!parse_context (fields[2], &code->context))
    return FALSE;
  code->symbol = fields[3];
  code->text = fields[4];
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (!g_str_equal (schemes[i], fields[0]))
        continue;
      code->scheme = (CotCodeScheme) i;
      if (code->scheme == COT_CODE_HTTP || code->scheme == COT_CODE_SYNCML)
        return parse_status (fields[1], &code->code, &code->sub_status);
      hex = code->scheme == COT_CODE_NUMBER;
      if (!g_ascii_string_to_unsigned (fields[1], hex ? 16 : 10, 0, G_MAXUINT32, &number, NULL))
        return FALSE;
      code->code = (guint32) number;
      return TRUE;
    }
  return FALSE;
}

static gboolean
split_row (char *row, char **fields)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if ((fields[i] = strsep (&row, "\t")) == NULL)
      return FALSE;
  return TRUE;
}

/* The rows point into @text, which stays. */
static Table *
parse_table (char *text)
{
  Table *table = g_new0 (Table, 1);
  char *row;

  table->codes = g_array_new (FALSE, FALSE, sizeof (CotStatusCode));
  table->logs = g_array_new (FALSE, FALSE, sizeof (LogContext));
  while ((row = strsep (&text, "\n")) != NULL)
    {
      char *fields[N_FIELDS];
      CotStatusCode code;
      LogContext log;

      if (*row == '#' || !split_row (row, fields))
        continue;
      log.log = fields[3];
      if (g_str_equal (fields[0], "log") && parse_context (fields[2], &log.context))
        g_array_append_val (table->logs, log);
      else if (parse_row (fields, &code))
        g_array_append_val (table->codes, code);
    }
  return table;
}

static const Table *
get_table (void)
{
  static Table *table = NULL;

  if (g_once_init_enter (&table))
    {
      g_autoptr (GBytes) bytes = g_resource_lookup_data (
          cot_knowledge_data_get_resource (), TABLE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize length_bytes = 0;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length_bytes) : "";

      g_once_init_leave (&table, parse_table (g_strndup (data, length_bytes)));
    }
  return table;
}

/* The name of an event channel holds a slash, and so looks like a path. */
static gboolean
is_log (const char *name, const char *documented)
{
  return name != NULL && *name != '\0'
         && (g_ascii_strcasecmp (name, documented) == 0
             || cot_log_name_matches (name, documented));
}

/**
 * cot_code_context_for_log:
 * @log: (nullable): a file name, path, member label or event channel
 * @component: (nullable): the component of the entry
 *
 * Any thread.
 *
 * Returns: what kind of log that is, to people who read codes
 */
CotCodeContext
cot_code_context_for_log (const char *log, const char *component)
{
  const GArray *logs = get_table ()->logs;
  guint context = COT_CODE_ANYWHERE;

  for (guint i = 0; i < logs->len; i++)
    {
      const LogContext *one = &g_array_index (logs, LogContext, i);

      if (is_log (log, one->log) || is_log (component, one->log))
        context |= one->context;
    }
  return (CotCodeContext) context;
}

/**
 * cot_status_codes_get_n:
 *
 * Returns: the number of statuses, sign-in errors and numbers with another meaning in some logs
 */
guint
cot_status_codes_get_n (void)
{
  return get_table ()->codes->len;
}

/**
 * cot_status_codes_get:
 * @index: below cot_status_codes_get_n()
 *
 * Returns: (transfer none): one of them
 */
const CotStatusCode *
cot_status_codes_get (guint index)
{
  return &g_array_index (get_table ()->codes, CotStatusCode, index);
}

/**
 * cot_status_code_lookup:
 * @scheme: what kind of number it is, not %COT_CODE_NUMBER
 * @code: the status, or the number behind "AADSTS"
 * @sub_status: the number behind the status, or %COT_STATUS_NO_SUB
 *
 * Returns: (transfer none) (nullable): what is known of it; of the status alone where nothing is
 *   known of the sub-status
 */
const CotStatusCode *
cot_status_code_lookup (CotCodeScheme scheme, guint32 code, guint32 sub_status)
{
  const CotStatusCode *plain = NULL;

  for (guint i = 0; scheme != COT_CODE_NUMBER && i < cot_status_codes_get_n (); i++)
    {
      const CotStatusCode *one = cot_status_codes_get (i);

      if (one->scheme != scheme || one->code != code)
        continue;
      if (one->sub_status == sub_status)
        return one;
      if (one->sub_status == COT_STATUS_NO_SUB)
        plain = one;
    }
  return plain;
}

/**
 * cot_status_code_lookup_in:
 * @code: a 32-bit number
 * @context: where it stands
 *
 * Returns: (transfer none) (nullable): what it means there, where that is something of its own
 */
const CotStatusCode *
cot_status_code_lookup_in (guint32 code, CotCodeContext context)
{
  for (guint i = 0; context != COT_CODE_ANYWHERE && i < cot_status_codes_get_n (); i++)
    {
      const CotStatusCode *one = cot_status_codes_get (i);

      if (one->scheme == COT_CODE_NUMBER && one->code == code && (one->context & context) != 0)
        return one;
    }
  return NULL;
}

/* What follows @word and white space in @text; NULL where it does not start so. */
static const char *
skip_word (const char *text, const char *word)
{
  gsize n = strlen (word);

  if (g_ascii_strncasecmp (text, word, n) != 0)
    return NULL;
  text += n;
  while (*text == ' ' || *text == ':' || *text == '=')
    text++;
  return text;
}

static gboolean
parse_aadsts (const char *text, guint32 *code)
{
  const char *digits = skip_word (text, "AADSTS");
  guint64 number;

  if (digits == NULL || strlen (digits) > MAX_AADSTS_DIGITS
      || !g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT32, &number, NULL))
    return FALSE;
  *code = (guint32) number;
  return TRUE;
}

/**
 * cot_status_code_parse:
 * @text: what somebody typed, without white space around it
 * @scheme: (out): what kind of number it is
 * @code: (out): the number
 * @sub_status: (out): what follows the dot, or %COT_STATUS_NO_SUB
 *
 * Returns: %FALSE where the text does not say that it is one of these: "404" alone could be
 *   anything
 */
gboolean
cot_status_code_parse (const char *text, CotCodeScheme *scheme, guint32 *code, guint32 *sub_status)
{
  const char *number = skip_word (text, "HTTP");
  gboolean named = number != NULL;

  *sub_status = COT_STATUS_NO_SUB;
  *scheme = COT_CODE_AADSTS;
  if (parse_aadsts (text, code))
    return TRUE;
  *scheme = COT_CODE_HTTP;
  if (number == NULL && (number = skip_word (text, "SyncML")) != NULL)
    {
      *scheme = COT_CODE_SYNCML;
      named = TRUE;
    }
  if (number == NULL)
    number = text;
  for (const char *rest; named
                         && ((rest = skip_word (number, "status")) != NULL
                             || (rest = skip_word (number, "error")) != NULL
                             || (rest = skip_word (number, "code")) != NULL);)
    number = rest;
  return parse_status (number, code, sub_status) && (named || *sub_status != COT_STATUS_NO_SUB);
}

/**
 * cot_status_code_spell:
 * @scheme: what kind of number it is
 * @code: the number
 * @sub_status: what follows the dot, or %COT_STATUS_NO_SUB
 *
 * Returns: (transfer full): as people write it: "HTTP 403.7", "AADSTS50097", "0x80070005"
 */
char *
cot_status_code_spell (CotCodeScheme scheme, guint32 code, guint32 sub_status)
{
  switch (scheme)
    {
    case COT_CODE_AADSTS:
      return g_strdup_printf ("AADSTS%u", code);
    case COT_CODE_SYNCML:
      return g_strdup_printf ("SyncML %u", code);
    case COT_CODE_HTTP:
      if (sub_status != COT_STATUS_NO_SUB)
        return g_strdup_printf ("HTTP %u.%u", code, sub_status);
      return g_strdup_printf ("HTTP %u", code);
    case COT_CODE_NUMBER:
    default:
      return g_strdup_printf ("0x%08X", code);
    }
}
