/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The knowledge files of a user: what is wrong is named with file, line and reason, in bounded
 * time, and everything else goes on. */

#include "cot-knowledge.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXTS "<title>Mine</title><meaning>It failed.</meaning><step>Mend it.</step>"
#define LITERAL "<match kind=\"literal\">frobnicator failed</match>"
#define SAMPLE "<sample>The frobnicator failed again</sample>"
#define DETECTOR(id, rest) \
  "<detector id=\"" id "\" area=\"other\" severity=\"warning\">" TEXTS rest "</detector>"
#define PACK(rest) "<knowledge>\n\n" rest "\n</knowledge>"
/* @pattern, and a sample that it matches. */
#define REGEX(pattern, sample) \
  PACK (DETECTOR ("mine", "<match kind=\"regex\">" pattern "</match><sample>" sample "</sample>"))

/* More than a check may take, however busy the computer is. */
#define PATIENCE_USEC (60 * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  CotKnowledge *base;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = NULL;

  fixture->folder = g_dir_make_tmp ("cotrace-packs-XXXXXX", NULL);
  fixture->base = cot_knowledge_new_builtin (NULL);
  good = g_build_filename (fixture->folder, "z-good.xml", NULL);
  g_assert_true (g_file_set_contents (good, PACK (DETECTOR ("good-one", LITERAL SAMPLE)), -1,
                                      NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  cot_knowledge_unref (fixture->base);
  g_free (fixture->folder);
}

static char *
dup_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_pack (Fixture *fixture, const char *name, const char *xml, gssize length_bytes)
{
  g_autofree char *path = dup_path (fixture, name);

  g_assert_true (g_file_set_contents (path, xml, length_bytes, NULL));
}

/* The good pack works, and all that is built in. */
static CotKnowledge *
read_folder (Fixture *fixture)
{
  gint64 start_usec = g_get_monotonic_time ();
  CotKnowledge *knowledge = cot_knowledge_new_with_folder (fixture->base, fixture->folder);

  g_assert_cmpint (g_get_monotonic_time () - start_usec, <, PATIENCE_USEC);
  g_assert_nonnull (cot_knowledge_find (knowledge, "good-one"));
  g_assert_cmpuint (cot_knowledge_get_n_detectors (knowledge), >,
                    cot_knowledge_get_n_detectors (fixture->base));
  return knowledge;
}

/* One thing is wrong, with @name, and nothing of it is used. */
static void
assert_refused (Fixture *fixture, const char *name, guint line, CotKnowledgeError code,
                const char *reason)
{
  g_autoptr (CotKnowledge) knowledge = read_folder (fixture);
  g_autofree char *path = dup_path (fixture, name);
  const CotKnowledgeProblem *problem;
  const CotKnowledgePack *pack;

  g_assert_cmpuint (cot_knowledge_get_n_detectors (knowledge), ==,
                    cot_knowledge_get_n_detectors (fixture->base) + 1);
  g_assert_cmpuint (cot_knowledge_get_n_problems (knowledge), ==, 1);
  problem = cot_knowledge_get_problem (knowledge, 0);
  g_test_message ("%s:%u: %s", problem->file, problem->line, problem->reason);
  g_assert_cmpstr (problem->file, ==, path);
  g_assert_cmpuint (problem->line, ==, line);
  g_assert_cmpint (problem->code, ==, code);
  g_assert_true (g_utf8_validate (problem->reason, -1, NULL));
  g_assert_nonnull (strstr (problem->reason, reason));
  g_assert_cmpuint (cot_knowledge_get_n_packs (knowledge), ==, 2);
  pack = cot_knowledge_get_pack (knowledge, 0);
  g_assert_cmpstr (pack->path, ==, path);
  g_assert_cmpuint (pack->n_detectors, ==, 0);
  g_assert_cmpuint (pack->n_problems, ==, 1);
  pack = cot_knowledge_get_pack (knowledge, 1);
  g_assert_cmpuint (pack->n_detectors, ==, 1);
  g_assert_cmpuint (pack->n_problems, ==, 0);
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *xml;
    guint line;
    CotKnowledgeError code;
    const char *reason;
  } cases[] = {
    { REGEX ("Failed (", "Failed ("), 3, COT_KNOWLEDGE_ERROR_BAD_RULE, "bad pattern" },
    { PACK (DETECTOR ("mine", LITERAL "<sample>nothing of it</sample>")), 3,
      COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH, "sample does not match: nothing of it" },
    { PACK (DETECTOR ("mine", LITERAL SAMPLE "<sample matches=\"no\">frobnicator failed</sample>")),
      3, COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH, "near miss matches" },
    { PACK (DETECTOR ("mine", LITERAL)), 3, COT_KNOWLEDGE_ERROR_BAD_RULE, "there is no <sample>" },
    { PACK ("<detektor id=\"mine\"/>"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE,
      "unknown element <detektor>" },
    { PACK (DETECTOR ("mine", "\n<script/>")), 4, COT_KNOWLEDGE_ERROR_BAD_RULE,
      "unknown element <script>" },
    { PACK ("<detector id=\"mine\" area=\"other\" severity=\"warning\" colour=\"red\"/>"), 3,
      COT_KNOWLEDGE_ERROR_BAD_RULE, "colour" },
    { PACK ("<run starts=\"a\" succeeds=\"a\" capture=\"b\" values=\"0\"/>"), 3,
      COT_KNOWLEDGE_ERROR_BAD_RULE, "built-in" },
    { PACK ("<detector"), 4, COT_KNOWLEDGE_ERROR_BAD_RULE, "" },
    { "", 1, COT_KNOWLEDGE_ERROR_BAD_RULE, "" },
    { "<!DOCTYPE knowledge [<!ENTITY a \"b\">]>\n" PACK ("&a;"), 4, COT_KNOWLEDGE_ERROR_BAD_RULE,
      "" },
    /* It must be worth to sift by. */
    { PACK (DETECTOR ("mine", "<match kind=\"literal\">abc</match><sample>abc</sample>")), 3,
      COT_KNOWLEDGE_ERROR_BAD_RULE, "four characters" },
    { REGEX ("\\d+", "12"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE, "that must occur" },
    { REGEX ("Failed|", "Failed"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE, "that must occur" },
    /* Nothing may be repeated without end in front of it. */
    { REGEX (".*Failed", "It Failed"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE, "repeat without bound" },
    { REGEX ("\\S+ failed", "x failed"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE, "repeat without bound" },
    { REGEX ("(?:[a-z]{2,}) failed", "xx failed"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE,
      "repeat without bound" },
    { REGEX ("(?P&lt;name&gt;\\w+?) failed", "xx failed"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE,
      "repeat without bound" },
    { REGEX ("Broken|x*Failed", "Broken"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE,
      "repeat without bound" },
    /* Nor behind it, where it costs too much. */
    { REGEX ("Failed (a+)+$", "Failed a"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE, "too slow" },
    { REGEX ("Fail.*ed.*twice.*today", "Failed twice today"), 3, COT_KNOWLEDGE_ERROR_BAD_RULE,
      "too slow" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].xml);
      write_pack (fixture, "bad.xml", cases[i].xml, -1);
      assert_refused (fixture, "bad.xml", cases[i].line, cases[i].code, cases[i].reason);
    }
}

static void
test_good_patterns (Fixture *fixture, gconstpointer data)
{
  static const char *const packs[] = {
    REGEX ("Failed with 0x[0-9a-f]{8}", "Failed with 0x80070005"),
    REGEX ("^[ \\t]*Failed", "  Failed"),
    REGEX ("\\bFailed to read .{1,80}? from \\S+", "Failed to read it from here"),
    REGEX ("[a-z]{1,20} failed", "it failed"),
    REGEX ("(?:Failed|Broken) [^\\n]{0,200}", "Broken it is"),
    "\xef\xbb\xbf" REGEX ("Failed", "Failed"),
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" REGEX ("Failed", "Failed"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (packs); i++)
    {
      g_autoptr (CotKnowledge) knowledge = NULL;

      write_pack (fixture, "more.xml", packs[i], -1);
      knowledge = read_folder (fixture);
      for (guint j = 0; j < cot_knowledge_get_n_problems (knowledge); j++)
        g_error ("%s: %s", packs[i], cot_knowledge_get_problem (knowledge, j)->reason);
      g_assert_nonnull (cot_knowledge_find (knowledge, "mine"));
    }
}

/* Nothing takes the place of what was there before, and both places are told. */
static void
test_duplicates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotKnowledge) knowledge = NULL;
  const CotDetector *builtin;

  write_pack (fixture, "again.xml", PACK (DETECTOR ("setup-failed", LITERAL SAMPLE)), -1);
  assert_refused (fixture, "again.xml", 3, COT_KNOWLEDGE_ERROR_DUPLICATE_ID,
                  "“setup-failed” exists already: it is built in, at client-install.xml:");
  knowledge = read_folder (fixture);
  builtin = cot_knowledge_find (knowledge, "setup-failed");
  g_assert_true (cot_detector_is_builtin (builtin));
  g_clear_pointer (&knowledge, cot_knowledge_unref);

  write_pack (fixture, "again.xml",
              PACK (DETECTOR ("mine", LITERAL SAMPLE) "\n" DETECTOR ("mine", LITERAL SAMPLE)), -1);
  knowledge = read_folder (fixture);
  g_assert_cmpuint (cot_knowledge_get_n_problems (knowledge), ==, 1);
  g_assert_cmpuint (cot_knowledge_get_problem (knowledge, 0)->line, ==, 4);
  g_assert_nonnull (strstr (cot_knowledge_get_problem (knowledge, 0)->reason, "again.xml:3"));
  g_clear_pointer (&knowledge, cot_knowledge_unref);

  write_pack (fixture, "again.xml",
              PACK ("<log-file name=\"CcmMessaging.log\" side=\"client\"><purpose>Mine</purpose>"
                    "<folder>C:\\</folder></log-file>"),
              -1);
  assert_refused (fixture, "again.xml", 3, COT_KNOWLEDGE_ERROR_DUPLICATE_ID,
                  "it is built in, at logs-client.xml:");
}

static void
test_large (Fixture *fixture, gconstpointer data)
{
  const gsize length_bytes = 10 * 1024 * 1024;
  g_autofree char *large = g_strnfill (length_bytes, ' ');
  g_autoptr (GString) filled = g_string_new ("<knowledge>");

  memcpy (large, "<knowledge>", strlen ("<knowledge>"));
  write_pack (fixture, "large.xml", large, (gssize) length_bytes);
  assert_refused (fixture, "large.xml", 0, COT_KNOWLEDGE_ERROR_UNREADABLE, "larger than 1 MiB");

  while (filled->len < COT_KNOWLEDGE_MAX_FILE_BYTES - 1024)
    g_string_append (filled, "<!-- nothing of use -->\n");
  write_pack (fixture, "large.xml", filled->str, -1);
  assert_refused (fixture, "large.xml", (guint) ((filled->len - 11) / 24) + 1,
                  COT_KNOWLEDGE_ERROR_BAD_RULE, "");
}

static void
test_deep (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "when", "knowledge", "b" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) deep = g_string_new ("<knowledge>\n<detector id=\"mine\" area=\"other\" "
                                               "severity=\"info\">\n");

      for (guint j = 0; j < 1000; j++)
        g_string_append_printf (deep, "<%s>", names[i]);
      write_pack (fixture, "deep.xml", deep->str, -1);
      assert_refused (fixture, "deep.xml", 3, COT_KNOWLEDGE_ERROR_BAD_RULE, names[i]);
    }
}

static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  static const char utf16[] = "\xff\xfe<\0k\0n\0o\0w\0l\0e\0d\0g\0e\0/\0>\0";
  static const char with_nul[] = "<knowledge>\n\0</knowledge>";

  write_pack (fixture, "bad.xml", PACK ("<!-- Kundenger\xe4t -->"), -1);
  assert_refused (fixture, "bad.xml", 3, COT_KNOWLEDGE_ERROR_BAD_RULE, "not UTF-8");
  write_pack (fixture, "bad.xml", utf16, sizeof utf16);
  assert_refused (fixture, "bad.xml", 1, COT_KNOWLEDGE_ERROR_BAD_RULE, "not UTF-8");
  write_pack (fixture, "bad.xml", with_nul, sizeof with_nul);
  assert_refused (fixture, "bad.xml", 2, COT_KNOWLEDGE_ERROR_BAD_RULE, "not UTF-8");
}

static void
test_no_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_path (fixture, "odd.xml");
  g_autofree char *nowhere = dup_path (fixture, "nowhere");

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (fixture, "odd.xml", 0, COT_KNOWLEDGE_ERROR_UNREADABLE, "a folder");
  g_assert_cmpint (g_rmdir (path), ==, 0);

  /* Nobody writes into it: reading would wait for ever. */
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (fixture, "odd.xml", 0, COT_KNOWLEDGE_ERROR_UNREADABLE, "not a regular file");
  g_assert_cmpint (g_unlink (path), ==, 0);

  g_assert_cmpint (symlink (path, path), ==, 0);
  assert_refused (fixture, "odd.xml", 0, COT_KNOWLEDGE_ERROR_UNREADABLE, g_strerror (ELOOP));
  g_assert_cmpint (g_unlink (path), ==, 0);

  g_assert_cmpint (symlink (nowhere, path), ==, 0);
  assert_refused (fixture, "odd.xml", 0, COT_KNOWLEDGE_ERROR_UNREADABLE, g_strerror (ENOENT));
  g_assert_cmpint (g_unlink (path), ==, 0);

  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  assert_refused (fixture, "odd.xml", 0, COT_KNOWLEDGE_ERROR_UNREADABLE, "not a regular file");
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_path (fixture, "mine.xml");

  if (geteuid () == 0)
    {
      g_test_skip ("nothing is closed to this user");
      return;
    }
  write_pack (fixture, "mine.xml", "<knowledge/>", -1);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  assert_refused (fixture, "mine.xml", 0, COT_KNOWLEDGE_ERROR_UNREADABLE, g_strerror (EACCES));
}

/* A folder that is none is a problem; one that does not exist is not. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = dup_path (fixture, "z-good.xml");
  g_autofree char *nowhere = dup_path (fixture, "nowhere");
  g_autoptr (CotKnowledge) of_file = cot_knowledge_new_with_folder (fixture->base, file);
  g_autoptr (CotKnowledge) of_nothing = cot_knowledge_new_with_folder (fixture->base, nowhere);

  g_assert_cmpuint (cot_knowledge_get_n_problems (of_file), ==, 1);
  g_assert_cmpstr (cot_knowledge_get_problem (of_file, 0)->file, ==, file);
  g_assert_cmpuint (cot_knowledge_get_n_problems (of_nothing), ==, 0);
  g_assert_cmpuint (cot_knowledge_get_n_packs (of_nothing), ==, 0);
}

/* However many files are broken, and however slow: it ends. */
static void
test_many_faults (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = dup_path (fixture, "z-good.xml");
  g_autofree char *bad = dup_path (fixture, "bad.xml");
  const char *paths[] = { good, bad, bad };
  g_autoptr (GString) many = g_string_new ("<knowledge>");
  g_autoptr (CotKnowledge) knowledge = NULL;
  guint n_problems;

  for (guint i = 0; i < 2 * COT_KNOWLEDGE_MAX_PROBLEMS; i++)
    g_string_append (many, "\n" DETECTOR ("mine", LITERAL));
  g_string_append (many, "\n</knowledge>");
  write_pack (fixture, "bad.xml", many->str, -1);
  knowledge = cot_knowledge_new_with_files (fixture->base, paths, G_N_ELEMENTS (paths));
  g_assert_nonnull (cot_knowledge_find (knowledge, "good-one"));
  n_problems = cot_knowledge_get_n_problems (knowledge);
  g_assert_cmpuint (n_problems, ==, COT_KNOWLEDGE_MAX_PROBLEMS + 2);
  g_assert_nonnull (strstr (cot_knowledge_get_problem (knowledge, n_problems - 2)->reason,
                            "was not looked at"));
  g_assert_nonnull (strstr (cot_knowledge_get_problem (knowledge, n_problems - 1)->reason,
                            "not read"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/knowledge-packs/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("rules", test_rules);
  ADD ("good-patterns", test_good_patterns);
  ADD ("duplicates", test_duplicates);
  ADD ("large", test_large);
  ADD ("deep", test_deep);
  ADD ("encodings", test_encodings);
  ADD ("no-files", test_no_files);
  ADD ("unreadable", test_unreadable);
  ADD ("no-folder", test_no_folder);
  ADD ("many-faults", test_many_faults);
#undef ADD
  return g_test_run ();
}
