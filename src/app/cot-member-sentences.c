/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-member-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a line has room for. */
#define MAX_NAMED_DEVICES 8
#define MAX_NAMED_FILES 8

/**
 * cot_sentence_get_layout:
 * @layout: a layout
 *
 * Returns: (transfer none): who made the bundle, in a few words
 */
const char *
cot_sentence_get_layout (CotLayout layout)
{
  switch (layout)
    {
    case COT_LAYOUT_INTUNE:
    case COT_LAYOUT_INTUNE_NUMBERED:
      return _("Intune diagnostics");
    case COT_LAYOUT_MDM_DIAGNOSTICS:
      return _("MDM diagnostics");
    case COT_LAYOUT_CLIENT_LOGS:
      return _("Configuration Manager client logs");
    case COT_LAYOUT_SUPPORT_CENTER:
      return _("Support Center data");
    case COT_LAYOUT_ONE_DATA_COLLECTOR:
      return _("Intune One Data Collector");
    case COT_LAYOUT_COLLECT_ALL_LOGS:
      return _("CollectAllLogs");
    case COT_LAYOUT_SITE_SERVER:
      return _("Site server logs");
    case COT_LAYOUT_CLIENT_AND_SERVER:
      return _("Client and server logs");
    case COT_LAYOUT_SEVERAL_DEVICES:
      return _("Several devices");
    case COT_LAYOUT_GENERIC:
    default:
      return _("Logs");
    }
}

/**
 * cot_sentence_is_title:
 * @a_case: a bundle
 * @device: the name of a computer
 *
 * Returns: whether the bundle has the same name, so that one of them says it all
 */
gboolean
cot_sentence_is_title (CotCase *a_case, const char *device)
{
  return g_ascii_strcasecmp (cot_case_get_title (a_case), device) == 0;
}

/**
 * cot_sentence_dup_devices:
 * @a_case: a case of several computers
 *
 * Returns: (transfer full): how many there are, and the names of the first
 */
char *
cot_sentence_dup_devices (CotCase *a_case)
{
  guint n = cot_case_get_n_devices (a_case);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MAX_NAMED_DEVICES); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            cot_case_get_nth_device (a_case, i));
  if (n > MAX_NAMED_DEVICES)
    g_string_append (names, ", …");
  /* Translators: a number, names of computers */
  return g_strdup_printf (ngettext ("%u device: %s", "%u devices: %s", n), n, names->str);
}

