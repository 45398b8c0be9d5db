/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-draft-private.h"

#include "cot-case-private.h"
#include "cot-knowledge-place.h"
#include "cot-log-catalogue.h"

#include <errno.h>
#include <string.h>

/* A part of a long message is enough to show what is meant. */
#define MAX_SAMPLE_BYTES 2000
/* How much may stand between two texts. The next text is taken where it comes first, and no other
 * place is tried: else many texts would cost more than all else together. */
#define ANYTHING_AND "(?>.{0,500}?"
#define MAX_ID_LETTERS 48
#define MAX_NAMES 1000
/* Of drafts that are only tried: ids are kept for ever. */
#define TRIED_ID "draft"

/* What no XML can hold, or would not be read back as it is. */
static char *
dup_sample (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  GString *sample = g_string_new (NULL);

  for (const char *p = valid; *p != '\0' && sample->len < MAX_SAMPLE_BYTES;
       p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (letter == '\r')
        continue;
      g_string_append_unichar (sample, g_unichar_iscntrl (letter) && letter != '\n'
                                               && letter != '\t'
                                           ? 0xfffd
                                           : letter);
    }
  return g_string_free (sample, FALSE);
}

/* By which the documentation knows it, without rollover mark and folder. */
static char *
dup_log_name (CotKnowledge *knowledge, CotLog *log)
{
  g_autofree char *label = cot_case_dup_known_name (log);
  const CotLogFile *file = cot_knowledge_find_log_file (knowledge, label);
  const char *name = strrchr (label, '/');

  if (file != NULL)
    return g_strdup (file->name);
  return g_strdup (name != NULL ? name + 1 : label);
}

/**
 * cot_draft_new:
 * @session: what is known
 * @log: the log in which the line stands
 * @message: of the line, as it is written
 *
 * Main thread.
 *
 * Returns: (transfer full): a draft with what can be proposed
 */
CotDraft *
cot_draft_new (CotSession *session, CotLog *log, const char *message)
{
  CotDraft *self = g_new0 (CotDraft, 1);
  CotKnowledge *knowledge = cot_session_get_knowledge (session);

  self->title = g_strdup ("");
  self->sample = dup_sample (message);
  self->text = cot_draft_propose_text (self->sample);
  self->log = dup_log_name (knowledge, log);
  self->source = g_strdup (self->log);
  self->meaning = g_strdup ("");
  self->step = g_strdup ("");
  self->severity = COT_SEVERITY_WARNING;
  return self;
}

/**
 * cot_draft_copy:
 * @self: a draft
 *
 * Any thread.
 *
 * Returns: (transfer full): another one with the same texts
 */
CotDraft *
cot_draft_copy (const CotDraft *self)
{
  CotDraft *copy = g_new0 (CotDraft, 1);

  copy->title = g_strdup (self->title);
  copy->text = g_strdup (self->text);
  copy->log = g_strdup (self->log);
  copy->meaning = g_strdup (self->meaning);
  copy->step = g_strdup (self->step);
  copy->sample = g_strdup (self->sample);
  copy->source = g_strdup (self->source);
  copy->severity = self->severity;
  return copy;
}

/**
 * cot_draft_free:
 * @self: (transfer full): a draft
 *
 * Any thread.
 */
void
cot_draft_free (CotDraft *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->log);
  g_free (self->meaning);
  g_free (self->step);
  g_free (self->sample);
  g_free (self->source);
  g_free (self);
}

static const char *
get_severity_name (CotSeverity severity)
{
  if (severity == COT_SEVERITY_ERROR)
    return "error";
  if (severity == COT_SEVERITY_WARNING)
    return "warning";
  return severity == COT_SEVERITY_SUCCESS ? "healthy" : "info";
}

char *
cot_draft_dup_match (const char *text, const char **kind)
{
  g_auto (GStrv) parts = g_strsplit (text, COT_DRAFT_ANYTHING, -1);
  g_autoptr (GString) pattern = g_string_new (NULL);
  guint n_parts = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *escaped = g_regex_escape_string (parts[i], -1);

      if (*parts[i] == '\0')
        continue;
      if (n_parts++ > 0)
        g_string_append_printf (pattern, ANYTHING_AND "%s)", escaped);
      else
        g_string_append (pattern, escaped);
    }
  *kind = n_parts > 1 ? "regex" : "literal";
  if (n_parts > 1)
    return g_string_free (g_steal_pointer (&pattern), FALSE);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      return g_strdup (parts[i]);
  return g_strdup ("");
}

