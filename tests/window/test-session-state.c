/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was open is read as it was written, or not at all: the file may hold anything. */

#include "cot-session-state.h"

#include <string.h>

#define RECORD "0123456789abcdef0123456789abcdef"
/* Nine years and a microsecond. */
#define CLOCK_USEC (-(G_GINT64_CONSTANT (9) * 365 * 24 * 3600 * G_USEC_PER_SEC) - 1)
#define HEAD "[session]\nversion=1\nended=false\n"
#define WINDOW "[window 0]\nfilter-all-tabs=false\n"
#define TAB \
  "[tab 0]\nfiles=file:///logs/Contoso.log;\nmembers=;\noff=false;\nwindow=0\nmerge=false\n" \
  "front=true\nfollow=true\n"

static CotSessionTab *
make_merge (void)
{
  CotSessionTab *tab = cot_session_tab_new ();

  g_ptr_array_add (tab->logs, cot_session_log_new ("/logs/a;b ü\n.log", NULL, FALSE));
  g_ptr_array_add (tab->logs, cot_session_log_new ("/logs/\xff\xfe.zip", "logs/c;.log", TRUE));
  ((CotSessionLog *) tab->logs->pdata[1])->format = g_strdup ("plain");
  ((CotSessionLog *) tab->logs->pdata[1])->encoding = g_strdup ("windows-932");
  ((CotSessionLog *) tab->logs->pdata[1])->clock_usec = CLOCK_USEC;
  tab->is_merge = TRUE;
  tab->group_name = g_strdup ("Applications; \"ü\"");
  tab->is_front = TRUE;
  tab->any_clause = TRUE;
  g_ptr_array_add (tab->clauses,
                   cot_filter_clause_new ("text", COT_CLAUSE_CONTAINS, "it's \"so\"\n;", TRUE));
  tab->selected.log = 1;
  g_assert_true (
      cot_entry_anchor_init_from (&tab->selected.anchor, G_MAXUINT64, RECORD));
  return tab;
}

static CotSessionState *
make_state (void)
{
  CotSessionState *state = cot_session_state_new ();
  CotSessionWindow *first = cot_session_window_new ();
  CotSessionWindow *second = cot_session_window_new ();
  CotSessionTab *plain = cot_session_tab_new ();

  g_ptr_array_add (plain->logs, cot_session_log_new ("/logs/Contoso.log", NULL, FALSE));
  plain->is_following = TRUE;
  plain->is_paused = TRUE;
  g_ptr_array_add (first->tabs, plain);
  g_ptr_array_add (second->tabs, make_merge ());
  second->filters_all_tabs = TRUE;
  g_ptr_array_add (state->windows, first);
  g_ptr_array_add (state->windows, second);
  state->was_ended = TRUE;
  return state;
}

static const CotSessionTab *
get_tab (const CotSessionState *state, guint window, guint tab)
{
  return g_ptr_array_index (
      ((const CotSessionWindow *) g_ptr_array_index (state->windows, window))->tabs, tab);
}

static void
assert_log (const CotSessionTab *tab, guint index, const char *path, const char *member,
            gboolean is_off)
{
  const CotSessionLog *log = g_ptr_array_index (tab->logs, index);

  g_assert_cmpstr (log->path, ==, path);
  g_assert_cmpstr (log->member, ==, member);
  g_assert_cmpint (log->is_off, ==, is_off);
}

static void
test_round_trip (void)
{
  g_autoptr (CotSessionState) written = make_state ();
  g_autoptr (CotSessionState) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  const CotFilterClause *clause;
  const CotSessionTab *tab;
  gsize length_bytes;

  text = cot_session_state_to_text (written, &length_bytes);
  read = cot_session_state_parse (text, length_bytes, &error);
  g_assert_no_error (error);
  g_assert_true (read->was_ended);
  g_assert_cmpuint (read->windows->len, ==, 2);
  g_assert_cmpuint (cot_session_state_get_n_tabs (read), ==, 2);
  tab = get_tab (read, 0, 0);
  assert_log (tab, 0, "/logs/Contoso.log", NULL, FALSE);
  g_assert_true (tab->is_following && tab->is_paused && !tab->is_merge && !tab->is_front);
  g_assert_null (((CotSessionLog *) tab->logs->pdata[0])->format);
  g_assert_false (cot_entry_anchor_is_set (&tab->top.anchor));
  g_assert_true (((CotSessionWindow *) read->windows->pdata[1])->filters_all_tabs);
  tab = get_tab (read, 1, 0);
  assert_log (tab, 0, "/logs/a;b ü\n.log", NULL, FALSE);
  assert_log (tab, 1, "/logs/\xff\xfe.zip", "logs/c;.log", TRUE);
  g_assert_null (((CotSessionLog *) tab->logs->pdata[0])->format);
  g_assert_cmpstr (((CotSessionLog *) tab->logs->pdata[1])->format, ==, "plain");
  g_assert_null (((CotSessionLog *) tab->logs->pdata[0])->encoding);
  g_assert_cmpstr (((CotSessionLog *) tab->logs->pdata[1])->encoding, ==, "windows-932");
  g_assert_cmpint (((CotSessionLog *) tab->logs->pdata[0])->clock_usec, ==, 0);
  g_assert_cmpint (((CotSessionLog *) tab->logs->pdata[1])->clock_usec, ==, CLOCK_USEC);
  g_assert_true (tab->is_merge && tab->is_front && tab->any_clause && !tab->is_paused);
  g_assert_cmpstr (tab->group_name, ==, "Applications; \"ü\"");
  clause = g_ptr_array_index (tab->clauses, 0);
  g_assert_cmpstr (clause->values->pdata[0], ==, "it's \"so\"\n;");
  g_assert_true (clause->excludes);
  g_assert_cmpuint (tab->selected.log, ==, 1);
  g_assert_cmpuint (tab->selected.anchor.offset, ==, G_MAXUINT64);
  g_assert_cmpstr (tab->selected.anchor.record, ==, RECORD);
  again = cot_session_state_to_text (read, &length_bytes);
  g_assert_cmpstr (again, ==, text);
}

