/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-report-facts.h"

#include "cot-case-private.h"
#include "cot-entry-text.h"
#include "cot-error-kinds.h"
#include "cot-format.h"
#include "cot-marks.h"
#include "cot-report.h"

#include <string.h>

#define BLOCK_BYTES (256 * 1024)
/* Who and what is named in the logs is named in their first part, and in the newest lines. Beyond
 * this much of a log both ends are looked at. */
#define MAX_LEARNT_BYTES (16 * 1024 * 1024)

typedef struct
{
  char *label;
  const char *device;     /* (nullable) */
  gboolean holds_secrets; /* it was changed before it was read */
  CotSnapshot *snapshot;
  GPtrArray *marks; /* (nullable) (element-type CotStoredMark): NULL: to be looked for */
} FactsLog;

/* With what the worker needs. */
typedef struct
{
  CotReportFacts facts;
  CotBundle *bundle;           /* (nullable); keeps the names of devices */
  CotKnowledge *knowledge;     /* (nullable) */
  char *archive_path;          /* (nullable) */
  GPtrArray *logs;             /* (element-type FactsLog): all */
  GArray *finding_logs;        /* (element-type guint): index in @logs of each log of evidence */
  GHashTable *finding_devices; /* (nullable): CotFinding to utf8 */
  gboolean with_marks;
  CotErrorKinds *error_kinds;  /* their logs by the index in @logs */
} FullFacts;

static void
facts_log_free (gpointer data)
{
  FactsLog *log = data;

  g_free (log->label);
  cot_snapshot_unref (log->snapshot);
  g_clear_pointer (&log->marks, g_ptr_array_unref);
  g_free (log);
}

static void
line_clear (gpointer data)
{
  CotReportLine *line = data;

  g_free (line->log);
  g_free (line->message);
}

static void
mark_clear (gpointer data)
{
  CotReportMark *mark = data;

  line_clear (&mark->line);
  g_free (mark->note);
}

static void
story_free (gpointer data)
{
  CotReportStory *story = data;

  g_ptr_array_unref (story->consequences);
  g_array_unref (story->lines);
  g_free (story);
}

static void
file_free (gpointer data)
{
  CotReportFile *file = data;

  g_free (file->name);
  g_free (file->sha256);
  g_free (file);
}

static void
refusal_free (gpointer data)
{
  CotReportRefusal *refusal = data;

  g_free (refusal->label);
  g_error_free (refusal->reason);
  g_free (refusal);
}

/**
 * cot_report_facts_free:
 * @self: (transfer full): facts
 *
 * Any thread.
 */
void
cot_report_facts_free (CotReportFacts *self)
{
  FullFacts *full = (FullFacts *) self;

  g_ptr_array_unref (self->stories);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->journeys);
  g_ptr_array_unref (self->journey_devices);
  g_ptr_array_unref (self->coverages);
  g_ptr_array_unref (self->coverage_devices);
  g_array_unref (self->marks);
  g_ptr_array_unref (self->unread_marks);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->refusals);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->summaries);
  g_strfreev (self->missing_logs);
  g_ptr_array_unref (self->missing_files);
  g_ptr_array_unref (self->missing_for);
  g_free (self->title);
  g_free (self->archive_sha256);
  g_free (full->archive_path);
  g_ptr_array_unref (full->logs);
  g_array_unref (full->finding_logs);
  cot_error_kinds_free (full->error_kinds);
  g_array_unref (self->unexplained);
  g_clear_pointer (&full->finding_devices, g_hash_table_unref);
  g_clear_pointer (&full->bundle, cot_bundle_unref);
  g_clear_pointer (&full->knowledge, cot_knowledge_unref);
  g_free (full);
}

/* A path tells where on whose computer the file is: its name is enough, and the place in a bundle.
 */
static void
add_log (FullFacts *full, CotCase *a_case, const CotCaseItem *item)
{
  FactsLog *log = g_new0 (FactsLog, 1);
  gboolean is_member = item->member != G_MAXUINT;

  log->label = g_strdup (is_member ? cot_log_get_label (item->log) : cot_log_get_name (item->log));
  if (cot_case_get_n_devices (a_case) > 1)
    log->device = is_member ? cot_case_get_member (a_case, item->member)->device : item->device;
  log->snapshot = cot_snapshot_ref (cot_log_get_snapshot (item->log));
  log->marks = full->with_marks ? cot_marks_copy_of_log (item->log) : NULL;
  /* It was changed before it was read (cot-redact.h): a checksum would be that of no file. */
  log->holds_secrets = g_ascii_strcasecmp (cot_log_get_name (item->log), "results.xml") == 0
                       || strcmp (cot_snapshot_get_format (log->snapshot)->id, "results") == 0;
  g_ptr_array_add (full->logs, log);
}

