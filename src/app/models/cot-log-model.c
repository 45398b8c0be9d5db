/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-model.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-log-gaps.h"
#include "cot-marked-rows.h"
#include "cot-member-sentences.h"
#include "cot-shown-rows.h"
#include "cot-time-mode.h"
#include "cot-time-sentences.h"

/* The two sets of flags are put into one byte. */
G_STATIC_ASSERT ((guint) COT_RULER_ERROR == (guint) COT_LOG_RULER_ERROR);
G_STATIC_ASSERT ((guint) COT_RULER_WARNING == (guint) COT_LOG_RULER_WARNING);
G_STATIC_ASSERT ((guint) COT_RULER_FINDING == (guint) COT_LOG_RULER_FINDING);
G_STATIC_ASSERT ((guint) COT_RULER_KNOWN_ERROR == (guint) COT_LOG_RULER_KNOWN_ERROR);
G_STATIC_ASSERT ((guint) COT_RULER_KNOWN_WARNING == (guint) COT_LOG_RULER_KNOWN_WARNING);

/* So many places are looked at for a gap: the ruler is drawn often. */
#define MAX_TRIES_PER_SLOT 32

struct _CotLogModel
{
  GObject parent_instance;

  CotLog *log;
  CotMarkedRows *marked;
  CotLogGaps *gaps;
  CotFind *find; /* (nullable) */
  CotShownRows *shown; /* (nullable): where a filter is on */
  guint64 current_match; /* ordinal, or G_MAXUINT64 */
  guint64 n_rows; /* as last told to the views */
};

static void cot_log_model_row_model_init (CotRowModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CotLogModel,
                               cot_log_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (COT_TYPE_ROW_MODEL,
                                                      cot_log_model_row_model_init))

char *
cot_time_dup_text (gint64 time_usec)
{
  int year, month, day, hour, minute, second, microsecond;

  if (time_usec == COT_TIME_NONE)
    return NULL;
  cot_clock_to_civil (time_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d.%03d", year, month, day, hour, minute,
                          second, microsecond / 1000);
}

static guint
get_n_seams (CotLogModel *self)
{
  return cot_log_get_n_seams (self->log);
}

/* The first entry below a seam, which is counted from 0. */
static guint64
get_seam_ordinal (CotLogModel *self, guint seam)
{
  return cot_log_get_seam (self->log, seam);
}

/* Of the seams, which ascend, how many stand at @limit or before: each at its first entry and @step
 * rows for each seam above it. */
static guint
count_seams (CotLogModel *self, guint64 limit, guint step)
{
  guint n_left = get_n_seams (self);
  guint n = 0;

  while (n_left > 0)
    {
      guint middle = n + n_left / 2;

      if (get_seam_ordinal (self, middle) + (guint64) step * middle <= limit)
        {
          n_left -= n_left / 2 + 1;
          n = middle + 1;
        }
      else
        {
          n_left /= 2;
        }
    }
  return n;
}

/* How many seams stand above that row; the row itself counts where it is one. */
static guint
count_seams_to (CotLogModel *self, guint64 position, gboolean *is_seam)
{
  guint n = count_seams (self, position, 1);

  *is_seam = n > 0 && get_seam_ordinal (self, n - 1) + n - 1 == position;
  return n;
}

static guint64
count_rows (CotLogModel *self)
{
  if (self->shown != NULL)
    return cot_shown_rows_count (self->shown);
  return cot_log_get_n_entries (self->log) + get_n_seams (self);
}

/* (nullable): how long nobody wrote at a seam; NULL where that is not known. */
static char *
dup_gap (CotLog *log, guint64 first_below)
{
  CotEntryColumns above;
  CotEntryColumns below;

  if (first_below == 0 || !cot_log_get_columns (log, first_below - 1, &above)
      || !cot_log_get_columns (log, first_below, &below) || above.time_usec == COT_TIME_NONE
      || below.time_usec == COT_TIME_NONE || below.time_usec < above.time_usec)
    return NULL;
  return cot_clock_format_elapsed (below.time_usec - above.time_usec);
}