static void
append_sentence (GString *text, const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

/**
 * cot_sentence_dup_layout_notes:
 * @notes: what is in a bundle
 *
 * Returns: (transfer full) (nullable): what to know before reading it, or handing it on
 */
char *
cot_sentence_dup_layout_notes (CotLayoutNotes notes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (notes & COT_LAYOUT_NOTE_UPLOAD_TOKEN)
    append_sentence (text, _("Its results.xml may hold an upload address that works like a "
                              "password: take it out before you hand the bundle on."));
  if (notes & COT_LAYOUT_NOTE_HARDWARE_HASH)
    append_sentence (text, _("Its hardware hash names this one machine: hand it on only to whom "
                              "you trust."));
  if (notes & COT_LAYOUT_NOTE_DUMPS)
    append_sentence (text, _("Its memory dumps may hold passwords: they are never read here."));
  if (notes & COT_LAYOUT_NOTE_DOUBTFUL_ARCHIVE)
    append_sentence (text, _("Another archive in it holds the same logs. If they come from "
                              "another computer, open that archive alone."));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
cot_sentence_dup_visible (const char *text)
{
  GString *visible = g_string_new (NULL);

  cot_text_append_visible (visible, text, -1, FALSE);
  return g_string_free (visible, FALSE);
}

/* Each sentence whole, since other languages order it in other ways. */
static char *
dup_what (CotDirective directive, const char *name)
{
  switch (directive)
    {
    case COT_DIRECTIVE_REGISTRY_KEY:
      return g_strdup_printf (_("The registry key “%s” was not collected."), name);
    case COT_DIRECTIVE_COMMAND:
      return g_strdup_printf (_("The command “%s” gave nothing."), name);
    case COT_DIRECTIVE_EVENTS:
      return g_strdup_printf (_("The event log “%s” was not collected."), name);
    case COT_DIRECTIVE_FILES:
      return g_strdup_printf (_("The files “%s” were not collected."), name);
    case COT_DIRECTIVE_UNKNOWN:
    default:
      return *name != '\0' ? g_strdup_printf (_("“%s” was not collected."), name)
                           : g_strdup (_("Something was not collected."));
    }
}

static const char *
get_directive_word (CotDirective directive)
{
  switch (directive)
    {
    case COT_DIRECTIVE_REGISTRY_KEY:
      return _("Registry key.");
    case COT_DIRECTIVE_COMMAND:
      return _("Command.");
    case COT_DIRECTIVE_EVENTS:
      return _("Event log.");
    case COT_DIRECTIVE_FILES:
      return _("Files.");
    case COT_DIRECTIVE_UNKNOWN:
    default:
      return _("Not collected.");
    }
}

/* What the collector means by its usual codes; they say less where they come from elsewhere. */
static char *
dup_why (guint32 code)
{
  g_autofree char *number = g_strdup_printf ("0x%08X", code);
  gboolean known = FALSE;
  g_autoptr (CotCode) meaning = NULL;

  switch (code)
    {
    case 0:
      return g_strdup (_("The device reports no error for it, but the bundle has no file of it."));
    case 0x80070001u:
      return g_strdup_printf (_("This device does not support it (%s)."), number);
    case 0x80070002u:
      return g_strdup_printf (_("It does not exist on this device (%s)."), number);
    case 0x80070003u:
      return g_strdup_printf (_("Its folder does not exist on this device (%s)."), number);
    case 0x80070005u:
      return g_strdup_printf (_("Access was denied (%s)."), number);
    case 0x8000ffffu:
      return g_strdup_printf (_("It failed for no reason that is known (%s); DISM often does."),
                              number);
    default:
      break;
    }
  meaning = cot_code_lookup (number, &known);
  if (meaning != NULL && known && meaning->meaning != NULL)
    /* Translators: a code, and what it means */
    return g_strdup_printf (_("Error %s: %s"), number, meaning->meaning);
  return g_strdup_printf (_("Error %s."), number);
}

/**
 * cot_sentence_dup_not_collected:
 * @label: the label of a member
 * @name: (out) (optional) (transfer full): what was to be collected
 * @reason: (out) (optional) (transfer full): what that is, and why it was not
 *
 * Returns: (transfer full) (nullable): two sentences: what was not collected, and why; %NULL where
 *   the label is not that of a placeholder
 */
char *
cot_sentence_dup_not_collected (const char *label, char **name, char **reason)
{
  CotDirective directive;
  g_autofree char *raw_name = NULL;
  g_autofree char *visible = NULL;
  g_autofree char *what = NULL;
  g_autofree char *why = NULL;
  guint32 code;

  if (!cot_layout_parse_placeholder (label, &directive, &raw_name, &code))
    return NULL;
  visible = cot_sentence_dup_visible (raw_name);
  what = dup_what (directive, visible);
  why = dup_why (code);
  if (reason != NULL)
    *reason = g_strdup_printf ("%s %s", get_directive_word (directive), why);
  if (name != NULL)
    *name = g_steal_pointer (&visible);
  return g_strdup_printf ("%s %s", what, why);
}

/**
 * cot_sentence_dup_item_not_collected:
 * @item: what was to be collected, and was not
 * @name: (out) (optional) (transfer full): what it is called
 * @reason: (out) (optional) (transfer full): what that is, and why it was not
 *
 * Returns: (transfer full): two sentences: what was not collected, and why
 */
char *
cot_sentence_dup_item_not_collected (const CotCollectedItem *item, char **name, char **reason)
{
  g_autofree char *visible = cot_sentence_dup_visible (item->target);
  g_autofree char *what = dup_what (item->directive, visible);
  g_autofree char *why = dup_why (item->hresult);

  if (reason != NULL)
    *reason = g_strdup_printf ("%s %s", get_directive_word (item->directive), why);
  if (name != NULL)
    *name = *visible != '\0' ? g_steal_pointer (&visible) : g_strdup (_("Without a name"));
  return g_strdup_printf ("%s %s", what, why);
}

/**
 * cot_sentence_dup_collected_hint:
 * @item: what a member was collected for
 *
 * A device calls things missing that it has collected, so what is here counts.
 *
 * Returns: (transfer full): that the device reports an error, and what it means
 */
char *
cot_sentence_dup_collected_hint (const CotCollectedItem *item)
{
  g_autofree char *number = g_strdup_printf ("0x%08X", item->hresult);
  gboolean known = FALSE;
  g_autoptr (CotCode) meaning = cot_code_lookup (number, &known);

  if (meaning != NULL && known && meaning->meaning != NULL)
    /* Translators: an error code, and what it means */
    return g_strdup_printf (_("It was collected, but the device reports %s for it: %s"), number,
                            meaning->meaning);
  return g_strdup_printf (_("It was collected, but the device reports %s for it."), number);
}

static const struct
{
  const char *extension;
  const char *text;
} endings[] = {
  { "7z", N_("7-Zip archive. Unpack it and open the folder, or pack it as a zip.") },
  { "rar", N_("RAR archive. Unpack it and open the folder, or pack it as a zip.") },
  { "tar", N_("tar archive. Unpack it and open the folder, or pack it as a zip.") },
  { "tgz", N_("tar archive. Unpack it and open the folder, or pack it as a zip.") },
  { "iso", N_("Image of a disc. Unpack it and open the folder.") },
  { "wim", N_("Image of Windows. Unpack it and open the folder.") },
  { "pdf", N_("Document. Open it with a document viewer.") },
  { "docx", N_("Document. Open it with an office program.") },
  { "doc", N_("Document. Open it with an office program.") },
  { "xlsx", N_("Document. Open it with an office program.") },
  { "xls", N_("Document. Open it with an office program.") },
  { "pptx", N_("Document. Open it with an office program.") },
  { "odt", N_("Document. Open it with an office program.") },
  { "etl", N_("Trace for Windows tools. Open it there with tracerpt or Windows Performance "
               "Analyzer.") },
  { "sqlite", N_("Database. Open it with a program for SQLite.") },
  { "db", N_("Database. Open it with a program for SQLite.") },
  { "png", N_("Picture. Unpack the bundle to see it.") },
  { "jpg", N_("Picture. Unpack the bundle to see it.") },
  { "jpeg", N_("Picture. Unpack the bundle to see it.") },
  { "bmp", N_("Picture. Unpack the bundle to see it.") },
  { "gif", N_("Picture. Unpack the bundle to see it.") },
  { "eml", N_("Mail. Open it with a mail program.") },
  { "msg", N_("Mail. Open it with a mail program.") },
  { "exe", N_("Program. It is never run here.") },
  { "dll", N_("Part of a program. It is never run here.") },
  { "pfx", N_("Certificate with its private key. Take it out before you hand the bundle on.") },
  { "cer", N_("Certificate.") },
};

static const char *
find_ending (const CotMember *member)
{
  const char *dot = strrchr (member->base_name, '.');

  if (g_ascii_strcasecmp (member->base_name, COT_SCENARIO_FILE) == 0)
    return N_("The answer of an exercise. Choose Practice in the main menu to do it.");
  if (cot_bundle_is_part_name (member->base_name))
    return N_("Part of a split archive. Join the parts first, and open the whole.");
  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot + 1, endings[i].extension) == 0)
      return endings[i].text;
  return NULL;
}

