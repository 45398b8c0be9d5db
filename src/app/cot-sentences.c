/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-sentences.h"

#include <glib/gi18n.h>

/* More names than these are not read. */
#define MAX_NAMES 6
#define NAME_HEAD_CHARACTERS 60
#define NAME_TAIL_CHARACTERS 24

static const char *
get_source_sentence (int code)
{
  switch ((CotSourceError) code)
    {
    case COT_SOURCE_ERROR_NOT_FOUND:
      return _("“%s” is not there. Look whether its name is right, and whether it was moved.");
    case COT_SOURCE_ERROR_PERMISSION:
      return _("You may not read “%s”. Copy it to your own folder, or ask for the right to read "
               "it.");
    case COT_SOURCE_ERROR_IS_FOLDER:
      return _("“%s” is a folder. Open it as a folder to see all logs in it.");
    case COT_SOURCE_ERROR_NOT_REGULAR:
      return _("“%s” is a pipe, a device or a system file, not a log. Open a regular file.");
    case COT_SOURCE_ERROR_TRUNCATED:
      return _("“%s” became shorter while it was read. Press F5 to read it again.");
    case COT_SOURCE_ERROR_REPLACED:
      return _("“%s” was replaced by another file. Open it again to see the new one.");
    case COT_SOURCE_ERROR_ENCODING:
      return _("“%s” cannot be read in this encoding here. Choose another one, or save it as "
               "UTF-8.");
    case COT_SOURCE_ERROR_TOO_LARGE:
      return _("“%s” is larger than the limit. Open a part of it.");
    case COT_SOURCE_ERROR_UNREACHABLE:
      return _("The server or the disk that holds “%s” went away. What was read is shown.");
    case COT_SOURCE_ERROR_TOO_MANY:
      return _("“%s” was not opened: too many files are open. Close some logs, or open a part of "
               "the folder.");
    case COT_SOURCE_ERROR_LINK:
      return _("“%s” is a link that leads back to itself. Open the file that it should lead to.");
    case COT_SOURCE_ERROR_FAILED:
    default:
      return _("“%s” could not be read. Try to copy it to your own folder first.");
    }
}

static const char *
get_bundle_sentence (int code)
{
  switch ((CotBundleError) code)
    {
    case COT_BUNDLE_ERROR_UNSUPPORTED:
      return _("“%s” is packed in a way that cannot be read. Unpack it yourself and open the "
               "folder.");
    case COT_BUNDLE_ERROR_ENCRYPTED:
      return _("“%s” is encrypted. Open the bundle again and give its pass phrase.");
    case COT_BUNDLE_ERROR_WRONG_PASS_PHRASE:
      return _("“%s” could not be decrypted: the pass phrase is wrong. Open the bundle again and "
               "give the right one.");
    case COT_BUNDLE_ERROR_LIMIT:
      return _("“%s”: stopped, it unpacks to more than the limit. What was read is shown.");
    case COT_BUNDLE_ERROR_CORRUPT:
      return _("“%s” is damaged. Ask for a new copy; what could be read is shown.");
    case COT_BUNDLE_ERROR_CHECKSUM:
      return _("“%s” was read, but its checksum is wrong: some of it may be damaged.");
    case COT_BUNDLE_ERROR_TRUNCATED:
      return _("The end of “%s” is missing. Copy it again; what came before is shown.");
    case COT_BUNDLE_ERROR_NOT_AN_ARCHIVE:
      return _("“%s” is called an archive, but is none that can be read. Look whether it was "
               "copied whole; it can only be shown as text.");
    case COT_BUNDLE_ERROR_LINK:
      return _("“%s” is a link, which is not followed. Open the file that it leads to.");
    case COT_BUNDLE_ERROR_TOO_MANY:
      return _("“%s” holds more files, or deeper folders, than are read at once. Open a part of "
               "it.");
    case COT_BUNDLE_ERROR_TOO_MANY_LOGS:
      G_STATIC_ASSERT (COT_CASE_MAX_LOGS == 50000);
      return _("“%s” holds more than 50,000 logs: the others were not read. Open a part of it.");
    case COT_BUNDLE_ERROR_TOO_DEEP:
      return _("“%s” is nested too deep: an archive inside four others. Unpack the outer ones "
               "yourself and open the folder.");
    case COT_BUNDLE_ERROR_NOT_LOOKED_INTO:
      return _("“%s” was not looked into: there are too many archives in here, or too large ones. "
               "Unpack it yourself and open the folder.");
    case COT_BUNDLE_ERROR_REPEATS:
      return _("“%s” holds itself, again and again. Somebody made it to do harm; it was not "
               "unpacked.");
    case COT_BUNDLE_ERROR_PART_MISSING:
      return _("“%s” is one part of a set, and another part is missing. Put all parts into one "
               "folder and open the folder.");
    case COT_BUNDLE_ERROR_NAME:
      return _("“%s” was not read: its name is too long. Unpack it yourself under a shorter one.");
    case COT_BUNDLE_ERROR_SPLIT:
      return _("“%s” is one part of a split archive. Join the parts first, for example with "
               "7-Zip, and open the whole.");
    case COT_BUNDLE_ERROR_SEVEN_ZIP:
      return _("“%s” is a 7-Zip archive, which Cotrace does not open. Unpack it first and open "
               "the folder, or pack it as a zip.");
    case COT_BUNDLE_ERROR_RAR:
      return _("“%s” is a RAR archive, which Cotrace does not open. Unpack it first and open the "
               "folder, or pack it as a zip.");
    case COT_BUNDLE_ERROR_TAR:
      return _("“%s” is a tar archive, which Cotrace does not open. Unpack it first and open the "
               "folder, or pack it as a zip.");
    case COT_BUNDLE_ERROR_DISC_IMAGE:
      return _("“%s” is an image of a disc, which Cotrace does not open. Unpack it first and open "
               "the folder with the logs.");
    case COT_BUNDLE_ERROR_PDF:
      return _("“%s” is a PDF document and no log. Open it with a document viewer.");
    case COT_BUNDLE_ERROR_PICTURE:
      return _("“%s” is a picture and no log. Ask for the log itself: a picture cannot be "
               "searched.");
    case COT_BUNDLE_ERROR_OFFICE:
      return _("“%s” is an office document and no log. Open it with an office program.");
    case COT_BUNDLE_ERROR_CABINET_IN_PROGRAM:
      return _("“%s” is a program with a cabinet in it, and is never run here. Unpack the cabinet "
               "first, for example with 7-Zip, and open the folder.");
    case COT_BUNDLE_ERROR_WORKER:
    default:
      return _("“%s” could not be unpacked safely, so it was not unpacked. Unpack it yourself and "
               "open the folder.");
    }
}

