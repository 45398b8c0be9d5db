/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-sentences.h"

/* The tabs of another time are opened side by side: a share that does not answer holds up its own
 * tabs alone. Each comes to its place among those that are there already. */

/* At the page of a tab. */
#define INDEX_KEY "cot-session-index"
#define KEPT_KEY "cot-session-kept"

/* More names than this are no help in one line. */
#define MAX_NAMED 3

typedef struct
{
  CotWindow *window;
  GHashTable *bundles; /* path to a GPtrArray of Wish, for members of it */
  GPtrArray *failed; /* (element-type utf8): names */
  guint n_tabs; /* that are on their way */
  gboolean filters_all_tabs;
  gboolean is_own;
  guint n_left_out; /* bundles whose tabs are not opened now */
} Reopening;

typedef struct
{
  Reopening *reopening; /* (unowned): is there until the last tab is */
  CotSessionTab *kept;
  guint index; /* among the tabs of last time */
  GPtrArray *opened; /* (element-type CotCodeLog): for each log, NULL where it is not there */
  guint n_waiting;
} Tab;

typedef struct
{
  Tab *tab;
  guint index; /* of the log in its tab */
} Wish;

static void
free_opened (gpointer data)
{
  if (data != NULL)
    cot_code_log_free (data);
}

static void
tab_free (Tab *self)
{
  cot_session_tab_free (self->kept);
  g_ptr_array_unref (self->opened);
  g_free (self);
}

/* Where the user was in a log that is still being read. */
typedef struct
{
  CotSessionTab *tab;
  GPtrArray *logs; /* (element-type CotLog) (nullable elements) */
  gboolean is_looking;
} Kept;

static void
unref_if_set (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

static void
kept_free (gpointer data)
{
  Kept *self = data;

  cot_session_tab_free (self->tab);
  g_ptr_array_unref (self->logs);
  g_free (self);
}

/**
 * cot_window_get_kept_places:
 * @page: a tab
 *
 * Returns: (transfer none) (nullable): the tab as it was kept, until the user is back there
 */
const CotSessionTab *
cot_window_get_kept_places (CotLogPage *page)
{
  const Kept *kept = g_object_get_data (G_OBJECT (page), KEPT_KEY);

  return kept != NULL ? kept->tab : NULL;
}

/* One entry that is looked for on a worker. */
typedef struct
{
  CotEntryAnchor anchor;
  CotLog *log; /* (nullable): for the main thread only */
  CotSnapshot *snapshot; /* (nullable) */
  guint64 ordinal;
  gboolean is_found;
} Sought;

typedef struct
{
  Sought top;
  Sought selected;
} Search;

static void
sought_init (Sought *self, const Kept *kept, const CotSessionPlace *place)
{
  CotLog *log = place->log < kept->logs->len ? g_ptr_array_index (kept->logs, place->log) : NULL;

  if (log == NULL || !cot_entry_anchor_is_set (&place->anchor))
    return;
  self->anchor = place->anchor;
  self->log = g_object_ref (log);
  self->snapshot = cot_snapshot_ref (cot_log_get_snapshot (log));
}

static void
sought_clear (Sought *self)
{
  g_clear_object (&self->log);
  g_clear_pointer (&self->snapshot, cot_snapshot_unref);
}

static void
search_free (gpointer data)
{
  Search *self = data;

  sought_clear (&self->top);
  sought_clear (&self->selected);
  g_free (self);
}

static void
look_for (Sought *sought)
{
  if (sought->snapshot != NULL)
    sought->is_found
        = cot_entry_anchor_find (&sought->anchor, sought->snapshot, &sought->ordinal);
}

static void
search (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *sought = data;

  look_for (&sought->top);
  look_for (&sought->selected);
  g_task_return_boolean (task, TRUE);
}

/* Where it reads otherwise now the log is shown as any other that is opened. Who has selected an
 * entry by now is left alone. */
static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  CotLogPage *page = COT_LOG_PAGE (source);
  const Search *sought = g_task_get_task_data (G_TASK (result));
  guint64 ordinal;

  g_object_set_data (G_OBJECT (page), KEPT_KEY, NULL);
  if ((sought->top.is_found || sought->selected.is_found)
      && !cot_log_page_get_selected (page, &ordinal))
    cot_log_page_return_to (page, sought->top.is_found ? sought->top.log : NULL,
                            sought->top.ordinal,
                            sought->selected.is_found ? sought->selected.log : NULL,
                            sought->selected.ordinal);
}

