/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-cause-search.h"

#include "cot-entry-text.h"
#include "cot-format.h"

#include <string.h>

/* A log as it was when the search began. Snapshots are immutable: a worker may read them. */
typedef struct
{
  CotLog *log;
  CotSnapshot *snapshot;
  gboolean by_content; /* nobody chose its format */
} Searched;

struct _CotCauseSearch
{
  CotScenario *scenario;
  GArray *logs; /* (element-type Searched) */
  GPtrArray *known; /* (element-type CotCauseRecord): what the search before has found */
  GPtrArray *places; /* (element-type CotCausePlace) */
};

/* One file of a log, which may be stitched of several. */
typedef struct
{
  const Searched *searched;
  const char *label;
  guint64 first; /* entry of the log */
  guint64 end;
  guint64 first_in_part; /* what @first is in the file */
  GPtrArray *causes; /* (element-type CotScenarioCause): those that it may hold */
  GPtrArray *known; /* (element-type CotCauseRecord): those that stand in it */
  gboolean wants_text;
} Part;

static void
searched_clear (gpointer data)
{
  Searched *searched = data;

  g_clear_object (&searched->log);
  g_clear_pointer (&searched->snapshot, cot_snapshot_unref);
}

static void
place_free (gpointer data)
{
  CotCausePlace *place = data;

  g_object_unref (place->log);
  cot_cause_record_free (place->record);
  g_free (place);
}

/**
 * cot_cause_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): the same; its cause is still that of the scenario
 */
CotCauseRecord *
cot_cause_record_copy (const CotCauseRecord *self)
{
  CotCauseRecord *copy = g_new (CotCauseRecord, 1);

  *copy = *self;
  copy->part = g_strdup (self->part);
  return copy;
}

/**
 * cot_cause_record_free:
 * @self: (transfer full): a record
 */
void
cot_cause_record_free (CotCauseRecord *self)
{
  g_free (self->part);
  g_free (self);
}

/**
 * cot_cause_record_equal:
 * @self: a record
 * @other: another one
 *
 * Returns: whether both are of the same bytes of the same file
 */
gboolean
cot_cause_record_equal (const CotCauseRecord *self, const CotCauseRecord *other)
{
  return self->offset == other->offset && g_str_equal (self->part, other->part);
}

/* Each once: in a format that somebody chose it may be several entries. */
static void
add_records (GPtrArray *records, const GPtrArray *places)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < places->len; i++)
    {
      const CotCauseRecord *record
          = ((const CotCausePlace *) g_ptr_array_index (places, i))->record;

      if (g_hash_table_add (seen, g_strdup_printf ("%p/%" G_GUINT64_FORMAT "/%s", record->cause,
                                                   record->offset, record->part)))
        g_ptr_array_add (records, cot_cause_record_copy (record));
    }
}

/**
 * cot_cause_search_new:
 * @a_case: a case that is settled
 * @scenario: its scenario
 * @before: (nullable): the last search; a log that is now read in a format that somebody chose has
 *   the causes where they were found then
 *
 * Main thread.
 *
 * Returns: (transfer full): a search that is to be run
 */
CotCauseSearch *
cot_cause_search_new (CotCase *a_case, CotScenario *scenario, const CotCauseSearch *before)
{
  CotCauseSearch *self = g_new0 (CotCauseSearch, 1);

  self->scenario = cot_scenario_ref (scenario);
  self->known = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_cause_record_free);
  if (before != NULL)
    add_records (self->known, before->places);
  self->places = g_ptr_array_new_with_free_func (place_free);
  self->logs = g_array_new (FALSE, FALSE, sizeof (Searched));
  g_array_set_clear_func (self->logs, searched_clear);
  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    {
      CotLog *log = cot_case_get_log (a_case, i);
      Searched searched = { g_object_ref (log), cot_snapshot_ref (cot_log_get_snapshot (log)),
                            cot_log_get_chosen_format (log) == NULL };

      g_array_append_val (self->logs, searched);
    }
  return self;
}

/**
 * cot_cause_search_free:
 * @self: (transfer full): a search that does not run
 */
void
cot_cause_search_free (CotCauseSearch *self)
{
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->known);
  g_array_unref (self->logs);
  cot_scenario_unref (self->scenario);
  g_free (self);
}