static const char *
get_io_sentence (int code)
{
  switch (code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return get_source_sentence (COT_SOURCE_ERROR_NOT_FOUND);
    case G_IO_ERROR_PERMISSION_DENIED:
      return get_source_sentence (COT_SOURCE_ERROR_PERMISSION);
    case G_IO_ERROR_IS_DIRECTORY:
      return get_source_sentence (COT_SOURCE_ERROR_IS_FOLDER);
    case G_IO_ERROR_NOT_REGULAR_FILE:
      return get_source_sentence (COT_SOURCE_ERROR_NOT_REGULAR);
    case G_IO_ERROR_NOT_SUPPORTED:
      return _("“%s” is not on this computer. Copy it here and open the copy.");
    default:
      return get_source_sentence (COT_SOURCE_ERROR_FAILED);
    }
}

/**
 * cot_sentence_dup_short_name:
 * @name: a name for a sentence in the window; valid UTF-8
 *
 * A sentence for a report or a script has the name whole: it is masked there, or copied.
 *
 * Returns: (transfer full): of a long name both ends: what it begins with, and what kind of file
 *   it is
 */
char *
cot_sentence_dup_short_name (const char *name)
{
  glong n = g_utf8_strlen (name, -1);
  g_autofree char *head = NULL;

  if (n <= NAME_HEAD_CHARACTERS + 1 + NAME_TAIL_CHARACTERS)
    return g_strdup (name);
  head = g_utf8_substring (name, 0, NAME_HEAD_CHARACTERS);
  return g_strconcat (head, "…", g_utf8_offset_to_pointer (name, n - NAME_TAIL_CHARACTERS), NULL);
}

/* The sentences are translated: their one %s is checked by msgfmt, not by the compiler. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
fill_in (const char *sentence, const char *name)
{
  return g_strdup_printf (sentence, name);
}
#pragma GCC diagnostic pop

/**
 * cot_sentence_from_error:
 * @error: what happened
 * @name: the file, as people know it; valid UTF-8
 *
 * Returns: (transfer full): a sentence that names the file, the reason and the next step
 */
char *
cot_sentence_from_error (const GError *error, const char *name)
{
  if (error->domain == COT_SOURCE_ERROR)
    return fill_in (get_source_sentence (error->code), name);
  if (error->domain == COT_BUNDLE_ERROR)
    return fill_in (get_bundle_sentence (error->code), name);
  if (error->domain == G_IO_ERROR)
    return fill_in (get_io_sentence (error->code), name);
  return fill_in (get_source_sentence (COT_SOURCE_ERROR_FAILED), name);
}

/* Where the sentence would promise what is not there. (nullable) */
static const char *
get_failure_sentence (const GError *error)
{
  if (g_error_matches (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_UNREACHABLE))
    return _("The server or the disk that holds “%s” went away, and nothing of it was read. Look "
             "whether it can be reached.");
  if (g_error_matches (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_LIMIT))
    return _("“%s”: stopped, it unpacks to more than the limit. Nothing of it is shown; unpack it "
             "yourself.");
  if (g_error_matches (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CORRUPT))
    return _("“%s” is damaged, and nothing of it could be read. Ask for a new copy.");
  if (g_error_matches (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TRUNCATED))
    return _("The end of “%s” is missing, and nothing of it could be read. Copy it again.");
  return NULL;
}