static gboolean
is_whole (CotLog *log)
{
  CotDocumentState state = cot_log_get_state (log);

  return state != COT_DOCUMENT_NEW && state != COT_DOCUMENT_LOADING;
}

static void
go_back (CotLogPage *page)
{
  Kept *kept = g_object_get_data (G_OBJECT (page), KEPT_KEY);
  g_autoptr (GTask) task = NULL;
  Search *sought;

  if (kept == NULL || kept->is_looking)
    return;
  for (guint i = 0; i < kept->logs->len; i++)
    {
      CotLog *log = g_ptr_array_index (kept->logs, i);

      if (log != NULL && !is_whole (log))
        return;
    }
  kept->is_looking = TRUE;
  sought = g_new0 (Search, 1);
  sought_init (&sought->top, kept, &kept->tab->top);
  sought_init (&sought->selected, kept, &kept->tab->selected);
  task = g_task_new (page, NULL, on_found, NULL);
  g_task_set_task_data (task, sought, search_free);
  g_task_run_in_thread (task, search);
}

/* The parts of a merge tell each of themselves. */
static void
keep_places (CotLogPage *page, const Tab *tab)
{
  Kept *kept;

  if (!cot_entry_anchor_is_set (&tab->kept->top.anchor)
      && !cot_entry_anchor_is_set (&tab->kept->selected.anchor))
    return;
  kept = g_new0 (Kept, 1);
  kept->tab = cot_session_tab_copy (tab->kept);
  kept->logs = g_ptr_array_new_with_free_func (unref_if_set);
  for (guint i = 0; i < tab->opened->len; i++)
    {
      const CotCodeLog *opened = g_ptr_array_index (tab->opened, i);

      g_ptr_array_add (kept->logs, opened != NULL ? g_object_ref (opened->log) : NULL);
      if (opened != NULL)
        g_signal_connect_object (opened->log, "changed", G_CALLBACK (go_back), page,
                                 G_CONNECT_SWAPPED);
    }
  g_object_set_data_full (G_OBJECT (page), KEPT_KEY, kept, kept_free);
  go_back (page);
}

/* Behind those that stood before it, as far as they are here. */
static void
move_to_place (AdwTabView *view, AdwTabPage *page, guint index)
{
  int position = -1;
  int last = adw_tab_view_get_n_pages (view) - 1;

  for (int i = 0; i < last; i++)
    {
      GObject *other = G_OBJECT (adw_tab_view_get_nth_page (view, i));
      guint number = GPOINTER_TO_UINT (g_object_get_data (other, INDEX_KEY));

      if (number > index + 1 && position < 0)
        position = i;
    }
  g_object_set_data (G_OBJECT (page), INDEX_KEY, GUINT_TO_POINTER (index + 1));
  if (position >= 0)
    adw_tab_view_reorder_page (view, page, position);
}

/* (transfer full) (nullable): what the tab shows, of what could be opened. */
static CotLog *
make_log (const Tab *tab, CotCase **a_case)
{
  g_autoptr (CotMergedLog) merged = tab->kept->is_merge ? cot_merged_log_new () : NULL;
  CotLog *single = NULL;

  if (merged != NULL)
    {
      cot_merged_log_begin_change (merged);
      cot_merged_log_set_group_name (merged, tab->kept->group_name);
    }
  *a_case = NULL;
  for (guint i = 0; i < tab->opened->len; i++)
    {
      const CotCodeLog *opened = g_ptr_array_index (tab->opened, i);
      const CotSessionLog *kept = g_ptr_array_index (tab->kept->logs, i);
      int index;

      if (opened == NULL)
        continue;
      if (*a_case == NULL)
        *a_case = opened->a_case;
      single = opened->log;
      if (merged == NULL || !cot_merged_log_add (merged, opened->a_case, opened->log))
        continue;
      index = cot_merged_log_find_log (merged, opened->log);
      cot_merged_log_set_on (merged, (guint) index, !kept->is_off);
    }
  if (merged != NULL)
    cot_merged_log_end_change (merged);
  if (*a_case == NULL)
    return NULL;
  return merged != NULL ? COT_LOG (g_steal_pointer (&merged)) : g_object_ref (single);
}