/**
 * cot_sentence_is_unknown_member:
 * @a_case: a bundle
 * @index: a member of it
 *
 * Returns: whether it may be a log although its name is none: it is for the user to say
 */
gboolean
cot_sentence_is_unknown_member (CotCase *a_case, guint index)
{
  return cot_case_get_is_unread (a_case, index)
         && find_ending (cot_case_get_member (a_case, index)) == NULL;
}

/**
 * cot_sentence_has_unknown_member:
 * @a_case: a bundle
 *
 * Returns: whether there is one that the user may read as a log
 */
gboolean
cot_sentence_has_unknown_member (CotCase *a_case)
{
  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    if (cot_sentence_is_unknown_member (a_case, i))
      return TRUE;
  return FALSE;
}

/**
 * cot_sentence_dup_unread:
 * @a_case: a case
 *
 * Returns: (transfer full) (nullable): which files were left out by their names
 */
char *
cot_sentence_dup_unread (CotCase *a_case)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *number = NULL;
  guint n = 0;

  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    if (cot_sentence_is_unknown_member (a_case, i) && n++ < MAX_NAMED_FILES)
      {
        g_autofree char *name = cot_sentence_dup_visible (cot_case_get_member (a_case, i)->label);

        g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", name);
      }
  if (n == 0)
    return NULL;
  if (n > MAX_NAMED_FILES)
    g_string_append (names, ", …");
  number = g_strdup_printf ("%u", n);
  /* Translators: a number, names of files */
  return g_strdup_printf (ngettext ("%s file was not read, as its name is that of no log: %s",
                                    "%s files were not read, as their names are those of no "
                                    "logs: %s",
                                    n),
                          number, names->str);
}

