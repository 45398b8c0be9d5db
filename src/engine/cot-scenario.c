/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scenario.h"

#include "cot-entry-text.h"
#include "cot-knowledge.h"
#include "cot-member.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_NAME_BYTES 128
#define MAX_LOG_ORDINAL G_MAXINT32

typedef struct
{
  CotScenario *scenario;
  char *bundle; /* (nullable) until it is read */
  int line; /* where the element begins that is read */
  int bundle_line;
  gboolean hint_is_for_step;
  gboolean healthy; /* <cause none="yes"/> */
  CotScenarioCause *cause; /* (nullable): the one in work */
  CotScenarioStep *step; /* (nullable): the one in work */
  GString *text;
} Parser;

static void
cause_free (gpointer data)
{
  CotScenarioCause *cause = data;

  g_free (cause->log);
  g_free (cause->text);
  g_free (cause);
}

static void
step_free (gpointer data)
{
  CotScenarioStep *step = data;

  g_free (step->text);
  g_free (step->why);
  g_free (step);
}

static CotScenario *
scenario_new (void)
{
  CotScenario *self = g_atomic_rc_box_new0 (CotScenario);

  self->causes = g_ptr_array_new_with_free_func (cause_free);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->hints = g_ptr_array_new_with_free_func (g_free);
  self->step_hints = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
scenario_clear (gpointer data)
{
  CotScenario *self = data;

  g_free (self->id);
  g_free (self->file);
  g_free (self->bundle_path);
  g_free (self->title);
  g_free (self->story);
  g_free (self->reveal);
  g_free (self->detector);
  g_ptr_array_unref (self->causes);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->hints);
  g_ptr_array_unref (self->step_hints);
}

/**
 * cot_scenario_ref:
 * @self: a scenario
 *
 * Returns: (transfer full): @self
 */
CotScenario *
cot_scenario_ref (CotScenario *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * cot_scenario_unref:
 * @self: (transfer full): a scenario
 *
 * Drops a reference.
 */
void
cot_scenario_unref (CotScenario *self)
{
  g_atomic_rc_box_release_full (self, scenario_clear);
}

G_GNUC_PRINTF (2, 3)
static void
refuse (GError **error, const char *format, ...)
{
  va_list args;
  g_autofree char *reason = NULL;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE, reason);
}

/* A name in a folder, and nothing that leads out of it. */
static gboolean
is_plain_name (const char *name)
{
  return *name != '\0' && *name != '.' && strlen (name) <= MAX_NAME_BYTES
         && strpbrk (name, "/\\") == NULL;
}