/* A tab outlives the session that it came from. */
static void
test_copy (void)
{
  g_autoptr (CotSessionTab) tab = make_merge ();
  g_autoptr (CotSessionTab) copy = cot_session_tab_copy (tab);

  g_clear_pointer (&tab, cot_session_tab_free);
  assert_log (copy, 1, "/logs/\xff\xfe.zip", "logs/c;.log", TRUE);
  g_assert_cmpstr (((CotSessionLog *) copy->logs->pdata[1])->format, ==, "plain");
  g_assert_cmpuint (copy->clauses->len, ==, 1);
}

/* What has no path cannot be opened again; the rest of the session can. */
static void
test_incomplete (void)
{
  g_autoptr (CotSessionState) written = make_state ();
  g_autoptr (CotSessionState) read = NULL;
  CotSessionWindow *window = written->windows->pdata[0];
  g_autofree char *text = NULL;
  gsize length_bytes;

  g_ptr_array_add (window->tabs, cot_session_tab_new ());
  text = cot_session_state_to_text (written, &length_bytes);
  read = cot_session_state_parse (text, length_bytes, NULL);
  g_assert_nonnull (read);
  g_assert_cmpuint (cot_session_state_get_n_tabs (read), ==, 2);
}

static void
assert_fails (const char *text, gssize length_bytes, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotSessionState) state = cot_session_state_parse (
      text, length_bytes < 0 ? strlen (text) : (gsize) length_bytes, &error);

  if (state != NULL)
    g_test_message ("was believed: %s", text);
  g_assert_null (state);
  g_assert_error (error, COT_SESSION_STATE_ERROR, code);
}

/* One that is right, so that each wrong one below is wrong for one reason. */
static void
test_written_by_hand (void)
{
  g_autoptr (GError) error = NULL;
  const char *text = HEAD WINDOW TAB;
  g_autoptr (CotSessionState) state = cot_session_state_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  assert_log (get_tab (state, 0, 0), 0, "/logs/Contoso.log", NULL, FALSE);
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "",
    "{\"windows\": []}",
    "[session]\n",
    "[session]\nversion=one\nended=false\n",
    "[session]\nversion=1\nended=perhaps\n",
    "[session]\nversion=1\n",
    "[session]\nversion=1\nended=\xff\n",
    HEAD "[window 0]\nfilter-all-tabs=7\n",
    HEAD TAB,
    HEAD WINDOW "[tab 0]\nwindow=0\n",
    HEAD WINDOW TAB "window=1\n",
    HEAD WINDOW TAB "window=-1\n",
    HEAD WINDOW TAB "window=99999999999999999999\n",
    HEAD WINDOW TAB "front=\n",
    HEAD WINDOW TAB "files=\n",
    HEAD WINDOW TAB "files=logs/Contoso.log;\n",
    HEAD WINDOW TAB "files=https://contoso.example/a.log;\n",
    HEAD WINDOW TAB "files=file:///logs/%00.log;\n",
    HEAD WINDOW TAB "files=file:///a.log;file:///b.log;\n",
    HEAD WINDOW TAB "files=file:///a.log;file:///b.log;\nmembers=;;\noff=false;false;\n",
    HEAD WINDOW TAB "off=sometimes;\n",
    HEAD WINDOW TAB "filter=[('text', 'sounds-like', false, false, ['a'])]\nany=false\n",
    HEAD WINDOW TAB "filter=[[[[[[[[[[\nany=false\n",
    HEAD WINDOW TAB "filter=<<<<<<<<<<'a'>>>>>>>>>>\nany=false\n",
    HEAD WINDOW TAB "filter=[('text', 'is', false, false, ['a'])]\n",
    HEAD WINDOW TAB "top-log=0\ntop-offset=0\ntop-record=abc\n",
    HEAD WINDOW TAB "top-log=1\ntop-offset=0\ntop-record=" RECORD "\n",
    HEAD WINDOW TAB "top-offset=0\ntop-record=" RECORD "\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_fails (texts[i], -1, COT_SESSION_STATE_ERROR_INVALID);
  assert_fails (HEAD "\0" WINDOW, sizeof HEAD + sizeof WINDOW - 1, COT_SESSION_STATE_ERROR_INVALID);
  assert_fails ("[session]\nversion=2\nended=false\n", -1, COT_SESSION_STATE_ERROR_VERSION);
}

