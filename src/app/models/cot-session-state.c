/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-session-state.h"

#include <string.h>

#include "cot-clock-shift.h"
#include "cot-filter-clauses-variant.h"

#define VERSION 1
#define HEAD "session"

/* More than this has nobody open; a file with more was not written here. */
#define MAX_WINDOWS 32
#define MAX_TABS 500
#define MAX_LOGS 500
#define MAX_FILTER_BYTES (64 * 1024)
#define MAX_NAME_BYTES 1000

G_DEFINE_QUARK (cot-session-state-error-quark, cot_session_state_error)

/**
 * cot_session_log_new:
 * @path: of the log or of its bundle
 * @member: (nullable): its label in the bundle
 * @is_off: whether its entries do not show
 *
 * Returns: (transfer full): a log of a tab
 */
CotSessionLog *
cot_session_log_new (const char *path, const char *member, gboolean is_off)
{
  CotSessionLog *self = g_new0 (CotSessionLog, 1);

  self->path = g_strdup (path);
  self->member = g_strdup (member);
  self->is_off = is_off;
  return self;
}

static void
log_free (gpointer data)
{
  CotSessionLog *self = data;

  g_free (self->path);
  g_free (self->member);
  g_free (self->format);
  g_free (self->encoding);
  g_free (self);
}

static CotSessionLog *
log_copy (const CotSessionLog *self)
{
  CotSessionLog *copy = cot_session_log_new (self->path, self->member, self->is_off);

  copy->format = g_strdup (self->format);
  copy->encoding = g_strdup (self->encoding);
  copy->clock_usec = self->clock_usec;
  return copy;
}

static GPtrArray *
new_clauses (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);
}

/**
 * cot_session_tab_new:
 *
 * Returns: (transfer full): a tab without logs
 */
CotSessionTab *
cot_session_tab_new (void)
{
  CotSessionTab *self = g_new0 (CotSessionTab, 1);

  self->logs = g_ptr_array_new_with_free_func (log_free);
  self->clauses = new_clauses ();
  return self;
}

/**
 * cot_session_tab_copy:
 * @self: a tab
 *
 * Returns: (transfer full): a copy
 */
CotSessionTab *
cot_session_tab_copy (const CotSessionTab *self)
{
  CotSessionTab *copy = g_memdup2 (self, sizeof *self);

  copy->group_name = g_strdup (self->group_name);
  copy->logs = g_ptr_array_new_with_free_func (log_free);
  for (guint i = 0; i < self->logs->len; i++)
    g_ptr_array_add (copy->logs, log_copy (g_ptr_array_index (self->logs, i)));
  copy->clauses = new_clauses ();
  for (guint i = 0; i < self->clauses->len; i++)
    g_ptr_array_add (copy->clauses, cot_filter_clause_copy (g_ptr_array_index (self->clauses, i)));
  return copy;
}

/**
 * cot_session_tab_free:
 * @self: (transfer full) (nullable): a tab
 */
void
cot_session_tab_free (CotSessionTab *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->logs);
  g_ptr_array_unref (self->clauses);
  g_free (self->group_name);
  g_free (self);
}

/**
 * cot_session_window_new:
 *
 * Returns: (transfer full): a window without tabs
 */
CotSessionWindow *
cot_session_window_new (void)
{
  CotSessionWindow *self = g_new0 (CotSessionWindow, 1);

  self->tabs = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_session_tab_free);
  return self;
}

/**
 * cot_session_window_free:
 * @self: (transfer full) (nullable): a window
 */
void
cot_session_window_free (CotSessionWindow *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->tabs);
  g_free (self);
}

/**
 * cot_session_state_new:
 *
 * Returns: (transfer full): a session without windows
 */
CotSessionState *
cot_session_state_new (void)
{
  CotSessionState *self = g_new0 (CotSessionState, 1);

  self->windows = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_session_window_free);
  return self;
}

/**
 * cot_session_state_free:
 * @self: (transfer full) (nullable): a session
 */
void
cot_session_state_free (CotSessionState *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->windows);
  g_free (self);
}

/**
 * cot_session_state_get_n_tabs:
 * @self: a session
 *
 * Returns: how many tabs its windows have
 */
guint
cot_session_state_get_n_tabs (const CotSessionState *self)
{
  guint n = 0;

  for (guint i = 0; i < self->windows->len; i++)
    n += ((const CotSessionWindow *) g_ptr_array_index (self->windows, i))->tabs->len;
  return n;
}