/* Of the log that was added last: its errors that nothing explains. */
static void
add_unexplained (FullFacts *full, CotLog *log)
{
  guint64 n = cot_log_count_unexplained (log);

  full->facts.n_unexplained += n;
  full->facts.n_unexplained_logs += n > 0 ? 1 : 0;
  if (n > 0)
    cot_error_kinds_add (full->error_kinds, log, full->logs->len - 1);
}

static void
add_logs (FullFacts *full, CotCase *a_case)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < a_case->logs->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (a_case->logs, i);

      if (item->is_part || cot_log_get_state (item->log) == COT_DOCUMENT_FAILED)
        continue;
      add_log (full, a_case, item);
      add_unexplained (full, item->log);
      g_hash_table_insert (places, item->log, GUINT_TO_POINTER (full->logs->len));
    }
  for (guint i = 0; a_case->finding_logs != NULL && i < a_case->finding_logs->len; i++)
    {
      gpointer place = g_hash_table_lookup (places, g_ptr_array_index (a_case->finding_logs, i));
      guint index = place != NULL ? GPOINTER_TO_UINT (place) - 1 : G_MAXUINT;

      g_array_append_val (full->finding_logs, index);
    }
}

static void
add_refusals (CotReportFacts *self, CotCase *a_case)
{
  for (guint i = 0; i < cot_case_get_n_refused (a_case); i++)
    {
      CotReportRefusal *refusal = g_new0 (CotReportRefusal, 1);
      const GError *reason;
      const char *label = cot_case_get_refused (a_case, i, &reason);

      refusal->label = cot_case_is_bundle (a_case) ? g_strdup (label) : g_path_get_basename (label);
      refusal->reason = g_error_copy (reason);
      refusal->is_shown = cot_case_shows_refused (a_case, i);
      g_ptr_array_add (self->refusals, refusal);
    }
}

static GPtrArray *
ref_array (GPtrArray *array)
{
  return array != NULL ? g_ptr_array_ref (array) : g_ptr_array_new ();
}

static void
count_detectors (CotReportFacts *self, CotKnowledge *knowledge)
{
  for (guint i = 0; knowledge != NULL && i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);

      if (cot_detector_is_marker (detector) || cot_detector_is_switched_off (detector))
        continue;
      self->n_detectors++;
      if (!cot_detector_is_builtin (detector))
        self->n_own_detectors++;
    }
}

static void
add_devices (CotReportFacts *self, CotCase *a_case)
{
  self->devices = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cot_case_get_n_devices (a_case); i++)
    g_ptr_array_add (self->devices, g_strdup (cot_case_get_nth_device (a_case, i)));
}

/* Logs belong to the main thread: facts may be freed on another. */
static void
add_summaries (CotReportFacts *self, CotCase *a_case)
{
  self->summaries = cot_case_list_summaries (a_case);
  if (self->devices->len < 2)
    g_ptr_array_set_size (self->summaries, 0);
  for (guint i = 0; i < self->summaries->len; i++)
    {
      CotSummary *summary = g_ptr_array_index (self->summaries, i);

      g_ptr_array_set_size (summary->unexplained, 0);
    }
}

static void
count_signs (CotReportFacts *self, CotCase *a_case)
{
  g_autoptr (CotSummary) summary = cot_case_sum_up (a_case);

  self->n_stopped = summary->n_stopped;
  self->part_read = summary->part_read;
  self->is_blank = summary->n_logs > 0 && summary->n_blank == summary->n_logs;
  self->n_signs_of_health = summary->n_signs;
  self->n_stuck = summary->n_stuck;
  self->n_untold = summary->n_untold;
}

static GArray *
make_lines (void)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (CotReportLine));

  g_array_set_clear_func (lines, line_clear);
  return lines;
}

/**
 * cot_report_facts_new:
 * @a_case: a case
 * @with_marks: also what the user marked
 *
 * Main thread.
 *
 * Returns: (transfer full): what it is now; without what has to be read
 */
