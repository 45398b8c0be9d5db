/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The user's own detectors, changed where they stand: nothing else in their files is touched. */

#include "cot-engine.h"
#include "cot-knowledge-place.h"
#include "cot-log-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEADLINE_SECONDS 60
#define HEAD \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" COT_KNOWLEDGE_FORM_COMMENT "\n<knowledge>\n"
#define TAIL "</knowledge>\n"
#define DETECTOR(id, more) \
  "  <detector id=\"" id "\" area=\"other\" severity=\"error\">\n" \
  "    <title>A widget of " id " broke</title>\n" \
  "    <match kind=\"literal\">" id " broke at</match>\n" more \
  "    <meaning>It broke.</meaning>\n    <step>Mend it.</step>\n" \
  "    <sample>" id " broke at noon</sample>\n  </detector>\n"

typedef struct
{
  char *folder;
  CotSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = cot_session_dup_own_knowledge_folder ();
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  fixture->session = cot_session_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_object (&fixture->session);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_free (fixture->folder);
}

static char *
dup_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = dup_path (fixture, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = dup_path (fixture, name);
  g_autofree char *found = NULL;

  g_file_get_contents (path, &found, NULL, NULL);
  g_assert_cmpstr (found, ==, text);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_SECONDS * G_USEC_PER_SEC;

  while (*result == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static CotOwnDetector *
find (Fixture *fixture, const char *id)
{
  const CotDetector *detector;

  cot_session_read_own_knowledge (fixture->session);
  detector = cot_knowledge_find (cot_session_get_knowledge (fixture->session), id);
  g_assert_nonnull (detector);
  return cot_own_detector_new (detector);
}

static CotDraft *
load (CotOwnDetector *own, CotOwnDetectorShape *shape, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cot_own_detector_load_async (own, on_ready, &result);
  wait_for (&result);
  return cot_own_detector_load_finish (own, result, shape, error);
}

static gboolean
replace (CotOwnDetector *own, const CotDraft *draft, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cot_own_detector_replace_async (own, draft, on_ready, &result);
  wait_for (&result);
  return cot_own_detector_replace_finish (own, result, error);
}

static gboolean
remove_one (CotOwnDetector *own, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cot_own_detector_remove_async (own, on_ready, &result);
  wait_for (&result);
  return cot_own_detector_remove_finish (own, result, error);
}

static gboolean
restore (CotOwnDetector *own, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cot_own_detector_restore_async (own, on_ready, &result);
  wait_for (&result);
  return cot_own_detector_restore_finish (own, result, error);
}

static void
switch_one (CotOwnDetector *own, gboolean on)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cot_own_detector_switch_async (own, on, on_ready, &result);
  wait_for (&result);
  g_assert_true (cot_own_detector_switch_finish (own, result, &error));
  g_assert_no_error (error);
}

/* The text, with all that an own detector can have around it. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotOwnDetector) own = NULL;
  g_autoptr (CotDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = dup_path (fixture, "two.xml");
  CotOwnDetectorShape shape;

  write_file (fixture, "two.xml",
              HEAD "  <!-- the first, of Contoso -->\n" DETECTOR ("first", "")
              "<!-- … -->" DETECTOR ("second", "") TAIL);
  own = find (fixture, "first");
  draft = load (own, &shape, &error);
  g_assert_no_error (error);
  g_assert_nonnull (draft);
  g_assert_cmpstr (draft->title, ==, "A widget of first broke");
  g_assert_cmpstr (draft->text, ==, "first broke at");
  g_assert_cmpstr (draft->log, ==, "");
  g_assert_cmpstr (draft->meaning, ==, "It broke.");
  g_assert_cmpstr (draft->step, ==, "Mend it.");
  g_assert_cmpstr (draft->sample, ==, "first broke at noon");
  g_assert_cmpint (draft->severity, ==, COT_SEVERITY_ERROR);
  g_free (draft->title);
  draft->title = g_strdup ("Another <title> & more");
  g_assert_true (replace (own, draft, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, HEAD "  <!-- the first, of Contoso -->\n  <detector"));
  g_assert_nonnull (strstr (text, "</detector>\n<!-- … -->" DETECTOR ("second", "") TAIL));
  /* And once more, as the dialog may stay open. */
  g_free (draft->meaning);
  draft->meaning = g_strdup ("It is broken.");
  g_assert_true (replace (own, draft, &error));
  cot_session_read_own_knowledge (fixture->session);
  g_assert_cmpuint (cot_session_get_n_knowledge_problems (fixture->session), ==, 0);
  g_assert_cmpstr (cot_detector_get_title (cot_knowledge_find (
                       cot_session_get_knowledge (fixture->session), "first")),
                   ==, "Another <title> & more");
}

