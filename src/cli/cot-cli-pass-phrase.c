/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pass phrase comes from a file or a pipe: what stands in the arguments, or in the environment,
 * every process of the user can read. */

#include "cot-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* No archive has a longer one. */
#define MAX_BYTES 1024

void
cot_cli_pass_phrase_free (CotCliPassPhrase *pass_phrase)
{
  if (pass_phrase == NULL)
    return;
  explicit_bzero (pass_phrase, strlen (pass_phrase));
  g_free (pass_phrase);
}

/* Some editors put it before what they save as UTF-8; it is no part of the phrase. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define MARK_BYTES (sizeof BYTE_ORDER_MARK - 1)

/* FALSE, and errno: it could not be read. */
static gboolean
read_line (int fd, char *line, gsize *n_bytes)
{
  *n_bytes = 0;
  while (*n_bytes <= MARK_BYTES + MAX_BYTES)
    {
      gssize n = read (fd, line + *n_bytes, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0 || line[*n_bytes] == '\n')
        break;
      (*n_bytes)++;
    }
  if (*n_bytes > 0 && line[*n_bytes - 1] == '\r')
    (*n_bytes)--;
  if (*n_bytes >= MARK_BYTES && memcmp (line, BYTE_ORDER_MARK, MARK_BYTES) == 0)
    {
      *n_bytes -= MARK_BYTES;
      memmove (line, line + MARK_BYTES, *n_bytes);
    }
  return TRUE;
}

/* @code: of errno; 0: it was read, and is none. */
static void
complain (const char *path, int code)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *sentence = NULL;

  if (code != 0)
    sentence = g_strdup_printf (_("The pass phrase could not be read from “%s”: %s"), name,
                                g_strerror (code));
  else
    sentence = g_strdup_printf (_("The first line of “%s” is no pass phrase."), name);
  cot_cli_complain (sentence);
}

gboolean
cot_cli_read_pass_phrase (const char *path, CotCliPassPhrase **pass_phrase)
{
  gboolean is_input = path != NULL && g_str_equal (path, "-");
  char line[MARK_BYTES + MAX_BYTES + 2] = { 0 };
  gsize n_bytes;
  gboolean done;
  int code;
  int fd;

  *pass_phrase = NULL;
  if (path == NULL)
    return TRUE;
  fd = is_input ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  done = fd >= 0 && read_line (fd, line, &n_bytes);
  code = errno;
  if (fd >= 0 && !is_input)
    close (fd);
  if (!done)
    complain (path, code);
  else if (n_bytes == 0 || n_bytes > MAX_BYTES || memchr (line, '\0', n_bytes) != NULL)
    complain (path, 0);
  else
    *pass_phrase = g_strndup (line, n_bytes);
  explicit_bzero (line, sizeof line);
  return *pass_phrase != NULL;
}