/* What no program reads as a log, and the user cannot choose. */
static gboolean
is_left_out (CotCase *a_case, guint index)
{
  const CotMember *member = cot_case_get_member (a_case, index);

  if (cot_case_get_member_log (a_case, index) != NULL || member->size_bytes == 0
      || g_ascii_strcasecmp (member->base_name, COT_SCENARIO_FILE) == 0)
    return FALSE;
  return member->kind == COT_MEMBER_TRACE || member->kind == COT_MEMBER_DUMP
         || member->kind == COT_MEMBER_REPORT
         || (member->kind == COT_MEMBER_BINARY && find_ending (member) != NULL);
}

/**
 * cot_sentence_dup_left_out:
 * @a_case: a case
 *
 * Returns: (transfer full) (nullable): a line for each file that is of a kind that is not read:
 *   its name, its size, and what it is; without a line end behind the last
 */
char *
cot_sentence_dup_left_out (CotCase *a_case)
{
  g_autoptr (GString) text = g_string_new (_("Not read here:"));
  guint n = 0;

  for (guint i = 0; i < cot_case_get_n_members (a_case); i++)
    if (is_left_out (a_case, i) && n++ < MAX_NAMED_FILES)
      {
        const CotMember *member = cot_case_get_member (a_case, i);
        g_autofree char *name = cot_sentence_dup_visible (member->label);
        g_autofree char *size = g_format_size (member->size_bytes);

        g_string_append (text, "\n  ");
        /* Translators: name of a file, its size, and a sentence that says what it is */
        g_string_append_printf (text, _("%s (%s): %s"), name, size,
                                cot_sentence_get_member_kind (member));
      }
  if (n > MAX_NAMED_FILES)
    {
      g_string_append (text, "\n  ");
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n - MAX_NAMED_FILES),
                              n - MAX_NAMED_FILES);
    }
  return n > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * cot_sentence_get_member_kind:
 * @member: a member
 *
 * Returns: (transfer none): what it is, and what can be done with it
 */
const char *
cot_sentence_get_member_kind (const CotMember *member)
{
  const char *ending = find_ending (member);

  if (ending != NULL)
    return _(ending);
  switch (member->kind)
    {
    case COT_MEMBER_LOG:
      return _("Log.");
    case COT_MEMBER_TEXT:
      return _("Text.");
    case COT_MEMBER_REGISTRY:
      return _("Export of the registry.");
    case COT_MEMBER_EVENT_LOG:
      return _("Event log of Windows.");
    case COT_MEMBER_TRACE:
      return _("Event log of Windows. Open it there with the Event Viewer.");
    case COT_MEMBER_ARCHIVE:
      return _("Archive inside of the bundle. Unpack it and open what is in it.");
    case COT_MEMBER_REPORT:
      return _("Report. Open it in a web browser.");
    case COT_MEMBER_DUMP:
      return _("Memory dump. It may hold passwords, so it is never read.");
    case COT_MEMBER_PLACEHOLDER:
      return _("Not collected.");
    case COT_MEMBER_FOLDER_LINK:
      return _("Link. It is not followed.");
    case COT_MEMBER_BINARY:
    default:
      return _("Choose it to read it as a log.");
    }
}