CotReportFacts *
cot_report_facts_new (CotCase *a_case, gboolean with_marks)
{
  FullFacts *full = g_new0 (FullFacts, 1);
  CotReportFacts *self = &full->facts;

  self->title = g_strdup (cot_case_get_title (a_case));
  self->is_bundle = cot_case_is_bundle (a_case);
  self->layout = cot_case_get_layout (a_case);
  self->findings = ref_array (a_case->findings);
  self->journeys = ref_array (a_case->journeys);
  self->journey_devices = ref_array (a_case->journey_devices);
  self->coverages = ref_array (a_case->coverages);
  self->coverage_devices = ref_array (a_case->coverage_devices);
  self->stories = g_ptr_array_new_with_free_func (story_free);
  self->marks = g_array_new (FALSE, TRUE, sizeof (CotReportMark));
  g_array_set_clear_func (self->marks, mark_clear);
  self->unread_marks = g_ptr_array_new_with_free_func (g_free);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->refusals = g_ptr_array_new_with_free_func (refusal_free);
  count_signs (self, a_case);
  self->n_judged_in_part = cot_case_get_n_judged_in_part (a_case);
  self->missing_logs = cot_case_dup_missing_logs (a_case);
  self->missing_for = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->missing_files = g_ptr_array_new ();
  for (guint i = 0; self->missing_logs[i] != NULL; i++)
    {
      const char *name = self->missing_logs[i];

      g_ptr_array_add (self->missing_for, cot_case_dup_who_misses (a_case, name));
      g_ptr_array_add (self->missing_files,
                       a_case->knowledge != NULL
                           ? (gpointer) cot_knowledge_find_log_file (a_case->knowledge, name)
                           : NULL);
    }
  self->first_time_usec = self->last_time_usec = COT_TIME_NONE;
  add_devices (self, a_case);
  add_summaries (self, a_case);
  count_detectors (self, a_case->knowledge);
  add_refusals (self, a_case);
  full->with_marks = with_marks;
  full->logs = g_ptr_array_new_with_free_func (facts_log_free);
  full->finding_logs = g_array_new (FALSE, FALSE, sizeof (guint));
  full->error_kinds = cot_error_kinds_new ();
  self->unexplained = make_lines ();
  full->bundle = a_case->bundle != NULL ? cot_bundle_ref (a_case->bundle) : NULL;
  full->knowledge = a_case->knowledge != NULL ? cot_knowledge_ref (a_case->knowledge) : NULL;
  full->archive_path = cot_case_is_archive (a_case) ? g_strdup (a_case->path) : NULL;
  full->finding_devices
      = a_case->finding_devices != NULL ? g_hash_table_ref (a_case->finding_devices) : NULL;
  add_logs (full, a_case);
  return self;
}

/* (nullable): it could not be read. Where to cut it is told when all names are known. */
static char *
dup_message (CotSnapshot *snapshot, guint64 ordinal)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntryColumns columns;
  CotEntry entry = { 0 };

  if (!cot_snapshot_get (snapshot, ordinal, &columns)
      || !cot_snapshot_read (snapshot, ordinal, record, NULL))
    return NULL;
  cot_format_read_entry (cot_snapshot_get_format (snapshot), (const char *) record->data,
                         record->len, composed, &entry);
  entry.message.length_bytes
      = MIN (entry.message.length_bytes, COT_REPORT_MAX_LINE_BYTES + COT_MASK_MAX_VALUE_BYTES);
  return cot_entry_text_dup_written (
      cot_snapshot_get_generation (snapshot, columns.generation)->encoding, entry.message);
}

/* Where the entry stands: an older part that is a file has lines of its own. */
static void
set_place (CotReportLine *line, const FactsLog *log, guint64 ordinal)
{
  guint n = cot_snapshot_get_n_generations (log->snapshot);
  const char *name = log->label;
  guint64 first = 0;

  for (guint i = 0; i < n; i++)
    {
      const CotGeneration *generation = cot_snapshot_get_generation (log->snapshot, i);

      if (ordinal < generation->first_ordinal)
        break;
      first = generation->first_ordinal;
      name = generation->label != NULL ? generation->label : log->label;
    }
  line->log = strchr (log->label, '/') != NULL ? g_strdup (name) : g_path_get_basename (name);
  line->ordinal = ordinal - first;
  cot_snapshot_get_line (log->snapshot, ordinal, &line->line, NULL);
}