static void
add_bundles (const CotSessionTab *tab, GHashTable *paths)
{
  for (guint i = 0; i < tab->logs->len; i++)
    {
      const CotSessionLog *log = g_ptr_array_index (tab->logs, i);

      if (log->member != NULL)
        g_hash_table_add (paths, log->path);
    }
}

/**
 * cot_session_state_get_n_bundles:
 * @self: a session
 *
 * Returns: of how many bundles its tabs show logs
 */
guint
cot_session_state_get_n_bundles (const CotSessionState *self)
{
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->windows->len; i++)
    {
      const CotSessionWindow *window = g_ptr_array_index (self->windows, i);

      for (guint j = 0; j < window->tabs->len; j++)
        add_bundles (g_ptr_array_index (window->tabs, j), paths);
    }
  return g_hash_table_size (paths);
}

/**
 * cot_session_tab_has_bundle:
 * @self: a tab
 *
 * Returns: whether it shows a log of a bundle
 */
gboolean
cot_session_tab_has_bundle (const CotSessionTab *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    if (((const CotSessionLog *) g_ptr_array_index (self->logs, i))->member != NULL)
      return TRUE;
  return FALSE;
}

/**
 * cot_session_window_has_loose:
 * @self: a window
 *
 * Returns: whether it has a tab without any log of a bundle
 */
gboolean
cot_session_window_has_loose (const CotSessionWindow *self)
{
  for (guint i = 0; i < self->tabs->len; i++)
    if (!cot_session_tab_has_bundle (g_ptr_array_index (self->tabs, i)))
      return TRUE;
  return FALSE;
}

static void
write_place (GKeyFile *file, const char *group, const char *name, const CotSessionPlace *place)
{
  g_autofree char *log = g_strconcat (name, "-log", NULL);
  g_autofree char *offset = g_strconcat (name, "-offset", NULL);
  g_autofree char *record = g_strconcat (name, "-record", NULL);

  if (!cot_entry_anchor_is_set (&place->anchor))
    return;
  g_key_file_set_uint64 (file, group, log, place->log);
  g_key_file_set_uint64 (file, group, offset, place->anchor.offset);
  g_key_file_set_string (file, group, record, place->anchor.record);
}

static void
write_logs (GKeyFile *file, const char *group, const CotSessionTab *tab)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GPtrArray) formats = g_ptr_array_new ();
  g_autoptr (GPtrArray) encodings = g_ptr_array_new ();
  g_autoptr (GArray) off = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_autoptr (GArray) clocks = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean has_formats = FALSE;
  gboolean has_encodings = FALSE;
  gboolean has_clocks = FALSE;

  for (guint i = 0; i < MIN (tab->logs->len, MAX_LOGS); i++)
    {
      const CotSessionLog *log = g_ptr_array_index (tab->logs, i);

      g_ptr_array_add (addresses, g_filename_to_uri (log->path, NULL, NULL));
      g_ptr_array_add (members, log->member != NULL ? log->member : (char *) "");
      g_ptr_array_add (formats, log->format != NULL ? log->format : (char *) "");
      has_formats = has_formats || log->format != NULL;
      g_ptr_array_add (encodings, log->encoding != NULL ? log->encoding : (char *) "");
      has_encodings = has_encodings || log->encoding != NULL;
      has_clocks = has_clocks || log->clock_usec != 0;
      g_array_append_vals (clocks, &(double){ (double) log->clock_usec }, 1);
      g_array_append_val (off, log->is_off);
    }
  g_key_file_set_string_list (file, group, "files", (const char *const *) addresses->pdata,
                              addresses->len);
  g_key_file_set_string_list (file, group, "members", (const char *const *) members->pdata,
                              members->len);
  g_key_file_set_boolean_list (file, group, "off", (gboolean *) (gpointer) off->data, off->len);
  if (has_formats)
    g_key_file_set_string_list (file, group, "formats", (const char *const *) formats->pdata,
                                formats->len);
  if (has_encodings)
    g_key_file_set_string_list (file, group, "encodings", (const char *const *) encodings->pdata,
                                encodings->len);
  if (has_clocks)
    g_key_file_set_double_list (file, group, "clocks", (double *) (gpointer) clocks->data,
                                clocks->len);
}

