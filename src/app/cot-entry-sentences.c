/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-entry-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-clock-shift.h"
#include "cot-entry-text.h"
#include "cot-registry-sentences.h"
#include "cot-sentences.h"
#include "cot-status-messages.h"
#include "cot-time-sentences.h"

static void
append_part (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, "    ");
  g_string_append (text, part);
}

/* "thread 7120 (0x1BD0)"; a thread that is no number stays as it was written. */
static char *
dup_thread_text (const char *thread)
{
  guint64 number;

  if (thread == NULL || *thread == '\0')
    return NULL;
  if (g_ascii_string_to_unsigned (thread, 10, 0, G_MAXUINT32, &number, NULL))
    return g_strdup_printf (_("thread %s (0x%04X)"), thread, (guint) number);
  return g_strdup_printf (_("thread %s"), thread);
}

/* "status message 2301: The site server has processed a package." */
static char *
dup_status_text (guint id)
{
  const char *meaning = cot_status_message_get_meaning (id);

  if (id == 0)
    return NULL;
  return meaning != NULL ? g_strdup_printf (_("status message %u: %s"), id, meaning)
                         : g_strdup_printf (_("status message %u"), id);
}

/* Why an entry is as severe as it is; (nullable): nothing in it says so. */
static char *
dup_reason_text (const CotEntryDetails *details)
{
  switch (details->severity_reason)
    {
    case COT_SEVERITY_REASON_TYPE:
      if (strspn (details->severity_said, "0123456789") == strlen (details->severity_said))
        return g_strdup_printf (_("type %s says so"), details->severity_said);
      return g_strdup_printf (_("“%s” says so"), details->severity_said);
    case COT_SEVERITY_REASON_WORD:
      return g_strdup_printf (_("the word “%s”"), details->severity_said);
    case COT_SEVERITY_REASON_OUTCOME:
      return g_strdup_printf (_("“%s”"), details->severity_said);
    case COT_SEVERITY_REASON_STATUS:
      return g_strdup (_("its status message says so"));
    case COT_SEVERITY_REASON_MARK:
      return g_strdup (_("marked so where it was written"));
    case COT_SEVERITY_REASON_NONE:
    default:
      break;
    }
  if (details->type_text == NULL || *details->type_text == '\0')
    return NULL;
  return g_strdup_printf (_("type %s"), details->type_text);
}

char *
cot_entry_sentence_dup_attributes (const CotEntryDetails *details)
{
  GString *text = g_string_new (NULL);
  g_autofree char *reason = dup_reason_text (details);
  g_autofree char *thread = dup_thread_text (details->thread);
  g_autofree char *number = cot_sentence_dup_number (details->line);
  g_autofree char *line = NULL;
  g_autofree char *context = NULL;
  g_autofree char *status = dup_status_text (details->status_id);
  g_autofree char *note
      = cot_sentence_dup_registry_note (details->registry_note, details->registry_flags);

  append_part (text, cot_sentence_get_severity (details->severity));
  if (reason != NULL)
    g_string_append_printf (text, " (%s)", reason);
  append_part (text, details->component);
  append_part (text, thread);
  append_part (text, details->origin);
  if (details->context != NULL && *details->context != '\0')
    context = g_strdup_printf (_("context %s"), details->context);
  append_part (text, context);
  if (details->line > 0)
    line = g_strdup_printf (_("line %s"), number);
  append_part (text, line);
  append_part (text, status);
  append_part (text, note);
  if (!(details->flags & COT_RECORD_FRAMED))
    append_part (text, _("plain text"));
  if (details->flags & COT_RECORD_INCOMPLETE)
    append_part (text, _("incomplete: the record was cut"));
  return g_string_free (text, FALSE);
}

static CotEntryTime
get_time (const CotEntryDetails *details)
{
  return (CotEntryTime){ details->time_usec, details->bias_minutes, details->bias_is_carried };
}

char *
cot_entry_sentence_dup_time (const CotEntryDetails *details, CotClockMode mode)
{
  CotEntryTime time = get_time (details);
  g_autofree char *shown = NULL;
  g_autofree char *written = NULL;
  g_autofree char *shift = NULL;

  if (details->clock_usec == 0 || details->time_usec == COT_TIME_NONE)
    return cot_time_sentence_dup (&time, mode);
  shown = cot_entry_time_dup_text (&time, mode);
  written = cot_entry_text_dup_time (details->time_usec - details->clock_usec);
  shift = cot_clock_shift_dup_text (details->clock_usec);
  /* Translators: a time that is shown, the one that is written, and one such as +5 min */
  return g_strdup_printf (_("%s, written %s (clock moved %s)"), shown, written, shift);
}