/* "failed", "0x80040e37": an alarm to who does not know the line. */
static gboolean
looks_bad (CotSnapshot *snapshot, guint64 ordinal, const char *message)
{
  CotEntryColumns columns;

  if (cot_snapshot_get (snapshot, ordinal, &columns) && columns.severity >= COT_SEVERITY_WARNING)
    return TRUE;
  return message != NULL
         && (cot_severity_from_words (message, strlen (message)) >= COT_SEVERITY_WARNING
             || strstr (message, "0x8") != NULL || strcasestr (message, "0xc0") != NULL);
}

static gint64
tell_evidence (const FullFacts *full, const CotEvidence *evidence)
{
  return cot_report_clock_tell (&full->facts.clock, evidence->time_usec, evidence->bias_minutes);
}

static void
add_line (FullFacts *full, CotReportStory *story, const CotStoryLine *told, guint index)
{
  const CotEvidence *evidence = &g_array_index (told->finding->evidence, CotEvidence, index);
  CotReportLine line = { .finding = told->finding,
                         .n = told->n,
                         .time_usec = tell_evidence (full, evidence),
                         .last_time_usec = COT_TIME_NONE };
  guint place = evidence->log < full->finding_logs->len
                    ? g_array_index (full->finding_logs, guint, evidence->log)
                    : G_MAXUINT;
  CotSnapshot *snapshot;

  if (place == G_MAXUINT)
    return;
  if (story->lines->len >= COT_REPORT_MAX_LINES)
    {
      story->n_left_out++;
      return;
    }
  if (told->n > 1)
    line.last_time_usec = tell_evidence (
        full, &g_array_index (told->finding->evidence, CotEvidence, told->last));
  set_place (&line, g_ptr_array_index (full->logs, place), evidence->ordinal);
  snapshot = ((const FactsLog *) g_ptr_array_index (full->logs, place))->snapshot;
  line.message = dup_message (snapshot, evidence->ordinal);
  if (told->finding == story->cause)
    story->looks_bad
        = story->looks_bad || looks_bad (snapshot, evidence->ordinal, line.message);
  g_array_append_val (story->lines, line);
}

static void
add_story (FullFacts *full, CotFinding *cause)
{
  CotReportFacts *self = &full->facts;
  g_autoptr (CotStory) told
      = cot_story_new (cause, (CotFinding *const *) self->findings->pdata, self->findings->len);
  CotReportStory *story = g_new0 (CotReportStory, 1);

  story->cause = cause;
  story->is_guess = told->clock == COT_STORY_CLOCK_MIXED;
  story->consequences = g_ptr_array_new ();
  story->lines = make_lines ();
  if (full->finding_devices != NULL)
    story->device = g_hash_table_lookup (full->finding_devices, cause);
  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      if (finding->parent == cause)
        g_ptr_array_add (story->consequences, finding);
    }
  for (guint i = 0; i < told->lines->len; i++)
    {
      const CotStoryLine *line = &g_array_index (told->lines, CotStoryLine, i);

      add_line (full, story, line, line->first);
    }
  g_ptr_array_add (self->stories, story);
}

