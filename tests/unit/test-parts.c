/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A log with older parts in a folder and in an archive: one log, judged once, whose evidence is
 * told by the part in which it stands. */

#include "cot-engine.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bundle-helper.h"
#include "zip-maker.h"

#define RECORD(message, time) \
  "<![LOG[" message "]LOG]!><time=\"" time "+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"3\" thread=\"7120\" file=\"a.cpp:12\">\r\n"
#define FAULT \
  "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
#define CBS(time) "2026-11-18 " time ", Info                  CBS    Session: 30_1 begins\r\n"

typedef struct
{
  const char *name;
  const char *text;
} File;

static const File parts[] = {
  { "LocationServices-20261118-080000.log", RECORD ("start", "07:00:00.000")
                                                RECORD (FAULT, "07:10:00.000") },
  { "LocationServices.lo_", RECORD ("more", "08:10:00.000") RECORD ("yet more", "08:20:00.000")
                                RECORD (FAULT, "08:30:00.000") },
  { "LocationServices.log", RECORD (FAULT, "10:30:00.000") RECORD ("end", "10:31:00.000") },
  { "CcmExec.log", RECORD ("alone", "10:30:00.000") },
};

typedef struct
{
  CotSession *session;
  CotCase *loose;
  CotCase *a_case;
} Fixture;

static void
write_folder (const File *files, guint n_files, char **path)
{
  g_autoptr (GError) error = NULL;

  *path = g_dir_make_tmp ("cotrace-parts-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_build_filename (*path, files[i].name, NULL);

      g_file_set_contents (name, files[i].text, -1, &error);
      g_assert_no_error (error);
    }
}

static char *
write_archive (const File *files, guint n_files)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) archive = NULL;

  for (guint i = 0; i < n_files; i++)
    zip_maker_add_text (maker, files[i].name, files[i].text);
  archive = zip_maker_finish (maker, NULL);
  return bundle_helper_write (archive->data, archive->len, "support-PC01.zip");
}

static void
remove_folder (const char *path, const File *files, guint n_files)
{
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_build_filename (path, files[i].name, NULL);

      g_remove (name);
    }
  g_rmdir (path);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = cot_session_new ();
  fixture->loose = cot_session_new_case (fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->a_case);
  g_clear_object (&fixture->loose);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
open_and_wait (Fixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;

  fixture->a_case = cot_session_open_sync (fixture->session, fixture->loose, path, &error);
  g_assert_no_error (error);
  cot_session_wait (fixture->session, fixture->a_case);
}

static CotLog *
find_log (CotCase *a_case, const char *name)
{
  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    if (g_str_equal (cot_log_get_name (cot_case_get_log (a_case, i)), name))
      return cot_case_get_log (a_case, i);
  return NULL;
}

static guint
find_member (CotCase *a_case, const char *label)
{
  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    if (g_str_equal (cot_case_get_member (a_case, i)->label, label))
      return i;
  g_assert_not_reached ();
}

static CotFinding *
find_finding (CotCase *a_case)
{
  for (guint i = 0; i < cot_case_get_n_findings (a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (a_case, i);

      if (g_str_equal (cot_detector_get_id (finding->detector), "cmg-403-client-certificate"))
        return finding;
    }
  return cot_case_get_headline (a_case);
}

static void
assert_evidence (CotCase *a_case, guint index, const char *label, guint64 line, guint64 ordinal)
{
  CotFinding *finding = find_finding (a_case);
  CotLog *log;
  guint64 place;
  guint64 here;
  guint64 found_line;

  g_assert_nonnull (finding);
  g_assert_true (cot_case_get_evidence (a_case, finding, index, &log, &place));
  g_assert_cmpstr (cot_log_get_part_label (log, cot_log_get_snapshot (log), place, &here), ==,
                   label);
  g_assert_cmpuint (here, ==, ordinal);
  g_assert_true (cot_snapshot_get_line (cot_log_get_snapshot (log), place, &found_line, NULL));
  g_assert_cmpuint (found_line, ==, line);
}

static void
assert_joined (Fixture *fixture)
{
  CotCase *a_case = fixture->a_case;
  CotLog *log = find_log (a_case, "LocationServices.log");

  g_assert_cmpuint (cot_case_get_n_logs (a_case), ==, 2);
  g_assert_cmpuint (cot_case_get_n_refused (a_case), ==, 0);
  g_assert_nonnull (log);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 7);
  g_assert_cmpuint (cot_snapshot_get_n_generations (cot_log_get_snapshot (log)), ==, 3);
  g_assert_nonnull (find_finding (a_case));
  g_assert_cmpuint (find_finding (a_case)->evidence->len, ==, 3);
  assert_evidence (a_case, 0, "LocationServices-20261118-080000.log", 2, 1);
  assert_evidence (a_case, 1, "LocationServices.lo_", 3, 2);
  assert_evidence (a_case, 2, "LocationServices.log", 1, 0);
}