/* Without the backslashes that keep its letters from meaning anything. */
static void
append_unescaped (GString *text, const char *pattern)
{
  for (const char *p = pattern; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (text, *p);
    }
}

char *
cot_draft_dup_text_of_match (const char *match, gboolean is_literal)
{
  g_auto (GStrv) parts = g_strsplit (match, ANYTHING_AND, -1);
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_literal)
    return g_strdup (match);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize n = strlen (parts[i]);

      if (i > 0)
        {
          g_string_append (text, COT_DRAFT_ANYTHING);
          if (n > 0 && parts[i][n - 1] == ')')
            parts[i][n - 1] = '\0';
        }
      append_unescaped (text, parts[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_element (GString *xml, const char *head, const char *name, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (xml, "    <%s>%s</%s>\n", head, escaped, name);
}

char *
cot_draft_dup_element (const CotDraft *self, const char *id)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  const char *kind;
  g_autofree char *match = cot_draft_dup_match (self->text, &kind);
  g_autofree char *match_head = g_strdup_printf ("match kind=\"%s\"", kind);

  g_string_append_printf (xml, "<detector id=\"%s\" area=\"other\" severity=\"%s\"%s>\n", id,
                          get_severity_name (self->severity),
                          *self->log != '\0' ? " scope=\"listed-logs\"" : "");
  append_element (xml, "title", "title", self->title);
  if (*self->log != '\0')
    append_element (xml, "log", "log", self->log);
  append_element (xml, match_head, "match", match);
  append_element (xml, "meaning", "meaning", self->meaning);
  append_element (xml, "step", "step", self->step);
  if (*self->source != '\0')
    append_element (xml, "source", "source", self->source);
  append_element (xml, "sample", "sample", self->sample);
  g_string_append (xml, "  </detector>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

/**
 * cot_draft_dup_xml:
 * @self: a draft
 * @id: of the detector
 *
 * Any thread.
 *
 * Returns: (transfer full): a knowledge file with this one detector
 */
char *
cot_draft_dup_xml (const CotDraft *self, const char *id)
{
  g_autofree char *element = cot_draft_dup_element (self, id);

  return g_strconcat ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      COT_KNOWLEDGE_FORM_COMMENT "\n"
                      "<knowledge>\n  ",
                      element, "\n</knowledge>\n", NULL);
}

gboolean
cot_draft_check (const CotDraft *self, const char *id, GError **error)
{
  g_autofree char *xml = cot_draft_dup_xml (self, id);
  g_autoptr (CotKnowledge) checked
      = cot_knowledge_new_from_xml (NULL, id, xml, strlen (xml), error);

  return checked != NULL;
}

/* Texts for people may still be empty while the text to look for is tried. */
static CotKnowledge *
try_draft (const CotDraft *self, GError **error)
{
  g_autoptr (CotDraft) tried = cot_draft_copy (self);
  g_autofree char *xml = NULL;
  char **texts[] = { &tried->title, &tried->meaning, &tried->step };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (*texts[i]);
      *texts[i] = g_strdup (TRIED_ID);
    }
  xml = cot_draft_dup_xml (tried, TRIED_ID);
  return cot_knowledge_new_from_xml (NULL, TRIED_ID, xml, strlen (xml), error);
}

typedef struct
{
  CotDraft *draft;
  CotSnapshot *snapshot;
  char *label;
} Counting;

static void
counting_free (Counting *counting)
{
  cot_draft_free (counting->draft);
  g_clear_pointer (&counting->snapshot, cot_snapshot_unref);
  g_free (counting->label);
  g_free (counting);
}

static void
count_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Counting *counting = data;
  GError *error = NULL;
  g_autoptr (CotKnowledge) knowledge = try_draft (counting->draft, &error);
  g_autoptr (CotHits) hits = NULL;

  if (knowledge != NULL && counting->snapshot == NULL)
    {
      g_task_return_int (task, 0);
      return;
    }
  if (knowledge != NULL)
    hits = cot_matcher_run (knowledge, counting->label, counting->snapshot, 0,
                            cot_snapshot_get_n_entries (counting->snapshot), cancellable, &error);
  if (hits == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, (gssize) (cot_hits_get_n (hits)
                                       + cot_hits_get_counts (hits)->n_dropped));
}

/**
 * cot_draft_count_async:
 * @self: a draft
 * @log: (nullable): a log
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Looks for it on a worker; without a log, only tells whether it is fit to look for and matches its
 * line. Main thread.
 */