/* (nullable): the file above a seam, where it has a name of its own. */
static char *
dup_part_name (CotLogModel *self, guint64 first_below)
{
  guint64 ordinal;
  CotLog *log = cot_log_locate (self->log, first_below - 1, &ordinal);
  CotSnapshot *snapshot = log != NULL ? cot_log_get_snapshot (log) : NULL;
  CotEntryColumns columns;
  const char *label = NULL;
  g_autofree char *name = NULL;

  if (snapshot != NULL && cot_snapshot_get (snapshot, ordinal, &columns))
    label = cot_snapshot_get_generation (snapshot, columns.generation)->label;
  name = label != NULL ? g_path_get_basename (label) : NULL;

  return name != NULL ? cot_sentence_dup_visible (name) : NULL;
}

static char *
dup_seam_text (CotLogModel *self, guint64 first_below)
{
  g_autofree char *name = dup_part_name (self, first_below);
  g_autofree char *gap = dup_gap (self->log, first_below);

  if (name != NULL && gap != NULL)
    /* Translators: name of a file, and a time such as 0:02:10.500 */
    return g_strdup_printf (_("%s ends here. Gap %s, then the next part begins."), name, gap);
  if (name != NULL)
    return g_strdup_printf (_("%s ends here; then the next part begins."), name);
  if (gap != NULL)
    return g_strdup_printf (_("The older part ends here. Gap %s, then the log started anew."),
                            gap);
  return g_strdup (_("The older part ends here; then the log started anew."));
}

static guint64
cot_log_model_get_n_rows (CotRowModel *model)
{
  return COT_LOG_MODEL (model)->n_rows;
}

static void
set_badge (CotLogModel *self, guint64 ordinal, CotRowText *out)
{
  const CotFinding *finding = cot_log_get_finding_at (self->log, ordinal);

  if (finding == NULL)
    return;
  out->badge_severity = finding->severity;
  if (finding->severity >= COT_SEVERITY_WARNING && !finding->expected)
    out->badge = COT_ROW_BADGE_FAILURE;
  else if (finding->severity == COT_SEVERITY_SUCCESS)
    out->badge = COT_ROW_BADGE_MILESTONE;
  else
    out->badge = finding->expected ? COT_ROW_BADGE_EXPECTED : COT_ROW_BADGE_FAILURE;
}

/* What a detector knows comes first; the flag stands beside it then. */
static void
set_mark (CotLogModel *self, guint64 ordinal, CotRowText *out)
{
  out->marked = cot_bitset_contains (cot_marked_rows_get_ordinals (self->marked), ordinal);
  if (!out->marked)
    return;
  out->note = g_strdup (cot_marked_rows_get_note (self->marked, ordinal));
  if (out->badge == COT_ROW_BADGE_NONE)
    out->badge = COT_ROW_BADGE_MARK;
}

static void
set_matches (CotLogModel *self, guint64 ordinal, CotRowText *out)
{
  gsize pairs[2 * COT_ROW_MAX_MATCHES];
  guint n_pairs;

  if (self->find == NULL || out->message == NULL
      || !cot_bitset_contains (cot_find_get_matches (self->find), ordinal))
    return;
  n_pairs = cot_find_mark (self->find, out->message, pairs, COT_ROW_MAX_MATCHES);
  for (guint i = 0; i < MIN (n_pairs, COT_ROW_MAX_MATCHES); i++)
    {
      out->matches[i].start_bytes = (guint16) pairs[2 * i];
      out->matches[i].end_bytes = (guint16) pairs[2 * i + 1];
      out->n_matches = i + 1;
    }
  out->current_match = ordinal == self->current_match && out->n_matches > 0 ? 0 : -1;
}

/* Values of the registry have the same names under many keys: the last part of the key stands in
 * front, as the column that has it may be hidden. */
