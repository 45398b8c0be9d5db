/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-timed-private.h"

#include "cot-lines-private.h"

/* Behind the time loggers write a level, a thread and a name, in any order: in brackets, in
 * columns, or with a colon. Only what can be nothing else is taken from the text. */

#define MAX_FIELDS 6
#define MAX_FIELD_BYTES 64
#define MAX_NAME_BYTES 48

static const struct
{
  const char *word;
  CotSeverity severity;
} levels[] = {
  { "trace", COT_SEVERITY_VERBOSE },    { "trc", COT_SEVERITY_VERBOSE },
  { "verbose", COT_SEVERITY_VERBOSE },  { "vrb", COT_SEVERITY_VERBOSE },
  { "debug", COT_SEVERITY_VERBOSE },    { "dbg", COT_SEVERITY_VERBOSE },
  { "info", COT_SEVERITY_INFO },        { "inf", COT_SEVERITY_INFO },
  { "information", COT_SEVERITY_INFO }, { "informational", COT_SEVERITY_INFO },
  { "notice", COT_SEVERITY_INFO },      { "success", COT_SEVERITY_SUCCESS },
  { "warn", COT_SEVERITY_WARNING },     { "warning", COT_SEVERITY_WARNING },
  { "wrn", COT_SEVERITY_WARNING },      { "error", COT_SEVERITY_ERROR },
  { "err", COT_SEVERITY_ERROR },        { "fail", COT_SEVERITY_ERROR },
  { "fatal", COT_SEVERITY_ERROR },      { "ftl", COT_SEVERITY_ERROR },
  { "severe", COT_SEVERITY_ERROR },     { "critical", COT_SEVERITY_ERROR },
  { "crit", COT_SEVERITY_ERROR },       { "alert", COT_SEVERITY_ERROR },
  { "emerg", COT_SEVERITY_ERROR },      { "panic", COT_SEVERITY_ERROR },
};

