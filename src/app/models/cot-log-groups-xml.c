/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-groups-xml.h"

#include <string.h>

#include "cot-log-groups.h"
#include "cot-small-file.h"

/* The file has three. */
#define MAX_DEPTH 8
#define MAX_NAME_BYTES 200

typedef struct
{
  GPtrArray *groups; /* (element-type CotNamedLogs) */
  char *name; /* (nullable): of the group that is being read */
  GPtrArray *logs; /* (element-type utf8), of that */
  GHashTable *seen; /* those in small letters */
  GString *text; /* (nullable): of the name that is being read */
  guint depth;
} Reading;

static void
named_logs_free (gpointer data)
{
  CotNamedLogs *self = data;

  g_free (self->name);
  g_strfreev (self->logs);
  g_free (self);
}

static void
drop_group (Reading *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

static void
drop_text (Reading *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

/* It stands in buttons and questions: nothing in it is hidden, or turns what stands around it. */
static char *
dup_visible (const char *name)
{
  GString *visible = g_string_new (NULL);

  cot_text_append_visible (visible, name, -1, FALSE);
  return g_string_free (visible, FALSE);
}

static void
begin_group (Reading *self, const char **names, const char **values)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], "Name") == 0 && self->name == NULL)
      {
        g_autofree char *name = g_strstrip (g_strdup (values[i]));

        self->name = dup_visible (name);
      }
  if (self->name == NULL || *self->name == '\0' || strlen (self->name) > MAX_NAME_BYTES)
    {
      drop_group (self);
      return;
    }
  self->logs = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
start_element (GMarkupParseContext *context, const char *element, const char **names,
               const char **values, gpointer data, GError **error)
{
  Reading *self = data;

  if (self->depth == 0 && g_ascii_strcasecmp (element, "LogGroups") != 0)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                         "is no file of log groups");
  else if (++self->depth > MAX_DEPTH)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "is too deep");
  else if (self->depth == 2 && g_ascii_strcasecmp (element, "LogGroup") == 0
           && self->groups->len < COT_LOG_GROUPS_MAX_OWN)
    begin_group (self, names, values);
  else if (self->depth == 3 && self->name != NULL && g_ascii_strcasecmp (element, "LogFile") == 0)
    self->text = g_string_new (NULL);
}

/* The file of a name may be written with its folder, or be that of the older part, which is read
 * with the newer one. */
static char *
dup_log_name (const char *text)
{
  const char *start = text;
  g_autofree char *name = NULL;
  g_autofree char *visible = NULL;
  gsize n;

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '\\' || *at == '/')
      start = at + 1;
  name = g_strstrip (g_strdup (start));
  n = strlen (name);
  visible = dup_visible (name);
  /* No log is named like one that has to be shown otherwise. */
  if (n == 0 || n > MAX_NAME_BYTES || strpbrk (name, "*?") != NULL || !g_str_equal (visible, name))
    return NULL;
  if (n > 4 && g_ascii_strcasecmp (name + n - 4, ".lo_") == 0)
    strcpy (name + n - 4, ".log");
  return g_steal_pointer (&name);
}

static void
take_log (Reading *self)
{
  g_autofree char *name = dup_log_name (self->text->str);
  char *folded;

  if (name == NULL || self->logs->len >= COT_LOG_GROUPS_MAX_LOGS)
    return;
  folded = g_utf8_strdown (name, -1);
  if (g_hash_table_add (self->seen, folded))
    g_ptr_array_add (self->logs, g_steal_pointer (&name));
}

static void
take_group (Reading *self)
{
  CotNamedLogs *group;

  if (self->logs->len == 0)
    return;
  group = g_new0 (CotNamedLogs, 1);
  group->name = g_steal_pointer (&self->name);
  group->logs = g_strdupv ((char **) self->logs->pdata);
  g_ptr_array_add (self->groups, group);
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reading *self = data;

  if (self->depth == 3 && self->text != NULL)
    take_log (self);
  if (self->depth <= 3)
    drop_text (self);
  if (self->depth == 2 && self->name != NULL)
    take_group (self);
  if (self->depth <= 2)
    drop_group (self);
  self->depth--;
}

static void
add_text (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
          GError **error)
{
  Reading *self = data;

  if (self->text != NULL && self->depth == 3 && self->text->len <= 4 * MAX_NAME_BYTES)
    g_string_append_len (self->text, text, (gssize) length_bytes);
}

/* (transfer full) (nullable): as UTF-8, without its mark. Notepad writes UTF-16, too. */
static char *
dup_utf8 (const char *bytes, gsize length_bytes, gsize *n_written, GError **error)
{
  if (length_bytes >= 2
      && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0))
    return g_convert (bytes, (gssize) length_bytes, "UTF-8", "UTF-16", NULL, n_written, error);
  if (length_bytes >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      length_bytes -= 3;
    }
  *n_written = length_bytes;
  return g_strndup (bytes, length_bytes);
}

/* The parser knows no document types, and no entities but those of XML itself: nothing is fetched,
 * and nothing grows. */
GPtrArray *
cot_log_groups_xml_parse (const char *bytes, gsize length_bytes, GError **error)
{
  static const GMarkupParser parser
      = { .start_element = start_element, .end_element = end_element, .text = add_text };
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (named_logs_free);
  Reading reading = { .groups = groups };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);
  gsize n = 0;
  g_autofree char *text = NULL;
  gboolean is_read;

  if (length_bytes > COT_LOG_GROUPS_XML_MAX_BYTES)
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "is too large");
      return NULL;
    }
  text = dup_utf8 (bytes, length_bytes, &n, error);
  if (text == NULL)
    return NULL;
  is_read = g_markup_parse_context_parse (context, text, (gssize) n, error)
            && g_markup_parse_context_end_parse (context, error);
  drop_text (&reading);
  drop_group (&reading);
  return is_read ? g_steal_pointer (&groups) : NULL;
}

GPtrArray *
cot_log_groups_xml_read (const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!cot_small_file_read (path, 0, COT_LOG_GROUPS_XML_MAX_BYTES, bytes, error))
    return NULL;
  return cot_log_groups_xml_parse ((const char *) bytes->data, bytes->len, error);
}
