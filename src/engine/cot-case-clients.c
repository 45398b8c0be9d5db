/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-case-clients.h"

#include "cot-client-names.h"
#include "cot-detector.h"

#include <string.h>

#define ID_PREFIX "GUID:"

struct _CotCaseClients
{
  GHashTable *owners; /* name or id in small letters to the computer; "": of several */
};

static void
add_owner (CotCaseClients *self, const char *name, const char *device)
{
  char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (self->owners, key);

  /* A cloned computer has the id of another one: it tells nothing. */
  g_hash_table_insert (self->owners, key,
                       (gpointer) (before != NULL && before != device ? "" : device));
}

/* What detectors caught of a client's own log: its id. */
static void
add_ids (CotCaseClients *self, const CotHit *hit, const char *device)
{
  guint n;

  cot_detector_get_captures (hit->detector, &n);
  for (guint i = 0; i < n; i++)
    {
      const char *text = hit->captures[i];
      gsize length;

      if (text == NULL || g_ascii_strncasecmp (text, ID_PREFIX, strlen (ID_PREFIX)) != 0)
        continue;
      text += strlen (ID_PREFIX);
      length = strspn (text, "0123456789abcdefABCDEF-");
      if (length > 0)
        {
          g_autofree char *id = g_strndup (text, length);

          add_owner (self, id, device);
        }
    }
}

/**
 * cot_case_clients_new:
 * @logs: (array length=n_logs): the logs of a case, those of one computer in a row
 * @devices: (array length=n_logs): for each its computer, or %NULL; the same computer is the same
 *   pointer
 * @is_server: (array length=n_logs): for each, whether a server writes it
 * @n_logs: how many
 *
 * Returns: (transfer full): by what the computers that are no servers are known; the names are
 *   those of @devices
 */
CotCaseClients *
cot_case_clients_new (const CotCaseLog *logs, const char *const *devices,
                      const gboolean *is_server, guint n_logs)
{
  CotCaseClients *self = g_new0 (CotCaseClients, 1);
  g_autoptr (GHashTable) servers = g_hash_table_new (NULL, NULL);

  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n_logs; i++)
    if (is_server[i])
      g_hash_table_add (servers, (gpointer) devices[i]);
  for (guint i = 0; i < n_logs; i++)
    {
      /* A server names itself in any line. */
      if (devices[i] == NULL || g_hash_table_contains (servers, devices[i]))
        continue;
      if ((i == 0 || devices[i - 1] != devices[i]) && cot_client_name_is_telling (devices[i]))
        add_owner (self, devices[i], devices[i]);
      for (guint j = 0; j < cot_hits_get_n (logs[i].hits); j++)
        add_ids (self, cot_hits_get (logs[i].hits, j), devices[i]);
    }
  return self;
}

/**
 * cot_case_clients_free:
 * @self: (transfer full): computers
 */
void
cot_case_clients_free (CotCaseClients *self)
{
  g_hash_table_unref (self->owners);
  g_free (self);
}

typedef struct
{
  CotCaseClients *clients;
  const char *device;
} Question;

/* Where a line names several, it may be about any of them. */
static gboolean
is_of_another (const CotHit *hit, gpointer data)
{
  const Question *question = data;
  g_auto (GStrv) names = hit->names != NULL ? g_strsplit (hit->names, " ", -1) : NULL;
  const char *only = NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      const char *owner = g_hash_table_lookup (question->clients->owners, names[i]);

      if (owner == NULL)
        continue;
      if (*owner == '\0' || owner == question->device || (only != NULL && owner != only))
        return FALSE;
      only = owner;
    }
  return only != NULL;
}

/**
 * cot_case_clients_filter:
 * @self: computers
 * @hits: of a log of a server
 * @device: (nullable): one of the computers; %NULL: it is not known which one
 *
 * Returns: (transfer full): those that can be about the computer: a line that names none of the
 *   known ones can be about any
 */
CotHits *
cot_case_clients_filter (CotCaseClients *self, CotHits *hits, const char *device)
{
  Question question = { self, device };

  if (device == NULL || g_hash_table_size (self->owners) == 0)
    return cot_hits_ref (hits);
  return cot_hits_without (hits, is_of_another, &question);
}
