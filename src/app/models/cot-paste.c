/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-paste.h"

#include <string.h>

/* A text with more than this is no list of paths. */
#define MAX_PATHS_BYTES (64 * 1024)
#define MAX_EXTENSION_BYTES 5

/* (nullable) (transfer full): where it is short enough to be paths, without a NUL. */
static char *
dup_short_text (GBytes *text)
{
  gsize n;
  const char *data = g_bytes_get_data (text, &n);

  if (n == 0 || n > MAX_PATHS_BYTES || memchr (data, '\0', n) != NULL)
    return NULL;
  return g_strndup (data, n);
}

/* However it is quoted. */
static char *
dup_unquoted (const char *line)
{
  char *text = g_strstrip (g_strdup (line));
  gsize length = strlen (text);

  if (length > 2 && (text[0] == '"' || text[0] == '\'') && text[length - 1] == text[0])
    {
      memmove (text, text + 1, length - 2);
      text[length - 2] = '\0';
    }
  return text;
}

/* (nullable) (transfer full): the path or the file address of a line. */
static char *
dup_path (const char *text)
{
  if (g_str_has_prefix (text, "file://"))
    return g_filename_from_uri (text, NULL, NULL);
  if (g_str_has_prefix (text, "~/"))
    return g_build_filename (g_get_home_dir (), text + 2, NULL);
  return g_path_is_absolute (text) ? g_strdup (text) : NULL;
}

/**
 * cot_paste_is_blank:
 * @text: what was copied
 *
 * Returns: whether there is nothing in it to be read
 */
gboolean
cot_paste_is_blank (GBytes *text)
{
  gsize n;
  const char *data = g_bytes_get_data (text, &n);

  while (n > 0 && g_ascii_isspace (data[n - 1]))
    n--;
  return n == 0;
}

/* Ends in a dot and a few letters or digits, as the names of logs do. */
static gboolean
has_extension (const char *path)
{
  const char *dot = strrchr (path, '.');
  gsize n = dot != NULL ? strlen (dot + 1) : 0;

  if (n == 0 || n > MAX_EXTENSION_BYTES || dot == path || dot[-1] == '\\')
    return FALSE;
  for (gsize i = 1; i <= n; i++)
    if (!g_ascii_isalnum (dot[i]) && dot[i] != '_')
      return FALSE;
  return TRUE;
}

/**
 * cot_paste_is_foreign_path:
 * @text: what was copied
 *
 * Lines of logs begin with paths, too: what follows one makes it a sentence.
 *
 * Returns: whether it is one line with a path of Windows, which is no file here and no log
 */
gboolean
cot_paste_is_foreign_path (GBytes *text)
{
  g_autofree char *whole = dup_short_text (text);
  g_autofree char *line = whole != NULL ? dup_unquoted (whole) : NULL;

  if (line == NULL || strpbrk (line, "\r\n\t<>|?*\"") != NULL)
    return FALSE;
  if (!g_str_has_prefix (line, "\\\\")
      && !(g_ascii_isalpha (line[0]) && line[1] == ':' && line[2] == '\\'))
    return FALSE;
  if (strchr (line + 2, ':') != NULL || strstr (line, ", ") != NULL)
    return FALSE;
  /* A folder without a blank in its name is no sentence either. */
  return has_extension (line) || strchr (line, ' ') == NULL;
}

/**
 * cot_paste_dup_paths:
 * @text: what was copied
 *
 * Switches such as "/mp:https://cm01.contoso.com" look like one: see cot_paste_has_file().
 *
 * Returns: (transfer full) (nullable) (element-type filename): the paths, where each line that is
 *   not empty may be one; %NULL where a line is anything else: then it is a text
 */
GPtrArray *
cot_paste_dup_paths (GBytes *text)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *whole = dup_short_text (text);
  g_auto (GStrv) lines = whole != NULL ? g_strsplit (whole, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_autofree char *line = dup_unquoted (lines[i]);
      g_autofree char *path = dup_path (line);

      if (*line == '\0')
        continue;
      if (path == NULL)
        return NULL;
      g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  return paths->len > 0 ? g_steal_pointer (&paths) : NULL;
}

/**
 * cot_paste_is_one_path:
 * @paths: (element-type filename): what may be paths
 *
 * Returns: whether it is one, with the name of a file at its end, and nothing that a switch of a
 *   command or a sentence would have: who copied that meant the file, even if there is none
 */
gboolean
cot_paste_is_one_path (GPtrArray *paths)
{
  const char *path = paths->len == 1 ? g_ptr_array_index (paths, 0) : NULL;

  return path != NULL && has_extension (path) && strpbrk (path, " \t:=,;") == NULL
         && strchr (path + 1, '/') != NULL;
}

/**
 * cot_paste_has_file:
 * @paths: (element-type filename): what may be paths
 * @cancellable: (nullable): ends it
 *
 * On a worker: one may lie on a server that does not answer.
 *
 * Returns: whether there is anything at one of them: else it was a text
 */
gboolean
cot_paste_has_file (GPtrArray *paths, GCancellable *cancellable)
{
  for (guint i = 0; i < paths->len && !g_cancellable_is_cancelled (cancellable); i++)
    if (g_file_test (g_ptr_array_index (paths, i), G_FILE_TEST_EXISTS))
      return TRUE;
  return FALSE;
}