static char *
dup_message (CotLogModel *self, guint64 ordinal, const CotRow *row)
{
  guint64 in_log;
  CotLog *log = cot_log_locate (self->log, ordinal, &in_log);
  const char *id = cot_snapshot_get_format (cot_log_get_snapshot (log))->id;
  g_autofree char *message = NULL;
  const char *end; /* of the last whole character that fits */

  if (row->message == NULL || row->component == NULL || *row->component == '\0'
      || !g_str_equal (id, "registry"))
    return g_strdup (row->message);
  /* "(Default)", "(no values)" and "- (the key is deleted)" are no names in the key. */
  message = g_strjoin (strchr ("(-", *row->message) != NULL ? " " : "\\", row->component,
                       row->message, NULL);
  if (strlen (message) > COT_ROW_MESSAGE_MAX_BYTES)
    {
      g_utf8_validate (message, COT_ROW_MESSAGE_MAX_BYTES, &end);
      message[end - message] = '\0';
    }
  return g_steal_pointer (&message);
}

/* The mark only repeats the name. */
static void
set_log (CotLogModel *self, guint64 ordinal, CotRowText *out)
{
  guint64 in_log;
  int index;
  const char *owner = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (!COT_IS_MERGED_LOG (self->log))
    return;
  index = cot_merged_log_find_log (COT_MERGED_LOG (self->log),
                                   cot_log_locate (self->log, ordinal, &in_log));
  title = cot_log_dup_entry_title (self->log, ordinal);
  if (index >= 0)
    {
      owner = cot_merged_log_get_owner (COT_MERGED_LOG (self->log), (guint) index);
      out->log_stripe = cot_log_stripe_of_number (
          cot_merged_log_get_number (COT_MERGED_LOG (self->log), (guint) index));
    }
  text = owner != NULL ? g_strdup_printf ("%s · %s", owner, title) : g_steal_pointer (&title);
  out->log = cot_sentence_dup_visible (text);
}

/* Since the entry in the row above. */
static char *
dup_elapsed (CotLogModel *self, guint64 position)
{
  guint64 ordinal = cot_log_model_get_ordinal (self, position);
  guint64 above;
  gint64 from, to;

  if (position > 0 && cot_log_model_is_seam (self, position - 1))
    position--;
  if (position == 0)
    return NULL;
  above = cot_log_model_get_ordinal (self, position - 1);
  from = above != G_MAXUINT64 ? cot_log_get_common_time (self->log, above) : COT_TIME_NONE;
  to = cot_log_get_common_time (self->log, ordinal);
  return from != COT_TIME_NONE && to != COT_TIME_NONE ? cot_clock_format_elapsed (to - from)
                                                      : NULL;
}

/* As the user wants to see it. */
static void
set_time (CotLogModel *self, guint64 position, guint64 ordinal, CotRowText *out)
{
  CotEntryTime time;

  if (!cot_log_get_entry_time (self->log, ordinal, &time))
    return;
  out->time = cot_entry_time_dup_text (&time, cot_time_mode_get ());
  out->elapsed = dup_elapsed (self, position);
  out->gap = cot_log_gaps_dup_text (self->gaps, ordinal, &out->clock_goes_back);
}

static gboolean
cot_log_model_get_row (CotRowModel *model, guint64 position, CotRowText *out)
{
  CotLogModel *self = COT_LOG_MODEL (model);
  guint64 ordinal;
  const CotRow *row;

  if (position >= self->n_rows)
    return FALSE;
  ordinal = cot_log_model_get_ordinal (self, position);
  if (cot_log_model_is_seam (self, position))
    {
      out->seam = TRUE;
      out->current_match = -1;
      out->message = dup_seam_text (self, ordinal);
      return TRUE;
    }
  row = ordinal != G_MAXUINT64 ? cot_log_peek_row (self->log, ordinal) : NULL;
  if (row == NULL)
    return FALSE;
  out->severity = row->severity;
  out->current_match = -1;
  out->message = dup_message (self, ordinal, row);
  out->component = g_strdup (row->component);
  out->thread = g_strdup (row->thread);
  out->origin = g_strdup (row->origin);
  set_time (self, position, ordinal, out);
  set_log (self, ordinal, out);
  set_badge (self, ordinal, out);
  set_mark (self, ordinal, out);
  set_matches (self, ordinal, out);
  return TRUE;
}

