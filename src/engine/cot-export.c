/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-export.h"

#include "cot-clock.h"
#include "cot-entry-text.h"

#include <string.h>

static void
key_string (CotJson *json, const char *key, const char *text)
{
  cot_json_key (json, key);
  cot_json_string (json, text);
}

static void
key_uint (CotJson *json, const char *key, guint64 value)
{
  cot_json_key (json, key);
  cot_json_uint (json, value);
}

static void
key_uint_or_null (CotJson *json, const char *key, guint64 value, gboolean is_known)
{
  cot_json_key (json, key);
  if (is_known)
    cot_json_uint (json, value);
  else
    cot_json_null (json);
}

static void
key_boolean (CotJson *json, const char *key, gboolean value)
{
  cot_json_key (json, key);
  cot_json_boolean (json, value);
}

static void
key_span (CotJson *json, const char *key, CotEncoding encoding, CotSpan span)
{
  g_autofree char *text = NULL;

  if (span.data != NULL)
    text = cot_entry_text_dup_written (encoding, span);
  key_string (json, key, text);
}

static void
key_time (CotJson *json, const char *key, gint64 time_usec, gboolean utc)
{
  char text[COT_CLOCK_ISO_SIZE];

  cot_json_key (json, key);
  if (time_usec == COT_TIME_NONE)
    {
      cot_json_null (json);
      return;
    }
  cot_clock_format_iso (time_usec, text);
  if (utc)
    g_strlcat (text, "Z", sizeof text);
  cot_json_string (json, text);
}

/* A whole text that is a number in the range of a 64-bit integer. */
static gboolean
span_to_int (CotSpan span, gint64 *value)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (span.data == NULL || span.length_bytes == 0 || span.length_bytes > 20)
    return FALSE;
  text = g_strndup (span.data, span.length_bytes);
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, &error);
}

static void
key_number_or_text (CotJson *json, const char *key, CotEncoding encoding, CotSpan span)
{
  gint64 number;

  if (span_to_int (span, &number))
    {
      cot_json_key (json, key);
      cot_json_int (json, number);
    }
  else
    key_span (json, key, encoding, span);
}

/**
 * cot_export_entry:
 * @log: the log
 * @snapshot: its entries
 * @ordinal: which entry
 * @line: 1-based first physical line; 0: it stands on none
 * @columns: what the index knows of it
 * @record: its bytes
 * @length_bytes: their number
 * @json: (inout): emptied, then written
 *
 * One entry, by the contract of the command line. Any thread.
 *
 * Returns: %TRUE
 */
gboolean
cot_export_entry (CotLog *log, CotSnapshot *snapshot, guint64 ordinal, guint64 line,
                  const CotEntryColumns *columns, const char *record, gsize length_bytes,
                  CotJson *json)
{
  const CotGeneration *generation = cot_snapshot_get_generation (snapshot, columns->generation);
  const CotFormat *format = cot_snapshot_get_format (snapshot);
  guint64 offset = columns->offset;
  guint64 end = columns->offset + columns->length_bytes;
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntry entry = { 0 };
  gint64 clock_usec = cot_snapshot_get_clock (snapshot);
  guint64 ordinal_in_part;
  const char *label;

  cot_format_read_entry (format, record, length_bytes, composed, &entry);
  if (generation->transcoded != NULL)
    {
      offset = cot_transcoded_get_original_offset (generation->transcoded, offset);
      end = cot_transcoded_get_original_offset (generation->transcoded, end);
    }
  label = cot_log_get_part_label (log, snapshot, ordinal, &ordinal_in_part);
  cot_json_reset (json);
  cot_json_begin_object (json);
  key_string (json, "kind", "entry");
  key_string (json, "log", label);
  key_uint (json, "ordinal", ordinal_in_part);
  key_uint_or_null (json, "line", line, line > 0);
  key_uint_or_null (json, "offset", offset, generation->original == NULL);
  key_uint_or_null (json, "length", end - offset, generation->original == NULL);
  key_time (json, "time",
            columns->time_usec != COT_TIME_NONE ? columns->time_usec - clock_usec : COT_TIME_NONE,
            FALSE);
  key_time (json, "utc", cot_clock_to_utc (columns->time_usec, columns->bias_minutes), TRUE);
  cot_json_key (json, "bias_minutes");
  if (columns->bias_minutes == COT_BIAS_NONE)
    cot_json_null (json);
  else
    cot_json_int (json, columns->bias_minutes);
  key_string (json, "severity", cot_severity_to_string (columns->severity));
  key_number_or_text (json, "type", generation->encoding, entry.type_text);
  key_span (json, "component", generation->encoding, entry.component);
  key_number_or_text (json, "thread", generation->encoding, cot_thread_without_hex (entry.thread));
  key_span (json, "context", generation->encoding, entry.context);
  key_span (json, "origin", generation->encoding, entry.origin);
  key_span (json, "message", generation->encoding, entry.message);
  key_string (json, "format", columns->flags & COT_RECORD_FRAMED ? format->id : "plain");
  key_boolean (json, "complete", !(columns->flags & COT_RECORD_INCOMPLETE));
  /* Never on the command line: there nobody moves a clock. The time is as written, UTC is moved. */
  if (clock_usec != 0)
    {
      cot_json_key (json, "clock_moved_msec");
      cot_json_int (json, clock_usec / 1000);
    }
  cot_json_end_object (json);
  return TRUE;
}