/* What only tells how a tab is to be shown costs no session: it is shown as any other. */
static void
test_as_usual (void)
{
  static const char *const texts[] = {
    HEAD WINDOW TAB "paused=perhaps\nformats=plain;\n",
    HEAD WINDOW TAB "paused=\xff\nformats=plain\n",
    HEAD WINDOW TAB "formats=plain;paused=7\n",
    HEAD WINDOW TAB "formats=\n",
    HEAD WINDOW TAB "formats=sounds-like;\n",
    HEAD WINDOW TAB "formats=plain;plain;\n",
    HEAD WINDOW TAB "formats=\xff\xfe;\n",
    HEAD WINDOW TAB "paused=true\nfollow=false\n",
    HEAD WINDOW TAB "encodings=ebcdic;\n",
    HEAD WINDOW TAB "encodings=windows-932;windows-932;\n",
    HEAD WINDOW TAB "clocks=1e300;\n",
    HEAD WINDOW TAB "clocks=nan;\n",
    HEAD WINDOW TAB "clocks=1;2;\n",
    HEAD WINDOW TAB "clocks=late;\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CotSessionState) state
          = cot_session_state_parse (texts[i], strlen (texts[i]), &error);
      const char *format;

      g_assert_no_error (error);
      format = ((CotSessionLog *) get_tab (state, 0, 0)->logs->pdata[0])->format;
      g_assert_cmpstr (format, ==, i < 2 ? "plain" : NULL);
      g_assert_cmpint (((CotSessionLog *) get_tab (state, 0, 0)->logs->pdata[0])->clock_usec, ==,
                       0);
      g_assert_false (get_tab (state, 0, 0)->is_paused);
    }
}

static void
test_limits (void)
{
  g_autofree char *large = g_strnfill (10 * 1024 * 1024, '#');
  g_autoptr (GString) tabs = g_string_new (HEAD WINDOW);
  g_autoptr (GString) windows = g_string_new (HEAD);
  g_autoptr (GString) deep = g_string_new (HEAD WINDOW TAB "filter=");

  assert_fails (large, -1, COT_SESSION_STATE_ERROR_TOO_LARGE);
  for (guint i = 0; i <= 500; i++)
    g_string_append_printf (tabs, "[tab %u]%s", i, TAB + strlen ("[tab 0]"));
  assert_fails (tabs->str, -1, COT_SESSION_STATE_ERROR_INVALID);
  for (guint i = 0; i <= 32; i++)
    g_string_append_printf (windows, "[window %u]\nfilter-all-tabs=false\n", i);
  assert_fails (windows->str, -1, COT_SESSION_STATE_ERROR_INVALID);
  for (guint i = 0; i < 60000; i++)
    g_string_append_c (deep, '[');
  g_string_append (deep, "\nany=false\n");
  assert_fails (deep->str, -1, COT_SESSION_STATE_ERROR_INVALID);
}

/* Whatever byte is another one: read or refused, and written again what was read. */
static void
test_any_byte (void)
{
  g_autoptr (CotSessionState) state = make_state ();
  gsize length_bytes;
  g_autofree char *text = cot_session_state_to_text (state, &length_bytes);

  for (gsize i = 0; i < length_bytes; i++)
    {
      g_autofree char *changed = g_memdup2 (text, length_bytes);
      g_autoptr (CotSessionState) read = NULL;

      changed[i] = (char) g_test_rand_int_range (0, 256);
      read = cot_session_state_parse (changed, length_bytes, NULL);
      if (read != NULL)
        {
          gsize n;
          g_autofree char *again = cot_session_state_to_text (read, &n);
          g_autoptr (CotSessionState) reread = cot_session_state_parse (again, n, NULL);

          g_assert_nonnull (reread);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-state/round-trip", test_round_trip);
  g_test_add_func ("/session-state/copy", test_copy);
  g_test_add_func ("/session-state/incomplete", test_incomplete);
  g_test_add_func ("/session-state/written-by-hand", test_written_by_hand);
  g_test_add_func ("/session-state/hostile", test_hostile);
  g_test_add_func ("/session-state/as-usual", test_as_usual);
  g_test_add_func ("/session-state/limits", test_limits);
  g_test_add_func ("/session-state/any-byte", test_any_byte);
  return g_test_run ();
}