/**
 * cot_sentence_from_failure:
 * @error: what happened
 * @name: the file, as people know it; valid UTF-8
 *
 * Returns: (transfer full): as cot_sentence_from_error(), of what is not shown at all
 */
char *
cot_sentence_from_failure (const GError *error, const char *name)
{
  const char *sentence = get_failure_sentence (error);

  return sentence != NULL ? fill_in (sentence, name) : cot_sentence_from_error (error, name);
}

/**
 * cot_sentence_from_cut:
 * @error: what happened
 * @name: the file, as people know it; valid UTF-8
 *
 * Returns: (transfer full): as cot_sentence_from_error(), of what is shown as far as it was read
 */
char *
cot_sentence_from_cut (const GError *error, const char *name)
{
  if (error->domain == COT_SOURCE_ERROR && error->code == COT_SOURCE_ERROR_FAILED)
    return fill_in (_("“%s” could not be read to its end. What was read is shown; copy it to your "
                      "own folder to read the rest."),
                    name);
  return cot_sentence_from_error (error, name);
}

/**
 * cot_sentence_from_refusal:
 * @a_case: a case
 * @index: below cot_case_get_n_refused()
 * @name: what was refused, as people know it; valid UTF-8
 *
 * Returns: (transfer full): as cot_sentence_from_error()
 */
char *
cot_sentence_from_refusal (CotCase *a_case, guint index, const char *name)
{
  const GError *reason = NULL;

  cot_case_get_refused (a_case, index, &reason);
  return cot_case_shows_refused (a_case, index) ? cot_sentence_from_cut (reason, name)
                                                : cot_sentence_from_failure (reason, name);
}

/**
 * cot_sentence_get_partly:
 * @reason: why a log that is shown is not whole
 *
 * Returns: (transfer none): the reason in a few words
 */
const char *
cot_sentence_get_partly (const GError *reason)
{
  if (g_error_matches (reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TRUNCATED))
    return _("Cut short: what came before the cut is shown.");
  if (reason->domain != COT_BUNDLE_ERROR)
    return _("It could not be read to its end: what was read is shown.");
  return _("Damaged: its checksum is wrong, some of it may not be as it was.");
}

/**
 * cot_sentence_from_event:
 * @event: what happened to an open log
 * @name: the log's name
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL where nothing has to be said
 */
char *
cot_sentence_from_event (CotDocumentEvent event, const char *name)
{
  switch (event)
    {
    case COT_DOCUMENT_EVENT_TRUNCATED:
      return g_strdup_printf (_("“%s” started anew; the older part stays above."), name);
    case COT_DOCUMENT_EVENT_REPLACED:
      return g_strdup_printf (_("“%s” was replaced by a new file; the older part stays above."),
                              name);
    case COT_DOCUMENT_EVENT_REMOVED:
      return g_strdup_printf (_("“%s” was removed. What was read stays here."), name);
    case COT_DOCUMENT_EVENT_RETURNED:
      return g_strdup_printf (_("“%s” is back."), name);
    case COT_DOCUMENT_EVENT_OUTDATED:
      return g_strdup_printf (_("“%s” was written anew, and is read anew."), name);
    case COT_DOCUMENT_EVENT_UNDERSTOOD:
      return g_strdup_printf (_("“%s” is read anew: only now it is clear whether its dates begin "
                                "with the day or the month."),
                              name);
    case COT_DOCUMENT_EVENT_NONE:
    default:
      return NULL;
    }
}

char *
cot_sentence_dup_number (guint64 number)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
}

/**
 * cot_sentence_get_severity:
 * @severity: how bad
 *
 * Returns: (transfer none): the word for people
 */
const char *
cot_sentence_get_severity (CotSeverity severity)
{
  switch (severity)
    {
    case COT_SEVERITY_ERROR:
      return _("Error");
    case COT_SEVERITY_WARNING:
      return _("Warning");
    case COT_SEVERITY_SUCCESS:
      return _("Success");
    case COT_SEVERITY_INFO:
      return _("Information");
    case COT_SEVERITY_VERBOSE:
      return _("Verbose");
    case COT_SEVERITY_UNKNOWN:
    default:
      return _("Unknown");
    }
}

const char *
cot_sentence_get_step_warning (CotStepFlags flags)
{
  if (flags & COT_STEP_DANGER)
    return _("Careful: this can destroy data. Do it only when you know that you must.");
  if (flags & COT_STEP_WEAKENS_SECURITY)
    return _("Careful: this lowers the protection.");
  return NULL;
}

/**
 * cot_sentence_dup_base_name:
 * @path: a path, as the system writes it
 *
 * Returns: (transfer full): its last part as valid UTF-8
 */
char *
cot_sentence_dup_base_name (const char *path)
{
  g_autofree char *base_name = g_path_get_basename (path);

  return g_filename_display_name (base_name);
}

char *
cot_sentence_join_names (GPtrArray *names)
{
  guint n_shown = MIN (names->len, MAX_NAMES);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_shown; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, g_ptr_array_index (names, i));
    }
  if (names->len > n_shown)
    return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", names->len - n_shown),
                            text->str, names->len - n_shown);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