static void
keep_cases (CotWindow *self, const Tab *tab)
{
  for (guint i = 0; i < tab->opened->len; i++)
    {
      const CotCodeLog *opened = g_ptr_array_index (tab->opened, i);

      if (opened == NULL)
        continue;
      cot_window_keep_case (self, opened->a_case);
      /* Where the user was is where they are, not at what else is wrong. */
      g_hash_table_add (self->introduced, cot_case_is_bundle (opened->a_case)
                                              ? (gpointer) opened->a_case
                                              : (gpointer) opened->log);
    }
}

static void
add_tab (CotWindow *self, const Tab *tab)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  CotCase *a_case;
  g_autoptr (CotLog) log = make_log (tab, &a_case);
  CotLogPage *log_page;
  AdwTabPage *page;

  if (log == NULL || cot_window_find_tab (self, log) != NULL)
    return;
  keep_cases (self, tab);
  cot_window_add_tab (self, a_case, log, FALSE);
  page = cot_window_find_tab (self, log);
  log_page = cot_window_get_log_page (page);
  move_to_place (view, page, tab->index);
  cot_log_page_set_following (log_page, tab->kept->is_following);
  /* What was written by now is read first. */
  cot_log_set_paused (log, tab->kept->is_paused);
  if (tab->kept->clauses->len > 0)
    cot_log_page_set_filter (log_page, tab->kept->clauses, tab->kept->any_clause);
  keep_places (log_page, tab);
  if (tab->kept->is_front)
    {
      adw_tab_view_set_selected_page (view, page);
      gtk_widget_grab_focus (GTK_WIDGET (log_page));
    }
  if (log_page == self->page)
    cot_window_show_filter (self);
}

/* (transfer full) */
static char *
dup_failed (GPtrArray *failed)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (failed->len, MAX_NAMED); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (failed, i));
  if (failed->len > MAX_NAMED)
    g_string_append (names, ", …");
  /* Translators: a number, names of logs */
  return g_strdup_printf (ngettext ("%u file could not be opened again: %s",
                                    "%u files could not be opened again: %s", failed->len),
                          failed->len, names->str);
}

/* What is not there again, and how the rest comes. */
static void
tell (CotWindow *self, const Reopening *reopening)
{
  gboolean leaves_out = reopening->n_left_out > 0 && !reopening->is_own;
  g_autofree char *failed
      = reopening->failed->len > 0 ? dup_failed (reopening->failed) : NULL;
  g_autofree char *left_out = NULL;
  g_autofree char *text = NULL;

  if (leaves_out)
    left_out = g_strdup_printf (ngettext ("%u bundle of last time was left out",
                                          "%u bundles of last time were left out",
                                          reopening->n_left_out),
                                reopening->n_left_out);
  if (failed != NULL && left_out != NULL)
    /* Translators: two sentences */
    text = g_strdup_printf (_("%s. %s."), failed, left_out);
  if (leaves_out)
    cot_window_show_toast_with (self, text != NULL ? text : left_out, _("_Reopen"),
                                "app.reopen-session");
  else if (failed != NULL)
    cot_window_show_toast (self, failed);
}

static void
end (Reopening *reopening)
{
  g_autoptr (CotWindow) self = reopening->window;

  self->n_reopening--;
  if (self->n_reopening == 0)
    g_clear_pointer (&self->reopening, g_ptr_array_unref);
  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      if (reopening->filters_all_tabs)
        g_action_group_change_action_state (
            cot_filter_bar_get_actions (COT_FILTER_BAR (self->filter_bar)), "all-tabs",
            g_variant_new_boolean (TRUE));
      cot_window_drop_unused_cases (self);
      cot_window_update_content (self);
      tell (self, reopening);
      if (reopening->failed->len == 0 && reopening->is_own && cot_window_is_empty (self))
        gtk_window_close (GTK_WINDOW (self));
    }
  g_hash_table_unref (reopening->bundles);
  g_ptr_array_unref (reopening->failed);
  g_free (reopening);
}