char *
cot_entry_sentence_dup_time_tooltip (const CotEntryDetails *details, CotClockMode mode)
{
  CotEntryTime time = get_time (details);

  /* What is written is said beside it. */
  if (details->clock_usec != 0)
    mode = COT_CLOCK_WRITTEN;
  return cot_time_sentence_dup_meaning (&time, details->bias_writer, mode);
}

gboolean
cot_entry_has_form (const CotEntryDetails *details, CotEntryForm form)
{
  switch (form)
    {
    case COT_ENTRY_FORM_READABLE:
      return details->readable->kinds != 0;
    case COT_ENTRY_FORM_DECODED:
      return details->readable->blobs->len > 0;
    case COT_ENTRY_FORM_BYTES:
      return details->bytes != NULL;
    case COT_ENTRY_FORM_WRITTEN:
    default:
      return TRUE;
    }
}

static const char *
get_readable_name (guint kinds)
{
  switch (kinds)
    {
    case 1u << COT_READABLE_JSON:
      return _("JSON");
    case 1u << COT_READABLE_XML:
      return _("XML");
    case 1u << COT_READABLE_MOF:
      return _("MOF");
    case 1u << COT_READABLE_VALUES:
      return _("Values");
    default:
      return _("Readable");
    }
}

const char *
cot_entry_sentence_get_form (const CotEntryDetails *details, CotEntryForm form)
{
  switch (form)
    {
    case COT_ENTRY_FORM_READABLE:
      return get_readable_name (details->readable->kinds);
    case COT_ENTRY_FORM_DECODED:
      return _("Decoded");
    case COT_ENTRY_FORM_BYTES:
      return _("Bytes");
    case COT_ENTRY_FORM_WRITTEN:
    default:
      return _("As Written");
    }
}

/* Where what is shown ends before what is written. */
static void
append_note (GString *text, CotReadableFlags flags)
{
  const char *note;

  if (flags & COT_READABLE_CUT)
    note = _("there is more, as written");
  else if (flags & COT_READABLE_DEEP)
    note = _("nested too deeply: what follows is as written");
  else if (flags & COT_READABLE_BROKEN)
    note = _("broken here: what follows is as written");
  else
    return;
  g_string_append_printf (text, "\n⟨%s⟩", note);
}

static char *
dup_readable (const CotReadable *readable)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < readable->parts->len; i++)
    {
      const CotReadablePart *part = g_ptr_array_index (readable->parts, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, part->text);
      append_note (text, part->flags);
    }
  return g_string_free (text, FALSE);
}

/* "Base64 text 2 of 3, inside the one above: 114 bytes, UTF-16, compressed" */
static void
append_blob_head (GString *text, const CotReadableBlob *blob, guint number, guint n_blobs)
{
  g_autofree char *size = g_format_size (blob->n_bytes);

  if (n_blobs > 1)
    g_string_append_printf (text, _("Base64 text %u of %u"), number, n_blobs);
  else
    g_string_append (text, _("Base64 text"));
  if (blob->level > 1)
    g_string_append (text, _(", inside of another one"));
  g_string_append_printf (text, _(": %s of %s"), size, blob->wide ? "UTF-16" : "UTF-8");
  if (blob->compressed)
    g_string_append (text, _(", was compressed"));
}

static char *
dup_decoded (const CotReadable *readable)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < readable->blobs->len; i++)
    {
      const CotReadableBlob *blob = g_ptr_array_index (readable->blobs, i);

      if (i > 0)
        g_string_append (text, "\n\n");
      g_string_append (text, "⟨");
      append_blob_head (text, blob, i + 1, readable->blobs->len);
      g_string_append (text, "⟩\n");
      g_string_append (text, blob->text);
      append_note (text, blob->flags);
    }
  return g_string_free (text, FALSE);
}

char *
cot_entry_sentence_dup_bytes (const CotEntryDetails *details, gsize start, gsize end)
{
  GString *text = g_string_new (NULL);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (details->bytes, &n_bytes);

  end = MIN (end, n_bytes);
  if (start < end)
    cot_readable_append_bytes (text, bytes + start, end - start, details->offset + start);
  return g_string_free (text, FALSE);
}

char *
cot_entry_sentence_dup_form (const CotEntryDetails *details, CotEntryForm form)
{
  switch (form)
    {
    case COT_ENTRY_FORM_READABLE:
      return dup_readable (details->readable);
    case COT_ENTRY_FORM_DECODED:
      return dup_decoded (details->readable);
    case COT_ENTRY_FORM_BYTES:
      return cot_entry_sentence_dup_bytes (details, 0, G_MAXSIZE);
    case COT_ENTRY_FORM_WRITTEN:
    default:
      return g_strdup (details->message);
    }
}
