/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-found-entries.h"

struct _CotFoundEntry
{
  GObject parent_instance;

  CotCase *a_case;
  CotLog *log;
  CotFind *find;
  guint64 ordinal;
};

G_DEFINE_FINAL_TYPE (CotFoundEntry, cot_found_entry, G_TYPE_OBJECT)

/* The search in one log. */
typedef struct
{
  CotFoundEntries *owner;
  CotCodeLog *place;
  CotFind *find; /* (nullable): not started yet */
  CotBitset *matches; /* as told last: while a log is followed, its last match comes and goes */
  guint n_items; /* of them */
  gboolean was_searched;
} Part;

struct _CotFoundEntries
{
  GObject parent_instance;

  GPtrArray *parts; /* (element-type Part), in the order of the logs */
  char *text;
  CotFindQuestion question;
  guint n_items;
};

static void cot_found_entries_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CotFoundEntries, cot_found_entries, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      cot_found_entries_list_model_init))

static void
cot_found_entry_finalize (GObject *object)
{
  CotFoundEntry *self = COT_FOUND_ENTRY (object);

  g_object_unref (self->a_case);
  g_object_unref (self->log);
  g_object_unref (self->find);
  G_OBJECT_CLASS (cot_found_entry_parent_class)->finalize (object);
}

static void
cot_found_entry_class_init (CotFoundEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_found_entry_finalize;
}

static void
cot_found_entry_init (CotFoundEntry *self)
{
}

static CotFoundEntry *
found_entry_new (const Part *part, guint64 ordinal)
{
  CotFoundEntry *self = g_object_new (COT_TYPE_FOUND_ENTRY, NULL);

  self->a_case = g_object_ref (part->place->a_case);
  self->log = g_object_ref (part->place->log);
  self->find = g_object_ref (part->find);
  self->ordinal = ordinal;
  return self;
}

CotCase *
cot_found_entry_get_case (CotFoundEntry *self)
{
  return self->a_case;
}

CotLog *
cot_found_entry_get_log (CotFoundEntry *self)
{
  return self->log;
}

guint64
cot_found_entry_get_ordinal (CotFoundEntry *self)
{
  return self->ordinal;
}

guint
cot_found_entry_mark (CotFoundEntry *self, const char *text, gsize *pairs, guint max_pairs)
{
  return cot_find_mark (self->find, text, pairs, max_pairs);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  if (part->find != NULL)
    g_signal_handlers_disconnect_by_data (part->find, part);
  g_clear_object (&part->find);
  cot_bitset_unref (part->matches);
  cot_code_log_free (part->place);
  g_free (part);
}

static GType
get_item_type (GListModel *model)
{
  return COT_TYPE_FOUND_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return COT_FOUND_ENTRIES (model)->n_items;
}

static gpointer
get_item (GListModel *model, guint position)
{
  CotFoundEntries *self = COT_FOUND_ENTRIES (model);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);
      guint64 ordinal;

      if (position >= part->n_items)
        position -= part->n_items;
      else if (cot_bitset_get_nth (part->matches, position, &ordinal))
        return found_entry_new (part, ordinal);
      else
        break;
    }
  return NULL;
}

static void
cot_found_entries_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
cot_found_entries_finalize (GObject *object)
{
  CotFoundEntries *self = COT_FOUND_ENTRIES (object);

  g_ptr_array_unref (self->parts);
  g_free (self->text);
  G_OBJECT_CLASS (cot_found_entries_parent_class)->finalize (object);
}

