/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-collection.h"

#include <string.h>

#define RESULTS_NAME "results.xml"
/* A bundle of several devices has one for each. */
#define MAX_RESULTS 256
#define MAX_BYTES (16u * 1024 * 1024)

/* What carries the number of the first thing to collect: nothing, or elements in front of it, were
 * counted too. The usual one first. */
static const guint first_numbers[] = { 1, 2, 0 };

static const struct
{
  const char *kind;
  CotDirective directive;
} kinds[] = {
  { "RegistryKey", COT_DIRECTIVE_REGISTRY_KEY },
  { "Command", COT_DIRECTIVE_COMMAND },
  { "Events", COT_DIRECTIVE_EVENTS },
  { "FoldersFiles", COT_DIRECTIVE_FILES },
};

static void
item_free (gpointer data)
{
  CotCollectedItem *item = data;

  g_free (item->target);
  g_free (item);
}

/**
 * cot_collection_new:
 *
 * Returns: (transfer full): one that says nothing
 */
CotCollection *
cot_collection_new (void)
{
  CotCollection *self = g_new0 (CotCollection, 1);

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->absent = g_ptr_array_new ();
  self->of_members = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * cot_collection_free:
 * @self: (nullable) (transfer full): a collection
 */
void
cot_collection_free (CotCollection *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->of_members);
  g_ptr_array_unref (self->absent);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/* Settings and what nobody knows have no number. */
static CotDirective
get_directive (const CotResultsItem *item)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (item->kind, kinds[i].kind) == 0)
      return kinds[i].directive;
  return COT_DIRECTIVE_UNKNOWN;
}

/* The number that the collector gave a member, and what it says of its kind; FALSE: none. */
static gboolean
parse_label (const char *label, const char *root, guint *number, CotDirective *directive)
{
  gsize n_root = strlen (root);

  return strncmp (label, root, n_root) == 0
         && cot_layout_parse_number (label + n_root, number, directive);
}

/* The item of that number, if it is of the kind that the label says. */
static CotCollectedItem *
find_item (GPtrArray *items, guint first_number, guint number, CotDirective directive)
{
  CotCollectedItem *item;

  if (number < first_number || number - first_number >= items->len)
    return NULL;
  item = g_ptr_array_index (items, number - first_number);
  if (directive != COT_DIRECTIVE_UNKNOWN && directive != item->directive)
    return NULL;
  return item;
}

/* How the numbers count: as most members agree with. FALSE: they have nothing to do with it. */
static gboolean
find_first_number (GPtrArray *items, const CotMember *const *members, guint n_members,
                   const char *root, guint *first_number)
{
  guint agree[G_N_ELEMENTS (first_numbers)] = { 0 };
  guint n_numbered = 0;
  guint best = 0;

  for (guint i = 0; i < n_members; i++)
    {
      CotDirective directive;
      guint number;

      if (!parse_label (members[i]->label, root, &number, &directive))
        continue;
      n_numbered++;
      for (gsize j = 0; j < G_N_ELEMENTS (first_numbers); j++)
        if (find_item (items, first_numbers[j], number, directive) != NULL)
          agree[j]++;
    }
  for (guint j = 1; j < G_N_ELEMENTS (first_numbers); j++)
    if (agree[j] > agree[best])
      best = j;
  *first_number = first_numbers[best];
  return agree[best] > 0 && agree[best] >= n_numbered / 2;
}

static GPtrArray *
take_items (const CotResults *results)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);

  for (guint i = 0; i < results->items->len; i++)
    {
      const CotResultsItem *from = g_ptr_array_index (results->items, i);
      CotCollectedItem *item;
      CotDirective directive = get_directive (from);

      if (directive == COT_DIRECTIVE_UNKNOWN)
        continue;
      item = g_new0 (CotCollectedItem, 1);
      item->directive = directive;
      item->target = g_strdup (from->target);
      item->is_empty = TRUE;
      item->hresult = from->has_hresult ? from->hresult : 0;
      g_ptr_array_add (items, item);
    }
  return items;
}