static gboolean
cot_log_model_has_logs (CotRowModel *model)
{
  return COT_IS_MERGED_LOG (COT_LOG_MODEL (model)->log);
}

/* The log keeps what was asked for last: asking for the far end makes it read on. */
static void
cot_log_model_set_visible_range (CotRowModel *model, guint64 first, guint64 n)
{
  CotLogModel *self = COT_LOG_MODEL (model);

  if (n == 0 || first >= self->n_rows)
    return;
  cot_log_peek_row (self->log, cot_log_model_get_ordinal (self, first));
  cot_log_peek_row (self->log,
                    cot_log_model_get_ordinal (self, first + MIN (n, self->n_rows - first) - 1));
}

/* One question to the set for each slot, so the cost does not depend on the number of matches. */
static void
add_matches_to_ruler (CotLogModel *self, guint n_slots, guint8 *slots)
{
  CotBitset *matches = cot_find_get_matches (self->find);
  gdouble rows_per_slot = (gdouble) self->n_rows / n_slots;

  for (guint i = 0; i < n_slots; i++)
    {
      guint64 first = (guint64) (i * rows_per_slot);
      guint64 end = (guint64) ((i + 1) * rows_per_slot);
      guint64 match;

      if (cot_bitset_next (matches, first, &match) && match < MAX (end, first + 1))
        slots[i] |= COT_RULER_MATCH;
    }
}

/* Marks are few, whatever is shown. */
static void
add_marks_to_ruler (CotLogModel *self, guint n_slots, guint8 *slots)
{
  CotBitset *marked = cot_marked_rows_get_ordinals (self->marked);
  guint64 ordinal;

  for (guint64 from = 0; cot_bitset_next (marked, from, &ordinal); from = ordinal + 1)
    {
      guint64 position = cot_log_model_get_position (self, ordinal);

      if (cot_log_model_shows (self, ordinal) && position < self->n_rows)
        slots[(guint64) ((gdouble) position / self->n_rows * n_slots)] |= COT_RULER_MARK;
    }
}

/* The entry of the row, or the first one behind all rows. */
static guint64
get_bound (CotLogModel *self, guint64 position)
{
  return position < self->n_rows ? cot_log_model_get_ordinal (self, position)
                                 : cot_log_get_n_entries (self->log);
}

static gboolean
step_to_gap (CotLogModel *self, guint64 from, gboolean forward, guint64 *ordinal)
{
  guint64 first = forward ? from + 1 : 0;
  guint64 end = forward ? cot_log_get_n_entries (self->log) : from;

  while (cot_log_gaps_find (self->gaps, first, end, forward, G_MAXUINT, ordinal))
    {
      if (cot_log_model_shows (self, *ordinal))
        return TRUE;
      if (forward)
        first = *ordinal + 1;
      else
        end = *ordinal;
    }
  return FALSE;
}

static void
add_gaps_to_ruler (CotLogModel *self, guint n_slots, guint8 *slots)
{
  for (guint i = 0; i < n_slots; i++)
    {
      guint64 first = (i * self->n_rows + n_slots - 1) / n_slots;
      guint64 end = ((i + 1) * self->n_rows + n_slots - 1) / n_slots;
      guint64 ordinal;

      if (first < end
          && cot_log_gaps_find (self->gaps, get_bound (self, first), get_bound (self, end), TRUE,
                                MAX_TRIES_PER_SLOT, &ordinal)
          && cot_log_model_shows (self, ordinal))
        slots[i] |= COT_RULER_GAP;
    }
}

static CotBitset *
get_all_matches (CotLogModel *self)
{
  return self->find != NULL ? cot_find_get_matches (self->find) : NULL;
}