static void
export_counts (CotSnapshot *snapshot, CotJson *json)
{
  const CotSnapshotCounts *counts = cot_snapshot_get_counts (snapshot);

  key_uint (json, "entries", counts->n_entries);
  key_uint (json, "records", counts->n_framed);
  key_uint (json, "plain", counts->n_plain);
  key_uint (json, "incomplete", counts->n_incomplete);
  cot_json_key (json, "severities");
  cot_json_begin_object (json);
  for (guint i = 0; i < COT_N_SEVERITIES; i++)
    if (counts->by_severity[i] > 0)
      key_uint (json, cot_severity_to_string ((CotSeverity) i), counts->by_severity[i]);
  cot_json_end_object (json);
  cot_json_key (json, "types");
  cot_json_begin_object (json);
  for (guint i = 0; i < cot_snapshot_get_n_types (snapshot); i++)
    {
      guint64 n;
      const char *type = cot_snapshot_get_type (snapshot, i, &n);

      key_uint (json, type, n);
    }
  cot_json_end_object (json);
  key_time (json, "first", counts->first_time_usec, FALSE);
  key_time (json, "last", counts->last_time_usec, FALSE);
}

/**
 * cot_export_log:
 * @log: a log that has been read
 * @json: (inout): emptied, then written
 *
 * What is known of the log as a whole. Main thread.
 */
void
cot_export_log (CotLog *log, CotJson *json)
{
  CotDocument *document = cot_log_get_document (log);
  CotSnapshot *snapshot = cot_log_get_snapshot (log);
  guint n_generations = cot_snapshot_get_n_generations (snapshot);
  guint64 n_bytes = 0;

  for (guint i = 0; i < n_generations; i++)
    {
      const CotGeneration *generation = cot_snapshot_get_generation (snapshot, i);

      guint64 file_bytes = 0;

      if (generation->original != NULL && cot_source_get_size (generation->original, &file_bytes,
                                                               NULL))
        n_bytes += file_bytes;
      else if (generation->transcoded != NULL)
        n_bytes += cot_transcoded_get_original_size (generation->transcoded);
      else
        n_bytes += generation->size_bytes;
    }
  cot_json_reset (json);
  cot_json_begin_object (json);
  key_string (json, "kind", "log");
  key_string (json, "log", cot_log_get_label (log));
  key_string (json, "format", cot_snapshot_get_format (snapshot)->id);
  key_string (json, "encoding", cot_encoding_to_string (cot_document_get_encoding (document)));
  key_string (json, "line_ends", cot_document_get_line_ends (document));
  key_uint (json, "bytes", n_bytes);
  export_counts (snapshot, json);
  cot_json_key (json, "generations");
  cot_json_begin_array (json);
  for (guint i = 0; i < n_generations; i++)
    {
      const CotGeneration *generation = cot_snapshot_get_generation (snapshot, i);

      cot_json_begin_object (json);
      key_uint (json, "first_ordinal", generation->first_ordinal);
      key_uint (json, "entries", generation->n_entries);
      if (generation->label != NULL)
        key_string (json, "log", generation->label);
      cot_json_end_object (json);
    }
  cot_json_end_array (json);
  cot_json_end_object (json);
}

