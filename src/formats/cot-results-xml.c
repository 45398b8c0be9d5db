/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-results-xml.h"

#include <string.h>

#include "cot-markup-private.h"

/* A request names a few dozen things; these only bound what a made-up file can cost. */
#define MAX_BYTES (16u * 1024 * 1024)
#define MAX_ITEMS 20000u
#define MAX_DEPTH 64u

typedef struct
{
  CotResults *results;
  guint depth;
  CotResultsItem *item; /* (nullable) that is open */
  GString *text;
} Reader;

static void
item_free (gpointer data)
{
  CotResultsItem *self = data;

  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->target);
  g_free (self);
}

/* A signed number, as Windows writes it; unsigned and with 0x as people do. */
static gboolean
parse_hresult (const char *text, guint32 *hresult)
{
  gint64 value;

  if (g_ascii_strncasecmp (text, "0x", 2) == 0)
    {
      guint64 bits;

      if (!g_ascii_string_to_unsigned (text + 2, 16, 0, G_MAXUINT32, &bits, NULL))
        return FALSE;
      *hresult = (guint32) bits;
      return TRUE;
    }
  if (!g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXUINT32, &value, NULL))
    return FALSE;
  *hresult = (guint32) value;
  return TRUE;
}

static gboolean
find_hresult (const char **names, const char **values, guint32 *hresult)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], "HRESULT") == 0)
      return parse_hresult (values[i], hresult);
  return FALSE;
}

static void
start_element (GMarkupParseContext *context, const char *name, const char **names,
               const char **values, gpointer data, GError **error)
{
  Reader *reader = data;
  CotResults *results = reader->results;

  reader->depth++;
  if (reader->depth > MAX_DEPTH || results->items->len >= MAX_ITEMS)
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too much");
      return;
    }
  if (reader->depth == 1)
    results->has_hresult = find_hresult (names, values, &results->hresult);
  if (reader->depth != 2)
    return;
  reader->item = g_new0 (CotResultsItem, 1);
  reader->item->kind = g_strdup (name);
  reader->item->has_hresult = find_hresult (names, values, &reader->item->hresult);
  g_string_truncate (reader->text, 0);
}

/* The address of an upload opens the storage to whoever has it: it goes no further. */
static void
close_item (Reader *reader)
{
  CotResults *results = reader->results;
  CotResultsItem *item = g_steal_pointer (&reader->item);
  g_autoptr (GString) target = g_string_new (NULL);

  if (g_ascii_strcasecmp (item->kind, "SasUrl") == 0)
    {
      results->has_address = TRUE;
      item_free (item);
      return;
    }
  cot_markup_append_squeezed (target, reader->text->str, reader->text->len);
  cot_markup_hide_secrets (target->str);
  item->target = g_strdup (target->str);
  if (g_ascii_strcasecmp (item->kind, "ID") != 0 || results->id != NULL)
    {
      g_ptr_array_add (results->items, item);
      return;
    }
  results->id = g_steal_pointer (&item->target);
  item_free (item);
}

static void
end_element (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reader *reader = data;

  if (reader->depth == 2)
    close_item (reader);
  reader->depth--;
}

static void
add_text (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
          GError **error)
{
  Reader *reader = data;

  if (reader->item != NULL)
    g_string_append_len (reader->text, text, (gssize) length_bytes);
}

/**
 * cot_results_claims:
 * @head: (array length=length_bytes): the beginning of a file, UTF-8
 * @length_bytes: its length
 *
 * Returns: whether it is what Intune's "Collect diagnostics" writes of its work
 */
gboolean
cot_results_claims (const char *head, gsize length_bytes)
{
  static const char *const children[] = { "SasUrl", "RegistryKey", "FoldersFiles", "Command",
                                          "Events" };
  CotSpan root = cot_markup_find_root (head, length_bytes);
  const char *at = root.data;
  const char *end = head + length_bytes;

  if (!cot_markup_is_named (root, "Collection"))
    return FALSE;
  while ((at = memchr (at, '<', (gsize) (end - at))) != NULL)
    {
      at++;
      for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
        if ((gsize) (end - at) > strlen (children[i])
            && g_ascii_strncasecmp (at, children[i], strlen (children[i])) == 0)
          return TRUE;
    }
  return FALSE;
}

/**
 * cot_results_parse:
 * @bytes: (array length=length_bytes): a file
 * @length_bytes: its length
 *
 * Where it is no good from some point on, what stands before that point is given.
 *
 * Returns: (transfer full): what it says
 */
CotResults *
cot_results_parse (const char *bytes, gsize length_bytes)
{
  static const GMarkupParser parser = { start_element, end_element, add_text, NULL, NULL };
  CotResults *self = g_new0 (CotResults, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (GMarkupParseContext) context = NULL;
  Reader reader = { .results = self, .text = content };

  self->items = g_ptr_array_new_with_free_func (item_free);
  cot_markup_append_text (text, bytes, MIN (length_bytes, (gsize) MAX_BYTES));
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reader, NULL);
  self->is_whole = length_bytes <= MAX_BYTES
                   && g_markup_parse_context_parse (context, text->str, (gssize) text->len, NULL);
  /* The text of an element that is still open is kept back until something follows it. */
  if (self->is_whole && reader.depth > 0)
    self->is_whole = g_markup_parse_context_parse (context, "<", 1, NULL);
  self->is_whole = self->is_whole && g_markup_parse_context_end_parse (context, NULL);
  /* Cut inside of it: what is there of it counts. */
  if (reader.item != NULL)
    close_item (&reader);
  return self;
}

/**
 * cot_results_free:
 * @self: (nullable) (transfer full): what a file says
 *
 * Frees it.
 */
void
cot_results_free (CotResults *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_ptr_array_unref (self->items);
  g_free (self);
}