static int
compare_stored (gconstpointer first, gconstpointer second)
{
  const CotStoredMark *a = *(const CotStoredMark *const *) first;
  const CotStoredMark *b = *(const CotStoredMark *const *) second;

  return a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

static void
add_mark (CotReportFacts *self, const FactsLog *log, const CotStoredMark *stored)
{
  CotReportMark mark = { .device = log->device, .note = g_strdup (stored->note) };
  CotEntryColumns columns;

  mark.line.n = 1;
  mark.line.time_usec = mark.line.last_time_usec = COT_TIME_NONE;
  if (cot_snapshot_get (log->snapshot, stored->ordinal, &columns))
    mark.line.time_usec
        = cot_report_clock_tell (&self->clock, columns.time_usec, columns.bias_minutes);
  set_place (&mark.line, log, stored->ordinal);
  mark.line.message = dup_message (log->snapshot, stored->ordinal);
  g_array_append_val (self->marks, mark);
}

/* Those of the window, or those that are kept. */
static void
add_marks (CotReportFacts *self, FactsLog *log, const char *folder)
{
  if (log->marks == NULL)
    log->marks = cot_mark_store_load (folder, log->snapshot, NULL);
  if (log->marks == NULL)
    {
      g_ptr_array_add (self->unread_marks, g_path_get_basename (log->label));
      return;
    }
  g_ptr_array_sort (log->marks, compare_stored);
  for (guint i = 0; i < log->marks->len; i++)
    if (self->marks->len < COT_REPORT_MAX_MARKS)
      add_mark (self, log, g_ptr_array_index (log->marks, i));
    else
      self->n_marks_left_out++;
}

/* What has no time comes last. */
static int
compare_marks (gconstpointer first, gconstpointer second)
{
  const CotReportMark *a = first;
  const CotReportMark *b = second;
  gint64 x = a->line.time_usec;
  gint64 y = b->line.time_usec;

  if (x == COT_TIME_NONE || y == COT_TIME_NONE)
    return (x == COT_TIME_NONE) - (y == COT_TIME_NONE);
  return x < y ? -1 : x > y;
}

static gboolean
read_marks (FullFacts *full, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = cot_marks_dup_folder ();

  for (guint i = 0; full->with_marks && i < full->logs->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      add_marks (&full->facts, g_ptr_array_index (full->logs, i), folder);
    }
  g_array_sort (full->facts.marks, compare_marks);
  return TRUE;
}

static void
add_kind (FullFacts *full, const CotErrorKind *kind)
{
  const FactsLog *log = g_ptr_array_index (full->logs, kind->index);
  const CotReportClock *clock = &full->facts.clock;
  CotReportLine line = { .n = (guint) kind->n, .last_time_usec = COT_TIME_NONE };

  line.time_usec = cot_report_clock_tell (clock, kind->time_usec, kind->bias_minutes);
  if (kind->n > 1)
    line.last_time_usec = cot_report_clock_tell (clock, kind->last_time_usec, kind->bias_minutes);
  set_place (&line, log, kind->ordinal);
  line.message = dup_message (log->snapshot, kind->ordinal);
  line.code = kind->code;
  g_array_append_val (full->facts.unexplained, line);
}

static void
read_unexplained (FullFacts *full, GCancellable *cancellable)
{
  const GPtrArray *kinds = cot_error_kinds_get (full->error_kinds);

  cot_error_kinds_run (full->error_kinds, cancellable);
  for (guint i = 0; i < kinds->len && i < COT_REPORT_MAX_UNEXPLAINED; i++)
    add_kind (full, g_ptr_array_index (kinds, i));
}

/* What the explanation says of the line, it may say without the line being shown. */
static void
learn_captures (CotReportFacts *self, CotMask *mask)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const CotFinding *finding = g_ptr_array_index (self->findings, i);

      for (guint j = 0; j < finding->captures->len; j++)
        {
          const CotCapture *capture = g_ptr_array_index (finding->captures, j);
          g_autofree char *text = g_strdup_printf ("%s: %s", capture->name, capture->text);

          cot_mask_learn (mask, text, strlen (text));
        }
    }
}

/* A computer's name may stand in front of what everybody calls the log, or behind it. */
static void
learn_file_name (const FullFacts *full, CotMask *mask, const char *name)
{
  const CotLogFile *file = cot_knowledge_find_log_file (full->knowledge, name);
  g_autofree char *known = g_strdup (file != NULL ? file->name : name);

  known[file != NULL ? strcspn (known, ".<") : strcspn (known, "_- ")] = '\0';
  if (file != NULL || cot_knowledge_find_log_file (full->knowledge, known) != NULL)
    cot_mask_learn_file (mask, name, known);
}

static void
learn_label (const FullFacts *full, CotMask *mask, const char *label)
{
  const char *slash = strrchr (label, '/');

  cot_mask_learn_path (mask, label, FALSE);
  if (full->knowledge != NULL)
    learn_file_name (full, mask, slash != NULL ? slash + 1 : label);
}