static void
write_tab (GKeyFile *file, const char *group, const CotSessionTab *tab)
{
  write_logs (file, group, tab);
  g_key_file_set_boolean (file, group, "merge", tab->is_merge);
  if (tab->group_name != NULL)
    g_key_file_set_string (file, group, "name", tab->group_name);
  g_key_file_set_boolean (file, group, "front", tab->is_front);
  g_key_file_set_boolean (file, group, "follow", tab->is_following);
  if (tab->is_following && tab->is_paused)
    g_key_file_set_boolean (file, group, "paused", TRUE);
  if (tab->clauses->len > 0)
    {
      g_autoptr (GVariant) filter
          = g_variant_ref_sink (cot_filter_clauses_to_variant (tab->clauses));
      g_autofree char *text = g_variant_print (filter, FALSE);

      if (g_variant_n_children (filter) > 0 && strlen (text) <= MAX_FILTER_BYTES)
        g_key_file_set_string (file, group, "filter", text);
      g_key_file_set_boolean (file, group, "any", tab->any_clause);
    }
  write_place (file, group, "top", &tab->top);
  write_place (file, group, "selected", &tab->selected);
}

static gboolean
is_complete (const CotSessionTab *tab)
{
  for (guint i = 0; i < tab->logs->len; i++)
    if (!g_path_is_absolute (((const CotSessionLog *) g_ptr_array_index (tab->logs, i))->path))
      return FALSE;
  return tab->logs->len > 0;
}

/**
 * cot_session_state_to_text:
 * @self: a session
 * @length_bytes: (out): of the text
 *
 * Returns: (transfer full): what cot_session_state_parse() reads
 */
char *
cot_session_state_to_text (const CotSessionState *self, gsize *length_bytes)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  guint n_tabs = 0;

  g_key_file_set_uint64 (file, HEAD, "version", VERSION);
  g_key_file_set_boolean (file, HEAD, "ended", self->was_ended);
  for (guint i = 0; i < MIN (self->windows->len, MAX_WINDOWS); i++)
    {
      const CotSessionWindow *window = g_ptr_array_index (self->windows, i);
      g_autofree char *group = g_strdup_printf ("window %u", i);

      g_key_file_set_boolean (file, group, "filter-all-tabs", window->filters_all_tabs);
      for (guint j = 0; j < window->tabs->len && n_tabs < MAX_TABS; j++)
        {
          const CotSessionTab *tab = g_ptr_array_index (window->tabs, j);
          g_autofree char *name = g_strdup_printf ("tab %u", n_tabs);

          if (!is_complete (tab))
            continue;
          g_key_file_set_uint64 (file, name, "window", i);
          write_tab (file, name, tab);
          n_tabs++;
        }
    }
  return g_key_file_to_data (file, length_bytes, NULL);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, COT_SESSION_STATE_ERROR, COT_SESSION_STATE_ERROR_INVALID, what);
  return FALSE;
}

static gboolean
read_flag (GKeyFile *file, const char *group, const char *key, gboolean *flag, GError **error)
{
  g_autoptr (GError) reason = NULL;

  *flag = g_key_file_get_boolean (file, group, key, &reason);
  return reason == NULL || fail (error, reason->message);
}

/* At most @limit. */
static gboolean
read_number (GKeyFile *file, const char *group, const char *key, guint64 limit, guint64 *number,
             GError **error)
{
  g_autoptr (GError) reason = NULL;

  *number = g_key_file_get_uint64 (file, group, key, &reason);
  return reason != NULL    ? fail (error, reason->message)
         : *number > limit ? fail (error, "a number is too large")
                           : TRUE;
}

/* A tab need not have a place. */
static gboolean
read_place (GKeyFile *file, const char *group, const char *name, const CotSessionTab *tab,
            CotSessionPlace *place, GError **error)
{
  g_autofree char *log_key = g_strconcat (name, "-log", NULL);
  g_autofree char *offset_key = g_strconcat (name, "-offset", NULL);
  g_autofree char *record_key = g_strconcat (name, "-record", NULL);
  g_autofree char *record = NULL;
  guint64 log;
  guint64 offset;

  if (!g_key_file_has_key (file, group, record_key, NULL))
    return TRUE;
  record = g_key_file_get_string (file, group, record_key, NULL);
  if (!read_number (file, group, log_key, tab->logs->len - 1, &log, error)
      || !read_number (file, group, offset_key, G_MAXUINT64, &offset, error))
    return FALSE;
  place->log = (guint) log;
  return cot_entry_anchor_init_from (&place->anchor, offset, record)
         || fail (error, "a place has no checksum");
}