static gboolean
level_from_letter (char letter, CotSeverity *severity)
{
  switch (letter)
    {
    case 'V':
    case 'D':
    case 'T':
      *severity = COT_SEVERITY_VERBOSE;
      return TRUE;
    case 'I':
      *severity = COT_SEVERITY_INFO;
      return TRUE;
    case 'W':
      *severity = COT_SEVERITY_WARNING;
      return TRUE;
    case 'E':
    case 'F':
      *severity = COT_SEVERITY_ERROR;
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
cot_level_from_word (CotSpan word, CotSeverity *severity)
{
  if (word.length_bytes == 1)
    return level_from_letter (word.data[0], severity);
  if (word.length_bytes == 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if ((word.data[0] | 0x20) == levels[i].word[0] && cot_span_is (word, levels[i].word))
      {
        *severity = levels[i].severity;
        return TRUE;
      }
  return FALSE;
}

static CotSpan
trimmed (const char *data, gsize from, gsize to)
{
  while (from < to && cot_is_blank (data[from]))
    from++;
  while (to > from && cot_is_blank (data[to - 1]))
    to--;
  return cot_span (data, from, to);
}

/* "1234", "12:34" */
static gboolean
is_thread (CotSpan text)
{
  gsize n_digits = 0;

  for (gsize i = 0; i < text.length_bytes; i++)
    {
      if (g_ascii_isdigit (text.data[i]))
        n_digits++;
      else if (text.data[i] != ':' || i == 0)
        return FALSE;
    }
  return n_digits > 0;
}

static gboolean
is_name (CotSpan text)
{
  if (text.length_bytes < 2 || text.length_bytes > MAX_NAME_BYTES
      || !g_ascii_isalpha (text.data[0]))
    return FALSE;
  for (gsize i = 0; i < text.length_bytes; i++)
    if (!g_ascii_isalnum (text.data[i]) && memchr (" ._-<>$#", text.data[i], 8) == NULL)
      return FALSE;
  return TRUE;
}

/* Whether the text of a bracket is a field that is not known yet. */
static gboolean
take_group (CotTimedFields *fields, CotSpan text, gboolean may_be_name)
{
  CotSeverity severity;

  if (fields->severity == COT_SEVERITY_UNKNOWN && cot_level_from_word (text, &severity))
    {
      fields->severity = severity;
      fields->level = text;
      return TRUE;
    }
  if (fields->thread.data == NULL && is_thread (text))
    {
      fields->thread = text;
      return TRUE;
    }
  if (fields->component.data == NULL && may_be_name && is_name (text))
    {
      fields->component = text;
      return TRUE;
    }
  return FALSE;
}

static gsize
skip_separators (const char *data, gsize from, gsize to)
{
  while (from < to
         && (cot_is_blank (data[from]) || memchr ("|,;:~", data[from], 5) != NULL
             || (data[from] == '-' && (from + 1 == to || cot_is_blank (data[from + 1])))))
    from++;
  return from;
}

static gboolean
read_group (const char *data, gsize at, gsize to, char closer, CotTimedFields *fields, gsize *end)
{
  gsize limit = MIN (to, at + MAX_FIELD_BYTES);
  const char *close = memchr (data + at, closer, limit - at);

  if (close == NULL)
    return FALSE;
  if (!take_group (fields, trimmed (data, at, (gsize) (close - data)), closer == ']'))
    return FALSE;
  *end = (gsize) (close - data) + 1;
  return TRUE;
}

/* A word that names a level: with a colon behind it, in capitals, or in a column of its own. */
static gboolean
read_level (const char *data, gsize at, gsize to, CotTimedFields *fields, gsize *end)
{
  CotSpan word;
  CotSeverity severity;
  gboolean capitals = TRUE;
  gsize i = at;

  for (; i < to && g_ascii_isalpha (data[i]); i++)
    capitals &= g_ascii_isupper (data[i]);
  word = cot_span (data, at, i);
  if (fields->severity != COT_SEVERITY_UNKNOWN || !cot_level_from_word (word, &severity)
      || (i < to && memchr (" \t:|,;", data[i], 6) == NULL))
    return FALSE;
  /* "Error " may begin a sentence. */
  if (!capitals
      && (i == to || (data[i] == ' ' && (i + 1 == to || !cot_is_blank (data[i + 1])))))
    return FALSE;
  if (word.length_bytes == 1 && i < to && cot_is_blank (data[i]) && data[at] == 'I')
    return FALSE;
  fields->severity = severity;
  fields->level = word;
  *end = i;
  return TRUE;
}

/* "Contoso.Agent[412]: ", "Contoso.Agent: ". A word with a colon alone may be anything. */
static gboolean
read_program (const char *data, gsize at, gsize to, gboolean any_name, CotTimedFields *fields,
              gsize *end)
{
  gsize limit = MIN (to, at + MAX_NAME_BYTES);
  gsize i = at, name_end;
  gboolean is_evident = any_name;

  for (; i < limit && (g_ascii_isalnum (data[i]) || memchr ("._-/", data[i], 4) != NULL); i++)
    is_evident |= data[i] == '.' && i > at;
  name_end = i;
  if (name_end < at + (any_name ? 1 : 2) || !g_ascii_isalpha (data[at])
      || fields->component.data != NULL)
    return FALSE;
  if (i < limit && data[i] == '[')
    {
      for (i++; i < limit && g_ascii_isdigit (data[i]);)
        i++;
      if (i == name_end + 1 || i == limit || data[i] != ']')
        return FALSE;
      is_evident = TRUE;
      i++;
    }
  if (!is_evident || i == limit || data[i] != ':' || (i + 1 < to && !cot_is_blank (data[i + 1])))
    return FALSE;
  fields->component = cot_span (data, at, name_end);
  if (i > name_end)
    fields->thread = cot_span (data, name_end + 1, i - 1);
  *end = i + 1;
  return TRUE;
}

void
cot_timed_read_fields (const char *data, gsize from, gsize to, char closer, CotTimedFields *fields)
{
  gsize at = from;

  *fields = (CotTimedFields){ .severity = COT_SEVERITY_UNKNOWN };
  if (closer != 0 && read_group (data, at, to, closer, fields, &at))
    from = at;
  for (guint n = 0; n < MAX_FIELDS; n++)
    {
      char opener;

      at = skip_separators (data, at, to);
      if (at == to)
        break;
      opener = data[at];
      if (opener == '[' || opener == '(' || opener == '<')
        {
          if (!read_group (data, at + 1, to,
                           opener == '['   ? ']'
                           : opener == '(' ? ')'
                                           : '>',
                           fields, &at))
            break;
        }
      else if (!read_level (data, at, to, fields, &at)
               && !read_program (data, at, to, FALSE, fields, &at))
        {
          break;
        }
    }
  fields->text = at;
}

void
cot_timed_read_syslog (const char *data, gsize from, gsize to, CotTimedFields *fields)
{
  gsize host = cot_skip_blanks (data, from, to);
  gsize program = cot_skip_blanks (data, cot_skip_word (data, host, to), to);
  gsize end;

  *fields = (CotTimedFields){ .severity = COT_SEVERITY_UNKNOWN };
  if (host > from && read_program (data, program, to, TRUE, fields, &end))
    fields->text = cot_skip_blanks (data, end, to);
  else
    cot_timed_read_fields (data, from, to, 0, fields);
}