static void
assert_exported (Fixture *fixture)
{
  g_autoptr (CotJson) json = cot_json_new ();
  const char *text;

  cot_export_finding (fixture->a_case, find_finding (fixture->a_case), json);
  text = cot_json_get_text (json, NULL);
  g_assert_nonnull (strstr (text, "{\"log\":\"LocationServices-20261118-080000.log\",\"line\":2,"
                                  "\"ordinal\":1}"));
  g_assert_nonnull (strstr (text, "{\"log\":\"LocationServices.lo_\",\"line\":3,\"ordinal\":2}"));
  g_assert_nonnull (strstr (text, "{\"log\":\"LocationServices.log\",\"line\":1,\"ordinal\":0}"));
}

static void
set_joined (Fixture *fixture, const char *label, gboolean joined)
{
  guint member = find_member (fixture->a_case, label);
  CotLog *log = cot_case_set_joined (fixture->a_case, member, joined);

  g_assert_nonnull (log);
  g_assert_true (log == find_log (fixture->a_case, "LocationServices.log"));
  g_assert_null (cot_case_set_joined (fixture->a_case, member, joined));
  cot_session_wait (fixture->session, fixture->a_case);
}

/* Apart each part is a log; joined again all is as it was. */
static void
check_switching (Fixture *fixture)
{
  set_joined (fixture, "LocationServices.lo_", FALSE);
  g_assert_cmpuint (cot_case_get_n_logs (fixture->a_case), ==, 4);
  g_assert_cmpuint (cot_log_get_n_entries (find_log (fixture->a_case, "LocationServices.log")), ==,
                    2);
  g_assert_cmpuint (cot_log_get_n_entries (find_log (fixture->a_case, "LocationServices.lo_")), ==,
                    3);
  g_assert_cmpuint (find_finding (fixture->a_case)->evidence->len, ==, 3);
  set_joined (fixture, "LocationServices.log", TRUE);
  assert_joined (fixture);
}

/* A part that somebody looks at alone is there, and judged no second time. */
static void
check_part_alone (Fixture *fixture)
{
  CotLog *log = cot_case_get_member_log (fixture->a_case,
                                         find_member (fixture->a_case, "LocationServices.lo_"));

  g_assert_nonnull (log);
  g_assert_cmpint (cot_case_find_log (fixture->a_case, log), ==, -1);
  cot_case_prioritize (fixture->a_case, log);
  cot_session_wait (fixture->session, fixture->a_case);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 3);
  g_assert_cmpuint (find_finding (fixture->a_case)->evidence->len, ==, 3);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  write_folder (parts, G_N_ELEMENTS (parts), &path);
  open_and_wait (fixture, path);
  assert_joined (fixture);
  assert_exported (fixture);
  check_switching (fixture);
  check_part_alone (fixture);
  check_switching (fixture);
  remove_folder (path, parts, G_N_ELEMENTS (parts));
}

static void
test_archive (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_archive (parts, G_N_ELEMENTS (parts));

  open_and_wait (fixture, path);
  assert_joined (fixture);
  assert_exported (fixture);
  check_switching (fixture);
  check_part_alone (fixture);
  check_switching (fixture);
  bundle_helper_remove (g_steal_pointer (&path));
}

/* Of another format it is no part of the log, but a log. */
static const File other_format[] = {
  { "CcmExec.lo_", CBS ("09:00:00") CBS ("09:00:01") CBS ("09:00:02") },
  { "CcmExec.log", RECORD ("one", "10:30:00.000") RECORD ("two", "10:31:00.000") },
};

static void
assert_apart (Fixture *fixture)
{
  guint member = find_member (fixture->a_case, "CcmExec.lo_");

  g_assert_cmpuint (cot_case_get_n_logs (fixture->a_case), ==, 2);
  g_assert_cmpuint (cot_log_get_n_entries (find_log (fixture->a_case, "CcmExec.log")), ==, 2);
  g_assert_cmpuint (cot_log_get_n_entries (find_log (fixture->a_case, "CcmExec.lo_")), ==, 3);
  g_assert_cmpuint (cot_case_get_newest_member (fixture->a_case, member), ==, member);
  g_assert_cmpuint (cot_case_get_n_refused (fixture->a_case), ==, 0);
}