static void
end_tab (Tab *tab)
{
  Reopening *reopening = tab->reopening;
  CotWindow *self = reopening->window;

  g_ptr_array_remove (self->reopening, tab->kept);
  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      add_tab (self, tab);
      cot_window_note_session (self, COT_SESSION_CHANGED);
    }
  tab_free (tab);
  if (--reopening->n_tabs == 0)
    end (reopening);
}

static void
note_failed (Reopening *reopening, const char *path)
{
  g_ptr_array_add (reopening->failed, cot_sentence_dup_base_name (path));
}

/* @log: (nullable): it could not be opened. */
static void
fulfil (Wish *wish, CotCase *a_case, CotLog *log)
{
  Tab *tab = wish->tab;

  if (log != NULL)
    tab->opened->pdata[wish->index] = cot_code_log_new (a_case, log);
  g_free (wish);
  if (--tab->n_waiting == 0)
    end_tab (tab);
}

static const CotSessionLog *
get_kept (const Wish *wish)
{
  return g_ptr_array_index (wish->tab->kept->logs, wish->index);
}

/* As the user chose to read it, also in the tab that it may have already. Who has chosen something
 * for it by now is left alone. */
static CotLog *
read_as_kept (CotWindow *self, CotCase *a_case, CotLog *log, const CotSessionLog *kept)
{
  const CotReadAs *chosen = cot_log_get_read_as (log);
  CotReadAs read_as = { .format_id = kept->format,
                        .encoding_id = kept->encoding,
                        .clock_usec = kept->clock_usec };
  CotLog *other = NULL;

  if (!g_cancellable_is_cancelled (self->cancellable)
      && (read_as.format_id != NULL || read_as.encoding_id != NULL || read_as.clock_usec != 0)
      && chosen->format_id == NULL && chosen->encoding_id == NULL && chosen->clock_usec == 0)
    other = cot_window_reread (self, a_case, log, &read_as);
  return other != NULL ? other : log;
}

static void
on_log_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  CotLog *log = NULL; /* the case owns it */
  g_autoptr (CotCase) a_case
      = cot_session_open_finish (COT_SESSION (source), result, &log, NULL);

  /* Another thing stands there now. */
  if (a_case != NULL && log == NULL)
    cot_case_cancel (a_case);
  if (log == NULL)
    note_failed (wish->tab->reopening, get_kept (wish)->path);
  else
    log = read_as_kept (wish->tab->reopening->window, a_case, log, get_kept (wish));
  fulfil (wish, a_case, log);
}

/* Also one that is no log by its name, and that the user wanted to read as one. */
static CotLog *
find_member (CotCase *a_case, const char *label)
{
  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    if (g_strcmp0 (cot_log_get_label (cot_case_get_log (a_case, i)), label) == 0)
      return cot_case_get_log (a_case, i);
  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    if (g_strcmp0 (cot_case_get_member (a_case, i)->label, label) == 0)
      return cot_case_read_member (a_case, i);
  return NULL;
}

/* @log: (nullable): it is not in there. */
static void
fulfil_member (Wish *wish, CotCase *bundle, CotLog *log)
{
  /* A bundle that is not there is named as one. */
  if (bundle != NULL && log == NULL)
    note_failed (wish->tab->reopening, get_kept (wish)->member);
  if (log != NULL)
    log = read_as_kept (wish->tab->reopening->window, bundle, log, get_kept (wish));
  fulfil (wish, bundle, log);
}

/* Until the pass phrase is known, or nobody wants to tell it: the tab stays in the session. */
static void
put_aside (CotWindow *self, const char *path, Wish *wish)
{
  GPtrArray *wishes;

  if (self->locked_wishes == NULL)
    self->locked_wishes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify) g_ptr_array_unref);
  wishes = g_hash_table_lookup (self->locked_wishes, path);
  if (wishes == NULL)
    {
      wishes = g_ptr_array_new ();
      g_hash_table_insert (self->locked_wishes, g_strdup (path), wishes);
    }
  g_ptr_array_add (wishes, wish);
}

