/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-reports.h"

#include <string.h>

#include "cot-markup-private.h"
#include "cot-report-rows-private.h"

/* Real ones are seven deep. */
#define MAX_DEPTH 128u
#define MAX_NAME_BYTES 256u
#define MAX_VALUE_BYTES (1024u * 1024)
/* A row that has come to this is full; the next value begins another. */
#define MAX_ROW_BYTES (64u * 1024)

/* The elements of an element that hold text only are one row, a line each. */
typedef struct
{
  CotReportRows *rows;
  GString *path; /* names of the open elements below the root, a slash between them */
  GArray *ends;  /* gsize: how long the path was before each of them */
  guint depth;
  gboolean is_leaf; /* the element that opened last has no element in it */
  GString *value;   /* the text of the innermost one */
  gsize n_left_out; /* bytes of it that are too many */
  GString *row;     /* values so far */
  gsize row_path;   /* how much of the path is that of their element */
} Reader;

static void
end_row (Reader *self)
{
  CotSpan context = { self->path->str, MIN (self->row_path, self->path->len) };
  const char *slash = memchr (context.data, '/', context.length_bytes);
  CotSpan section = { context.data,
                      slash != NULL ? (gsize) (slash - context.data) : context.length_bytes };

  if (self->row->len == 0)
    return;
  cot_markup_hide_secrets (self->row->str);
  cot_report_rows_add (self->rows, COT_SEVERITY_INFO, section, context,
                       cot_report_span (self->row));
  g_string_truncate (self->row, 0);
}

static void
add_value (Reader *self, const char *name)
{
  if (self->row->len >= MAX_ROW_BYTES)
    end_row (self);
  if (self->row->len > 0)
    g_string_append_c (self->row, '\n');
  g_string_append_printf (self->row, "%s: ", name);
  cot_markup_append_squeezed (self->row, self->value->str, self->value->len);
  if (self->n_left_out > 0)
    g_string_append_printf (self->row, "\xe2\x80\xa6 [cut: %" G_GSIZE_FORMAT " bytes more]",
                            self->n_left_out);
}

static gboolean
is_blank (const GString *text)
{
  for (gsize i = 0; i < text->len; i++)
    if (!g_ascii_isspace (text->str[i]))
      return FALSE;
  return TRUE;
}

static void
clear_value (Reader *self)
{
  g_string_truncate (self->value, 0);
  self->n_left_out = 0;
}

static void
start_element (GMarkupParseContext *context, const char *name, const char **names,
               const char **values, gpointer data, GError **error)
{
  Reader *self = data;
  gsize before = self->path->len;

  if (self->depth >= MAX_DEPTH || strlen (name) > MAX_NAME_BYTES
      || cot_report_rows_is_done (self->rows))
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too deep");
      return;
    }
  /* The element around this one turns out to hold more than text: it is another row. */
  if (self->is_leaf)
    end_row (self);
  if (!is_blank (self->value))
    {
      self->row_path = before;
      add_value (self, "(text)");
    }
  clear_value (self);
  g_array_append_val (self->ends, before);
  if (self->depth > 0)
    g_string_append_printf (self->path, "%s%s", before > 0 ? "/" : "", name);
  self->depth++;
  self->is_leaf = TRUE;
  if (names[0] != NULL)
    end_row (self);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      self->row_path = self->path->len;
      g_string_assign (self->value, values[i]);
      add_value (self, names[i]);
      clear_value (self);
      self->is_leaf = FALSE;
    }
}

static void
end_element (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reader *self = data;
  gsize before = g_array_index (self->ends, gsize, self->depth - 1);

  if (self->is_leaf)
    {
      /* It is a value of the element around it. */
      self->row_path = before;
      add_value (self, name);
    }
  else
    {
      self->row_path = self->path->len;
      if (!is_blank (self->value))
        add_value (self, "(text)");
      end_row (self);
    }
  clear_value (self);
  g_string_truncate (self->path, before);
  g_array_set_size (self->ends, self->depth - 1);
  self->depth--;
  self->is_leaf = FALSE;
}

static void
add_text (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
          GError **error)
{
  Reader *self = data;
  gsize room = MAX_VALUE_BYTES - MIN (self->value->len, (gsize) MAX_VALUE_BYTES);
  gsize n = MIN (length_bytes, room);

  while (n < length_bytes && n > 0 && ((guint8) text[n] & 0xc0) == 0x80)
    n--;
  g_string_append_len (self->value, text, (gssize) n);
  self->n_left_out += length_bytes - n;
}

/* What was open where the text breaks off is shown as well. */
static void
end_text (Reader *self, gboolean is_whole)
{
  static const char sentence[] = "The report breaks off here, or is no XML from here on.";

  if (is_whole)
    return;
  if (self->is_leaf && self->depth > 1 && !is_blank (self->value))
    {
      gsize before = g_array_index (self->ends, gsize, self->depth - 1);

      self->row_path = before;
      add_value (self, self->path->str + before + (before > 0 ? 1 : 0));
    }
  end_row (self);
  cot_report_rows_add (self->rows, COT_SEVERITY_WARNING, (CotSpan){ "", 0 }, (CotSpan){ "", 0 },
                       (CotSpan){ sentence, strlen (sentence) });
}

static gboolean
convert (CotSource *from, CotSpool *into, GCancellable *cancellable, GError **error)
{
  static const GMarkupParser parser = { start_element, end_element, add_text, NULL, NULL };
  gboolean is_cut = FALSE;
  g_autoptr (GString) text = cot_report_read (from, &is_cut, cancellable, error);
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  g_autoptr (GString) row = g_string_new (NULL);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GMarkupParseContext) context = NULL;
  CotReportRows rows;
  Reader reader = { .rows = &rows, .path = path, .ends = ends, .value = value, .row = row };
  gboolean is_whole;

  if (text == NULL)
    return FALSE;
  cot_report_rows_init (&rows, into, text->len, cancellable);
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reader, NULL);
  is_whole = g_markup_parse_context_parse (context, text->str, (gssize) text->len, NULL);
  /* The text of an element that is still open is kept back until something follows it. */
  if (is_whole && reader.depth > 0)
    is_whole = g_markup_parse_context_parse (context, "<", 1, NULL);
  is_whole = is_whole && g_markup_parse_context_end_parse (context, NULL);
  end_text (&reader, is_whole && !is_cut);
  return cot_report_rows_finish (&rows, error);
}

static gboolean
claims (const char *head, gsize length_bytes)
{
  return cot_markup_is_named (cot_markup_find_root (head, length_bytes),
                              "MDMEnterpriseDiagnosticsReport");
}

const CotConversion cot_conversion_mdm_xml = {
  .format = {
    .id = "mdm-report",
    .name = "MDM diagnostic report",
    .bid = cot_rows_bid,
    .next_record = cot_rows_next_record,
    .parse_entry = cot_rows_parse_entry,
  },
  .claims = claims,
  .convert = convert,
};