static void
cot_log_model_get_ruler (CotRowModel *model, guint n_slots, guint8 *slots)
{
  CotLogModel *self = COT_LOG_MODEL (model);

  if (n_slots == 0 || self->n_rows == 0)
    return;
  if (self->shown != NULL)
    cot_shown_rows_get_ruler (self->shown, get_all_matches (self), n_slots, slots);
  else
    cot_log_get_ruler (self->log, n_slots, slots);
  if (self->shown == NULL && self->find != NULL)
    add_matches_to_ruler (self, n_slots, slots);
  add_gaps_to_ruler (self, n_slots, slots);
  add_marks_to_ruler (self, n_slots, slots);
}

/* Forward from G_MAXUINT64 is from the first one on. */
static gboolean
step_in (CotBitset *set, guint64 from, gboolean forward, guint64 *ordinal)
{
  if (forward)
    return cot_bitset_next (set, from + 1, ordinal);
  return from > 0 && cot_bitset_previous (set, from - 1, ordinal);
}

static gboolean
step_to_mark (CotLogModel *self, guint64 from, gboolean forward, guint64 *ordinal)
{
  CotBitset *marked = cot_marked_rows_get_ordinals (self->marked);

  while (step_in (marked, from, forward, ordinal))
    {
      if (cot_log_model_shows (self, *ordinal))
        return TRUE;
      from = *ordinal;
    }
  return FALSE;
}

/**
 * cot_log_model_step:
 * @kind: one kind of what the ruler shows
 * @from: an ordinal, itself left out; %G_MAXUINT64: before the first, or behind the last
 * @forward: which way
 * @ordinal: (out): the entry
 *
 * Returns: whether there is such a row
 */
gboolean
cot_log_model_step (CotLogModel *self, CotRulerFlags kind, guint64 from, gboolean forward,
                    guint64 *ordinal)
{
  g_return_val_if_fail (COT_IS_LOG_MODEL (self), FALSE);

  if (kind == COT_RULER_MARK)
    return step_to_mark (self, from, forward, ordinal);
  if (kind == COT_RULER_GAP)
    return step_to_gap (self, from, forward, ordinal);
  if (self->shown != NULL)
    return step_in (cot_shown_rows_get_noted (self->shown, kind, get_all_matches (self)), from,
                    forward, ordinal);
  if (kind == COT_RULER_ERROR || kind == COT_RULER_WARNING)
    return cot_log_find_severity (self->log,
                                  kind == COT_RULER_ERROR ? COT_SEVERITY_ERROR
                                                          : COT_SEVERITY_WARNING,
                                  from, forward, ordinal);
  if (kind == COT_RULER_FINDING)
    return step_in (cot_log_get_known (self->log), from, forward, ordinal);
  return self->find != NULL
         && step_in (cot_find_get_matches (self->find), from, forward, ordinal);
}

/* The kinds in the order in which they are asked for: what the user marked, what a detector knows
 * before what is only bad, and that before what was searched. */
static gboolean
cot_log_model_find_noted (CotRowModel *model, guint64 first, guint64 n, guint64 *position)
{
  static const CotRulerFlags kinds[]
      = { COT_RULER_MARK, COT_RULER_FINDING, COT_RULER_ERROR, COT_RULER_WARNING,
          COT_RULER_MATCH };
  CotLogModel *self = COT_LOG_MODEL (model);

  if (first >= self->n_rows || n == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint64 ordinal = cot_log_model_get_ordinal (self, first);

      if (cot_log_model_step (self, kinds[i], ordinal - 1, TRUE, &ordinal)
          && cot_log_model_get_position (self, ordinal) - first < n)
        {
          *position = cot_log_model_get_position (self, ordinal);
          return TRUE;
        }
    }
  return FALSE;
}

static char *
cot_log_model_dup_time_tooltip (CotRowModel *model, guint64 position)
{
  CotLogModel *self = COT_LOG_MODEL (model);
  guint64 ordinal = position < self->n_rows && !cot_log_model_is_seam (self, position)
                        ? cot_log_model_get_ordinal (self, position)
                        : G_MAXUINT64;
  const CotRow *row = ordinal != G_MAXUINT64 ? cot_log_peek_row (self->log, ordinal) : NULL;
  CotEntryTime time;

  if (row == NULL || !cot_log_get_entry_time (self->log, ordinal, &time))
    return NULL;
  return cot_time_sentence_dup_meaning (&time, row->bias_writer, cot_time_mode_get ());
}