/* No line need say whose folder it is. */
static void
learn_labels (const FullFacts *full, CotMask *mask)
{
  const CotReportFacts *self = &full->facts;

  if (self->is_bundle)
    {
      cot_mask_learn_path (mask, self->title, TRUE);
      cot_mask_add_title (mask, self->title);
    }
  for (guint i = 0; i < full->logs->len; i++)
    {
      const FactsLog *log = g_ptr_array_index (full->logs, i);

      learn_label (full, mask, log->label);
      for (guint j = 0; j < cot_snapshot_get_n_generations (log->snapshot); j++)
        {
          const char *label = cot_snapshot_get_generation (log->snapshot, j)->label;
          const char *slash = label != NULL ? strrchr (label, '/') : NULL;

          if (slash != NULL && strchr (log->label, '/') == NULL)
            label = slash + 1;
          if (label != NULL)
            learn_label (full, mask, label);
        }
    }
  for (guint i = 0; i < self->refusals->len; i++)
    {
      const CotReportRefusal *refusal = g_ptr_array_index (self->refusals, i);

      learn_label (full, mask, refusal->label);
    }
}

typedef struct
{
  CotMask *mask;
  CotSnapshot *snapshot;
  GString *text;
} Learning;

static gboolean
learn_block (CotSnapshot *snapshot,
             guint64 first,
             guint64 n,
             const char *block,
             gsize length_bytes,
             guint64 block_offset,
             gpointer data)
{
  Learning *learning = data;
  CotEntryColumns columns;
  CotEncoding encoding = COT_ENCODING_UTF8;

  if (cot_snapshot_get (snapshot, first, &columns))
    encoding = cot_snapshot_get_generation (snapshot, columns.generation)->encoding;
  if (encoding != COT_ENCODING_WINDOWS_1252)
    {
      cot_mask_learn (learning->mask, block, length_bytes);
      return TRUE;
    }
  g_string_truncate (learning->text, 0);
  cot_decoder_append (learning->text, encoding, block, length_bytes);
  cot_mask_learn (learning->mask, learning->text->str, learning->text->len);
  return TRUE;
}

/* The entries of so many bytes at one end of the log. */
static gboolean
learn_entries (Learning *learning,
               guint64 first,
               guint64 n,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (cot_snapshot_foreach_block (learning->snapshot, first, n, learn_block, learning, cancellable,
                                  &local_error)
      || !g_cancellable_is_cancelled (cancellable))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "was cancelled");
  return FALSE;
}

static gboolean
learn_log (const FactsLog *log, CotMask *mask, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Learning learning = { mask, log->snapshot, text };
  guint64 n = cot_snapshot_get_n_entries (log->snapshot);
  guint64 size_bytes = 0;
  guint64 n_part = n;

  for (guint i = 0; i < cot_snapshot_get_n_generations (log->snapshot); i++)
    size_bytes += cot_snapshot_get_generation (log->snapshot, i)->size_bytes;
  if (size_bytes > MAX_LEARNT_BYTES)
    n_part = (guint64) ((double) n * MAX_LEARNT_BYTES / (double) size_bytes / 2);
  if (!learn_entries (&learning, 0, n_part, cancellable, error))
    return FALSE;
  return n_part == n || learn_entries (&learning, n - n_part, n_part, cancellable, error);
}

