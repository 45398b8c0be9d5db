/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A larger file holds something else. */
#define COT_LOG_GROUPS_XML_MAX_BYTES (1024 * 1024)

typedef struct
{
  char *name;
  char **logs; /* names of files, each once */
} CotNamedLogs;

/* The groups of a LogGroups.xml, as OneTrace and Support Center have it; pure, any thread.
 * (transfer full) (element-type CotNamedLogs); G_MARKUP_ERROR: it is no such file. */
GPtrArray *cot_log_groups_xml_parse (const char *bytes, gsize length_bytes, GError **error);
/* The same of a file; blocks. Also G_FILE_ERROR. */
GPtrArray *cot_log_groups_xml_read (const char *path, GError **error);

G_END_DECLS