/**
 * cot_collection_add:
 * @self: a collection that is being made
 * @results: what a results.xml says
 * @members: (array length=n_members): the members of the bundle, which outlive @self
 * @n_members: how many
 * @root: the folder that results.xml stands in, with its '/'; "" at the top
 *
 * The Nth thing that results.xml names has the number N: "7/export.reg", or "(7) RegistryKey ...".
 * Where the members say otherwise nothing is said of them. Any thread.
 */
void
cot_collection_add (CotCollection *self, const CotResults *results,
                    const CotMember *const *members, guint n_members, const char *root)
{
  g_autoptr (GPtrArray) items = take_items (results);
  const char *device = NULL;
  guint first_number;

  if (!find_first_number (items, members, n_members, root, &first_number))
    return;
  for (guint i = 0; i < n_members; i++)
    {
      CotCollectedItem *item = NULL;
      CotDirective directive;
      guint number;

      if (parse_label (members[i]->label, root, &number, &directive))
        item = find_item (items, first_number, number, directive);
      if (item == NULL)
        continue;
      item->is_empty &= members[i]->size_bytes == 0;
      item->came = TRUE;
      device = members[i]->device;
      if (item->hresult != 0)
        g_hash_table_insert (self->of_members, GUINT_TO_POINTER (i + 1), item);
    }
  for (guint i = 0; i < items->len; i++)
    {
      CotCollectedItem *item = g_ptr_array_index (items, i);

      item->device = device;
      if (!item->came)
        g_ptr_array_add (self->absent, item);
    }
  g_ptr_array_extend_and_steal (self->items, g_steal_pointer (&items));
}

/* What cannot be read is refused as a member, and says nothing here. */
static CotResults *
read_results (CotBundle *bundle, guint index, GCancellable *cancellable)
{
  g_autoptr (CotSource) source = cot_bundle_read_member (bundle, index, cancellable, NULL);
  g_autofree char *bytes = NULL;
  guint64 size_bytes = 0;
  gsize n_read = 0;

  if (source == NULL || !cot_source_get_size (source, &size_bytes, NULL))
    return NULL;
  size_bytes = MIN (size_bytes, MAX_BYTES);
  bytes = g_malloc ((gsize) size_bytes + 1);
  if (!cot_source_read (source, 0, bytes, (gsize) size_bytes, &n_read, NULL))
    return NULL;
  return cot_results_parse (bytes, n_read);
}

static gboolean
has_numbers (const CotMember *const *members, guint n_members, const char *root)
{
  CotDirective directive;
  guint number;

  for (guint i = 0; i < n_members; i++)
    if (parse_label (members[i]->label, root, &number, &directive))
      return TRUE;
  return FALSE;
}

/**
 * cot_collection_read:
 * @bundle: a bundle that is open
 * @cancellable: (nullable): a cancellable
 *
 * Blocks, so it is for worker threads.
 *
 * Returns: (transfer full) (nullable): what its devices say about the collecting; %NULL where none
 *   says anything
 */
CotCollection *
cot_collection_read (CotBundle *bundle, GCancellable *cancellable)
{
  g_autoptr (CotCollection) self = cot_collection_new ();
  guint n = cot_bundle_get_n_members (bundle);
  g_autofree const CotMember **members = g_new (const CotMember *, (gsize) n + 1);
  guint n_results = 0;

  for (guint i = 0; i < n; i++)
    members[i] = cot_bundle_get_member (bundle, i);
  for (guint i = 0; i < n && n_results < MAX_RESULTS; i++)
    {
      const char *slash = strrchr (members[i]->label, '/');
      const char *name = slash != NULL ? slash + 1 : members[i]->label;
      g_autofree char *root = g_strndup (members[i]->label, (gsize) (name - members[i]->label));
      g_autoptr (CotResults) results = NULL;

      if (g_ascii_strcasecmp (name, RESULTS_NAME) != 0)
        continue;
      n_results++;
      if (!has_numbers (members, n, root))
        continue;
      results = read_results (bundle, i, cancellable);
      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (results != NULL)
        cot_collection_add (self, results, members, n, root);
    }
  return self->items->len > 0 ? g_steal_pointer (&self) : NULL;
}