/* (nullable): it cannot be read any more; or it was cancelled, with @error. */
static char *
dup_checksum (CotSource *source, guint64 size_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);

  for (guint64 offset = 0; offset < size_bytes;)
    {
      gsize n_read = 0;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (!cot_source_read (source, offset, block, (gsize) MIN (size_bytes - offset, BLOCK_BYTES),
                            &n_read, NULL)
          || n_read == 0)
        return NULL;
      g_checksum_update (checksum, block, (gssize) n_read);
      offset += n_read;
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static CotReportFile *
new_file (CotReportFacts *self, const FactsLog *log, const CotGeneration *generation)
{
  CotReportFile *file = g_new0 (CotReportFile, 1);
  const char *label = generation->label != NULL ? generation->label : log->label;

  file->name = strchr (log->label, '/') != NULL ? g_strdup (label) : g_path_get_basename (label);
  file->device = log->device;
  file->n_entries = generation->n_entries;
  file->first_time_usec = file->last_time_usec = COT_TIME_NONE;
  g_ptr_array_add (self->files, file);
  return file;
}

static CotSource *
get_original (const CotGeneration *generation)
{
  if (generation->original != NULL)
    return generation->original;
  if (generation->transcoded != NULL)
    return cot_transcoded_get_original (generation->transcoded);
  return generation->source;
}

static void
set_counts (CotReportFacts *self, CotReportFile *file, CotSnapshot *snapshot)
{
  const CotSnapshotCounts *counts = cot_snapshot_get_counts (snapshot);
  gint16 first_bias_minutes = COT_BIAS_NONE;
  gint16 last_bias_minutes = COT_BIAS_NONE;

  file->n_errors = counts->by_severity[COT_SEVERITY_ERROR];
  file->n_warnings = counts->by_severity[COT_SEVERITY_WARNING];
  file->clock_usec = cot_snapshot_get_clock (snapshot);
  if (counts->first_time_usec == COT_TIME_NONE)
    return;
  if (cot_snapshot_find_bias (snapshot, &first_bias_minutes))
    cot_snapshot_find_bias_up_to (snapshot, counts->n_entries - 1, &last_bias_minutes);
  file->first_time_usec
      = cot_report_clock_tell (&self->clock, counts->first_time_usec, first_bias_minutes);
  file->last_time_usec
      = cot_report_clock_tell (&self->clock, counts->last_time_usec, last_bias_minutes);
  if (self->first_time_usec == COT_TIME_NONE || file->first_time_usec < self->first_time_usec)
    self->first_time_usec = file->first_time_usec;
  if (self->last_time_usec == COT_TIME_NONE || file->last_time_usec > self->last_time_usec)
    self->last_time_usec = file->last_time_usec;
}

/* One for each part that is a file; a log that was cut short while it was open has one file only.
 */
static gboolean
add_files (CotReportFacts *self, const FactsLog *log, GCancellable *cancellable, GError **error)
{
  guint n = cot_snapshot_get_n_generations (log->snapshot);

  for (guint i = 0; i < n; i++)
    {
      const CotGeneration *generation = cot_snapshot_get_generation (log->snapshot, i);
      gboolean is_newest = i + 1 == n;
      CotSource *source = get_original (generation);
      g_autoptr (GError) local_error = NULL;
      CotReportFile *file;

      if (!is_newest && generation->label == NULL)
        continue;
      file = new_file (self, log, generation);
      file->is_part = !is_newest;
      if (is_newest)
        set_counts (self, file, log->snapshot);
      if (generation->text_lost || log->holds_secrets
          || !cot_source_get_size (source, &file->size_bytes, NULL))
        continue;
      file->sha256 = dup_checksum (source, file->size_bytes, cancellable, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
hash_archive (FullFacts *full, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotSource) source
      = full->archive_path != NULL ? cot_source_open (full->archive_path, NULL) : NULL;
  g_autoptr (GError) local_error = NULL;
  guint64 size_bytes = 0;

  if (source == NULL || !cot_source_get_size (source, &size_bytes, NULL))
    return TRUE;
  full->facts.archive_sha256 = dup_checksum (source, size_bytes, cancellable, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
choose_clock (FullFacts *full)
{
  g_autoptr (GPtrArray) snapshots = g_ptr_array_new ();

  for (guint i = 0; i < full->logs->len; i++)
    g_ptr_array_add (snapshots, ((const FactsLog *) g_ptr_array_index (full->logs, i))->snapshot);
  cot_report_clock_choose (&full->facts.clock, full->facts.findings, snapshots);
}

/**
 * cot_report_facts_read:
 * @self: facts that were not read yet
 * @mask: learns from all logs
 * @cancellable: (nullable): ends it
 * @error: G_IO_ERROR_CANCELLED
 *
 * Blocking: for a worker. What cannot be read any more is left out.
 *
 * Returns: %FALSE where it was cancelled
 */
gboolean
cot_report_facts_read (CotReportFacts *self,
                       CotMask *mask,
                       GCancellable *cancellable,
                       GError **error)
{
  FullFacts *full = (FullFacts *) self;

  for (guint i = 0; i < self->devices->len; i++)
    cot_mask_add (mask, COT_MASK_DEVICE, g_ptr_array_index (self->devices, i));
  learn_labels (full, mask);
  learn_captures (self, mask);
  choose_clock (full);
  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (finding->parent == NULL && finding->evidence->len > 0)
        add_story (full, finding);
    }
  read_unexplained (full, cancellable);
  for (guint i = 0; i < full->logs->len; i++)
    {
      const FactsLog *log = g_ptr_array_index (full->logs, i);

      if (!learn_log (log, mask, cancellable, error) || !add_files (self, log, cancellable, error))
        return FALSE;
    }
  return read_marks (full, cancellable, error) && hash_archive (full, cancellable, error);
}