static guint64
line_of (CotLog *log, guint64 ordinal)
{
  guint64 line = 0;

  if (!cot_snapshot_get_line (cot_log_get_snapshot (log), ordinal, &line, NULL))
    return 0;
  return line;
}

/* Where an entry stands: the file, and what counts in there. */
static void
export_place (CotLog *log, guint64 ordinal, CotJson *json)
{
  guint64 ordinal_in_part = 0;
  guint64 line;

  key_string (json, "log",
              log != NULL ? cot_log_get_part_label (log, cot_log_get_snapshot (log), ordinal,
                                                    &ordinal_in_part)
                          : NULL);
  line = log != NULL ? line_of (log, ordinal) : 0;
  key_uint_or_null (json, "line", line, line > 0);
  key_uint (json, "ordinal", ordinal_in_part);
}

static char *
dup_message (CotLog *log, guint64 ordinal)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (log);
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntryColumns columns;
  CotEntry entry = { 0 };

  if (!cot_snapshot_get (snapshot, ordinal, &columns)
      || !cot_snapshot_read (snapshot, ordinal, record, NULL))
    return NULL;
  cot_format_read_entry (cot_snapshot_get_format (snapshot), (const char *) record->data,
                         record->len, composed, &entry);
  return cot_entry_text_dup_written (
      cot_snapshot_get_generation (snapshot, columns.generation)->encoding, entry.message);
}

static void
export_captures (CotFinding *finding, gboolean decoded, CotJson *json)
{
  cot_json_begin_object (json);
  for (guint i = 0; i < finding->captures->len; i++)
    {
      const CotCapture *capture = g_ptr_array_index (finding->captures, i);
      const char *text = decoded ? capture->decoded : capture->text;

      if (text != NULL)
        key_string (json, capture->name, text);
    }
  cot_json_end_object (json);
}

static void
export_evidence (CotCase *a_case, CotFinding *finding, CotJson *json)
{
  CotLog *log;
  guint64 ordinal;

  cot_json_begin_array (json);
  for (guint i = 0; cot_case_get_evidence (a_case, finding, i, &log, &ordinal); i++)
    {
      cot_json_begin_object (json);
      export_place (log, ordinal, json);
      cot_json_end_object (json);
    }
  cot_json_end_array (json);
}

static void
export_steps (CotFinding *finding, CotJson *json)
{
  cot_json_begin_array (json);
  for (guint i = 0; i < finding->n_steps; i++)
    {
      g_autofree char *expanded = cot_finding_expand (finding, finding->steps[i].text);
      g_autofree char *plain = cot_step_text_to_plain (expanded);

      cot_json_string (json, plain);
    }
  cot_json_end_array (json);
}

static void
export_notes (CotFinding *finding, CotJson *json)
{
  cot_json_begin_array (json);
  for (guint i = 0; i < finding->notes->len; i++)
    {
      const CotNote *note = g_ptr_array_index (finding->notes, i);
      g_autofree char *expanded = cot_note_expand (note, note->text);
      g_autofree char *plain = cot_step_text_to_plain (expanded);

      cot_json_string (json, plain);
    }
  cot_json_end_array (json);
}

/* Wherever it is known; of several one may be nameless. */
static void
export_device (CotCase *a_case, const char *device, CotJson *json)
{
  guint n = cot_case_get_n_devices (a_case);

  if (n > 0)
    key_string (json, "device", n > 1 ? device : cot_case_get_nth_device (a_case, 0));
}

/**
 * cot_export_finding:
 * @a_case: a case
 * @finding: one of its findings
 * @json: (inout): emptied, then written
 *
 * One finding, by the contract of the command line; reads its first line. For the command line's
 * thread.
 */