static gboolean
is_id (const char *text)
{
  return *text != '\0' && strlen (text) <= MAX_NAME_BYTES
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

static void
start_scenario (Parser *parser, const char **names, const char **values, GError **error)
{
  const char *level;
  const char *bundle;
  guint64 number;

  if (!g_markup_collect_attributes ("scenario", names, values, error,
                                    G_MARKUP_COLLECT_STRING, "level", &level,
                                    G_MARKUP_COLLECT_STRING, "bundle", &bundle,
                                    G_MARKUP_COLLECT_INVALID))
    return;
  if (parser->bundle != NULL)
    refuse (error, "<scenario> stands here twice");
  else if (!g_ascii_string_to_unsigned (level, 10, 1, COT_SCENARIO_MAX_LEVEL, &number, NULL))
    refuse (error, "level must be 1 to %d", COT_SCENARIO_MAX_LEVEL);
  else if (!is_plain_name (bundle))
    refuse (error, "bundle must name a folder or an archive beside this file");
  else
    {
      parser->scenario->level = (guint) number;
      parser->bundle = g_strdup (bundle);
      parser->bundle_line = parser->line;
    }
}

static void
start_cause (Parser *parser, const char **names, const char **values, GError **error)
{
  const char *log;
  const char *place;
  gboolean none;
  guint64 ordinal = 0;

  if (!g_markup_collect_attributes (
          "cause", names, values, error,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "log", &log,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "ordinal", &place,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "none", &none,
          G_MARKUP_COLLECT_INVALID))
    return;
  if (none)
    {
      if (log != NULL || place != NULL)
        refuse (error, "a cause that is none has no log and no ordinal");
      parser->healthy = TRUE;
      return;
    }
  if (log == NULL || !is_plain_name (log))
    refuse (error, "a cause needs the name of its log");
  else if (place != NULL
           && !g_ascii_string_to_unsigned (place, 10, 0, MAX_LOG_ORDINAL, &ordinal, NULL))
    refuse (error, "“%s” is no ordinal", place);
  else
    {
      parser->cause = g_new0 (CotScenarioCause, 1);
      parser->cause->log = g_strdup (log);
      parser->cause->line = parser->line;
      parser->cause->ordinal = place != NULL ? ordinal : G_MAXUINT64;
    }
}

static void
start_step (Parser *parser, const char **names, const char **values, GError **error)
{
  gboolean right;

  if (!g_markup_collect_attributes ("step", names, values, error,
                                    G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL,
                                    "right", &right,
                                    G_MARKUP_COLLECT_INVALID))
    return;
  parser->step = g_new0 (CotScenarioStep, 1);
  parser->step->right = right;
}

/* What it helps to find: whoever has found the line needs no more hints to it. */
static void
start_hint (Parser *parser, const char **names, const char **values, GError **error)
{
  const char *what = NULL;

  if (!g_markup_collect_attributes ("hint", names, values, error,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "for",
                                    &what, G_MARKUP_COLLECT_INVALID))
    return;
  parser->hint_is_for_step = g_strcmp0 (what, "step") == 0;
  if (what != NULL && !parser->hint_is_for_step && !g_str_equal (what, "line"))
    refuse (error, "a hint is for the “line” or the “step”");
}

/* Where each element may stand: there are two depths only. */
static gboolean
stands_right (Parser *parser, const char *name, const char *parent)
{
  static const char *const parts[] = { "title", "story", "cause", "step", "hint", "reveal",
                                       "detector", "findings", NULL };
  static const char *const step_parts[] = { "text", "why", NULL };

  if (parent == NULL)
    return g_str_equal (name, "scenario");
  if (g_str_equal (parent, "scenario"))
    return g_strv_contains (parts, name);
  return g_str_equal (parent, "step") && g_strv_contains (step_parts, name);
}

/* That of the tag that was read last. GLib stands behind it, and counts a line end that follows as
 * the first character of the next line. */
static int
get_line (GMarkupParseContext *context)
{
  int line = 0;
  int place = 0;

  g_markup_parse_context_get_position (context, &line, &place);
  return place == 1 && line > 1 ? line - 1 : line;
}

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer data, GError **error)
{
  Parser *parser = data;
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  const char *parent = stack->next != NULL ? stack->next->data : NULL;

  parser->line = get_line (context);
  g_string_truncate (parser->text, 0);
  if (!stands_right (parser, name, parent))
    refuse (error, "<%s> cannot stand here", name);
  else if (g_str_equal (name, "scenario"))
    start_scenario (parser, names, values, error);
  else if (g_str_equal (name, "cause"))
    start_cause (parser, names, values, error);
  else if (g_str_equal (name, "step"))
    start_step (parser, names, values, error);
  else if (g_str_equal (name, "hint"))
    start_hint (parser, names, values, error);
  else if (*names != NULL && !g_str_equal (name, "findings"))
    refuse (error, "<%s> has no attribute “%s”", name, *names);
}

static void
set_once (char **field, const char *name, char *text, GError **error)
{
  if (*field != NULL)
    refuse (error, "<%s> stands here twice", name);
  else if (*text == '\0')
    refuse (error, "<%s> is empty", name);
  else
    {
      *field = text;
      return;
    }
  g_free (text);
}

static void
add_part (GPtrArray *parts, const char *name, gpointer part, GError **error)
{
  if (parts->len == COT_SCENARIO_MAX_PARTS)
    refuse (error, "more than %d times <%s>", COT_SCENARIO_MAX_PARTS, name);
  g_ptr_array_add (parts, part);
}

static void
end_cause (Parser *parser, GError **error)
{
  CotScenarioCause *cause = g_steal_pointer (&parser->cause);
  g_autofree char *text = g_strstrip (g_strdup (parser->text->str));

  if (cause == NULL)
    {
      if (*text != '\0')
        refuse (error, "a cause that is none has no text");
      return;
    }
  if (*text != '\0')
    cause->text = g_steal_pointer (&text);
  add_part (parser->scenario->causes, "cause", cause, error);
  if ((cause->text != NULL) == (cause->ordinal != G_MAXUINT64) && (error == NULL || *error == NULL))
    refuse (error, "a cause has the text of its line or its ordinal");
}

static void
end_step (Parser *parser, GError **error)
{
  CotScenarioStep *step = g_steal_pointer (&parser->step);

  add_part (parser->scenario->steps, "step", step, error);
  if ((step->text == NULL || step->why == NULL) && (error == NULL || *error == NULL))
    refuse (error, "a step needs <text> and <why>");
}

