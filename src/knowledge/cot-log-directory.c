/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-directory-private.h"

#include "cot-log-name-private.h"

#include <string.h>

/* A log starts a new file when it has grown to 250,000 bytes, where nobody set another size: one
 * that is nearly that large may have been larger. */
#define ROLLED_BYTES 240000

/* Logs that have got another name since: who names one, means either. */
static const struct
{
  const char *name;
  const char *other;
} renamed[] = {
  { "CcmAad.log", "ADALOperationProvider.log" },
  { "ADALOperationProvider.log", "CcmAad.log" },
};

typedef struct
{
  CotLogPlace place;
  GArray *logs; /* guint */
  char *name;
} Entry;

struct _CotLogDirectory
{
  const CotCaseLog *logs;
  guint n_logs;
  CotLogClock clock;
  gpointer data;
  GHashTable *by_name; /* name as wanted to Entry */
  GHashTable *by_stem; /* documented stem to GPtrArray of Entry */
  GPtrArray *special; /* (element-type Entry): not compared by the end of a name */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_array_unref (entry->logs);
  g_free (entry->name);
  g_free (entry);
}

CotLogDirectory *
cot_log_directory_new (const CotCaseLog *logs, guint n_logs, CotLogClock clock, gpointer data)
{
  CotLogDirectory *self = g_new0 (CotLogDirectory, 1);

  self->logs = logs;
  self->n_logs = n_logs;
  self->clock = clock;
  self->data = data;
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->by_stem
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->special = g_ptr_array_new ();
  return self;
}

static const char *
get_other_name (const char *documented_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (renamed); i++)
    if (g_ascii_strcasecmp (renamed[i].name, documented_name) == 0)
      return renamed[i].other;
  return NULL;
}

void
cot_log_directory_want (CotLogDirectory *self, const char *documented_name)
{
  const char *other = get_other_name (documented_name);
  g_autofree char *stem = NULL;
  GPtrArray *same;
  Entry *entry;

  if (g_hash_table_contains (self->by_name, documented_name))
    return;
  entry = g_new0 (Entry, 1);
  entry->name = g_strdup (documented_name);
  entry->place.name = entry->name;
  entry->logs = g_array_new (FALSE, FALSE, sizeof (guint));
  entry->place.oldest_usec = COT_TIME_NONE;
  entry->place.newest_usec = COT_TIME_NONE;
  g_hash_table_insert (self->by_name, entry->name, entry);
  stem = cot_log_dup_documented_stem (documented_name);
  if (stem == NULL)
    {
      g_ptr_array_add (self->special, entry);
      return;
    }
  same = g_hash_table_lookup (self->by_stem, stem);
  if (same == NULL)
    {
      same = g_ptr_array_new ();
      g_hash_table_insert (self->by_stem, g_steal_pointer (&stem), same);
    }
  g_ptr_array_add (same, entry);
  if (other != NULL)
    cot_log_directory_want (self, other);
}

static void
add_log (CotLogDirectory *self, Entry *entry, guint log)
{
  gint64 oldest_usec = self->clock (log, FALSE, self->data);
  gint64 newest_usec = self->clock (log, TRUE, self->data);
  CotLogPlace *place = &entry->place;

  if (place->n_logs++ == 0)
    place->first_log = log;
  g_array_append_val (entry->logs, log);
  if (oldest_usec != COT_TIME_NONE
      && (place->oldest_usec == COT_TIME_NONE || oldest_usec < place->oldest_usec))
    place->oldest_usec = oldest_usec;
  place->newest_usec = MAX (place->newest_usec, newest_usec);
  /* Where one older part is kept, others were thrown away. */
  place->rolled = place->rolled || place->n_logs > 1 || self->logs[log].n_generations > 1
                  || self->logs[log].size_bytes >= ROLLED_BYTES;
}

static void
add_by_stem (CotLogDirectory *self, const char *stem, guint log)
{
  for (const char *p = stem; *p != '\0'; p++)
    {
      GPtrArray *same;

      if (p > stem && strchr ("-_ .", p[-1]) == NULL)
        continue;
      same = g_hash_table_lookup (self->by_stem, p);
      for (guint i = 0; same != NULL && i < same->len; i++)
        {
          Entry *entry = g_ptr_array_index (same, i);

          if (cot_log_stem_matches (stem, entry->name))
            add_log (self, entry, log);
        }
    }
}

void
cot_log_directory_fill (CotLogDirectory *self)
{
  for (guint i = 0; i < self->n_logs; i++)
    {
      g_autofree char *stem = cot_log_get_stem (self->logs[i].name);

      add_by_stem (self, stem, i);
      for (guint j = 0; j < self->special->len; j++)
        {
          Entry *entry = g_ptr_array_index (self->special, j);

          if (cot_log_stem_matches (stem, entry->name))
            add_log (self, entry, i);
        }
    }
}

/* (nullable): of a log that has got another name, what is here under either. */
static Entry *
find_entry (CotLogDirectory *self, const char *documented_name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, documented_name);
  const char *other_name = get_other_name (documented_name);
  Entry *other = other_name != NULL ? g_hash_table_lookup (self->by_name, other_name) : NULL;

  return entry != NULL && entry->place.n_logs == 0 && other != NULL && other->place.n_logs > 0
             ? other
             : entry;
}

const CotLogPlace *
cot_log_directory_find (CotLogDirectory *self, const char *documented_name)
{
  Entry *entry = find_entry (self, documented_name);

  return entry != NULL ? &entry->place : NULL;
}

const GArray *
cot_log_directory_list (CotLogDirectory *self, const char *documented_name)
{
  Entry *entry = find_entry (self, documented_name);

  return entry != NULL ? entry->logs : NULL;
}

void
cot_log_directory_free (CotLogDirectory *self)
{
  g_ptr_array_unref (self->special);
  g_hash_table_unref (self->by_stem);
  g_hash_table_unref (self->by_name);
  g_free (self);
}