/* Whatever the form wrote, the form can hold. */
static void
test_every_draft_fits (Fixture *fixture, gconstpointer data)
{
  static const char *const messages[] = {
    "Widget 17 of PC0042 broke at 09:12:41 with 0x80070005",
    "Failed (a+)+$ [x]{1,2} \\Q with | ^ * ? . and 12 of 34 <b> & \"quotes\" 'too'",
    "Enrollment\x01 failed \x1b[31m in 17 colours",
    "A line\r\nand 17 more\r\n\tof it",
    "Ger\xc3\xa4t 12 of \xe2\x80\xa6 konnte nicht registriert werden",
    "]]> <!-- 12 --> <?xml ?> &amp; &#10; CDATA of 17",
    "Plain words only",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (CotLog) log = cot_log_new_for_member ("Test.log");
      g_autoptr (CotDraft) draft = cot_draft_new (fixture->session, log, messages[i]);
      g_autofree char *xml = NULL;
      g_autoptr (CotOwnDetector) own = NULL;
      g_autoptr (CotDraft) again = NULL;
      g_autofree char *xml_again = NULL;
      g_autoptr (GError) error = NULL;
      CotOwnDetectorShape shape;

      draft->severity = COT_SEVERITY_SUCCESS;
      g_free (draft->title);
      draft->title = g_strdup ("A “title” & 'more'");
      g_free (draft->meaning);
      draft->meaning = g_strdup ("It <broke>.");
      g_free (draft->step);
      draft->step = g_strdup ("Run `mend`.");
      xml = cot_draft_dup_xml (draft, "mine");
      write_file (fixture, "mine.xml", xml);
      own = find (fixture, "mine");
      again = load (own, &shape, &error);
      g_test_message ("%s", xml);
      g_assert_no_error (error);
      g_assert_cmpint (shape, ==, COT_OWN_DETECTOR_FITS);
      xml_again = cot_draft_dup_xml (again, "mine");
      g_assert_cmpstr (xml_again, ==, xml);
      /* Unchanged, it writes what stands there. */
      g_assert_true (replace (own, again, &error));
      assert_file (fixture, "mine.xml", xml);
    }
}

static void
test_shapes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *more;
    CotOwnDetectorShape shape;
  } cases[] = {
    { "", COT_OWN_DETECTOR_FITS },
    { "<log>A.log</log>", COT_OWN_DETECTOR_HAS_MORE }, /* not for this log alone */
    { "<cause>Rust.</cause>", COT_OWN_DETECTOR_HAS_MORE },
    { "<!-- mine -->", COT_OWN_DETECTOR_HAS_MORE },
    { "<step>Then that.</step>", COT_OWN_DETECTOR_HAS_SEVERAL },
    { "<sample matches=\"no\">mine is well</sample>", COT_OWN_DETECTOR_HAS_SEVERAL },
    { "<when><last-of-its-kind among=\"mine\"/><then severity=\"info\"/></when>",
      COT_OWN_DETECTOR_HAS_CONDITIONS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf (
          HEAD DETECTOR ("mine", "%s") TAIL, cases[i].more);
      g_autoptr (CotOwnDetector) own = NULL;
      g_autoptr (CotDraft) draft = NULL;
      g_autoptr (GError) error = NULL;
      CotOwnDetectorShape shape;

      write_file (fixture, "mine.xml", xml);
      own = find (fixture, "mine");
      draft = load (own, &shape, &error);
      g_assert_no_error (error);
      g_test_message ("%s", cases[i].more);
      g_assert_cmpint (shape, ==, cases[i].shape);
      g_assert_true ((draft != NULL) == (shape == COT_OWN_DETECTOR_FITS));
    }
}

static void
test_pattern (Fixture *fixture, gconstpointer data)
{
  static const char *const matches[]
      = { "<match kind=\"regex\">mine (?&lt;what&gt;broke|burst) at</match>",
          "<match kind=\"literal\">mine broke at </match>",
          "<match kind=\"regex\">mine broke at</match>" };

  for (guint i = 0; i < G_N_ELEMENTS (matches); i++)
    {
      g_autofree char *xml = g_strdup_printf (
          HEAD "<detector id=\"mine\" area=\"other\" severity=\"info\"><title>T</title>%s"
               "<meaning>M</meaning><step>S</step><sample>mine broke at noon</sample></detector>"
               TAIL,
          matches[i]);
      g_autoptr (CotOwnDetector) own = NULL;
      g_autoptr (CotDraft) draft = NULL;
      g_autoptr (GError) error = NULL;
      CotOwnDetectorShape shape;

      write_file (fixture, "mine.xml", xml);
      own = find (fixture, "mine");
      draft = load (own, &shape, &error);
      g_assert_no_error (error);
      g_assert_null (draft);
      g_assert_cmpint (shape, ==, COT_OWN_DETECTOR_HAS_PATTERN);
    }
}