static gboolean
read_logs (GKeyFile *file, const char *group, CotSessionTab *tab, GError **error)
{
  gsize n_addresses = 0;
  gsize n_members = 0;
  gsize n_off = 0;
  g_auto (GStrv) addresses
      = g_key_file_get_string_list (file, group, "files", &n_addresses, NULL);
  g_auto (GStrv) members = g_key_file_get_string_list (file, group, "members", &n_members, NULL);
  g_autofree gboolean *off = g_key_file_get_boolean_list (file, group, "off", &n_off, NULL);

  if (addresses == NULL || members == NULL || off == NULL || n_addresses == 0
      || n_addresses > MAX_LOGS || n_members != n_addresses || n_off != n_addresses)
    return fail (error, "a tab has no list of logs");
  for (gsize i = 0; i < n_addresses; i++)
    {
      g_autofree char *path = g_filename_from_uri (addresses[i], NULL, NULL);

      if (path == NULL || !g_path_is_absolute (path))
        return fail (error, "a log has no path");
      g_ptr_array_add (tab->logs,
                       cot_session_log_new (path, *members[i] != '\0' ? members[i] : NULL, off[i]));
    }
  return TRUE;
}

static gboolean
is_format (const char *id)
{
  for (guint i = 0; i < cot_log_get_n_formats (); i++)
    {
      const char *name;

      if (g_str_equal (cot_log_get_nth_format (i, &name), id))
        return TRUE;
    }
  return FALSE;
}

/* A format that is not known here, or a list that is not as long as that of the logs, takes nothing
 * away: the content says how a log is read. So it is where there is no list. */
static void
read_formats (GKeyFile *file, const char *group, CotSessionTab *tab)
{
  gsize n = 0;
  g_auto (GStrv) formats = g_key_file_get_string_list (file, group, "formats", &n, NULL);

  for (guint i = 0; formats != NULL && n == tab->logs->len && i < n; i++)
    if (is_format (formats[i]))
      ((CotSessionLog *) g_ptr_array_index (tab->logs, i))->format = g_strdup (formats[i]);
}

/* So it is with encodings. */
static void
read_encodings (GKeyFile *file, const char *group, CotSessionTab *tab)
{
  gsize n = 0;
  g_auto (GStrv) ids = g_key_file_get_string_list (file, group, "encodings", &n, NULL);

  for (guint i = 0; ids != NULL && n == tab->logs->len && i < n; i++)
    ((CotSessionLog *) g_ptr_array_index (tab->logs, i))->encoding
        = g_strdup (cot_log_find_encoding (ids[i]));
}

/* So it is with clocks, as microseconds, which a double holds to the last one. */
static void
read_clocks (GKeyFile *file, const char *group, CotSessionTab *tab)
{
  gsize n = 0;
  g_autofree double *clocks = g_key_file_get_double_list (file, group, "clocks", &n, NULL);

  for (guint i = 0; clocks != NULL && n == tab->logs->len && i < n; i++)
    if (clocks[i] >= -(double) COT_CLOCK_SHIFT_MAX_USEC
        && clocks[i] <= (double) COT_CLOCK_SHIFT_MAX_USEC)
      ((CotSessionLog *) g_ptr_array_index (tab->logs, i))->clock_usec = (gint64) clocks[i];
}

/* Part of a filter would show other entries than the whole. */
static gboolean
read_filter (GKeyFile *file, const char *group, CotSessionTab *tab, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, "filter", NULL);
  g_autoptr (GVariant) filter = NULL;
  g_autoptr (GPtrArray) clauses = NULL;

  if (!g_key_file_has_key (file, group, "filter", NULL))
    return TRUE;
  if (text != NULL && strlen (text) <= MAX_FILTER_BYTES)
    filter = g_variant_parse (G_VARIANT_TYPE (COT_FILTER_CLAUSES_TYPE), text, NULL, NULL, NULL);
  if (filter != NULL)
    clauses = cot_filter_clauses_from_variant (filter);
  if (clauses == NULL)
    return fail (error, "a filter cannot be read");
  g_ptr_array_unref (tab->clauses);
  tab->clauses = g_steal_pointer (&clauses);
  return read_flag (file, group, "any", &tab->any_clause, error);
}

/* Without one, or with one that cannot be read, it is a merge all the same. */
static void
read_group_name (GKeyFile *file, const char *group, CotSessionTab *tab)
{
  g_autofree char *name
      = tab->is_merge ? g_key_file_get_string (file, group, "name", NULL) : NULL;

  if (name != NULL && *name != '\0' && strlen (name) <= MAX_NAME_BYTES)
    tab->group_name = g_steal_pointer (&name);
}