/* A line end or several blanks are as good as one: who writes a file of XML lays it out. */
static gboolean
is_same_text (const char *a, const char *b)
{
  for (;;)
    {
      if (g_ascii_isspace (*a) != g_ascii_isspace (*b))
        return FALSE;
      if (g_ascii_isspace (*a))
        {
          a += strspn (a, " \t\r\n\v\f");
          b += strspn (b, " \t\r\n\v\f");
          continue;
        }
      if (*a != *b)
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

/* The whole of it, as written. (nullable): an entry that cannot be read has none. */
static char *
dup_message (CotSnapshot *snapshot, guint64 ordinal, GByteArray *record)
{
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntryColumns columns;
  CotEntry entry = { 0 };

  g_byte_array_set_size (record, 0);
  if (!cot_snapshot_read (snapshot, ordinal, record, NULL)
      || !cot_snapshot_get (snapshot, ordinal, &columns))
    return NULL;
  cot_format_read_entry (cot_snapshot_get_format (snapshot), (const char *) record->data,
                         record->len, composed, &entry);
  return g_strstrip (cot_entry_text_dup_written (
      cot_snapshot_get_generation (snapshot, columns.generation)->encoding, entry.message));
}

/* A message may stand in any part of the log, joined or not; the number of an entry counts in the
 * file that is named. */
static gboolean
may_hold (const CotScenarioCause *cause, const char *name, const char *base_name)
{
  return g_ascii_strcasecmp (cause->log, name) == 0
         || (cause->text != NULL && base_name != NULL
             && g_ascii_strcasecmp (cause->log, base_name) == 0);
}

static void
part_init (Part *part, CotCauseSearch *self)
{
  g_autofree char *name = cot_member_dup_name (part->label);
  g_autofree char *base_name = NULL;
  g_autofree char *generation = NULL;
  gboolean is_part;

  cot_member_identify (part->label, NULL, &base_name, &generation);
  is_part = cot_member_generation_is_ordered (generation);
  part->causes = g_ptr_array_new ();
  part->known = g_ptr_array_new ();
  for (guint i = 0; i < self->scenario->causes->len; i++)
    {
      CotScenarioCause *cause = g_ptr_array_index (self->scenario->causes, i);

      if (!may_hold (cause, name, is_part ? base_name : NULL))
        continue;
      g_ptr_array_add (part->causes, cause);
      part->wants_text |= cause->text != NULL;
    }
  if (part->searched->by_content)
    return;
  for (guint i = 0; i < self->known->len; i++)
    {
      CotCauseRecord *known = g_ptr_array_index (self->known, i);

      if (g_str_equal (known->part, part->label))
        g_ptr_array_add (part->known, known);
    }
}

static void
part_clear (Part *part)
{
  g_ptr_array_unref (part->causes);
  g_ptr_array_unref (part->known);
}

static void
add_place (CotCauseSearch *self, const Part *part, guint64 ordinal, const CotCauseRecord *record)
{
  CotCausePlace *place = g_new (CotCausePlace, 1);

  place->log = g_object_ref (part->searched->log);
  place->ordinal = ordinal;
  place->record = cot_cause_record_copy (record);
  g_ptr_array_add (self->places, place);
}

/* Entries are other ones in a format that somebody chose: there the bytes tell which are meant. */
static gboolean
take_known (CotCauseSearch *self, const Part *part, guint64 ordinal,
            const CotEntryColumns *columns)
{
  gboolean found = FALSE;

  for (guint i = 0; i < part->known->len; i++)
    {
      const CotCauseRecord *known = g_ptr_array_index (part->known, i);

      if (columns->offset >= known->end_offset
          || columns->offset + columns->length_bytes <= known->offset)
        continue;
      add_place (self, part, ordinal, known);
      found = TRUE;
    }
  return found;
}

/* Where the bytes say which entry it is, its number says nothing. */
static gboolean
is_cause (const Part *part, const CotScenarioCause *cause, guint64 ordinal, const char *message)
{
  if (cause->text != NULL)
    return message != NULL && is_same_text (cause->text, message);
  return part->known->len == 0
         && cause->ordinal == part->first_in_part + (ordinal - part->first);
}

static void
search_entry (CotCauseSearch *self, const Part *part, guint64 ordinal, GByteArray *bytes)
{
  g_autofree char *message = NULL;
  CotEntryColumns columns;

  if (!cot_snapshot_get (part->searched->snapshot, ordinal, &columns)
      || take_known (self, part, ordinal, &columns))
    return;
  if (part->wants_text)
    message = dup_message (part->searched->snapshot, ordinal, bytes);
  for (guint i = 0; i < part->causes->len; i++)
    {
      const CotScenarioCause *cause = g_ptr_array_index (part->causes, i);
      CotCauseRecord record = { cause, (char *) part->label, columns.offset,
                                columns.offset + columns.length_bytes };

      if (is_cause (part, cause, ordinal, message))
        add_place (self, part, ordinal, &record);
    }
}

static void
search_part (CotCauseSearch *self, Part *part, GCancellable *cancellable)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  part_init (part, self);
  for (guint64 i = part->first;
       part->causes->len > 0 && i < part->end && !g_cancellable_is_cancelled (cancellable); i++)
    search_entry (self, part, i, bytes);
  part_clear (part);
}

/**
 * cot_cause_search_run:
 * @self: a search
 * @cancellable: what ends it early
 *
 * Reads the logs that the causes name. A worker.
 */
void
cot_cause_search_run (CotCauseSearch *self, GCancellable *cancellable)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      const Searched *searched = &g_array_index (self->logs, Searched, i);

      for (guint j = 0; j < cot_snapshot_get_n_generations (searched->snapshot); j++)
        {
          const CotGeneration *generation = cot_snapshot_get_generation (searched->snapshot, j);
          Part part = { .searched = searched,
                        .first = generation->first_ordinal,
                        .end = generation->first_ordinal + generation->n_entries };

          if (part.first == part.end)
            continue;
          part.label = cot_log_get_part_label (searched->log, searched->snapshot, part.first,
                                               &part.first_in_part);
          search_part (self, &part, cancellable);
        }
    }
}

