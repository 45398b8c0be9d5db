/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-small-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

static gboolean
fail (GError **error, int code)
{
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
  return FALSE;
}

gboolean
cot_small_file_read (const char *path, int flags, gsize max_bytes, GByteArray *bytes,
                     GError **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags, 0);
  struct stat status;
  gssize n = 1;
  int code;

  if (file < 0)
    return fail (error, errno);
  code = fstat (file, &status) != 0 ? errno : S_ISREG (status.st_mode) ? 0 : EINVAL;
  while (code == 0 && n > 0 && bytes->len <= max_bytes)
    {
      guint8 block[16 * 1024];

      n = read (file, block, sizeof block);
      if (n > 0)
        g_byte_array_append (bytes, block, (guint) n);
      else if (n < 0)
        code = errno;
    }
  close (file);
  return code == 0 || fail (error, code);
}