/* Seams are no entries: they are not copied. */
static CotBitset *
map_to_ordinals (CotLogModel *self, CotBitset *positions)
{
  CotBitset *ordinals;
  guint64 position = 0;

  if (self->shown == NULL && get_n_seams (self) == 0)
    return cot_bitset_ref (positions);
  ordinals = cot_bitset_new ();
  if (self->shown != NULL && cot_bitset_get_size (positions) == self->n_rows)
    {
      cot_bitset_union (ordinals, cot_query_get_ordinals (cot_shown_rows_get_filter (self->shown)));
      return ordinals;
    }
  if (cot_bitset_get_size (positions) == self->n_rows)
    {
      cot_bitset_add_range (ordinals, 0, cot_log_get_n_entries (self->log));
      return ordinals;
    }
  while (cot_bitset_next (positions, position, &position))
    {
      guint64 ordinal = cot_log_model_get_ordinal (self, position);

      if (ordinal != G_MAXUINT64 && !cot_log_model_is_seam (self, position))
        cot_bitset_add (ordinals, ordinal);
      position++;
    }
  return ordinals;
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *text = cot_log_copy_finish (COT_LOG (source), result, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

static void
cot_log_model_dup_text_async (CotRowModel *model,
                              CotBitset *positions,
                              const CotRowColumn *columns,
                              guint n_columns,
                              gsize max_bytes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  static const char letters[COT_N_ROW_COLUMNS] = {
    [COT_ROW_COLUMN_MESSAGE] = 'm',   [COT_ROW_COLUMN_LOG] = 'l',
    [COT_ROW_COLUMN_COMPONENT] = 'c', [COT_ROW_COLUMN_ELAPSED] = 'e',
    [COT_ROW_COLUMN_THREAD] = 'h',    [COT_ROW_COLUMN_ORIGIN] = 'o',
  };
  CotLogModel *self = COT_LOG_MODEL (model);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (CotBitset) ordinals = map_to_ordinals (self, positions);
  CotBitset *shown
      = self->shown != NULL ? cot_query_get_ordinals (cot_shown_rows_get_filter (self->shown))
                            : NULL;

  g_task_set_source_tag (task, cot_log_model_dup_text_async);
  g_task_set_task_data (task, g_memdup2 (&max_bytes, sizeof max_bytes), g_free);
  for (guint i = 0; i < n_columns; i++)
    g_string_append_c (order, columns[i] == COT_ROW_COLUMN_TIME
                                  ? cot_time_mode_get_letter ()
                                  : letters[columns[i]]);
  cot_log_copy_async (self->log, ordinals, shown, order->str, cancellable, on_copied, task);
}

static char *
cot_log_model_dup_text_finish (CotRowModel *model,
                               GAsyncResult *result,
                               gboolean *truncated,
                               GError **error)
{
  const gsize *max_bytes = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), error);
  char *last_line_end;

  if (truncated != NULL)
    *truncated = FALSE;
  if (text == NULL || strlen (text) <= *max_bytes)
    return g_steal_pointer (&text);

  text[*max_bytes] = '\0';
  last_line_end = strrchr (text, '\n');
  if (last_line_end != NULL)
    last_line_end[1] = '\0';
  if (truncated != NULL)
    *truncated = TRUE;
  return g_steal_pointer (&text);
}

static void
cot_log_model_row_model_init (CotRowModelInterface *iface)
{
  iface->get_n_rows = cot_log_model_get_n_rows;
  iface->get_row = cot_log_model_get_row;
  iface->has_logs = cot_log_model_has_logs;
  iface->set_visible_range = cot_log_model_set_visible_range;
  iface->get_ruler = cot_log_model_get_ruler;
  iface->find_noted = cot_log_model_find_noted;
  iface->dup_time_tooltip = cot_log_model_dup_time_tooltip;
  iface->dup_text_async = cot_log_model_dup_text_async;
  iface->dup_text_finish = cot_log_model_dup_text_finish;
}