/**
 * cot_cause_search_get_places:
 * @self: a search that has run
 *
 * Returns: (transfer none) (element-type CotCausePlace): what it found, by log and ordinal
 */
const GPtrArray *
cot_cause_search_get_places (const CotCauseSearch *self)
{
  return self->places;
}

/**
 * cot_cause_search_find_place:
 * @self: a search that has run
 * @log: a log
 * @ordinal: an entry of it
 *
 * Returns: (transfer none) (nullable): what makes the entry a right answer; %NULL where it is none
 */
const CotCausePlace *
cot_cause_search_find_place (const CotCauseSearch *self, CotLog *log, guint64 ordinal)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      const CotCausePlace *place = g_ptr_array_index (self->places, i);

      if (place->log == log && place->ordinal == ordinal)
        return place;
    }
  return NULL;
}

static gboolean
is_found (const CotCauseSearch *self, const CotScenarioCause *cause)
{
  for (guint i = 0; i < self->places->len; i++)
    if (((const CotCausePlace *) g_ptr_array_index (self->places, i))->record->cause == cause)
      return TRUE;
  return FALSE;
}

/**
 * cot_cause_search_find_missing:
 * @self: a search that has run
 *
 * Returns: (transfer none) (nullable): the first cause of the scenario that is no entry
 */
const CotScenarioCause *
cot_cause_search_find_missing (const CotCauseSearch *self)
{
  for (guint i = 0; i < self->scenario->causes->len; i++)
    if (!is_found (self, g_ptr_array_index (self->scenario->causes, i)))
      return g_ptr_array_index (self->scenario->causes, i);
  return NULL;
}

/**
 * cot_cause_search_has_logs_of:
 * @self: a search
 * @a_case: the case that it was made for
 *
 * Main thread.
 *
 * Returns: whether the logs of the case are still those that are searched; one that was read anew
 *   is another one
 */
gboolean
cot_cause_search_has_logs_of (const CotCauseSearch *self, CotCase *a_case)
{
  if (self->logs->len != cot_case_get_n_logs (a_case))
    return FALSE;
  for (guint i = 0; i < self->logs->len; i++)
    if (g_array_index (self->logs, Searched, i).log != cot_case_get_log (a_case, i))
      return FALSE;
  return TRUE;
}

/**
 * cot_cause_search_is_complete:
 * @self: a search
 *
 * Main thread.
 *
 * Returns: whether none of its logs has entries that were not searched
 */
gboolean
cot_cause_search_is_complete (const CotCauseSearch *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      const Searched *searched = &g_array_index (self->logs, Searched, i);

      if (cot_log_get_n_entries (searched->log)
          != cot_snapshot_get_n_entries (searched->snapshot))
        return FALSE;
    }
  return TRUE;
}