/**
 * cot_window_waits_for:
 * @path: of a bundle
 *
 * Returns: whether tabs of last time are to come back as soon as it can be read
 */
gboolean
cot_window_waits_for (CotWindow *self, const char *path)
{
  return self->locked_wishes != NULL && g_hash_table_contains (self->locked_wishes, path);
}

/**
 * cot_window_reopen_locked:
 * @path: of a bundle
 * @bundle: (nullable): what can be read of it now, a bundle of this window; %NULL: it is not there
 *
 * The tabs that waited for it come back, or it is told which ones do not.
 */
void
cot_window_reopen_locked (CotWindow *self, const char *path, CotCase *bundle)
{
  g_autofree char *key = NULL;
  g_autoptr (GPtrArray) wishes = NULL;
  const Wish *first;

  if (!cot_window_waits_for (self, path))
    return;
  g_hash_table_steal_extended (self->locked_wishes, path, (gpointer *) &key,
                               (gpointer *) &wishes);
  first = g_ptr_array_index (wishes, 0);
  if (bundle == NULL)
    note_failed (first->tab->reopening, get_kept (first)->path);
  for (guint i = 0; i < wishes->len; i++)
    {
      Wish *wish = g_ptr_array_index (wishes, i);

      fulfil_member (wish, bundle,
                     bundle != NULL ? find_member (bundle, get_kept (wish)->member) : NULL);
    }
}

/* FALSE: the window asks for its pass phrase, and opens it anew with that. */
static gboolean
keep_bundle (CotWindow *self, CotCase *bundle)
{
  if (cot_case_hides_archives (bundle))
    {
      cot_window_ask_before_opening (self, cot_case_get_path (bundle), bundle);
      return FALSE;
    }
  cot_window_keep_case (self, bundle);
  cot_window_ask_pass_phrase (self, bundle);
  /* Without a phrase its files stand in the sidebar alone. */
  if (cot_window_is_asking (bundle) && self->current_case == NULL)
    {
      cot_window_set_current_case (self, bundle);
      cot_window_update_content (self);
    }
  return TRUE;
}

/* The last wish that is fulfilled may end it all. What is in no member that can be read may be in
 * one that asks for a pass phrase. */
static void
on_bundle_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) wishes = data;
  const Wish *first = g_ptr_array_index (wishes, 0);
  g_autoptr (CotWindow) self = g_object_ref (first->tab->reopening->window);
  CotLog *log = NULL;
  g_autoptr (CotCase) a_case
      = cot_session_open_finish (COT_SESSION (source), result, &log, NULL);
  gboolean is_open = FALSE;

  /* It is a file now, which nobody has asked for. */
  if (log != NULL)
    {
      cot_case_cancel (a_case);
      g_clear_object (&a_case);
    }
  if (a_case == NULL)
    note_failed (first->tab->reopening, get_kept (first)->path);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    is_open = keep_bundle (self, a_case);
  for (guint i = 0; i < wishes->len; i++)
    {
      Wish *wish = g_ptr_array_index (wishes, i);
      CotLog *member = is_open ? find_member (a_case, get_kept (wish)->member) : NULL;

      if (member == NULL && a_case != NULL && cot_window_is_asking (a_case))
        put_aside (self, cot_case_get_path (a_case), wish);
      else
        fulfil_member (wish, a_case, member);
    }
}

/* A bundle is opened once for all of its members. */
static void
open_member (Reopening *reopening, Wish *wish, const char *path)
{
  CotWindow *self = reopening->window;
  GPtrArray *wishes = g_hash_table_lookup (reopening->bundles, path);
  g_autoptr (CotCase) loose = NULL;

  if (wishes != NULL)
    {
      g_ptr_array_add (wishes, wish);
      return;
    }
  wishes = g_ptr_array_new ();
  g_ptr_array_add (wishes, wish);
  g_hash_table_insert (reopening->bundles, g_strdup (path), wishes);
  /* For what is no bundle any more: it is not to stand among the files of its folder. */
  loose = cot_session_new_case (self->session);
  cot_session_open_async (self->session, loose, path, self->cancellable, on_bundle_opened,
                          g_ptr_array_ref (wishes));
}