static void
test_other_format (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL;
  g_autofree char *archive = write_archive (other_format, G_N_ELEMENTS (other_format));

  write_folder (other_format, G_N_ELEMENTS (other_format), &folder);
  open_and_wait (fixture, folder);
  assert_apart (fixture);
  g_clear_object (&fixture->a_case);
  open_and_wait (fixture, archive);
  assert_apart (fixture);
  remove_folder (folder, other_format, G_N_ELEMENTS (other_format));
  bundle_helper_remove (g_steal_pointer (&archive));
}

/* One part is broken: it says so, and the others are one log all the same. */
static void
test_broken_part (Fixture *fixture, gconstpointer data)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) archive = NULL;
  g_autofree char *path = NULL;
  const GError *reason;

  zip_maker_add (maker, &(ZipEntry){ .name = "CcmExec.lo_", .data = "x", .size_bytes = 1,
                                     .method = 97 });
  zip_maker_add_text (maker, "CcmExec-20261118-080000.log", RECORD ("one", "07:00:00.000"));
  zip_maker_add_text (maker, "CcmExec.log", RECORD ("two", "09:00:00.000"));
  archive = zip_maker_finish (maker, NULL);
  path = bundle_helper_write (archive->data, archive->len, "support-PC01.zip");
  open_and_wait (fixture, path);
  g_assert_cmpuint (cot_log_get_n_entries (find_log (fixture->a_case, "CcmExec.log")), ==, 2);
  g_assert_cmpuint (cot_case_get_n_refused (fixture->a_case), ==, 1);
  g_assert_cmpstr (cot_case_get_refused (fixture->a_case, 0, &reason), ==, "CcmExec.lo_");
  bundle_helper_remove (g_steal_pointer (&path));
}

static CotLog *
open_loose (Fixture *fixture, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  CotLog *log;

  g_clear_object (&fixture->a_case);
  open_and_wait (fixture, path);
  g_assert_true (fixture->a_case == fixture->loose);
  log = find_log (fixture->loose, name);
  g_assert_nonnull (log);
  return log;
}

/* A log that is opened alone is read with what stands beside it; a part of it is shown alone, and
 * judged no second time. */
static void
test_loose (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL;
  CotLog *log;

  write_folder (parts, G_N_ELEMENTS (parts), &folder);
  cot_session_set_joining (fixture->session, TRUE);
  log = open_loose (fixture, folder, "LocationServices.log");
  g_assert_cmpuint (cot_case_get_n_logs (fixture->loose), ==, 1);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 7);
  g_assert_cmpuint (find_finding (fixture->loose)->evidence->len, ==, 3);
  log = open_loose (fixture, folder, "LocationServices.lo_");
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 3);
  g_assert_cmpuint (find_finding (fixture->loose)->evidence->len, ==, 3);
  log = find_log (fixture->loose, "LocationServices.log");
  log = cot_case_reopen_log (fixture->loose, log, "ccm");
  cot_session_wait (fixture->session, fixture->loose);
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 7);
  cot_case_remove_log (fixture->loose, log);
  cot_session_wait (fixture->session, fixture->loose);
  g_assert_cmpuint (find_finding (fixture->loose)->evidence->len, ==, 1);
  remove_folder (folder, parts, G_N_ELEMENTS (parts));
}

/* A part that is open already stays what it is, and its lines count once. */
static void
test_loose_part_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL;
  CotLog *log;

  write_folder (parts, G_N_ELEMENTS (parts), &folder);
  cot_session_set_joining (fixture->session, TRUE);
  log = open_loose (fixture, folder, "LocationServices.lo_");
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 3);
  log = open_loose (fixture, folder, "LocationServices.log");
  g_assert_cmpuint (cot_log_get_n_entries (log), ==, 4);
  g_assert_cmpuint (find_finding (fixture->loose)->evidence->len, ==, 3);
  remove_folder (folder, parts, G_N_ELEMENTS (parts));
}

/* Who only reads wants file by file. */
static void
test_only_reading (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_archive (parts, G_N_ELEMENTS (parts));

  cot_session_set_scanning (fixture->session, FALSE);
  open_and_wait (fixture, path);
  g_assert_cmpuint (cot_case_get_n_logs (fixture->a_case), ==, G_N_ELEMENTS (parts));
  g_assert_false (cot_case_get_joined (fixture->a_case,
                                       find_member (fixture->a_case, "LocationServices.log")));
  bundle_helper_remove (g_steal_pointer (&path));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/parts/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("folder", test_folder);
  ADD ("archive", test_archive);
  ADD ("other-format", test_other_format);
  ADD ("broken-part", test_broken_part);
  ADD ("only-reading", test_only_reading);
  ADD ("loose", test_loose);
  ADD ("loose-part-first", test_loose_part_first);
#undef ADD

  return g_test_run ();
}