void
cot_export_finding (CotCase *a_case, CotFinding *finding, CotJson *json)
{
  g_autofree char *message = NULL;
  g_autofree char *title = cot_finding_expand (finding, finding->title);
  const CotReference *references;
  guint n_references;
  CotLog *log = NULL;
  guint64 ordinal = 0;
  gboolean placed = cot_case_get_evidence (a_case, finding, finding->primary, &log, &ordinal);

  cot_json_reset (json);
  cot_json_begin_object (json);
  key_string (json, "kind", "finding");
  key_string (json, "detector", cot_detector_get_id (finding->detector));
  key_string (json, "severity", cot_severity_to_string (finding->severity));
  key_string (json, "area", cot_detector_get_area (finding->detector));
  key_boolean (json, "expected_behaviour", finding->expected);
  key_boolean (json, "headline", finding->headline);
  key_string (json, "title", title);
  export_place (placed ? log : NULL, ordinal, json);
  key_time (json, "time",
            g_array_index (finding->evidence, CotEvidence, finding->primary).time_usec, FALSE);
  message = placed ? dup_message (log, ordinal) : NULL;
  key_string (json, "message", message);
  cot_json_key (json, "captures");
  export_captures (finding, FALSE, json);
  cot_json_key (json, "decoded");
  export_captures (finding, TRUE, json);
  key_uint (json, "count", finding->evidence->len);
  cot_json_key (json, "evidence");
  export_evidence (a_case, finding, json);
  cot_json_key (json, "notes");
  export_notes (finding, json);
  cot_json_key (json, "steps");
  export_steps (finding, json);
  references = cot_detector_get_references (finding->detector, &n_references);
  key_string (json, "source", n_references > 0 ? references[0].text : NULL);
  export_device (a_case, cot_case_get_finding_device (a_case, finding), json);
  cot_json_end_object (json);
}

static const char *
state_to_string (CotMilestoneState state)
{
  switch (state)
    {
    case COT_MILESTONE_SEEN:
      return "seen";
    case COT_MILESTONE_MISSING:
      return "missing";
    case COT_MILESTONE_NOT_TAKEN:
      return "not-taken";
    case COT_MILESTONE_UNKNOWN:
    default:
      return "unknown";
    }
}

static const char *
coverage_to_string (CotCoverageState state)
{
  switch (state)
    {
    case COT_COVERAGE_MISSING:
      return "missing";
    case COT_COVERAGE_STARTS_AFTER:
      return "starts-after";
    case COT_COVERAGE_ENDS_BEFORE:
      return "ends-before";
    case COT_COVERAGE_PRESENT:
    default:
      return "present";
    }
}

static void
export_milestone (CotCase *a_case, const CotMilestoneReport *milestone, CotJson *json)
{
  CotLog *log = NULL;
  guint64 ordinal = 0;
  gboolean placed = cot_case_get_milestone_place (a_case, milestone, &log, &ordinal);

  cot_json_begin_object (json);
  key_string (json, "milestone", milestone->milestone->id);
  key_string (json, "state", state_to_string (milestone->state));
  key_string (json, "expected_log", milestone->log_name);
  key_string (json, "coverage", coverage_to_string (milestone->coverage));
  key_boolean (json, "optional", milestone->milestone->optional);
  export_place (placed ? log : NULL, ordinal, json);
  key_time (json, "time", milestone->time_usec, FALSE);
  cot_json_end_object (json);
}

/**
 * cot_export_journey:
 * @a_case: a case
 * @index: which of its journeys
 * @json: (inout): emptied, then written
 *
 * One journey, by the contract of the command line.
 */