static void
end_hint (Parser *parser, GError **error)
{
  char *hint = NULL;

  set_once (&hint, "hint", cot_entry_text_dup_folded (parser->text->str), error);
  if (hint != NULL)
    add_part (parser->hint_is_for_step ? parser->scenario->step_hints : parser->scenario->hints,
              "hint", hint, error);
}

static void
end_detector (Parser *parser, GError **error)
{
  CotScenario *scenario = parser->scenario;

  set_once (&scenario->detector, "detector", cot_entry_text_dup_folded (parser->text->str), error);
  if (scenario->detector != NULL && !is_id (scenario->detector)
      && (error == NULL || *error == NULL))
    refuse (error, "“%s” is no id of a detector", scenario->detector);
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Parser *parser = data;
  CotScenario *scenario = parser->scenario;
  const char *text = parser->text->str;

  if (g_str_equal (name, "cause"))
    end_cause (parser, error);
  else if (g_str_equal (name, "step"))
    end_step (parser, error);
  else if (g_str_equal (name, "hint"))
    end_hint (parser, error);
  else if (g_str_equal (name, "detector"))
    end_detector (parser, error);
  else if (g_str_equal (name, "title"))
    set_once (&scenario->title, name, cot_entry_text_dup_folded (text), error);
  else if (g_str_equal (name, "story"))
    set_once (&scenario->story, name, cot_entry_text_dup_folded (text), error);
  else if (g_str_equal (name, "reveal"))
    set_once (&scenario->reveal, name, cot_entry_text_dup_folded (text), error);
  else if (g_str_equal (name, "text"))
    set_once (&parser->step->text, name, cot_entry_text_dup_folded (text), error);
  else if (g_str_equal (name, "why"))
    set_once (&parser->step->why, name, cot_entry_text_dup_folded (text), error);
  g_string_truncate (parser->text, 0);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
         GError **error)
{
  Parser *parser = data;

  if (length_bytes > COT_SCENARIO_MAX_TEXT_BYTES - MIN (parser->text->len,
                                                        COT_SCENARIO_MAX_TEXT_BYTES))
    refuse (error, "a text is longer than %d bytes", COT_SCENARIO_MAX_TEXT_BYTES);
  else
    g_string_append_len (parser->text, text, (gssize) length_bytes);
}

static gboolean
is_whole (Parser *parser, GError **error)
{
  const CotScenario *scenario = parser->scenario;
  guint n_right = 0;

  for (guint i = 0; i < scenario->steps->len; i++)
    n_right += ((const CotScenarioStep *) g_ptr_array_index (scenario->steps, i))->right ? 1 : 0;
  if (scenario->title == NULL || scenario->story == NULL || scenario->reveal == NULL)
    refuse (error, "<title>, <story> and <reveal> are needed");
  else if (parser->healthy == (scenario->causes->len > 0))
    refuse (error, "a cause is needed, or that there is none, not both");
  else if (n_right != 1 || scenario->steps->len < 2)
    refuse (error, "one step must be right, and another one wrong");
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse (Parser *parser, const char *file, const char *xml, gsize length_bytes, GError **error)
{
  static const GMarkupParser functions = { on_start, on_end, on_text, NULL, NULL };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&functions, G_MARKUP_DEFAULT_FLAGS, parser, NULL);
  g_autoptr (GError) fault = NULL;

  if (g_markup_parse_context_parse (context, xml, (gssize) length_bytes, &fault)
      && g_markup_parse_context_end_parse (context, &fault) && is_whole (parser, &fault))
    return TRUE;
  g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE, "%s:%d: %s", file,
               get_line (context), fault->message);
  return FALSE;
}

static void
refuse_file (GError **error, const char *file, const char *reason)
{
  g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE, "%s: %s", file, reason);
}

/* A pipe or a device under that name must not make the reader wait. */
static char *
read_file (const char *file, gsize *length_bytes, GError **error)
{
  int fd = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  int saved_errno = errno;
  g_autofree char *bytes = NULL;
  struct stat status;
  gsize n = 0;

  if (fd < 0)
    {
      refuse_file (error, file, g_strerror (saved_errno));
      return NULL;
    }
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    refuse_file (error, file, "this is no file");
  else
    bytes = g_malloc (COT_SCENARIO_MAX_FILE_BYTES + 1);
  while (bytes != NULL && n <= COT_SCENARIO_MAX_FILE_BYTES)
    {
      gssize got = read (fd, bytes + n, COT_SCENARIO_MAX_FILE_BYTES + 1 - n);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        break;
      n += (gsize) got;
    }
  close (fd);
  if (n > COT_SCENARIO_MAX_FILE_BYTES)
    {
      refuse_file (error, file, "the file is too large");
      return NULL;
    }
  *length_bytes = n;
  return g_steal_pointer (&bytes);
}