static void
update_n_rows (CotLogModel *self)
{
  guint64 n_before = self->n_rows;

  self->n_rows = count_rows (self);
  if (self->n_rows < n_before)
    cot_row_model_reset (COT_ROW_MODEL (self));
  else if (self->n_rows > n_before)
    cot_row_model_appended (COT_ROW_MODEL (self), self->n_rows - n_before);
}

/* What a filter shows follows its own answers. */
static void
on_log_changed (CotLogModel *self)
{
  if (self->shown == NULL)
    update_n_rows (self);
}

static void
on_shown_changed (gpointer model)
{
  CotLogModel *self = model;
  guint64 n_before = self->n_rows;

  update_n_rows (self);
  /* The last entry may have been judged anew. */
  if (n_before > 0 && self->n_rows >= n_before)
    cot_row_model_rows_changed (COT_ROW_MODEL (self), n_before - 1, 1);
  cot_row_model_ruler_changed (COT_ROW_MODEL (self));
}

static void
on_rows_loaded (CotLogModel *self, guint64 first, guint64 n)
{
  guint64 first_position = cot_log_model_get_position (self, first);
  guint64 end_position;

  if (n == 0)
    return;
  end_position = MIN (cot_log_model_get_position (self, first + n - 1) + 1, self->n_rows);
  if (end_position > first_position)
    cot_row_model_rows_changed (COT_ROW_MODEL (self), first_position,
                                end_position - first_position);
}

static void
on_badges_or_matches_changed (CotLogModel *self)
{
  if (self->shown != NULL)
    cot_shown_rows_forget_noted (self->shown);
  cot_row_model_rows_changed (COT_ROW_MODEL (self), 0, self->n_rows);
  cot_row_model_ruler_changed (COT_ROW_MODEL (self));
}

static void
on_gaps_changed (gpointer model)
{
  CotLogModel *self = model;

  cot_row_model_rows_changed (COT_ROW_MODEL (self), 0, self->n_rows);
  cot_row_model_ruler_changed (COT_ROW_MODEL (self));
}

static void
on_time_mode_changed (CotLogModel *self)
{
  cot_row_model_rows_changed (COT_ROW_MODEL (self), 0, self->n_rows);
}

static void
cot_log_model_dispose (GObject *object)
{
  CotLogModel *self = COT_LOG_MODEL (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  if (self->find != NULL)
    g_signal_handlers_disconnect_by_data (self->find, self);
  g_clear_pointer (&self->shown, cot_shown_rows_free);
  g_clear_pointer (&self->gaps, cot_log_gaps_free);
  g_clear_object (&self->marked);
  g_clear_object (&self->log);
  g_clear_object (&self->find);

  G_OBJECT_CLASS (cot_log_model_parent_class)->dispose (object);
}

static void
cot_log_model_class_init (CotLogModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_log_model_dispose;
}

static void
cot_log_model_init (CotLogModel *self)
{
  self->current_match = G_MAXUINT64;
}

CotLogModel *
cot_log_model_new (CotLog *log)
{
  CotLogModel *self;

  g_return_val_if_fail (COT_IS_LOG (log), NULL);

  self = g_object_new (COT_TYPE_LOG_MODEL, NULL);
  self->log = g_object_ref (log);
  self->n_rows = count_rows (self);
  /* It hears of changes before this does. */
  self->marked = cot_marked_rows_new (log);
  g_signal_connect_object (self->marked, "changed", G_CALLBACK (on_badges_or_matches_changed),
                           self, G_CONNECT_SWAPPED);
  self->gaps = cot_log_gaps_new (log, on_gaps_changed, self);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (on_log_changed), self);
  g_signal_connect_swapped (log, "rows-loaded", G_CALLBACK (on_rows_loaded), self);
  g_signal_connect_swapped (log, "known-changed", G_CALLBACK (on_badges_or_matches_changed), self);
  if (COT_IS_MERGED_LOG (log))
    {
      g_signal_connect_swapped (log, "reordered", G_CALLBACK (on_badges_or_matches_changed), self);
      g_signal_connect_swapped (log, "logs-changed", G_CALLBACK (on_badges_or_matches_changed),
                                self);
    }
  cot_time_mode_watch (self, G_CALLBACK (on_time_mode_changed));
  return self;
}