static CotSessionTab *
read_tab (GKeyFile *file, const char *group, GError **error)
{
  g_autoptr (CotSessionTab) tab = cot_session_tab_new ();

  if (!read_logs (file, group, tab, error)
      || !read_flag (file, group, "merge", &tab->is_merge, error)
      || !read_flag (file, group, "front", &tab->is_front, error)
      || !read_flag (file, group, "follow", &tab->is_following, error)
      || !read_filter (file, group, tab, error)
      || !read_place (file, group, "top", tab, &tab->top, error)
      || !read_place (file, group, "selected", tab, &tab->selected, error))
    return NULL;
  read_group_name (file, group, tab);
  read_formats (file, group, tab);
  read_encodings (file, group, tab);
  read_clocks (file, group, tab);
  /* What is no word for it means that it goes on, as does none. */
  tab->is_paused
      = tab->is_following && g_key_file_get_boolean (file, group, "paused", NULL);
  if (!tab->is_merge && tab->logs->len > 1)
    {
      fail (error, "several logs in a tab that is no merge");
      return NULL;
    }
  return g_steal_pointer (&tab);
}

static gboolean
read_head (GKeyFile *file, CotSessionState *state, GError **error)
{
  guint64 version;

  if (!read_number (file, HEAD, "version", G_MAXUINT64, &version, error))
    return FALSE;
  if (version != VERSION)
    {
      g_set_error (error, COT_SESSION_STATE_ERROR, COT_SESSION_STATE_ERROR_VERSION,
                   "version %" G_GUINT64_FORMAT, version);
      return FALSE;
    }
  return read_flag (file, HEAD, "ended", &state->was_ended, error);
}

static gboolean
read_windows (GKeyFile *file, CotSessionState *state, GError **error)
{
  for (guint i = 0; i <= MAX_WINDOWS; i++)
    {
      g_autofree char *group = g_strdup_printf ("window %u", i);
      g_autoptr (CotSessionWindow) window = cot_session_window_new ();

      if (!g_key_file_has_group (file, group))
        break;
      if (i == MAX_WINDOWS)
        return fail (error, "too many windows");
      if (!read_flag (file, group, "filter-all-tabs", &window->filters_all_tabs, error))
        return FALSE;
      g_ptr_array_add (state->windows, g_steal_pointer (&window));
    }
  return TRUE;
}

static gboolean
read_tabs (GKeyFile *file, CotSessionState *state, GError **error)
{
  for (guint i = 0; i <= MAX_TABS; i++)
    {
      g_autofree char *group = g_strdup_printf ("tab %u", i);
      CotSessionTab *tab;
      guint64 window;

      if (!g_key_file_has_group (file, group))
        break;
      if (i == MAX_TABS || state->windows->len == 0)
        return fail (error, "too many tabs");
      if (!read_number (file, group, "window", state->windows->len - 1, &window, error)
          || (tab = read_tab (file, group, error)) == NULL)
        return FALSE;
      g_ptr_array_add (
          ((CotSessionWindow *) g_ptr_array_index (state->windows, (guint) window))->tabs, tab);
    }
  return TRUE;
}

/**
 * cot_session_state_parse:
 * @text: (array length=length_bytes): whatever stands in the file
 * @length_bytes: how much that is
 * @error: COT_SESSION_STATE_ERROR
 *
 * Returns: (transfer full) (nullable): the session; %NULL: anything in it is not as it was written
 */
CotSessionState *
cot_session_state_parse (const char *text, gsize length_bytes, GError **error)
{
  g_autoptr (CotSessionState) state = cot_session_state_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;

  if (length_bytes > COT_SESSION_STATE_MAX_BYTES)
    {
      g_set_error_literal (error, COT_SESSION_STATE_ERROR, COT_SESSION_STATE_ERROR_TOO_LARGE,
                           "larger than a session");
      return NULL;
    }
  if (length_bytes == 0 || memchr (text, '\0', length_bytes) != NULL
      || !g_key_file_load_from_data (file, text, length_bytes, G_KEY_FILE_NONE, &reason))
    {
      fail (error, reason != NULL ? reason->message : "no text");
      return NULL;
    }
  if (!read_head (file, state, error) || !read_windows (file, state, error)
      || !read_tabs (file, state, error))
    return NULL;
  return g_steal_pointer (&state);
}
