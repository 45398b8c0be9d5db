/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format-ccm-private.h"

#include "cot-scan-private.h"

/* By name, in any case and any order: writers leave out, add and mix them. */
static const struct
{
  const char *name;
  gsize offset;
} known_attributes[] = {
  { "time", G_STRUCT_OFFSET (CotCcmAttributes, time) },
  { "date", G_STRUCT_OFFSET (CotCcmAttributes, date) },
  { "component", G_STRUCT_OFFSET (CotCcmAttributes, component) },
  { "context", G_STRUCT_OFFSET (CotCcmAttributes, context) },
  { "source", G_STRUCT_OFFSET (CotCcmAttributes, source) },
  { "type", G_STRUCT_OFFSET (CotCcmAttributes, type) },
  { "thread", G_STRUCT_OFFSET (CotCcmAttributes, thread) },
  { "file", G_STRUCT_OFFSET (CotCcmAttributes, file) },
};

typedef enum
{
  READ_OK,
  READ_LINE_END, /* a line end stands where none may */
  READ_DATA_END,
} ReadResult;

static gboolean
is_name_start (char byte)
{
  return g_ascii_isalpha (byte) || byte == '_';
}

static gsize
skip_blanks (const char *data, gsize from, gsize to)
{
  while (from < to && cot_is_blank (data[from]))
    from++;
  return from;
}

static gsize
skip_name (const char *data, gsize from, gsize to)
{
  if (from < to && is_name_start (data[from]))
    while (from < to && (g_ascii_isalnum (data[from]) || data[from] == '_'))
      from++;
  return from;
}

/* name= , with blanks around the name allowed; @after is behind the "=". */
static ReadResult
read_name (const char *data, gsize from, gsize to, CotSpan *name, gsize *after)
{
  gsize name_end = skip_name (data, from, to);
  gsize equals = skip_blanks (data, name_end, to);

  name->data = NULL;
  if (equals == to)
    return READ_DATA_END;
  if (name_end == from || data[equals] != '=')
    return READ_OK;
  *name = cot_span (data, from, name_end);
  *after = equals + 1;
  return READ_OK;
}

/* A quote closes where the next attribute, the end of the frame or of the line follows: a value
 * may hold quotes of its own, as in component="Example"CoreSettings". */
static ReadResult
is_closing_quote (const char *data, gsize quote, gsize to, gboolean *closes)
{
  gsize next = skip_blanks (data, quote + 1, to);
  gsize name_end = skip_name (data, next, to);
  gsize equals = skip_blanks (data, name_end, to);

  *closes = TRUE; /* at the end of the data too: what is there is read */
  if (equals == to)
    return READ_DATA_END;
  if (cot_is_line_end (data[equals]) || data[next] == '>')
    return READ_OK;
  *closes = name_end > next && data[equals] == '=';
  return READ_OK;
}

static gsize
find_quote_or_line_end (const char *data, gsize from, gsize to)
{
  while (from < to && data[from] != '"' && !cot_is_line_end (data[from]))
    from++;
  return from;
}

/* From behind the opening quote. No further than the value reaches: a line may be as long as a
 * record, and hold as many attributes as fit. */
static ReadResult
read_quoted (const char *data, gsize from, gsize to, CotSpan *value, gsize *after)
{
  gsize i;

  for (i = find_quote_or_line_end (data, from, to); i < to && data[i] == '"';
       i = find_quote_or_line_end (data, i + 1, to))
    {
      gboolean closes;
      ReadResult result = is_closing_quote (data, i, to, &closes);

      if (closes)
        {
          *value = cot_span (data, from, i);
          *after = i + 1;
        }
      if (closes || result != READ_OK)
        return result;
    }
  *after = i;
  return i == to ? READ_DATA_END : READ_LINE_END;
}

/* A value whose quotes went wrong: file=main.go"". It ends at a blank or at the ">". */
static ReadResult
read_unquoted (const char *data, gsize from, gsize to, CotSpan *value, gsize *after)
{
  gsize i = from, end;

  while (i < to && !cot_is_blank (data[i]) && !cot_is_line_end (data[i]) && data[i] != '>')
    i++;
  if (i == to)
    return READ_DATA_END;
  *after = i;
  for (end = i; end > from && data[end - 1] == '"'; end--)
    continue;
  *value = cot_span (data, from, end);
  return READ_OK;
}

static void
store (CotCcmAttributes *attributes, CotSpan name, CotSpan value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_attributes); i++)
    {
      CotSpan *member;

      if (strlen (known_attributes[i].name) != name.length_bytes
          || g_ascii_strncasecmp (known_attributes[i].name, name.data, name.length_bytes) != 0)
        continue;
      member = G_STRUCT_MEMBER_P (attributes, known_attributes[i].offset);
      if (member->data == NULL)
        *member = value;
      return;
    }
}

/* One attribute, or one word that is none. */
static ReadResult
read_attribute (const char *data, gsize from, gsize to, CotCcmAttributes *attributes, gsize *after)
{
  CotSpan name, value = { NULL, 0 };
  ReadResult result;
  gsize at = from;

  if (read_name (data, from, to, &name, &at) == READ_DATA_END)
    return READ_DATA_END;
  if (name.data == NULL)
    {
      gsize i = from + 1;

      while (i < to && !cot_is_blank (data[i]) && !cot_is_line_end (data[i]) && data[i] != '>')
        i++;
      *after = i;
      return READ_OK;
    }
  at = skip_blanks (data, at, to);
  if (at == to)
    return READ_DATA_END;
  if (data[at] == '"')
    result = read_quoted (data, at + 1, to, &value, after);
  else
    result = read_unquoted (data, at, to, &value, after);
  if (value.data != NULL && attributes != NULL)
    store (attributes, name, value);
  return result;
}

/* A line end breaks the attributes off, unless the next line goes on with one, or closes them. */
static ReadResult
goes_on_after (const char *data, gsize line_end, gsize to, gsize *after)
{
  gsize i = line_end;
  CotSpan name;
  gsize value;

  while (i < to && (cot_is_blank (data[i]) || cot_is_line_end (data[i])))
    i++;
  *after = i;
  if (i == to)
    return READ_DATA_END;
  if (data[i] == '>')
    return READ_OK;
  if (read_name (data, i, to, &name, &value) == READ_DATA_END)
    return READ_DATA_END;
  if (name.data == NULL)
    return READ_LINE_END;
  value = skip_blanks (data, value, to);
  if (value == to)
    return READ_DATA_END;
  return data[value] == '"' ? READ_OK : READ_LINE_END;
}

CotCcmAttributesEnd
cot_ccm_attributes_read (const char *data, gsize from, gsize to, CotCcmAttributes *attributes,
                         gsize *after)
{
  gsize i = from;

  *after = to;
  while ((i = skip_blanks (data, i, to)) < to)
    {
      gsize line_end = i;
      ReadResult result;

      if (data[i] == '>')
        {
          *after = i + 1;
          return COT_CCM_ATTRIBUTES_CLOSED;
        }
      if (cot_is_line_end (data[i]))
        {
          result = goes_on_after (data, i, to, &i);
          if (result != READ_OK)
            *after = line_end;
        }
      else
        {
          result = read_attribute (data, i, to, attributes, &i);
          if (result == READ_LINE_END)
            *after = i;
        }
      if (result == READ_LINE_END)
        return COT_CCM_ATTRIBUTES_BROKEN;
      if (result == READ_DATA_END)
        break;
    }
  return COT_CCM_ATTRIBUTES_UNFINISHED;
}