void
cot_export_journey (CotCase *a_case, guint index, CotJson *json)
{
  CotJourneyReport *report = cot_case_get_journey (a_case, index);
  const char *device = cot_case_get_journey_device (a_case, index);
  const CotMilestoneReport *gap = cot_journey_report_get_gap (report);
  const CotFinding *explained_by
      = report->explanation != NULL ? report->explanation : report->contradiction;

  cot_json_reset (json);
  cot_json_begin_object (json);
  key_string (json, "kind", "journey");
  key_string (json, "journey", cot_journey_get_id (report->journey));
  key_string (json, "area", cot_journey_get_area (report->journey));
  key_string (json, "title", cot_journey_get_title (report->journey));
  key_boolean (json, "applies", report->applies);
  key_boolean (json, "complete", report->complete);
  key_uint (json, "seen", report->n_seen);
  key_uint (json, "milestones", report->n_milestones);
  key_uint (json, "attempts", report->n_attempts);
  key_string (json, "first_gap", report->applies && gap != NULL ? gap->milestone->id : NULL);
  key_string (json, "explained_by",
              explained_by != NULL ? cot_detector_get_id (explained_by->detector) : NULL);
  cot_json_key (json, "path");
  cot_json_begin_array (json);
  for (guint i = 0; i < report->milestones->len; i++)
    export_milestone (a_case, &g_array_index (report->milestones, CotMilestoneReport, i), json);
  cot_json_end_array (json);
  cot_json_key (json, "logs");
  cot_json_begin_array (json);
  for (guint i = 0; i < report->coverage->logs->len; i++)
    {
      const CotLogCoverage *log = g_ptr_array_index (report->coverage->logs, i);

      cot_json_begin_object (json);
      key_string (json, "name", log->name);
      key_string (json, "coverage", coverage_to_string (log->state));
      cot_json_end_object (json);
    }
  cot_json_end_array (json);
  export_device (a_case, device, json);
  cot_json_end_object (json);
}

/**
 * cot_export_bundle:
 * @a_case: a case of a bundle
 * @json: (inout): emptied, then written
 *
 * What a folder or an archive is, by the contract of the command line.
 */
void
cot_export_bundle (CotCase *a_case, CotJson *json)
{
  g_autofree char *path = g_filename_display_name (cot_case_get_path (a_case));

  cot_json_reset (json);
  cot_json_begin_object (json);
  key_string (json, "kind", "bundle");
  key_string (json, "path", path);
  key_string (json, "layout", cot_layout_to_string (cot_case_get_layout (a_case)));
  key_string (json, "device", cot_case_get_device (a_case));
  cot_json_key (json, "devices");
  cot_json_begin_array (json);
  for (guint i = 0; i < cot_case_get_n_devices (a_case); i++)
    cot_json_string (json, cot_case_get_nth_device (a_case, i));
  cot_json_end_array (json);
  key_uint (json, "members", cot_case_get_n_members (a_case));
  cot_json_end_object (json);
}

/**
 * cot_export_collected:
 * @member: (nullable): the label of a member; %NULL: there is none
 * @item: (nullable): what the device's report says of it; %NULL: the label says it all
 * @collected: whether it is here all the same
 * @json: (inout): emptied, then written
 *
 * Something that a device could not collect, or reports an error for, by the contract of the
 * command line.
 */
void
cot_export_collected (const char *member, const CotCollectedItem *item, gboolean collected,
                      CotJson *json)
{
  static const char *const kinds[] = {
    [COT_DIRECTIVE_UNKNOWN] = "unknown",
    [COT_DIRECTIVE_REGISTRY_KEY] = "registry-key",
    [COT_DIRECTIVE_COMMAND] = "command",
    [COT_DIRECTIVE_EVENTS] = "events",
    [COT_DIRECTIVE_FILES] = "files",
  };
  CotDirective directive = COT_DIRECTIVE_UNKNOWN;
  guint32 code = 0;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;

  if (member != NULL)
    cot_layout_parse_placeholder (member, &directive, &name, &code);
  if (item != NULL)
    directive = item->directive;
  if (item != NULL && item->hresult != 0)
    code = item->hresult;
  number = g_strdup_printf ("0x%08x", code);
  cot_json_reset (json);
  cot_json_begin_object (json);
  key_string (json, "kind", "collected");
  key_string (json, "log", member);
  key_string (json, "what", kinds[directive]);
  key_string (json, "target", item != NULL ? item->target : name);
  key_string (json, "hresult", number);
  key_boolean (json, "collected", collected);
  cot_json_end_object (json);
}

/**
 * cot_export_refused:
 * @path: what could not be read
 * @reason: why
 * @json: (inout): emptied, then written
 *
 * One refusal, by the contract of the command line.
 */
void
cot_export_refused (const char *path, const char *reason, CotJson *json)
{
  cot_json_reset (json);
  cot_json_begin_object (json);
  key_string (json, "kind", "refused");
  key_string (json, "path", path);
  key_string (json, "reason", reason);
  cot_json_end_object (json);
}