/**
 * cot_scenario_load:
 * @folder: the folder of one scenario
 * @error: COT_KNOWLEDGE_ERROR_BAD_RULE, "file:line: reason"
 *
 * Any thread that may wait for a disk.
 *
 * Returns: (transfer full) (nullable): the scenario
 */
CotScenario *
cot_scenario_load (const char *folder, GError **error)
{
  g_autofree char *file = g_build_filename (folder, COT_SCENARIO_FILE, NULL);
  gsize length_bytes = 0;
  g_autofree char *xml = read_file (file, &length_bytes, error);
  Parser parser = { NULL };
  g_autoptr (CotScenario) self = NULL;

  if (xml == NULL)
    return NULL;
  self = scenario_new ();
  parser.scenario = self;
  parser.text = g_string_new (NULL);
  if (parse (&parser, file, xml, length_bytes, error))
    {
      self->id = g_path_get_basename (folder);
      self->file = g_strdup (file);
      self->bundle_path = g_build_filename (folder, parser.bundle, NULL);
    }
  g_string_free (parser.text, TRUE);
  g_free (parser.bundle);
  g_clear_pointer (&parser.cause, cause_free);
  g_clear_pointer (&parser.step, step_free);
  if (self->id == NULL)
    return NULL;
  if (!g_file_test (self->bundle_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                   "%s:%d: the bundle that it names is not there", file, parser.bundle_line);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
has_id (CotScenarioList *list, const char *id)
{
  for (guint i = 0; i < list->scenarios->len; i++)
    if (g_str_equal (((CotScenario *) g_ptr_array_index (list->scenarios, i))->id, id))
      return TRUE;
  return FALSE;
}

static void
read_folder (CotScenarioList *list, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && n < COT_SCENARIO_MAX_FOLDERS && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *file = g_build_filename (path, COT_SCENARIO_FILE, NULL);
      g_autoptr (GError) error = NULL;
      CotScenario *scenario;

      /* Other folders may stand there too. */
      if (!g_file_test (file, G_FILE_TEST_EXISTS) || has_id (list, name))
        continue;
      n++;
      scenario = cot_scenario_load (path, &error);
      if (scenario != NULL)
        g_ptr_array_add (list->scenarios, scenario);
      else
        g_ptr_array_add (list->problems, g_filename_display_name (error->message));
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const CotScenario *left = *(CotScenario *const *) a;
  const CotScenario *right = *(CotScenario *const *) b;

  if (left->level != right->level)
    return left->level < right->level ? -1 : 1;
  return strcmp (left->id, right->id);
}

/**
 * cot_scenario_list_read:
 * @folders: practice folders, ends with NULL; those that do not exist hold none
 *
 * Any thread that may wait for a disk.
 *
 * Returns: (transfer full): the scenarios, and what is wrong with others
 */
CotScenarioList *
cot_scenario_list_read (const char *const *folders)
{
  CotScenarioList *list = g_new0 (CotScenarioList, 1);

  list->scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_scenario_unref);
  list->problems = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; folders[i] != NULL; i++)
    read_folder (list, folders[i]);
  g_ptr_array_sort (list->scenarios, compare);
  return list;
}

/**
 * cot_scenario_list_free:
 * @list: (transfer full): a list
 *
 * Frees it.
 */
void
cot_scenario_list_free (CotScenarioList *list)
{
  g_ptr_array_unref (list->scenarios);
  g_ptr_array_unref (list->problems);
  g_free (list);
}

static void
read_list (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, cot_scenario_list_read (data),
                         (GDestroyNotify) cot_scenario_list_free);
}

/**
 * cot_scenario_list_read_async:
 * @folders: see cot_scenario_list_read()
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Reads them on a worker.
 */
void
cot_scenario_list_read_async (const char *const *folders, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, cot_scenario_list_read_async);
  g_task_set_task_data (task, g_strdupv ((char **) folders), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, read_list);
}

/**
 * cot_scenario_list_read_finish:
 * @result: what the callback was given
 * @error: G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the list
 */
CotScenarioList *
cot_scenario_list_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