void
cot_draft_count_async (const CotDraft *self, CotLog *log, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (log, cancellable, callback, data);
  Counting *counting = g_new0 (Counting, 1);

  counting->draft = cot_draft_copy (self);
  if (log != NULL)
    {
      counting->snapshot = cot_snapshot_ref (cot_log_get_snapshot (log));
      counting->label = cot_case_dup_known_name (log);
    }
  g_task_set_source_tag (task, cot_draft_count_async);
  g_task_set_task_data (task, counting, (GDestroyNotify) counting_free);
  g_task_run_in_thread (task, count_in_thread);
}

/**
 * cot_draft_count_finish:
 * @result: what the callback was given
 * @n_entries: (out): how many entries it would know
 * @error: COT_KNOWLEDGE_ERROR, COT_SOURCE_ERROR or G_IO_ERROR
 *
 * Returns: whether it was looked for
 */
gboolean
cot_draft_count_finish (GAsyncResult *result, guint64 *n_entries, GError **error)
{
  gssize n = g_task_propagate_int (G_TASK (result), error);

  *n_entries = (guint64) MAX (n, 0);
  return n >= 0;
}

/* A part of an id and of a file's name. */
static char *
dup_slug (const char *title)
{
  g_autofree char *plain = g_str_to_ascii (title, "C");
  GString *slug = g_string_new ("own");

  for (const char *p = plain; *p != '\0' && slug->len < MAX_ID_LETTERS; p++)
    if (g_ascii_isalnum (*p))
      {
        if (p == plain || !g_ascii_isalnum (p[-1]))
          g_string_append_c (slug, '-');
        g_string_append_c (slug, g_ascii_tolower (*p));
      }
  return g_string_free (slug, FALSE);
}

typedef struct
{
  CotDraft *draft;
  CotKnowledge *knowledge;
} Saving;

static void
saving_free (Saving *saving)
{
  cot_draft_free (saving->draft);
  cot_knowledge_unref (saving->knowledge);
  g_free (saving);
}

/* FALSE with G_IO_ERROR_EXISTS where there is such a file. */
static gboolean
write_new_file (const char *path, const char *xml, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_NONE, NULL, error);

  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), xml, strlen (xml), NULL, NULL, error)
      && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
    return TRUE;
  /* Half a file would only be complained of. */
  g_file_delete (file, NULL, NULL);
  return FALSE;
}

/* The first name that neither a detector nor a file has. */
static char *
write_under_new_name (const Saving *saving, const char *folder, GError **error)
{
  g_autofree char *slug = dup_slug (saving->draft->title);

  for (guint i = 1; i <= MAX_NAMES; i++)
    {
      g_autofree char *id = i == 1 ? g_strdup (slug) : g_strdup_printf ("%s-%u", slug, i);
      g_autofree char *name = g_strconcat (id, ".xml", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *xml = NULL;
      g_autoptr (GError) fault = NULL;

      /* One that was switched off and is gone: its name would switch off the new one. */
      if (cot_knowledge_find (saving->knowledge, id) != NULL
          || cot_knowledge_is_switched_off (saving->knowledge, id))
        continue;
      if (!cot_draft_check (saving->draft, id, error))
        return NULL;
      xml = cot_draft_dup_xml (saving->draft, id);
      if (write_new_file (path, xml, &fault))
        return g_steal_pointer (&path);
      if (g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_EXISTS))
        continue;
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "all names are taken");
  return NULL;
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = cot_session_dup_own_knowledge_folder ();
  GError *error = NULL;
  char *path;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_task_return_new_error (task, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s",
                               g_strerror (code));
      return;
    }
  path = write_under_new_name (data, folder, &error);
  if (path == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, path, g_free);
}

/**
 * cot_draft_save_async:
 * @self: a draft
 * @session: what is known, so that its id is a new one
 * @callback: on the main context
 * @data: for @callback
 *
 * Checks and writes it on a worker; cot_session_read_own_knowledge_async() then makes it known.
 * Main thread.
 */
void
cot_draft_save_async (const CotDraft *self, CotSession *session, GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, NULL, callback, data);
  Saving *saving = g_new0 (Saving, 1);

  saving->draft = cot_draft_copy (self);
  saving->knowledge = cot_knowledge_ref (cot_session_get_knowledge (session));
  g_task_set_source_tag (task, cot_draft_save_async);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * cot_draft_save_finish:
 * @result: what the callback was given
 * @error: COT_KNOWLEDGE_ERROR or G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (type filename): the path of the new file
 */
char *
cot_draft_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