/**
 * cot_log_model_set_find:
 * @find: (nullable): a search in the same log
 */
void
cot_log_model_set_find (CotLogModel *self, CotFind *find)
{
  g_return_if_fail (COT_IS_LOG_MODEL (self));

  if (self->find == find)
    return;
  if (self->find != NULL)
    g_signal_handlers_disconnect_by_data (self->find, self);
  g_set_object (&self->find, find);
  if (find != NULL)
    g_signal_connect_swapped (find, "changed", G_CALLBACK (on_badges_or_matches_changed), self);
  self->current_match = G_MAXUINT64;
  on_badges_or_matches_changed (self);
}

void
cot_log_model_set_current_match (CotLogModel *self, guint64 ordinal)
{
  g_return_if_fail (COT_IS_LOG_MODEL (self));

  if (self->current_match == ordinal)
    return;
  self->current_match = ordinal;
  cot_row_model_rows_changed (COT_ROW_MODEL (self), 0, self->n_rows);
}

/**
 * cot_log_model_set_filter:
 * @filter: (nullable): a query in the same log
 *
 * Rows appear as the filter's answers come.
 */
void
cot_log_model_set_filter (CotLogModel *self, CotQuery *filter)
{
  g_return_if_fail (COT_IS_LOG_MODEL (self));

  if (cot_log_model_get_filter (self) == filter)
    return;
  g_clear_pointer (&self->shown, cot_shown_rows_free);
  if (filter != NULL)
    self->shown = cot_shown_rows_new (self->log, filter, on_shown_changed, self);
  self->n_rows = count_rows (self);
  cot_row_model_reset (COT_ROW_MODEL (self));
  cot_row_model_ruler_changed (COT_ROW_MODEL (self));
}

CotQuery *
cot_log_model_get_filter (CotLogModel *self)
{
  g_return_val_if_fail (COT_IS_LOG_MODEL (self), NULL);

  return self->shown != NULL ? cot_shown_rows_get_filter (self->shown) : NULL;
}

gboolean
cot_log_model_shows (CotLogModel *self, guint64 ordinal)
{
  CotQuery *filter = cot_log_model_get_filter (self);

  return filter == NULL || cot_bitset_contains (cot_query_get_ordinals (filter), ordinal);
}

CotBitset *
cot_log_model_get_matches (CotLogModel *self)
{
  g_return_val_if_fail (COT_IS_LOG_MODEL (self), NULL);

  if (self->shown == NULL || self->find == NULL)
    return get_all_matches (self);
  return cot_shown_rows_get_noted (self->shown, COT_RULER_MATCH, get_all_matches (self));
}

guint64
cot_log_model_get_ordinal (CotLogModel *self, guint64 position)
{
  gboolean is_seam;
  guint n_seams;

  if (self->shown != NULL)
    return cot_shown_rows_get_ordinal (self->shown, position);
  n_seams = count_seams_to (self, position, &is_seam);
  return is_seam ? get_seam_ordinal (self, n_seams - 1) : position - n_seams;
}

guint64
cot_log_model_get_position (CotLogModel *self, guint64 ordinal)
{
  if (self->shown != NULL)
    return cot_shown_rows_get_position (self->shown, ordinal);
  return ordinal + count_seams (self, ordinal, 0);
}

gboolean
cot_log_model_is_seam (CotLogModel *self, guint64 position)
{
  gboolean is_seam = FALSE;

  if (self->shown == NULL)
    count_seams_to (self, position, &is_seam);
  return is_seam;
}