/* Files of one folder come to one case, which is to be there for the next one. */
static void
open_file (Reopening *reopening, Wish *wish, const char *path)
{
  CotWindow *self = reopening->window;
  g_autoptr (CotCase) loose = cot_window_dup_loose_case (self, path);

  cot_window_keep_case (self, loose);
  cot_session_open_async (self->session, loose, path, self->cancellable, on_log_opened, wish);
}

static gboolean
shows (CotWindow *window, const CotSessionLog *kept)
{
  AdwTabView *view = ADW_TAB_VIEW (window->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      CotLogPage *page
          = cot_window_get_log_page (adw_tab_view_get_nth_page (view, i));
      CotCase *a_case = cot_log_page_get_case (page);
      CotLog *log = cot_log_page_get_log (page);

      if (COT_IS_MERGED_LOG (log))
        continue;
      if (kept->member == NULL ? g_strcmp0 (cot_log_get_path (log), kept->path) == 0
                               : g_strcmp0 (cot_case_get_path (a_case), kept->path) == 0
                                     && g_str_equal (cot_log_get_label (log), kept->member))
        return TRUE;
    }
  return FALSE;
}

/* It may have been opened since. */
static gboolean
is_open (CotWindow *self, const CotSessionTab *tab)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = gtk_application_get_windows (application);

  for (GList *item = windows; !tab->is_merge && item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data) && shows (item->data, g_ptr_array_index (tab->logs, 0)))
      return TRUE;
  return FALSE;
}

static void
open_tab (Reopening *reopening, const CotSessionTab *kept, guint index)
{
  Tab *tab = g_new0 (Tab, 1);

  tab->reopening = reopening;
  tab->kept = cot_session_tab_copy (kept);
  tab->index = index;
  tab->opened = g_ptr_array_new_with_free_func (free_opened);
  g_ptr_array_set_size (tab->opened, (int) kept->logs->len);
  tab->n_waiting = kept->logs->len;
  reopening->n_tabs++;
  g_ptr_array_add (reopening->window->reopening, tab->kept);
  for (guint i = 0; i < kept->logs->len; i++)
    {
      const CotSessionLog *log = g_ptr_array_index (kept->logs, i);
      Wish *wish = g_new0 (Wish, 1);

      wish->tab = tab;
      wish->index = i;
      if (log->member != NULL)
        open_member (reopening, wish, log->path);
      else
        open_file (reopening, wish, log->path);
    }
}

/**
 * cot_window_reopen:
 * @session: what a window had open another time
 * @is_own: whether this one was made for that
 * @n_left_out: how many bundles are left out, which the window tells; 0: none is
 *
 * Opens it, beside what is there.
 */
void
cot_window_reopen (CotWindow *self, const CotSessionWindow *session, gboolean is_own,
                   guint n_left_out)
{
  Reopening *reopening;

  g_return_if_fail (COT_IS_WINDOW (self));

  cot_window_end_toast (self, "app.reopen-session");
  reopening = g_new0 (Reopening, 1);
  reopening->window = g_object_ref (self);
  reopening->bundles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) g_ptr_array_unref);
  reopening->failed = g_ptr_array_new_with_free_func (g_free);
  reopening->filters_all_tabs = session->filters_all_tabs && cot_window_is_empty (self);
  reopening->is_own = is_own;
  reopening->n_left_out = n_left_out;
  self->n_reopening++;
  if (self->reopening == NULL)
    self->reopening = g_ptr_array_new ();
  /* Nothing ends before all has begun. */
  reopening->n_tabs = 1;
  for (guint i = 0; i < session->tabs->len; i++)
    {
      const CotSessionTab *tab = g_ptr_array_index (session->tabs, i);

      if (!is_open (self, tab) && (n_left_out == 0 || !cot_session_tab_has_bundle (tab)))
        open_tab (reopening, tab, i);
    }
  if (--reopening->n_tabs == 0)
    end (reopening);
}
