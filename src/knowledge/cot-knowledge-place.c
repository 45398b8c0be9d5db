/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-knowledge-place.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define COMMENT "<!--"

/* GMarkup does not tell where an element begins and ends. It is fed byte by byte: when it tells of
 * one, the byte that ended its tag is the last one that it was given. */
typedef struct
{
  const char *xml;
  gsize offset; /* of the byte that it is given */
  const char *id;
  guint line; /* near which it is looked for */
  guint depth;
  guint n_others; /* children of the root; comments anywhere outside of these */
  gboolean is_inside; /* of one with the id */
  guint found_line; /* of that one */
  gboolean has_best;
  guint best_line;
  CotKnowledgePlace current;
  CotKnowledgePlace best;
} Finder;

static guint
count_lines (const char *xml, gsize n_bytes)
{
  guint n = 1;

  for (gsize i = 0; i < n_bytes; i++)
    n += xml[i] == '\n' ? 1 : 0;
  return n;
}

/* The tag that ends at @offset begins at the last "<" before it. */
static gboolean
find_tag (const char *xml, gsize offset, const char *name, gsize *start)
{
  gsize n_name = strlen (name);

  for (gsize i = offset; i-- > 0;)
    if (xml[i] == '<')
      {
        *start = i;
        return offset - i > n_name && strncmp (xml + i + 1, name, n_name) == 0
               && g_ascii_isspace (xml[i + 1 + n_name]);
      }
  return FALSE;
}

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer data, GError **error)
{
  Finder *self = data;

  if (self->depth++ != 1)
    return;
  self->n_others++;
  if (!g_str_equal (name, "detector"))
    return;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "id") && g_str_equal (values[i], self->id))
      self->is_inside = find_tag (self->xml, self->offset, name, &self->current.start);
  if (self->is_inside)
    self->found_line = count_lines (self->xml, self->offset);
}

static guint
get_distance (guint a, guint b)
{
  return a > b ? a - b : b - a;
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Finder *self = data;

  if (--self->depth != 1 || !self->is_inside)
    return;
  self->is_inside = FALSE;
  self->current.end = self->offset + 1;
  if (self->has_best
      && get_distance (self->best_line, self->line) <= get_distance (self->found_line, self->line))
    return;
  self->has_best = TRUE;
  self->best = self->current;
  self->best_line = self->found_line;
}

static void
on_other (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
          GError **error)
{
  Finder *self = data;
  gboolean is_ours = length_bytes == strlen (COT_KNOWLEDGE_FORM_COMMENT)
                     && memcmp (text, COT_KNOWLEDGE_FORM_COMMENT, length_bytes) == 0;

  /* Around the root every file has a declaration. */
  if (self->depth == 1
      || (self->depth == 0 && !is_ours && length_bytes >= strlen (COMMENT)
          && memcmp (text, COMMENT, strlen (COMMENT)) == 0))
    self->n_others++;
}

static gsize
measure_byte_order_mark (const char *xml, gsize length_bytes)
{
  gsize n = strlen (BYTE_ORDER_MARK);

  return length_bytes >= n && memcmp (xml, BYTE_ORDER_MARK, n) == 0 ? n : 0;
}

/**
 * cot_knowledge_find_place:
 * @xml: the text of a file
 * @length_bytes: its size
 * @id: of a detector
 * @line: where it stood when the file was read: 1-based
 * @place: (out): where it stands
 *
 * Any thread.
 *
 * Returns: whether it was found
 */
gboolean
cot_knowledge_find_place (const char *xml, gsize length_bytes, const char *id, guint line,
                          CotKnowledgePlace *place)
{
  static const GMarkupParser functions = { on_start, on_end, NULL, on_other, NULL };
  Finder finder = { .xml = xml, .id = id, .line = line };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&functions, 0, &finder, NULL);

  for (finder.offset = measure_byte_order_mark (xml, length_bytes); finder.offset < length_bytes;
       finder.offset++)
    if (!g_markup_parse_context_parse (context, xml + finder.offset, 1, NULL))
      return FALSE;
  if (!g_markup_parse_context_end_parse (context, NULL) || !finder.has_best)
    return FALSE;
  *place = finder.best;
  place->is_alone = finder.n_others == 1;
  return TRUE;
}

static int
compare_strings (gconstpointer first, gconstpointer second)
{
  return strcmp (*(const char *const *) first, *(const char *const *) second);
}

static void
write_start (GMarkupParseContext *context, const char *name, const char **names,
             const char **values, gpointer data, GError **error)
{
  GString *text = data;
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (attributes, g_strdup_printf ("%s=%s", names[i], values[i]));
  g_ptr_array_sort (attributes, compare_strings);
  g_string_append_printf (text, "\n<%s>", name);
  for (guint i = 0; i < attributes->len; i++)
    g_string_append_printf (text, "\n%s", (char *) g_ptr_array_index (attributes, i));
  g_string_append_c (text, '\n');
}

static void
write_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  g_string_append (data, "\n</>");
}

static void
write_text (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
            GError **error)
{
  GString *all = data;

  for (gsize i = 0; i < length_bytes; i++)
    if (!g_ascii_isspace (text[i]))
      g_string_append_c (all, text[i]);
    else if (all->len > 0 && !g_ascii_isspace (all->str[all->len - 1]))
      g_string_append_c (all, ' ');
  if (all->len > 0 && all->str[all->len - 1] == ' ')
    g_string_truncate (all, all->len - 1);
}

static void
write_other (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
             GError **error)
{
  g_string_append (data, "\n<!>");
  g_string_append_len (data, text, (gssize) length_bytes);
}

/**
 * cot_knowledge_dup_canonical:
 * @xml: a document, or one element
 * @length_bytes: its size
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the same for all documents that say the same; %NULL where it
 *   is not well formed
 */
char *
cot_knowledge_dup_canonical (const char *xml, gsize length_bytes)
{
  static const GMarkupParser functions = { write_start, write_end, write_text, write_other, NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&functions, G_MARKUP_TREAT_CDATA_AS_TEXT, text, NULL);

  if (!g_markup_parse_context_parse (context, xml, (gssize) length_bytes, NULL)
      || !g_markup_parse_context_end_parse (context, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