/* What somebody else wrote meanwhile is not overwritten. */
static void
test_changed_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotOwnDetector) own = NULL;
  g_autoptr (CotDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  CotOwnDetectorShape shape;

  write_file (fixture, "mine.xml", HEAD DETECTOR ("mine", "") TAIL);
  own = find (fixture, "mine");
  draft = load (own, &shape, &error);
  write_file (fixture, "mine.xml", HEAD DETECTOR ("mine", "<cause>Rust.</cause>") TAIL);
  g_assert_false (replace (own, draft, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  assert_file (fixture, "mine.xml", HEAD DETECTOR ("mine", "<cause>Rust.</cause>") TAIL);
  write_file (fixture, "mine.xml", HEAD DETECTOR ("other", "") TAIL);
  g_assert_false (remove_one (own, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  write_file (fixture, "mine.xml", "no XML");
  g_assert_false (remove_one (own, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  assert_file (fixture, "mine.xml", "no XML");
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  static const char both[] = HEAD DETECTOR ("first", "") "\n" DETECTOR ("second", "") TAIL;
  g_autoptr (CotOwnDetector) first = NULL;
  g_autoptr (CotOwnDetector) second = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture, "two.xml", both);
  first = find (fixture, "first");
  second = find (fixture, "second");
  g_assert_true (remove_one (first, &error));
  assert_file (fixture, "two.xml", HEAD "\n" DETECTOR ("second", "") TAIL);
  g_assert_true (restore (first, &error));
  assert_file (fixture, "two.xml", both);
  g_assert_true (remove_one (first, &error));
  /* Where nothing else is in it, the file goes; and comes back. */
  g_assert_true (remove_one (second, &error));
  assert_file (fixture, "two.xml", NULL);
  g_assert_true (restore (second, &error));
  assert_file (fixture, "two.xml", HEAD "\n" DETECTOR ("second", "") TAIL);
  /* Not over what was written meanwhile. */
  g_assert_true (remove_one (second, &error));
  write_file (fixture, "two.xml", "new");
  g_assert_false (restore (second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_file (fixture, "two.xml", "new");
}

/* A comment of the user's between the tags of the root, or anything else there, keeps the file. */
static void
test_remove_keeps_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotOwnDetector) own = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture, "mine.xml", HEAD "<!-- kept -->\n" DETECTOR ("mine", "") TAIL);
  own = find (fixture, "mine");
  g_assert_true (remove_one (own, &error));
  assert_file (fixture, "mine.xml", HEAD "<!-- kept -->\n" TAIL);
}

/* Nor does one around the root go with the file; but what the program itself wrote there does. */
static void
test_remove_keeps_comments (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *before;
    const char *behind;
    gboolean is_kept;
  } cases[] = {
    { "<?xml version=\"1.0\"?>\n<!-- Contoso's own -->\n", "", TRUE },
    { "", "<!-- Ask Fabrikam first -->\n", TRUE },
    { "<?xml version=\"1.0\"?>\n" COT_KNOWLEDGE_FORM_COMMENT "\n", "", FALSE },
    { "<!DOCTYPE knowledge>\n", "\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotOwnDetector) own = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text
          = g_strconcat (cases[i].before, "<knowledge>\n", DETECTOR ("mine", ""), "</knowledge>\n",
                         cases[i].behind, NULL);
      g_autofree char *rest
          = g_strconcat (cases[i].before, "<knowledge>\n</knowledge>\n", cases[i].behind, NULL);

      g_test_message ("case %u", i);
      write_file (fixture, "mine.xml", text);
      own = find (fixture, "mine");
      g_assert_true (remove_one (own, &error));
      g_assert_no_error (error);
      assert_file (fixture, "mine.xml", cases[i].is_kept ? rest : NULL);
      cot_session_read_own_knowledge (fixture->session);
      g_assert_cmpuint (cot_session_get_n_knowledge_problems (fixture->session), ==, 0);
    }
}

static void
test_switch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotOwnDetector) own = NULL;
  CotKnowledge *knowledge;

  write_file (fixture, "mine.xml", HEAD DETECTOR ("mine", "") DETECTOR ("other", "") TAIL);
  write_file (fixture, COT_KNOWLEDGE_OFF_FILE, "# not now\nsome-other\n");
  own = find (fixture, "mine");
  switch_one (own, FALSE);
  switch_one (own, FALSE);
  assert_file (fixture, COT_KNOWLEDGE_OFF_FILE, "# not now\nsome-other\nmine\n");
  cot_session_read_own_knowledge (fixture->session);
  knowledge = cot_session_get_knowledge (fixture->session);
  g_assert_true (cot_detector_is_switched_off (cot_knowledge_find (knowledge, "mine")));
  g_assert_false (cot_detector_is_switched_off (cot_knowledge_find (knowledge, "other")));
  g_assert_true (cot_knowledge_is_switched_off (knowledge, "some-other"));
  g_assert_cmpuint (cot_session_get_n_knowledge_problems (fixture->session), ==, 0);
  switch_one (own, TRUE);
  assert_file (fixture, COT_KNOWLEDGE_OFF_FILE, "# not now\nsome-other\n");
  write_file (fixture, COT_KNOWLEDGE_OFF_FILE, "mine");
  switch_one (own, TRUE);
  assert_file (fixture, COT_KNOWLEDGE_OFF_FILE, NULL);
  cot_session_read_own_knowledge (fixture->session);
  knowledge = cot_session_get_knowledge (fixture->session);
  g_assert_false (cot_detector_is_switched_off (cot_knowledge_find (knowledge, "mine")));
}

/* Byte by byte, with what may stand in a document. */
static void
test_places (void)
{
  static const char xml[]
      = "\xef\xbb\xbf<!DOCTYPE knowledge>\n<knowledge><!-- <detector id='a'></detector> -->\n"
        "<marker id='a'>x</marker><detector id=\"b\"/>"
        "<detector\n id = 'a' explains='>'\n>"
        "<title>… &gt; <![CDATA[</detector>]]></title></detector >"
        "</knowledge>";
  CotKnowledgePlace place;
  g_autofree char *found = NULL;

  g_assert_true (cot_knowledge_find_place (xml, strlen (xml), "a", 1, &place));
  found = g_strndup (xml + place.start, place.end - place.start);
  g_assert_true (g_str_has_prefix (found, "<detector\n id = 'a'"));
  g_assert_true (g_str_has_suffix (found, "</title></detector >"));
  g_assert_false (place.is_alone);
  g_assert_true (cot_knowledge_find_place (xml, strlen (xml), "b", 1, &place));
  g_assert_cmpmem (xml + place.start, place.end - place.start, "<detector id=\"b\"/>", 18);
  g_assert_false (cot_knowledge_find_place (xml, strlen (xml), "c", 1, &place));
  g_assert_false (cot_knowledge_find_place (xml, strlen (xml) - 1, "a", 1, &place));
}

/* Of two with one id the one near the line is meant. */
static void
test_places_of_two (void)
{
  static const char xml[] = "<knowledge>\n<detector id='a'>1</detector>\n\n\n"
                            "<detector id='a'>2</detector>\n</knowledge>";
  CotKnowledgePlace place;

  g_assert_true (cot_knowledge_find_place (xml, strlen (xml), "a", 2, &place));
  g_assert_cmpint (xml[place.start + 17], ==, '1');
  g_assert_true (cot_knowledge_find_place (xml, strlen (xml), "a", 5, &place));
  g_assert_cmpint (xml[place.start + 17], ==, '2');
  g_assert_false (place.is_alone);
}

/* GLib's own way to do so, G_TEST_OPTION_ISOLATE_DIRS, leaks in 2.74. */
static char *
move_home (void)
{
  g_autoptr (GError) error = NULL;
  char *home = g_dir_make_tmp ("cotrace-own-detector-XXXXXX", &error);

  g_assert_no_error (error);
  g_assert_true (g_setenv ("XDG_DATA_HOME", home, TRUE));
  return home;
}

static void
remove_home (const char *home)
{
  static const char *const folders[] = { "cotrace/knowledge", "cotrace", "" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (home, folders[i], NULL);

      g_remove (path);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *home = move_home ();
  int status;

  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/own-detector/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("replace", test_replace);
  ADD ("every-draft-fits", test_every_draft_fits);
  ADD ("shapes", test_shapes);
  ADD ("pattern", test_pattern);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("remove", test_remove);
  ADD ("remove-keeps-others", test_remove_keeps_others);
  ADD ("remove-keeps-comments", test_remove_keeps_comments);
  ADD ("switch", test_switch);
#undef ADD
  g_test_add_func ("/own-detector/places", test_places);
  g_test_add_func ("/own-detector/places-of-two", test_places_of_two);
  status = g_test_run ();
  remove_home (home);
  return status;
}