static void
cot_found_entries_class_init (CotFoundEntriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_found_entries_finalize;
  g_signal_new ("changed", COT_TYPE_FOUND_ENTRIES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
cot_found_entries_init (CotFoundEntries *self)
{
  self->parts = g_ptr_array_new_with_free_func (part_free);
}

static gboolean
is_running (const Part *part)
{
  return part->find != NULL && cot_find_get_running (part->find);
}

static guint
get_first_position (CotFoundEntries *self, const Part *part)
{
  guint position = 0;

  for (guint i = 0; g_ptr_array_index (self->parts, i) != part; i++)
    position += ((const Part *) g_ptr_array_index (self->parts, i))->n_items;
  return position;
}

/* Matches come behind those that are known; only the last one may go, where its entry was half
 * written. */
static void
take_matches (CotFoundEntries *self, Part *part)
{
  guint n_before = part->n_items;
  guint n_kept = n_before > 0 ? n_before - 1 : 0;
  guint n_room = G_MAXUINT - (self->n_items - n_before);
  guint position;

  cot_bitset_unref (part->matches);
  part->matches = cot_bitset_copy (cot_find_get_matches (part->find));
  part->n_items = (guint) MIN (cot_bitset_get_size (part->matches), (guint64) n_room);
  if (part->n_items == 0 && n_before == 0)
    return;
  n_kept = MIN (n_kept, part->n_items);
  self->n_items = self->n_items - n_before + part->n_items;
  position = get_first_position (self, part) + n_kept;
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_before - n_kept,
                              part->n_items - n_kept);
}

static void start_next (CotFoundEntries *self);

static void
on_find_changed (Part *part)
{
  g_autoptr (CotFoundEntries) self = g_object_ref (part->owner);

  take_matches (self, part);
  if (!cot_find_get_running (part->find) && !part->was_searched)
    {
      part->was_searched = TRUE;
      start_next (self);
    }
  g_signal_emit_by_name (self, "changed");
}

static void
start_next (CotFoundEntries *self)
{
  guint max_running = cot_query_get_max_running ();
  guint n_running = 0;

  for (guint i = 0; i < self->parts->len && n_running < max_running; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

      if (part->find == NULL)
        {
          part->find = cot_find_new (part->place->log, &self->question, NULL);
          if (part->find == NULL)
            continue;
          g_signal_connect_swapped (part->find, "changed", G_CALLBACK (on_find_changed), part);
        }
      n_running += is_running (part) ? 1 : 0;
    }
}

/**
 * cot_found_entries_new:
 * @logs: (element-type CotCodeLog): where; they keep their order
 * @question: what to look for
 * @error: %COT_QUERY_ERROR
 *
 * Returns: (transfer full) (nullable): the entries, which come bit by bit
 */
CotFoundEntries *
cot_found_entries_new (GPtrArray *logs, const CotFindQuestion *question, GError **error)
{
  g_autoptr (CotPattern) pattern = cot_pattern_new (question->text, question->flags, error);
  CotFoundEntries *self;

  if (pattern == NULL)
    return NULL;
  self = g_object_new (COT_TYPE_FOUND_ENTRIES, NULL);
  self->text = g_strdup (question->text);
  self->question = *question;
  self->question.text = self->text;
  for (guint i = 0; i < logs->len; i++)
    {
      const CotCodeLog *place = g_ptr_array_index (logs, i);
      Part *part = g_new0 (Part, 1);

      part->owner = self;
      part->matches = cot_bitset_new ();
      part->place = cot_code_log_new (place->a_case, place->log);
      g_ptr_array_add (self->parts, part);
    }
  start_next (self);
  return self;
}

guint64
cot_found_entries_get_n_found (CotFoundEntries *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->parts->len; i++)
    n += cot_bitset_get_size (((const Part *) g_ptr_array_index (self->parts, i))->matches);
  return n;
}

guint
cot_found_entries_get_n_logs_with_some (CotFoundEntries *self)
{
  guint n = 0;

  for (guint i = 0; i < self->parts->len; i++)
    n += ((const Part *) g_ptr_array_index (self->parts, i))->n_items > 0 ? 1 : 0;
  return n;
}

guint
cot_found_entries_get_n_logs (CotFoundEntries *self)
{
  return self->parts->len;
}

guint
cot_found_entries_get_n_searched (CotFoundEntries *self)
{
  guint n = 0;

  for (guint i = 0; i < self->parts->len; i++)
    n += ((const Part *) g_ptr_array_index (self->parts, i))->was_searched ? 1 : 0;
  return n;
}

guint64
cot_found_entries_get_n_too_slow (CotFoundEntries *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      n += part->find != NULL ? cot_find_get_n_too_slow (part->find) : 0;
    }
  return n;
}
